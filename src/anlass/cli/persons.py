"""`anlass people`, `same`, `apart`, `circle`: who is one person, by your word, and who is never screened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import click

from anlass.bootstrap import Home, make_doorman, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.blocking.blocking import judging_freed
from anlass.desk.learning.teaching import as_taught
from anlass.desk.people.circle import inner_circle, put
from anlass.desk.people.persons import Said, proposals, say_apart, say_same, unsay
from anlass.desk.people.surface import circle_line, proposal_line, word_line
from anlass.desk.people.voice_of_persons import person_says, proposal_says, word_says
from anlass.desk.surface import JsonLine, person_line
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman


@click.command()
@click.option("--same", "is_same", is_flag=True, help="Who may be one person under two names, and why.")
@click.option("--said", "is_said", is_flag=True, help="List what you said of persons.")
@click.option("--undo", metavar="WORD", help="Take back what you said, by its id or the beginning of it.")
@data_option
@json_option
@dry_run_option
def people(
    is_same: bool, is_said: bool, undo: str | None, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """List everybody with all addresses, or who may be one person.

    Proposals join nobody: `anlass same` does, by your word. Addresses that your address book or a network
    names together are one person's without it.
    """
    if is_same + is_said + (undo is not None) > 1:
        raise click.UsageError("Name one of --same, --said, --undo.")
    home = open_home(data)
    if undo is not None:
        with kept(home, unless=dry_run), judging_freed(home.book, _wits(home)):
            _say(home, unsay(home.book, undo, now=moment(), lang=home.lang), undone=True)
        return
    lines = _proposed(home) if is_same else _said(home) if is_said else _everybody(home)
    none = "none_same" if is_same else "none_said" if is_said else "none"
    _list(lines, _WORDS[home.lang][none], as_json=as_json)


@click.command()
@click.argument("one", metavar="PERSON")
@click.argument("other", metavar="PERSON")
@data_option
@dry_run_option
def same(one: str, other: str, data: str | None, dry_run: bool) -> None:
    """Say that two persons are one and the same.

    PERSON is an address, a name or an id. Nothing is moved: `anlass people --undo` takes it back, and both
    are what they would have been.
    """
    home = open_home(data)
    with kept(home, unless=dry_run):
        _say(home, say_same(home.book, one, other, now=moment(), lang=home.lang))


@click.command()
@click.argument("person")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@data_option
@dry_run_option
def apart(person: str, addresses: tuple[str, ...], data: str | None, dry_run: bool) -> None:
    """Say that ADDRESSes are not those of PERSON, whatever an address book says.

    With another person in place of the addresses: that these are two people, and not to be proposed again.
    `anlass people --undo` takes it back.
    """
    home = open_home(data)
    with kept(home, unless=dry_run), judging_freed(home.book, _wits(home)):
        _say(home, say_apart(home.book, person, addresses, now=moment(), lang=home.lang))


@click.command()
@click.option("--in", "inside", metavar="PERSON", help="Put somebody in.")
@click.option("--out", "outside", metavar="PERSON", help="Take somebody out, also against the evidence.")
@data_option
@json_option
@dry_run_option
def circle(inside: str | None, outside: str | None, data: str | None, as_json: bool, dry_run: bool) -> None:
    """List your inner circle, whose letters are never screened, and why each belongs to it.

    Close is, without a word of yours, who is in touch with you, has taken ten turns with you, and to whom
    you wrote within the last year and they to you. `anlass people --undo` takes a word of yours back.
    """
    if inside and outside:
        raise click.UsageError("Name one of --in, --out.")
    home = open_home(data)
    named = inside or outside
    if named is not None:
        with kept(home, unless=dry_run):
            _say(home, put(home.book, named, is_in=inside is not None, now=moment(), lang=home.lang))
        return
    _list(_circle(home), _WORDS[home.lang]["none_close"], as_json=as_json)


Line = tuple[JsonLine, str]


def _list(lines: Iterator[Line], none: str, *, as_json: bool) -> None:
    """Print a list as lines for programs or for people; `none` says to people that it is empty."""
    is_empty = True
    for line, text in lines:
        click.echo(json.dumps(line) if as_json else text)
        is_empty = False
    if is_empty and not as_json:
        click.echo(none)


def _everybody(home: Home) -> Iterator[Line]:
    for line in home.book.people(at=moment()):
        yield person_line(line.person), plain(person_says(line.person))


def _proposed(home: Home) -> Iterator[Line]:
    for one in proposals(home.book):
        told = (person_says(one.one), person_says(one.other), f"    {proposal_says(one, home.lang)}")
        text = "\n".join(("    " if each[:1] == " " else "") + plain(each) for each in told)
        yield proposal_line(one, home.lang), text


def _said(home: Home) -> Iterator[Line]:
    for word in reversed(home.book.persons.words()):
        line = word_line(home.book, word, home.lang)
        yield line, f"{word.id[:8]}  {word.said_at:%Y-%m-%d}  {plain(str(line['says']))}"


def _circle(home: Home) -> Iterator[Line]:
    now = moment()
    for close in inner_circle(home.book, at=now):
        line = circle_line(close, now, home.lang)
        name = plain(person_says(close.person))
        yield line, f"{'' if close.is_in else '- '}{name}\n    {plain(str(line['says']))}"


def _wits(home: Home) -> Callable[[], Doorman]:
    """Return how to get the doorman: he is loaded only for a block that ends."""
    return lambda: as_taught(make_doorman(home.settings, home.lang, home.book)[0], home.book)


def _say(home: Home, said: Said, *, undone: bool = False) -> None:
    """Say what was heard or taken back, and who is who now."""
    words = _WORDS[home.lang]
    says = plain(word_says(said.word, said.people, home.lang))
    click.echo(words["undone" if undone else "said"].format(says=says, id=said.word.id[:8]))


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "said": "Gemerkt. {says}\n`anlass people --undo {id}` nimmt es zurück.",
        "undone": "Zurückgenommen. {says}",
        "none": "Hier steht noch niemand. Lies erst deine Mail ein: anlass collect PATH",
        "none_same": "Niemand scheint hier zweimal zu stehen.",
        "none_said": "Du hast noch nichts über Personen gesagt.",
        "none_close": "Noch gehört niemand dazu. `anlass circle --in PERSON` nimmt jemanden auf.",
    },
    "en": {
        "said": "Noted. {says}\n`anlass people --undo {id}` takes it back.",
        "undone": "Taken back. {says}",
        "none": "Nobody is here yet. Read in your mail first: anlass collect PATH",
        "none_same": "Nobody seems to be here twice.",
        "none_said": "You have said nothing of persons yet.",
        "none_close": "Nobody belongs to it yet. `anlass circle --in PERSON` takes somebody in.",
    },
}
