"""`anlass inbox`: who stands at the door, searched and narrowed as on the page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import click

from anlass.bootstrap import open_home
from anlass.cli.clock import here
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain
from anlass.desk.cases.waiting import PAGE, Inbox, inbox_found, standings
from anlass.desk.people.persons import person_called
from anlass.desk.surface import JsonLine, case_line
from anlass.desk.voice.common import Lang
from anlass.intake import Channel
from anlass.policy import Action
from anlass.store.cases.inbox import Found, Wanted, place_at
from anlass.store.cases.kept import CaseState, KeptCase

_DAY = click.DateTime(["%Y-%m-%d"])


def _kinds(values: list[str]) -> click.Choice[str]:
    return click.Choice(values)


@click.command()
@click.option("--search", "words", default="", metavar="WORDS", help="Words that occur; -word: that do not.")
@click.option("--group", type=_kinds([one.value for one in CaseState]), help="What they need from you.")
@click.option("--action", type=_kinds([one.value for one in Action]), help="What the house rules suggest.")
@click.option("--channel", type=_kinds([one.value for one in Channel]), help="Which way they came.")
@click.option("--lang", default="", metavar="CODE", help="The language of the letter: de, en ...")
@click.option("--person", default="", metavar="PERSON", help="An address, a name or an id.")
@click.option("--since", type=_DAY, metavar="DAY", help="From this day on (2026-11-22).")
@click.option("--until", type=_DAY, metavar="DAY", help="Until this day.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=PAGE, show_default=True, help="At most so many."
)
@click.option("--after", default="", metavar="PLACE", help="Go on where the last page ended.")
@data_option
@json_option
def inbox(
    words: str,
    group: str | None,
    action: str | None,
    channel: str | None,
    lang: str,
    person: str,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    after: str,
    data: str | None,
    as_json: bool,
) -> None:
    """List cases by what they need from you, the newest first; looked for, all in one row.

    Words are found whatever their umlauts, case and endings are; "quotes" hold them together.
    """
    home, now = open_home(data), here()
    wanted = Wanted(
        words=words,
        state=CaseState(group) if group else None,
        action=Action(action) if action else None,
        channel=Channel(channel) if channel else None,
        lang=lang,
        person=person_called(home.book, person, home.lang).id if person else "",
        since=since.astimezone(now.tzinfo) if since else None,
        until=until.astimezone(now.tzinfo) + timedelta(days=1) if until else None,
    )
    found = home.book.inbox.part(wanted, limit=limit, after=place_at(after))
    if as_json:
        said = standings(home.book, found, now=now, lang=home.lang)
        for place, kept in found.cases:
            whole = home.book.case(kept.id)
            click.echo(json.dumps(inbox_line(whole, str(place), said[kept.id].choice, home.lang)))
        return
    shown = inbox_found(found, wanted, now=now, lang=home.lang, memory=home.book)
    _print(shown, home.lang, is_narrow=wanted.is_narrow)
    _more(found, home.lang)


def inbox_line(kept: KeptCase, place: str, said: str | None, lang: Lang) -> JsonLine:
    """Return a case of `anlass inbox --json`: as `screen` prints it, with what it needs and what was said."""
    line = case_line(kept.case, new=False, lang=lang)
    return {"place": place, "group": kept.state.value, "said": said, "case": line}


def _print(shown: Inbox, lang: Lang, *, is_narrow: bool) -> None:
    words = _WORDS[lang]
    if not shown.groups:
        click.echo(words["found_none"] if is_narrow else words["nobody"])
    for number, (group, lines) in enumerate(shown.groups):
        if number:
            click.echo()
        click.echo(words["found"] if is_narrow else words[group.value])
        for line, standing in lines:
            tail = " · ".join(one for one in (standing.said, standing.letter) if one)
            click.echo(f"  {line.id[:10]}  {plain(line.name)}, {line.door}, {line.when} ({line.reads})")
            click.echo(f"      {plain(line.says)}" + (f" [{tail}]" if tail else ""))


def _more(found: Found, lang: Lang) -> None:
    if found.has_older:
        click.echo(_WORDS[lang]["more"].format(place=found.cases[-1][0]), err=True)


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "waiting": "Wartet auf dich",
        "asked": "Gefragt, noch keine Antwort",
        "watched": "Merkliste",
        "done": "Erledigt",
        "found": "Gefunden, die neuesten zuerst",
        "found_none": "Davon liegt hier nichts.",
        "nobody": "Niemand wartet.",
        "more": "Weiter mit --after {place}",
    },
    "en": {
        "waiting": "Waiting for you",
        "asked": "Asked, no answer yet",
        "watched": "Watch list",
        "done": "Done",
        "found": "Found, the newest first",
        "found_none": "Nothing of that lies here.",
        "nobody": "Nobody is waiting.",
        "more": "Go on with --after {place}",
    },
}
