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
        "--write", type=Path, metavar="FILE", help="also replace the block of each measurement in this file"
    )
    return parser.parse_args(words)


def measured(bench: Setting, name: str) -> list[Row]:
    """Return the rows of a measurement; one that fails says so in its row."""
    print(f"measuring {name} ...", file=sys.stderr)
    rows = list[Row]()
    try:
        rows.extend(MEASURES[name](bench))
    except FailedError as failure:
        rows.append(left_out(name, str(failure).replace("|", "/")))
    return rows


def command(name: str, given: argparse.Namespace) -> str:
    """Return what prints a measurement again; folders of this machine are nobody's business."""
    sizes = f"--mails {given.mails} --peer-mails {given.peer_mails} --pairs {given.pairs}"
    wishers = f" --wishers {given.wishers}" if name == "wishes" else ""
    return f"python -m bench --only {name} {sizes}{wishers}" + (" --maildir ..." if given.maildir else "")


def main() -> int:
    """Measure what was asked for, print a table of each, and write it where that was asked for."""
    given = options(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="anlass-bench-") as scratch:
        bench = Setting(
            Path(scratch),
            given.mails,
            given.peer_mails,
            given.pairs,
            real=given.maildir,
            wishers=given.wishers,
        )
        for name in given.only or list(MEASURES):
            load = os.getloadavg()[0]
            rows = measured(bench, name)
            text = table(rows, command(name, given), datetime.now(UTC).date(), (load, os.getloadavg()[0]))
            print(text)
            if given.write:
                write_into(given.write, text, f"bench-{name}" + ("-real" if given.maildir else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
