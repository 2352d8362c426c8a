"""The past is read into the ledger, from archives, mailboxes and lists; nothing is judged."""
