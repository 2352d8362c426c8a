"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(slots=True)
class Called:
    """What a run of the command line was called with that its end needs too: the folder named by --data."""

    data: str | None = None


def data_option(command: Command) -> Command:
    """Add `--data DIR`, the folder all data lies in."""
    says = "The folder all data lies in (or ANLASS_DATA)."
    return click.option("--data", metavar="DIR", help=says, callback=_remembered)(command)


def json_option(command: Command) -> Command:
    """Add `--json`, for programs that read the answer."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(command)


def dry_run_option(command: Command) -> Command:
    """Add `--dry-run`: do everything, keep nothing."""
    return click.option("--dry-run", is_flag=True, help="Show what would be found; keep nothing.")(command)


def _remembered(context: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Let the end of the run know whose house it is: what is wrong is said in the owner's language."""
    called = context.find_root().obj
    if isinstance(called, Called):
        called.data = value
    return value
