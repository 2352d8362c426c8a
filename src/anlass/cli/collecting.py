"""`anlass collect`: read history into the ledger, without judging anything.

What judges is not loaded here: it would take longer than reading a small archive.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import Home, make_mailbox, make_servers, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option
from anlass.cli.plain import plain, plain_path
from anlass.cli.progress import mail_bar, progress_bar
from anlass.config import read_password
from anlass.desk.history.collecting import Collected, Pace
from anlass.desk.history.collecting import collect as collect_history
from anlass.errors import ConfigError, Problem
from anlass.intake import SetAside

if TYPE_CHECKING:
    from anlass.desk.requests.advising import Advice
    from anlass.desk.voice.common import Lang
    from anlass.sources.dav import Server
    from anlass.sources.imap import Account

owner_option = click.option(
    "--owner", "owner", multiple=True, metavar="ADDRESS", help="Your own address; may be given several times."
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@owner_option
@click.option("--carddav", multiple=True, metavar="URL", help="An address book on a server, or the server.")
@click.option("--caldav", multiple=True, metavar="URL", help="A calendar on a server, or the server.")
@click.option("--imap", default="", metavar="HOST", help="A connected mailbox, or a mail server.")
@click.option("--user", default="", metavar="NAME", help="Your user name on that server.")
@click.option(
    "--linkedin", is_flag=True, help="Your data from LinkedIn, by a token of yours (EEA, Switzerland)."
)
@click.option("--networks", is_flag=True, help="Your own lists on the chat networks you connected.")
@data_option
@dry_run_option
def collect(
    paths: tuple[Path, ...],
    owner: tuple[str, ...],
    carddav: tuple[str, ...],
    caldav: tuple[str, ...],
    imap: str,
    user: str,
    linkedin: bool,
    networks: bool,
    data: str | None,
    dry_run: bool,
) -> None:
    """Read PATHS into the ledger without judging anything.

    PATHS are Maildirs, mbox files, .eml files, address books (.vcf), calendars (.ics), exports of
    networks, or folders of them. Without PATHS and servers, those that anlass.toml names in [sources]
    are read. A mailbox is read by TLS, and nothing in it is changed. The password of a server comes from
    the environment (ANLASS_DAV_PASSWORD, ANLASS_IMAP_PASSWORD) or a file, never from this line.
    """
    home = open_home(data)
    gc.freeze()  # what is loaded by now stays: nobody need look through it again after every few letters
    paths += (_from_linkedin(home),) if linkedin else ()
    are_named = bool(paths or carddav or caldav or imap or networks)
    servers = make_servers(home.settings, carddav, caldav, user) if carddav or caldav or not are_named else ()
    mailbox = mailbox_named(home, imap, user) if imap or not are_named else None
    if not (paths or servers or mailbox or networks):
        raise click.UsageError("Name what to read: PATHS, --imap HOST, --carddav URL, or [sources].")
    with kept(home, unless=dry_run):
        if paths:
            click.echo(tally(collected(home, paths, owner), home.lang), err=True)
        if mailbox:
            click.echo(tally(from_mailbox(home, mailbox, owner), home.lang), err=True)
        if servers:
            click.echo(tally(_followed(home, servers, owner), home.lang), err=True)
        if networks:
            click.echo(tally(_listed(home), home.lang), err=True)


def mailbox_named(home: Home, named: str, user: str) -> Account | None:
    """Return the mailbox that is connected by this name or address, else the one on that server."""
    from anlass.channels.mail.secrets import Secrets, system_ring  # noqa: PLC0415 - only a mailbox needs them
    from anlass.desk.accounts.mail import way_into  # noqa: PLC0415

    connected = way_into(home.book, Secrets(home.settings.data, system_ring()), named) if named else None
    return connected or make_mailbox(home.settings, named, user)


def _from_linkedin(home: Home) -> Path:
    """Fetch the owner's data into an export in the data folder; return where that lies."""
    from anlass.sources.linkedin.portability import FILE, Portability, fetch  # noqa: PLC0415 - few have a token

    wired = home.settings.sources
    token = read_password(home.settings, variable=wired.linkedin_token_variable, file="")
    if not token:
        says = f"The token for {wired.linkedin} is not there."
        raise ConfigError(Problem(says), hint=f"Put it into {wired.linkedin_token_variable}.")
    path = home.settings.data / "linkedin" / FILE
    until = int(moment().timestamp() * 1000) if wired.linkedin_changes else 0
    fetch(Portability(token, wired.linkedin, changes_until=until), path)
    return path


def collected(home: Home, paths: tuple[Path, ...], owner: tuple[str, ...]) -> Collected:
    """Collect with a progress bar where somebody is watching."""
    own = owner or home.settings.owner.addresses
    with progress_bar(_WORDS[home.lang]["reading"], paths, home.lang) as progress:
        found = collect_history(
            home.book,
            paths,
            owner=own,
            trusted=home.settings.mail.trusted_servers,
            now=moment(),
            region=home.settings.owner.country,
            progress=progress,
            pace=Pace(is_shared=True),
        )
    warn(found.set_aside, home.lang)
    return found


