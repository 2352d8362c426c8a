"""The house itself: who may enter, what it asks on the first evening, what was done in it."""
