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
from anlass.cli.rehearsal import show_rehearsal
from anlass.desk.doctor import Patient, examine

_SIGNS = {True: "  ", False: "! ", None: "? "}


@click.command()
@click.option(
    "--rehearse", "is_rehearsal", is_flag=True, help="Let forged letters come, and see nothing leave."
)
@data_option
@json_option
def doctor(is_rehearsal: bool, data: str | None, as_json: bool) -> None:
    """Check memory, disk, files, clock, backups, rules, outbox, worker, and every mailbox and door.

    Nothing is changed. What is marked with ! must be mended; then the exit code is 1. The rehearsal takes
    place in a folder of its own, with a mail server on this machine that swallows everything: exit code 0
    means that nothing left but the one answer that may.
    """
    if is_rehearsal:
        show_rehearsal(data, as_json=as_json)
        return
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
