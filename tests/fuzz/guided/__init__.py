"""Fuzzers that are led by coverage: `make fuzz`. The table of targets is in `table.py`."""
