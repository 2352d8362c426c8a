"""The memory as a whole: backups, renewal, checks, figures, and somebody taken out of it."""
