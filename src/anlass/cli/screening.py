"""`anlass collect` and `anlass screen`: read history, and find the contact requests in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import Home, make_doorman, make_mailbox, make_servers, open_home
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain, plain_path
from anlass.cli.progress import progress_bar
from anlass.cli.telling import told
from anlass.desk.advising import Advice, advice_of
from anlass.desk.collecting import Collected
from anlass.desk.collecting import collect as collect_history
from anlass.desk.inbox import matters
from anlass.desk.notices import recipes_in
from anlass.desk.screening import Desk, Judged, Passed
from anlass.desk.screening import screen as screen_letters
from anlass.desk.surface import case_line, passed_line
from anlass.desk.syncing import follow
from anlass.desk.teaching import as_taught
from anlass.desk.voice import Lang, set_aside_says
from anlass.intake import Recipient, SetAside, ruling_says
from anlass.sources.dav import Server

if TYPE_CHECKING:
    from anlass.sources.imap import Account

paths_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
owner_option = click.option(
    "--owner", "owner", multiple=True, metavar="ADDRESS", help="Your own address; may be given several times."
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@owner_option
@click.option("--carddav", multiple=True, metavar="URL", help="An address book on a server, or the server.")
@click.option("--caldav", multiple=True, metavar="URL", help="A calendar on a server, or the server.")
@click.option("--imap", default="", metavar="HOST", help="The mail server of your mailbox.")
@click.option("--user", default="", metavar="NAME", help="Your user name on that server.")
@data_option
@dry_run_option
def collect(
    paths: tuple[Path, ...],
    owner: tuple[str, ...],
    carddav: tuple[str, ...],
    caldav: tuple[str, ...],
    imap: str,
    user: str,
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
    are_named = bool(paths or carddav or caldav or imap)
    servers = make_servers(home.settings, carddav, caldav, user) if carddav or caldav or not are_named else ()
    mailbox = make_mailbox(home.settings, imap, user) if imap or not are_named else None
    if not (paths or servers or mailbox):
        raise click.UsageError("Name what to read: PATHS, --imap HOST, --carddav URL, or [sources].")
    with home.book.rehearsal() if dry_run else nullcontext():
        if paths:
            click.echo(_tally(_collected(home, paths, owner), home.lang), err=True)
        if mailbox:
            click.echo(_tally(_from_mailbox(home, mailbox, owner), home.lang), err=True)
        if servers:
            click.echo(_tally(_followed(home, servers, owner), home.lang), err=True)


@click.command()
@paths_argument
@owner_option
@data_option
@json_option
@dry_run_option
@click.option(
    "--all", "with_others", is_flag=True, help="Also what is no request, with the rule that says so."
)
def screen(
    paths: tuple[Path, ...],
    owner: tuple[str, ...],
    data: str | None,
    as_json: bool,
    dry_run: bool,
    with_others: bool,
) -> None:
    """Find the contact requests in PATHS, say how each reads and what to do with it.

    PATHS are Maildirs, mbox files, .eml files or folders of them; what else lies there is collected as
    by `anlass collect`. Nothing in them is changed, nothing is sent. A second run adds only what is new.
    """
    home = open_home(data)
    doorman, problems = make_doorman(home.settings, home.lang)
    for problem in problems:
        click.echo(told(problem), err=True)
    if problems:
        click.echo(_WORDS[home.lang]["no_rules"], err=True)
    me = Recipient(home.settings.owner.name, home.settings.owner.about)
    # A rehearsal keeps nothing, not even what it cost; so it sends nothing.
    advice = None if dry_run else advice_of(home)
    recipes, broken = recipes_in(home.settings.data)
    for problem in broken:
        click.echo(told(problem), err=True)
    desk = Desk(home.book, as_taught(doorman, home.book), me, moment(), advice, recipes)
    show = _Lines(home.lang, as_json=as_json)
    with home.book.rehearsal() if dry_run else nullcontext():
        collected = _collected(home, paths, owner)
        for outcome in screen_letters(desk, paths, with_others=with_others):
            show(outcome)
    click.echo(_tally(collected, home.lang, advice), err=True)
    if problems:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)


def _collected(home: Home, paths: tuple[Path, ...], owner: tuple[str, ...]) -> Collected:
    """Collect with a progress bar where somebody is watching."""
    own = owner or home.settings.owner.addresses
    with progress_bar(_WORDS[home.lang]["reading"], paths) as progress:
        collected = collect_history(
            home.book,
            paths,
            owner=own,
            trusted=home.settings.mail.trusted_servers,
            now=moment(),
            region=home.settings.owner.country,
            progress=progress,
        )
    _warn(collected.set_aside, home.lang)
    return collected


def _from_mailbox(home: Home, mailbox: Account, owner: tuple[str, ...]) -> Collected:
    """Read what is new in a mailbox."""
    from anlass.desk.mailboxes import collect_mailbox  # noqa: PLC0415 - only a mailbox needs it

    collected = collect_mailbox(
        home.book,
        mailbox,
        owner=owner or home.settings.owner.addresses,
        trusted=home.settings.mail.trusted_servers,
        now=moment(),
        region=home.settings.owner.country,
    )
    _warn(collected.set_aside, home.lang)
    return collected


def _followed(home: Home, servers: tuple[Server, ...], owner: tuple[str, ...]) -> Collected:
    """Read what is new on servers."""
    followed = follow(
        home.book,
        servers,
        owner=owner or home.settings.owner.addresses,
        now=moment(),
        region=home.settings.owner.country,
    )
    _warn(followed.set_aside, home.lang)
    return followed


def _warn(set_aside: Iterable[SetAside], lang: Lang) -> None:
    for aside in set_aside:
        click.echo(f"anlass: {_where(aside)}: {plain(set_aside_says(aside, lang))}", err=True)


class _Lines:
    """Prints outcomes line by line, for people or for programs."""

    def __init__(self, lang: Lang, *, as_json: bool) -> None:
        self.lang, self.as_json = lang, as_json

    def __call__(self, outcome: Judged | Passed | SetAside) -> None:
        """Print one outcome; what became unreadable is said on standard error."""
        if isinstance(outcome, SetAside):
            _warn([outcome], self.lang)
        elif isinstance(outcome, Judged):
            click.echo(self._case(outcome))
        else:
            click.echo(self._other(outcome))

    def _case(self, judged: Judged) -> str:
        case = judged.case
        if self.as_json:
            return json.dumps(case_line(case, new=judged.is_new, lang=self.lang))
        says = matters(case, self.lang)
        words = _WORDS[self.lang]
        date = f"{case.request.arrived:%Y-%m-%d}" if case.request.arrived else "          "
        verdict = words[case.reading.verdict.value] + (words["unsure"] if case.reading.unsure else "")
        return f"{case.request.id[:8]}  {date}  {verdict:<12}  {plain(case.person.name)}: {plain(says)}"

    def _other(self, passed: Passed) -> str:
        if self.as_json:
            return json.dumps(passed_line(passed, self.lang))
        date = f"{passed.date:%Y-%m-%d}" if passed.date else "          "
        name = plain(passed.person.name) if passed.person else "?"
        says = plain(ruling_says(passed.ruling, self.lang))
        return f"          {date}  {passed.ruling.rule:<12}  {name}: {says}"


_WORDS = {
    "de": {
        "reading": "Lese",
        "reason": "Anlass",
        "ask": "warum?",
        "hollow": "hohl",
        "unsure": " (?)",
        "tally": "{letters} gelesen, {count.new} davon neu, {count.set_aside} beiseitegelegt.",
        "letter": "1 Brief",
        "letters": "{count.read} Briefe",
        "entries": "{count.entries} Einträge anderer Quellen gelesen, Begegnungen darin: {count.encounters}.",
        "entry": "1 Eintrag einer anderen Quelle gelesen, Begegnungen darin: {count.encounters}.",
        "junk": "{count.junk} im Müll nicht angesehen.",
        "nothing_new": "Nichts Neues seit dem letzten Mal.",
        "no_mail": "Dort liegt keine Post.",
        "sent": "Nichts verschickt.",
        "sent_one": "Nichts verschickt, nur 1 Brief für eine zweite Meinung ({host}).",
        "sent_some": "Nichts verschickt, nur {count} Briefe für eine zweite Meinung ({host}).",
        "no_rules": "Die Hausordnung lässt sich nicht benutzen. Alles wird dir vorgelegt.",
    },
    "en": {
        "reading": "Reading",
        "reason": "reason",
        "ask": "why?",
        "hollow": "hollow",
        "unsure": " (?)",
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
        "no_rules": "The house rules cannot be used. Everything is left to you.",
    },
}


def _tally(collected: Collected, lang: str, advice: Advice | None = None) -> str:
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
