"""Edge: what goes on by itself, day and night; it calls the desk and decides nothing."""
