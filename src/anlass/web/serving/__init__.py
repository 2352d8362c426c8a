"""What stands before every page, and the process that serves them."""
