"""What leaves the house, and what holds it shut."""
