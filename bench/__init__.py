"""Measuring Anlass beside its peers, on archives that a generator makes up.

Nothing here is imported by the program. Figures are ratios of CPU seconds within one
run, since machines and their neighbours differ; see `bench.pairs`.
"""
