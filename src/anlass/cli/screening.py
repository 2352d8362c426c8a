"""`anlass screen`: read history, and find the contact requests in it."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import Home, make_doorman, open_home
from anlass.cli.clock import moment
from anlass.cli.collecting import collected, from_mailbox, mailbox_named, owner_option, tally, warn
from anlass.cli.exits import Exit
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.cli.telling import told
from anlass.desk.cases.inbox import matters
from anlass.desk.evidence.copies import Reread
from anlass.desk.learning.notices import recipes_in
from anlass.desk.learning.teaching import as_taught
from anlass.desk.requests.advising import advice_of
from anlass.desk.requests.invitations import screen_invitations
from anlass.desk.requests.judging import Bench
from anlass.desk.requests.screening import Desk, Judged, Passed
from anlass.desk.requests.screening import screen as screen_letters
from anlass.desk.requests.surface import passed_line
from anlass.desk.rules.looking import held_instead, rules_in_force
from anlass.desk.rules.rulebook import remember_rules
from anlass.desk.rules.voice import rules_refused_say
from anlass.desk.surface import case_line
from anlass.desk.voice.common import Lang
from anlass.intake import Channel, Recipient, SetAside, ruling_says

if TYPE_CHECKING:
    from anlass.doorman import Doorman
    from anlass.sources.imap import Account

paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


@click.command()
@paths_argument
@owner_option
@click.option("--imap", default="", metavar="HOST", help="A connected mailbox, or a mail server.")
@click.option("--user", default="", metavar="NAME", help="Your user name on that server.")
@data_option
@json_option
@dry_run_option
@click.option(
    "--all", "with_others", is_flag=True, help="Also what is no request, with the rule that says so."
)
def screen(
    paths: tuple[Path, ...],
    owner: tuple[str, ...],
    imap: str,
    user: str,
    data: str | None,
    as_json: bool,
    dry_run: bool,
    with_others: bool,
) -> None:
    """Find the contact requests in PATHS, say how each reads and what to do with it.

    PATHS are Maildirs, mbox files, .eml files, archives of LinkedIn (for the invitations in them) or
    folders of all these; what else lies there is collected as by `anlass collect`. With --imap, so is a
    mailbox on its server. Nothing in them is changed, nothing is sent. A second run adds only what is new.
    """
    if not (paths or imap):
        raise click.UsageError("Name what to read: PATHS, or --imap HOST.")
    home = open_home(data)
    mailbox = mailbox_named(home, imap, user) if imap else None
    doorman, are_in_force = _doorman(home, dry_run=dry_run)
    me = Recipient(home.settings.owner.name, home.settings.owner.about)
    # A rehearsal keeps nothing, not even what it cost; so it sends nothing.
    advice = None if dry_run else advice_of(home)
    recipes, broken = recipes_in(home.settings.data)
    for problem in broken:
        click.echo(told(problem), err=True)
    desk = Desk(home.book, as_taught(doorman, home.book), me, moment(), advice, recipes=recipes)
    show = _Lines(home.lang, as_json=as_json)
    with kept(home, unless=dry_run):
        found = [collected(home, paths, owner)] if paths else []
        places: list[Path | str] = list(paths)
        with ExitStack() as stack:
            if mailbox is not None:
                found.append(from_mailbox(home, mailbox, owner))
                places.append(mailbox.place)
                desk = replace(desk, reread=stack.enter_context(_letters_of(mailbox)))
            for outcome in screen_letters(desk, places, with_others=with_others):
                show(outcome)
        bench = Bench(home.book, desk.doorman, desk.now, advice)
        taught = [text for one in recipes for text in one.defaults if one.channel is Channel.LINKEDIN]
        for outcome in screen_invitations(bench, me, paths, defaults=taught):
            show(outcome)
    for one in found:
        click.echo(tally(one, home.lang, advice), err=True)
    if not are_in_force:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)


def _doorman(home: Home, *, dry_run: bool) -> tuple[Doorman, bool]:
    """Make the doorman and remember the house rules; say what is wrong where they cannot be used."""
    doorman, problems = make_doorman(home.settings, home.lang, home.book)
    for problem in problems:
        click.echo(told(problem), err=True)
    if problems and rules_in_force(home)[1]:  # not only with the owner's words of letters
        click.echo(rules_refused_say(held_instead(home), home.lang), err=True)
    elif not dry_run:
        remember_rules(home, now=moment())
    return doorman, not problems


def _letters_of(mailbox: Account) -> AbstractContextManager[Reread]:
    """Open a mailbox to read whole letters in it again."""
    from anlass.desk.history.mailboxes import letters_of  # noqa: PLC0415 - only a mailbox needs it

    return letters_of(mailbox)


class _Lines:
    """Prints outcomes line by line, for people or for programs."""

    def __init__(self, lang: Lang, *, as_json: bool) -> None:
        self.lang, self.as_json = lang, as_json

    def __call__(self, outcome: Judged | Passed | SetAside) -> None:
        """Print one outcome; what became unreadable is said on standard error."""
        if isinstance(outcome, SetAside):
            warn([outcome], self.lang)
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
        "reason": "Anlass",
        "ask": "warum?",
        "hollow": "hohl",
        "unsure": " (?)",
    },
    "en": {
        "reason": "reason",
        "ask": "why?",
        "hollow": "hollow",
        "unsure": " (?)",
    },
}
