"""Events: people met there, letters to them, and events hosted for others."""
