"""Mailboxes and accounts that are watched, and how that goes."""
