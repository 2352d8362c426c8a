"""`anlass work`: the doorman at the door, day and night."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from threading import Event, Thread

import click

from anlass.bootstrap import Home, open_home
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.desk.accounts.mail import account_named, accounts
from anlass.desk.accounts.networks import network_accounts
from anlass.desk.accounts.voice_of_mail import trouble_says
from anlass.desk.accounts.voice_of_networks import door_trouble
from anlass.errors import UserError
from anlass.jobs.lock import only_worker
from anlass.jobs.rounds import Rounds
from anlass.jobs.work import Work
from anlass.wires.logbook import begin

_FAILED, _TRY_AGAIN = 1, 75


@click.command()
@click.option("--once", is_flag=True, help="Look into every mailbox one time, and end.")
@click.option(
    "--all", "everybody", is_flag=True, help="Watch for every owner of the server, not the first alone."
)
@click.option(
    "--beside", is_flag=True, hidden=True, help="End with standard input, as `anlass serve` wants it."
)
@click.option("--data", metavar="DIR", help="The folder all data lies in (or ANLASS_DATA).")
def work(once: bool, everybody: bool, beside: bool, data: str | None) -> None:  # noqa: FBT001 - by name
    """Watch the mailboxes and chat networks that are connected, until you stop it with Ctrl-C or SIGTERM.

    New mail becomes a case within seconds, its draft lies in your drafts, and a mail that you move to one
    of the folders of Anlass decides. Answers leave that you release, and no others unless a house rule
    says so. `anlass connect` connects a mailbox; those that are connected later are taken up by themselves.
    Only one such program runs for one house; with --all a second one stands by, and takes over the houses
    that the first one puts down.
    """
    begin(os.environ)  # noqa: TID251 - an entry point
    home = open_home(data)
    begin(os.environ, owner=home.book.owner)  # noqa: TID251 - an entry point
    if everybody:
        _go_round(home, once=once)
        return
    with only_worker(home.settings.data) as is_only:
        if not is_only or not home.book.mail.is_only_worker():
            _tell("" if beside else _WORDS[home.lang]["another"])
            raise click.exceptions.Exit(_TRY_AGAIN)
        watched = Work(home, Secrets(home.settings.data, system_ring()))
        if not beside and not accounts(home.book) and not network_accounts(home.book):
            _tell(_WORDS[home.lang]["none"])
        if not once:
            _watch(watched, home.lang, beside=beside)
            return
        troubles = watched.once()
        for name, trouble in troubles.items():
            _tell(f"{name}: {_says(home, name, trouble)}")
    if troubles:
        raise click.exceptions.Exit(_TRY_AGAIN)


def _watch(watched: Work, lang: str, *, beside: bool) -> None:
    """Watch until told to stop; beside the pages in silence, until they are gone."""
    words = _WORDS[lang]
    _until_told(watched.over)
    if beside:
        _until_left(watched.over)
    _tell("" if beside else words["watching"])
    watched.run()
    _tell("" if beside else words["over"])


def _go_round(server: Home, *, once: bool) -> None:
    """Watch for all owners of a server.

    Raises `UserError` for a single look, which is one house's, and `ConfigError` behind a pooler.
    """
    if once:
        raise UserError("--once looks into the mailboxes of one house.", hint="Leave --all out.")
    server.book.mail.refuse_pooler()
    rounds, words = Rounds(server), _WORDS[server.lang]
    _until_told(rounds.over)
    _tell(words["watching"])
    rounds.run()
    _tell(words["over"])


def _tell(says: str) -> None:
    """Say something, if anything, to whoever runs this; where it cannot be written the watch goes on."""
    with suppress(OSError):
        click.echo(says, err=True, nl=bool(says))


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


def _until_left(over: Event) -> None:
    """End in order when standard input does: whoever started this is gone."""

    def listen() -> None:
        while os.read(0, 1):  # Python's own reader could not be left alone at the end
            pass
        over.set()

    Thread(target=listen, daemon=True).start()


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
