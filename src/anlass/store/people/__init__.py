"""Persons: what is known of them, what the owner said, whom the owner blocked or let be forgotten."""
