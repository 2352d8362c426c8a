"""Write a made-up archive: `python -m bench.archive DIR --mails 20000 --seed 1`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.archive.writing import write


def main() -> int:
    """Read size and seed from the command line, write, and say what was written."""
    parser = argparse.ArgumentParser(
        description="Write a mail archive made up by chance, with the truth about it."
    )
    parser.add_argument(
        "dir", type=Path, help="a folder; mails come into DIR/mail, the truth into DIR/truth.json"
    )
    parser.add_argument("--mails", type=int, default=20_000, help="how many different mails")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same archive")
    parser.add_argument(
        "--maildir", action="store_true", help="no mbox files, for peers that read only Maildir"
    )
    given = parser.parse_args()
    truth = write(given.dir, mails=given.mails, seed=given.seed, mboxes=not given.maildir)
    print(f"{truth.mails} mails and {truth.copies} copies, {truth.bytes / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
