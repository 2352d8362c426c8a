"""Programs that come in, look in, or hear what happens."""
