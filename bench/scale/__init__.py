"""Many owners on one PostgreSQL: a few houses made by the program itself, told again by thousands.

    python -m bench.scale --size 10,100000,10000 --size 100,1000000,100000

The page about it is `docs/explanation/scale.md`.
"""
