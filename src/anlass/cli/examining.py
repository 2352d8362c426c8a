"""`anlass doctor`: is everything as it must be?"""

from __future__ import annotations

import json

import click

from anlass.bootstrap import open_home
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain
from anlass.desk.doctor import Patient, examine

_SIGNS = {True: "  ", False: "! ", None: "? "}


@click.command()
@data_option
@json_option
def doctor(data: str | None, as_json: bool) -> None:
    """Check the memory, the disk, the clock, and every mailbox: its password, its server, who watches it.

    Nothing is changed. What is marked with ! must be mended; then the exit code is 1.
    """
    home = open_home(data)
    secrets = Secrets(home.settings.data, system_ring())
    patient = Patient(home.settings, home.book, secrets, moment(), home.lang)
    is_ill = False
    for result in examine(patient):
        is_ill = is_ill or result.is_well is False
        line = {
            "check": result.check,
            "about": result.about or None,
            "well": result.is_well,
            "says": result.says,
        }
        click.echo(json.dumps(line) if as_json else _SIGNS[result.is_well] + plain(result.says))
    if is_ill:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)
