"""Persons: everybody the ledger knows, one of them, the watch list, blocks and audits."""
