"""Room: when the owner knocks at other doors, or meets people who might want more of each other.

Wishes that only mutual wishes reveal are the files `wish*.py`, `sealed_note.py` is a word that opens only
when both want it. Import from these files: what they need of cryptography is loaded only by whom it
concerns. This room throws no dice and reads no clock: keys, nonces and noise are handed in.
"""
