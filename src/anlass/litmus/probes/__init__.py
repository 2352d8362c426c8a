"""Probes: each looks for one thing in a letter and knows nothing of the others.

A probe is a module with `look(page) -> tuple[Mark, ...]`. A new one is a file of the
same shape, a line in `panel.py`, a list in `phrases.toml` of each language where it needs
wording, and a sentence in `says.toml`. A probe must not judge the letter: it only points.
"""