def from_mailbox(home: Home, mailbox: Account, owner: tuple[str, ...]) -> Collected:
    """Read what is new in a mailbox, with a progress bar where somebody is watching."""
    from anlass.desk.history.mailboxes import collect_mailbox  # noqa: PLC0415 - only a mailbox needs it

    with mail_bar(_WORDS[home.lang]["reading"], home.lang) as watch:
        found = collect_mailbox(
            home.book,
            mailbox,
            owner=owner or home.settings.owner.addresses,
            trusted=home.settings.mail.trusted_servers,
            now=moment(),
            region=home.settings.owner.country,
            watch=watch,
        )
    warn(found.set_aside, home.lang)
    return found


def _followed(home: Home, servers: tuple[Server, ...], owner: tuple[str, ...]) -> Collected:
    """Read what is new on servers."""
    from anlass.desk.history.syncing import follow  # noqa: PLC0415 - only servers need it

    found = follow(
        home.book,
        servers,
        owner=owner or home.settings.owner.addresses,
        now=moment(),
        region=home.settings.owner.country,
    )
    warn(found.set_aside, home.lang)
    return found


def _listed(home: Home) -> Collected:
    """Read the owner's own lists on chat networks."""
    from anlass.channels.mail.secrets import Secrets, system_ring  # noqa: PLC0415 - only networks need it
    from anlass.desk.accounts.networks import connected_networks  # noqa: PLC0415
    from anlass.desk.audit.network_lists import collect_lists  # noqa: PLC0415

    secrets = Secrets(home.settings.data, system_ring())
    found = collect_lists(home.book, connected_networks(home.book), secrets, now=moment())
    warn(found.set_aside, home.lang)
    return found


def warn(set_aside: Iterable[SetAside], lang: Lang) -> None:
    """Say on standard error what could not be read, and why."""
    for aside in set_aside:
        from anlass.desk.voice.common import set_aside_says  # noqa: PLC0415 - most archives need it never

        click.echo(f"anlass: {_where(aside)}: {plain(set_aside_says(aside, lang))}", err=True)


_WORDS = {
    "de": {
        "reading": "Lese",
        "tally": "{letters} gelesen, {count.new} davon neu, {count.set_aside} beiseitegelegt.",
        "letter": "1 Brief",
        "letters": "{count.read} Briefe",
        "entries": "{count.entries} Einträge anderer Quellen gelesen, Begegnungen darin: {count.encounters}.",
        "entry": "1 Eintrag einer anderen Quelle gelesen, Begegnungen darin: {count.encounters}.",
        "junk": "{count.junk} im Spam nicht angesehen.",
        "nothing_new": "Nichts Neues seit dem letzten Mal.",
        "no_mail": "Dort liegt keine Post.",
        "sent": "Nichts verschickt.",
        "sent_one": "Nichts verschickt, nur 1 Brief für eine zweite Meinung ({host}).",
        "sent_some": "Nichts verschickt, nur {count} Briefe für eine zweite Meinung ({host}).",
    },
    "en": {
        "reading": "Reading",
        "tally": "{letters} read, {count.new} of them new, {count.set_aside} set aside.",
        "letter": "1 letter",
        "letters": "{count.read} letters",
        "entries": "{count.entries} entries of other sources read, encounters in them: {count.encounters}.",
        "entry": "1 entry of other sources read, encounters in it: {count.encounters}.",
        "junk": "{count.junk} in junk not looked at.",
        "nothing_new": "Nothing new since last time.",
        "no_mail": "There is no mail there.",
        "sent": "Nothing was sent.",
        "sent_one": "Nothing was sent but 1 letter, for a second opinion ({host}).",
        "sent_some": "Nothing was sent but {count} letters, for second opinions ({host}).",
    },
}


def tally(collected: Collected, lang: str, advice: Advice | None = None) -> str:
    """One line that accounts for every mail: read, new, set aside, left in junk."""
    count, words = collected.counts, _WORDS[lang]
    if count.read or (count.set_aside and not count.entries):
        letters = words["letter" if count.read == 1 else "letters"].format(count=count)
        said = [words["tally"].format(letters=letters, count=count)]
    else:
        said = [words["nothing_new"]] if count.unchanged and not count.entries else []
    if count.entries:
        said.append(words["entry" if count.entries == 1 else "entries"].format(count=count))
    if count.junk:
        said.append(words["junk"].format(count=count))
    return " ".join([*(said or [words["no_mail"]]), _sent(advice, words)])


def _sent(advice: Advice | None, words: dict[str, str]) -> str:
    """Say that nothing left the house, or which letters did for a second opinion."""
    if advice is None or not advice.sent:
        return words["sent"]
    host = plain(f"{advice.adviser.model}, {advice.adviser.host}")
    return words["sent_one" if advice.sent == 1 else "sent_some"].format(count=advice.sent, host=host)


def _where(aside: SetAside) -> str:
    place = aside.origin
    path = plain_path(place.path)
    return f"{path}:{place.offset}" if place.offset else path
