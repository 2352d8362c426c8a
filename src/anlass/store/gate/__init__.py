"""Who may enter which house, and whose a public address is."""
