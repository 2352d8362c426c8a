"""One file for each thing measured; each has `measure(bench)`, which yields rows.

`ALL` names them in the order of the table.
"""
