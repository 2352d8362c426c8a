"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


def data_option(command: Command) -> Command:
    """Add `--data DIR`, the folder all data lies in."""
    return click.option("--data", metavar="DIR", help="The folder all data lies in (or ANLASS_DATA).")(
        command
    )


def json_option(command: Command) -> Command:
    """Add `--json`, for programs that read the answer."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(command)


def dry_run_option(command: Command) -> Command:
    """Add `--dry-run`: do everything, keep nothing."""
    return click.option("--dry-run", is_flag=True, help="Show what would be found; keep nothing.")(command)
