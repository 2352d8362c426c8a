"""Who threatens is blocked, and everything of theirs is put together."""
