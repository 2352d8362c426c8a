"""`anlass card` and `anlass grant`: your contact options, and who may see them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click

from anlass.bootstrap import Home, open_home
from anlass.cards import Cards, Occasion, ShownCard, shown
from anlass.cards.jcard import jcard
from anlass.cards.jscontact import jscontact
from anlass.cards.labels import label_of
from anlass.cards.vcard import vcard
from anlass.cli.clock import BEGINNING, END, day, moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.cards.granting import Given, Wanted, give, grants, revoke
from anlass.desk.cards.own import FILE, beginning, cards_of, read_file, take_in
from anlass.desk.cards.surface import card_line, grant_line
from anlass.desk.cards.voice import grant_says, taken_in_says
from anlass.desk.people.persons import person_called
from anlass.desk.surface import JsonLine
from anlass.desk.surface import moment as json_moment
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.wires.own_files import write_own_file

FORMS = ("vcard", "vcard4", "jcard", "jscontact", "qr", "pdf")


@click.group()
def card() -> None:
    """Your contact options in tiers, on one card or several."""


@card.command("list")
@data_option
@json_option
def list_cards(data: str | None, as_json: bool) -> None:
    """List what stands on your cards, tier by tier."""
    home = open_home(data)
    cards = _own(home)
    for option in cards.options:
        line = card_line(option, cards)
        where = f"  ({', '.join(option.cards)})" if option.cards else ""
        text = f"{option.tier:10}  {label_of(option.kind, home.lang)}: {plain(option.value)}{where}"
        click.echo(json.dumps(line) if as_json else text)
    if not as_json and _is_edited(home):
        click.echo(_WORDS[home.lang]["edited"].format(file=FILE))


@card.command()
@click.option("--new", is_flag=True, help="Write a file to begin with, where there is none.")
@data_option
@dry_run_option
def edit(new: bool, data: str | None, dry_run: bool) -> None:
    """Check cards.toml in the data folder and let it hold; what is wrong is named all at once."""
    home = open_home(data)
    path = home.settings.data / FILE
    if new and not path.exists():
        if not dry_run:
            owner = home.settings.owner
            address = next(iter(owner.addresses), "") or next(iter(sorted(home.book.owner_addresses())), "")
            write_own_file(path, beginning(owner.name, address, home.lang), is_private=True)
        click.echo(_WORDS[home.lang]["begun"].format(path=path))
        return
    _, text = read_file(home.settings.data, home.lang)
    with kept(home, unless=dry_run):
        changed = take_in(home.book, text, str(path), home.lang, now=moment())
    click.echo(taken_in_says(changed, home.lang))


@card.command()
@click.argument("form", type=click.Choice(FORMS))
@click.option("--card", "name", default="", metavar="CARD", help="Which card; the first without it.")
@click.option("--tier", default="", metavar="TIER", help="As far as which tier; the first without it.")
@click.option("--until", metavar="DAY", help="Until when it is meant (2026-12-24); it is written into it.")
@click.option("-o", "--out", metavar="FILE", help="Write to a file instead of the screen.")
@data_option
def write(form: str, name: str, tier: str, until: str | None, out: str | None, data: str | None) -> None:
    """Write a card as vCard 3.0 or 4.0, jCard, JSContact, QR code (SVG) or a page to print (PDF)."""
    home = open_home(data)
    cards, now, end = _own(home), moment(), day(until, END)
    if end is not None and end <= now:
        raise Refused(_WORDS[home.lang]["past"])
    chosen = name or cards.cards[0].name
    made = shown(cards, chosen, tier or cards.tiers[0], since=now, until=end)
    if made is None:
        known = f"{', '.join(one.name for one in cards.cards)}; {', '.join(cards.tiers)}"
        raise NotFound(f"There is no card {chosen!r} with a tier {tier!r}.", hint=f"There are: {known}.")
    content = _written(made, form, home.lang)
    if out is not None:
        Path(out).write_bytes(content)
    elif form == "pdf" and sys.stdout.isatty():
        raise click.UsageError(_WORDS[home.lang]["tty"])
    else:
        sys.stdout.buffer.write(content)


@click.group()
def grant() -> None:
    """Who may see which of your cards, as far as which tier, from when until when."""


@grant.command("give")
@click.argument("person")
@click.option("--card", "name", default="", metavar="CARD", help="Which card; the first without it.")
@click.option("--tier", default="", metavar="TIER", help="As far as which tier; as `unlock` says without it.")
@click.option("--from", "since", metavar="DAY", help="From which day on (2026-12-24); at once without it.")
@click.option("--until", metavar="DAY", help="Until which day; without an end without it.")
@click.option("--days", type=click.IntRange(1, 36500), metavar="NUMBER", help="For how many days.")
@click.option(
    "--occasion",
    type=click.Choice([one.value for one in Occasion if one is not Occasion.HANDED_OUT]),
    default=Occasion.LATER.value,
    show_default=True,
    help="With a question, with an answer, or by itself.",
)
@data_option
@json_option
@dry_run_option
def give_grant(
    person: str,
    name: str,
    tier: str,
    since: str | None,
    until: str | None,
    days: int | None,
    occasion: str,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Let PERSON see a card: an address, a name or an id. No contact comes of it, and nothing is sent."""
    home, now = open_home(data), moment()
    wanted = Wanted(name, tier, day(since, BEGINNING), term(until, days, now), Occasion(occasion))
    with kept(home, unless=dry_run):
        show(give(home.book, person, wanted, now=now), home, as_json=as_json)


