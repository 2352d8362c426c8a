"""`python -m anlass`: the same as the command `anlass`."""

from anlass.cli.main import run

if __name__ == "__main__":
    run()
