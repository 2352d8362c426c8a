"""Who comes in: log-in, keys of others, and what each role may see."""
