"""A password or token: from the file that was named, the environment, or the owner's hands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from anlass.errors import UserError
from anlass.wires.own_files import read_own_file

_STDIN = "-"


def secret(question: str, *, file: str | None, variable: str) -> str:
    """Return what opens an account; `file` may be "-", for the first line of what is piped in.

    Raises `UserError` for a file that cannot be read, and `click.UsageError` where nobody can be asked.
    """
    if file:
        try:
            text = sys.stdin.readline() if file == _STDIN else read_own_file(Path(file))
        except (OSError, ValueError) as error:
            raise UserError(f"{file} cannot be read: {error}") from error
        return text.strip("\r\n")
    if given := os.environ.get(variable, ""):
        return given
    if not sys.stdin.isatty():
        raise click.UsageError(f"Give it by --password-file or {variable}.")
    asked: str = click.prompt(question, hide_input=True)
    return asked
