"""`anlass work`: the doorman at the door, day and night."""

from __future__ import annotations

import logging
import signal
import sys
from threading import Event
from typing import TextIO

import click

from anlass.bootstrap import Home, open_home
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.desk.mail_accounts import account_named, accounts
from anlass.desk.network_accounts import network_accounts
from anlass.desk.voice_of_mail import trouble_says
from anlass.desk.voice_of_networks import door_trouble
from anlass.jobs.lock import only_worker
from anlass.jobs.work import Work

_FAILED, _TRY_AGAIN = 1, 75


@click.command()
@click.option("--once", is_flag=True, help="Look into every mailbox one time, and end.")
@click.option("--data", metavar="DIR", help="The folder all data lies in (or ANLASS_DATA).")
def work(once: bool, data: str | None) -> None:  # noqa: FBT001 - options come by name
    """Watch the mailboxes and chat networks that are connected, until you stop it with Ctrl-C or SIGTERM.

    New mail becomes a case within seconds, its draft lies in your drafts, and a mail that you move to one
    of the folders of Anlass decides. What you release leaves, and nothing else unless a house rule says
    so. `anlass connect` connects a mailbox; those that are connected later are taken up by themselves.
    Only one such program runs for one house.
    """
    _log_to(sys.stderr)
    home = open_home(data)
    words = _WORDS[home.lang]
    with only_worker(home.settings.data) as is_only:
        if not is_only or not home.book.mail.is_only_worker():
            click.echo(words["another"], err=True)
            raise click.exceptions.Exit(_TRY_AGAIN)
        watched = Work(home, Secrets(home.settings.data, system_ring()))
        if not accounts(home.book) and not network_accounts(home.book):
            click.echo(words["none"], err=True)
        if not once:
            _until_told(watched.over)
            click.echo(words["watching"], err=True)
            watched.run()
            click.echo(words["over"], err=True)
            return
        troubles = watched.once()
        for name, trouble in troubles.items():
            click.echo(f"{name}: {_says(home, name, trouble)}", err=True)
    if troubles:
        raise click.exceptions.Exit(_TRY_AGAIN)


def _says(home: Home, name: str, trouble: str) -> str:
    """Say what stands in the way of a mailbox, or of a door on a chat network."""
    door = next((one for one in network_accounts(home.book) if one.name == name), None)
    if door is not None:
        return door_trouble(trouble, door.name, door.house, home.lang)
    return trouble_says(trouble, account_named(home.book, name), home.lang)


def _until_told(over: Event) -> None:
    """End in order at Ctrl-C and SIGTERM; whoever says it twice does not want to wait."""

    def stop(number: int, _frame: object) -> None:
        if over.is_set():
            sys.exit(128 + number)
        over.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _log_to(stream: TextIO) -> None:
    """Write the log of the work, which holds no word of any letter, to standard error."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("anlass.work")
    log.addHandler(handler)
    log.setLevel(logging.INFO)


_WORDS = {
    "de": {
        "another": "Ein anderes `anlass work` wacht schon über dieses Haus.",
        "none": "Noch ist kein Postfach verbunden: anlass connect ADRESSE",
        "watching": "Anlass wacht. Beenden mit Strg-C.",
        "over": "Alles ist aus der Hand gelegt.",
    },
    "en": {
        "another": "Another `anlass work` watches over this house already.",
        "none": "No mailbox is connected yet: anlass connect ADDRESS",
        "watching": "Anlass is watching. Stop with Ctrl-C.",
        "over": "Everything is put down in order.",
    },
}
