"""House rules: looked at, changed, tried on the past, given to others."""