@grant.command("list")
@click.argument("person", required=False)
@data_option
@json_option
def list_grants(person: str | None, data: str | None, as_json: bool) -> None:
    """List what was granted, to everybody or to PERSON, that which is over among it."""
    home = open_home(data)
    who = person_called(home.book, person) if person else None
    for one in grants(home.book, who, at=moment()):
        show(one, home, as_json=as_json)


@grant.command("revoke")
@click.argument("id_", metavar="GRANT")
@data_option
@json_option
@dry_run_option
def revoke_grant(id_: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take a grant back, by its id or the beginning of it: its link is then like one that never was."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        show(revoke(home.book, id_, now=moment()), home, as_json=as_json)


@grant.command()
@data_option
@json_option
def log(data: str | None, as_json: bool) -> None:
    """Say who could see what since when, and what your cards showed then. Who looked is not known."""
    home = open_home(data)
    for line, text in _log(home):
        click.echo(json.dumps(line) if as_json else text)


def _log(home: Home) -> Iterator[tuple[JsonLine, str]]:
    """Yield what happened to cards and grants, the newest first."""
    told: list[tuple[datetime, JsonLine, str]] = []
    for version in home.book.cards.versions():
        line: JsonLine = {"when": json_moment(version.kept_at), "act": "cards", "cards": version.text}
        told.append((version.kept_at, line, _WORDS[home.lang]["version"]))
    for one in grants(home.book, at=moment()):
        ends = ((one.grant.given_at, "grant"), (one.grant.revoked_at, "revoke"))
        for when, act in ends:
            if when is not None:
                line = {"when": json_moment(when), "act": act, **grant_line(one, link=False)}
                says = f"{plain(one.person.name)}: {grant_says(one, moment(), home.lang)}"
                told.append((when, line, says))
    for when, line, says in sorted(told, key=lambda one: one[0], reverse=True):
        yield line, f"{when:%Y-%m-%d}  {says}"


def show(one: Given, home: Home, *, as_json: bool) -> None:
    """Print a grant with its link."""
    says = f"{plain(one.person.name)}: {grant_says(one, moment(), home.lang)}"
    says = f"{one.grant.id[:8]}  {says}\n    {one.link}"
    click.echo(json.dumps(grant_line(one)) if as_json else says)


def _written(made: ShownCard, form: str, lang: Lang) -> bytes:
    match form:
        case "vcard" | "vcard4":
            return vcard(made, "3.0" if form == "vcard" else "4.0").encode()
        case "jcard" | "jscontact":
            value = jcard(made) if form == "jcard" else jscontact(made)
            return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
        case "qr":
            return _code(made, lang)
        case _:
            return _page(made, lang)


def _code(made: ShownCard, lang: Lang) -> bytes:
    from anlass.cards.qr import offline, svg  # noqa: PLC0415 - only who draws waits for it

    text = offline(made)
    if text is None:
        raise Refused(_WORDS[lang]["long"])
    return svg(text).encode() + b"\n"


def _page(made: ShownCard, lang: Lang) -> bytes:
    from anlass.cards.printed import printed, unprintable  # noqa: PLC0415 - only who prints waits for it
    from anlass.cards.qr import offline  # noqa: PLC0415

    if missing := unprintable(made):
        click.echo(_WORDS[lang]["letters"].format(letters=missing), err=True)
    return printed(made, offline(made) or "")


def _own(home: Home) -> Cards:
    cards = cards_of(home.book)
    if cards is None:
        raise Refused(_WORDS[home.lang]["none"], hint=_WORDS[home.lang]["begin"])
    return cards


def _is_edited(home: Home) -> bool:
    """Tell whether the file says something else than what holds."""
    kept, path = home.book.cards.newest(), home.settings.data / FILE
    try:
        return kept is not None and path.read_text(encoding="utf-8") != kept.text
    except (OSError, ValueError):
        return False


def term(until: str | None, days: int | None, now: datetime) -> datetime | None:
    """Return the end that is named, by its day or in days from now; raises `UsageError` for both."""
    if until and days:
        raise click.UsageError("Name one of --until, --days.")
    return day(until, END) or (now + timedelta(days=days) if days else None)


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "none": "Du hast noch keine Karte.",
        "begin": "`anlass card edit --new` legt eine an.",
        "begun": "Angelegt: {path}\nSchreib hinein, wie du zu erreichen bist; dann: `anlass card edit`.",
        "edited": "{file} sagt inzwischen etwas anderes. `anlass card edit` lässt es gelten.",
        "version": "Deine Karten galten von da an so (`--json` zeigt sie).",
        "long": "Für einen Code ohne Netz steht zu viel auf der Karte. Nimm eine frühere Stufe.",
        "letters": "anlass: Der Schrift fehlen diese Zeichen: {letters}",
        "past": "Dieser Tag ist vorbei.",
        "tty": "Ein PDF gehört in eine Datei: -o karte.pdf",
    },
    "en": {
        "none": "You have no card yet.",
        "begin": "`anlass card edit --new` begins one.",
        "begun": "Begun: {path}\nWrite into it how you can be reached; `anlass card edit` lets it hold.",
        "edited": "{file} says something else by now. `anlass card edit` lets it hold.",
        "version": "Your cards held like this from then on (`--json` shows them).",
        "long": "There is too much on the card for a code without a network. Take an earlier tier.",
        "letters": "anlass: the font lacks these letters: {letters}",
        "past": "That day is past.",
        "tty": "A PDF belongs into a file: -o card.pdf",
    },
}
