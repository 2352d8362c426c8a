"""A watched mailbox at work: what came is read, drafts and folders are shown in it."""
