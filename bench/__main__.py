"""Measure Anlass beside its peers: `make bench`, or `python -m bench --help`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.measures import (
    api,
    door,
    history,
    inbox,
    litmus,
    live,
    people,
    rules,
    screening,
    sharing,
    start,
    weight,
    whole_mail,
    wishes,
)
from bench.pairs import FailedError
from bench.report import Row, left_out, table, write_into
from bench.setting import Setting

MEASURES: dict[str, Callable[[Setting], Iterator[Row]]] = {
    "start": start.measure,
    "litmus": litmus.measure,
    "rules": rules.measure,
    "history": history.measure,
    "sharing": sharing.measure,
    "whole-mail": whole_mail.measure,
    "screening": screening.measure,
    "people": people.measure,
    "live": live.measure,
    "api": api.measure,
    "door": door.measure,
    "inbox": inbox.measure,
    "weight": weight.measure,
    "wishes": wishes.measure,
}


def options(words: list[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Anlass beside its peers.")
    parser.add_argument(
        "--only", action="append", choices=sorted(MEASURES), help="measure only this; repeatable"
    )
    parser.add_argument("--mails", type=int, default=20_000, help="size of the made-up archive")
    parser.add_argument("--peer-mails", type=int, default=4000, help="size of it for peers that take minutes")
    parser.add_argument("--wishers", type=int, default=10_000, help="people who wish, on PostgreSQL")
    parser.add_argument("--pairs", type=int, default=5, help="how many pairs A B")
    parser.add_argument("--maildir", type=Path, help="a real Maildir in place of the made-up archive")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="also replace the marked block in this file"
    )
    parser.add_argument("--block", default="bench", help="the name of that block, where a file has several")
    return parser.parse_args(words)


def measured(bench: Setting, names: list[str]) -> Iterator[Row]:
    """Yield the rows of the measurements named; one that fails says so in its row."""
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr)
        try:
            yield from MEASURES[name](bench)
        except FailedError as failure:
            yield left_out(name, str(failure).replace("|", "/"))


def main() -> int:
    """Measure what was asked for, print the table, and write it where that was asked for."""
    given = options(sys.argv[1:])
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="anlass-bench-") as scratch:
        bench = Setting(
            Path(scratch),
            given.mails,
            given.peer_mails,
            given.pairs,
            real=given.maildir,
            wishers=given.wishers,
        )
        rows = list(measured(bench, given.only or list(MEASURES)))
    # Folders of this machine are nobody's business: the command is named without them.
    shown = "python -m bench" + "".join(f" --only {name}" for name in given.only or [])
    shown += f" --mails {given.mails} --peer-mails {given.peer_mails} --pairs {given.pairs}"
    text = table(rows, shown + (" --maildir ..." if given.maildir else ""), datetime.now(UTC).date(), load)
    print(text)
    if given.write:
        write_into(given.write, text, given.block)
    return 0


if __name__ == "__main__":
    sys.exit(main())
