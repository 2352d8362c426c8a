"""Trains the litmus test and measures it; never part of the program.

`python -m training.train` writes `names.txt`, `weights.npz` and `weights.json` of
`src/anlass/litmus`, the same bytes every time; `python -m training.evaluate` prints the
figures of judgement in `docs/figures.md`. Both read `corpus/` and nothing else.
"""
