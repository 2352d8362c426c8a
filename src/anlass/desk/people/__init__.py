"""Persons: who is one, what is shared with them, what they are to the owner."""
