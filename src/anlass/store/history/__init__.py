"""What was read: letters and their threads, other traces, and marks of how far."""
