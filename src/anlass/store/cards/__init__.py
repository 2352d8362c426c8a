"""Cards, grants and vouching, kept."""
