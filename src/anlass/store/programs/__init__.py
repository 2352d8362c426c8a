"""What programs come in by, and what they are told."""
