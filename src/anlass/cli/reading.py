"""`anlass read`: requests as JSON lines in, readings as JSON lines out."""

from __future__ import annotations

import json
import sys
from io import BufferedIOBase

import click

from anlass.cli.options import data_option
from anlass.desk.requests.reading import arrived, read_lines
from anlass.litmus.panel import Panel
from anlass.litmus.shipped import load_panel


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--personal", is_flag=True, help="Add what you taught (`anlass teach`).")
@data_option
def read(file: BufferedIOBase, personal: bool, data: str | None) -> None:
    """Read requests, one JSON object a line, and say how each reads.

    Takes {"id", "text"} and, where known, "channel", "subject", "sender" and "recipient".
    Needs no mailbox and no network. docs/reference/surface.md describes both lines.
    """
    panel = _personal_panel(data) if personal else load_panel()
    out = sys.stdout.buffer
    for lines in arrived(file):
        out.writelines(_encoded(line) + b"\n" for line in read_lines(panel, lines))
        out.flush()  # a program at the other end of the pipe may be waiting for these answers


def _personal_panel(data: str | None) -> Panel:
    """The owner's own panel; only here the memory is opened."""
    from anlass.bootstrap import open_home  # noqa: PLC0415 - plain reading loads neither store nor framework

    return load_panel().personal(open_home(data).book.lessons())


_written = json.JSONEncoder(ensure_ascii=False).encode


def _encoded(line: dict[str, object]) -> bytes:
    try:
        return _written(line).encode()
    except UnicodeEncodeError:
        return json.dumps(line).encode()  # half a surrogate pair can only travel escaped
