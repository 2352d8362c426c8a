"""Cards, who may see them and how far, and for whom the owner vouches."""
