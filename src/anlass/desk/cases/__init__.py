"""Cases on the desk: who waits, what is done to many at once, the way back, and what came of it."""
