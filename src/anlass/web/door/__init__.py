"""The door: the form for strangers, and what lay beside a letter."""
