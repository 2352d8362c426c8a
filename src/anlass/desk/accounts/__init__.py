"""Accounts that the house watches, of mail and of chat networks: connected, tried, kept."""
