"""What came is read, weighed and becomes a case, once."""
