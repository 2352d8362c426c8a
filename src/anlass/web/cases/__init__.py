"""Cases: the inbox, one case, its answer, and what is taught by it."""
