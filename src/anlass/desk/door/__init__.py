"""The public door: what stands on it, what is written there, and how that becomes a case."""
