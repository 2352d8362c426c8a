"""Trains the litmus test and measures it; never part of the program.

`python -m training.train` writes `src/anlass/litmus/weights.json`, the same bytes
every time; `python -m training.evaluate` prints every figure of
`docs/explanation/litmus.md`. Both read `corpus/` and nothing else.
"""
