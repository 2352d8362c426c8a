"""The time ledger: minutes asked and given, and the month in one letter."""
