"""What the owner teaches: how letters read, and how networks write."""
