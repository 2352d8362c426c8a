"""How many contacts of a list are contacts."""
