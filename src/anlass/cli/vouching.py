"""`anlass vouch`: for whom you could give a reference, who of them is named, and vouchers both ways."""

from __future__ import annotations

import json
from pathlib import Path

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import END, day, moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.cards.voice_of_vouching import given_says, vouched_says
from anlass.desk.cards.vouchers import (
    LARGEST,
    WELL_KNOWN,
    forget_key,
    give_voucher,
    published,
    revoke_voucher,
    take_key,
)
from anlass.desk.cards.vouching import Vouched, note_asked, take_back, vouch, vouched, vouched_person
from anlass.desk.outgoing.consent import consent_letter, release_consent
from anlass.desk.outgoing.outbox import writer_of
from anlass.desk.people.persons import person_called
from anlass.desk.surface import JsonLine, person_line
from anlass.desk.surface import moment as json_moment
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound
from anlass.store.cards.vouching import GivenVoucher, TakenKey
from anlass.wires.publicly import fetch


@click.group("vouch")
def vouching() -> None:
    """For whom you could give a reference. Nobody is named anywhere before they agreed to it."""


@vouching.command("list")
@data_option
@json_option
def list_vouched(data: str | None, as_json: bool) -> None:
    """List for whom you vouch, who of them is named in public, and the vouchers they have."""
    home, now = open_home(data), moment()
    for one in vouched(home.book, at=now):
        _show(one, home.lang, as_json=as_json)
        for given in home.book.vouching.given(one.person.id) if not as_json else ():
            click.echo(f"    {given.id[:8]}  {given_says(given, now, home.lang)}")


@vouching.command()
@click.argument("person")
@click.option("--why", default="", metavar="WORDS", help="Why; for you alone.")
@data_option
@json_option
@dry_run_option
def add(person: str, why: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Say that you could give PERSON a reference. Nobody learns of it by that."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        _show(vouch(home.book, person, why=why, now=moment()), home.lang, as_json=as_json)


@vouching.command()
@click.argument("person")
@click.option("--why", default="", metavar="WORDS", help="Why; for you alone.")
@data_option
@json_option
@dry_run_option
def remove(person: str, why: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take that back: PERSON is named no more, and their vouchers are void."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        one = take_back(home.book, person, why=why, now=moment())
        text = _WORDS[home.lang]["no more"].format(name=plain(one.person.name))
        click.echo(json.dumps(_line(one, home.lang)) if as_json else text)


@vouching.command()
@click.argument("person")
@click.option("--send", is_flag=True, help="Let the letter go; it leaves after two minutes.")
@click.option("--by-hand", is_flag=True, help="You hand the link over yourself: print it alone.")
@click.option("--lang", "lang", type=click.Choice(["de", "en"]), help="The language of the letter.")
@click.option("--familiar", is_flag=True, help="In German: du.")
@data_option
@dry_run_option
def ask(
    person: str,
    send: bool,
    by_hand: bool,
    lang: Lang | None,
    familiar: bool,
    data: str | None,
    dry_run: bool,
) -> None:
    """Prepare the letter that asks PERSON whether they may be named; nothing leaves without --send."""
    home, now = open_home(data), moment()
    with kept(home, unless=dry_run):
        if by_hand:
            somebody = person_called(home.book, person, home.lang)
            note_asked(home.book, somebody, now=now)
            click.echo(vouched_person(home.book, somebody, at=now).link)
        else:
            _letter(home, person, lang or home.lang, is_familiar=familiar, is_sent=send)


@vouching.command()
@click.argument("person")
@click.option(
    "--address",
    default="",
    metavar="ADDRESS",
    help="Theirs, of mail or a chat network; else the first mail address.",
)
@click.option("--until", metavar="DAY", help="Until which day (2026-12-24), 92 days at most; else 30 days.")
@data_option
@json_option
@dry_run_option
def voucher(
    person: str, address: str, until: str | None, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """Sign a voucher for PERSON: one line that they may put under a letter to another house of Anlass."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        given = give_voucher(home.book, person, address=address, until=day(until, END), now=moment())
        click.echo(json.dumps(_voucher_line(given)) if as_json else given.text)


@vouching.command()
@click.argument("voucher_id", metavar="VOUCHER")
@data_option
@json_option
@dry_run_option
def revoke(voucher_id: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take a voucher back; other houses hear of it when they ask yours."""
    home, now = open_home(data), moment()
    with kept(home, unless=dry_run):
        over = revoke_voucher(home.book, voucher_id, now=now)
        click.echo(json.dumps(_voucher_line(over)) if as_json else given_says(over, now, home.lang))


@vouching.command()
@data_option
def publish(data: str | None) -> None:
    """Print what your public address publishes: your key, and vouchers taken back. It names nobody."""
    home = open_home(data)
    told = published(home.book, at=moment())
    if told is None:
        raise NotFound(_WORDS[home.lang]["no key"], hint="`anlass vouch voucher PERSON` makes the first.")
    click.echo(json.dumps(told))


@vouching.command()
@data_option
@json_option
def keys(data: str | None, as_json: bool) -> None:
    """List the houses whose vouchers you believe, as long as you vouch for whose they are."""
    home = open_home(data)
    for key in home.book.vouching.taken_keys():
        _show_key(home, key, as_json=as_json)


@vouching.command()
@click.argument("person")
@click.argument("place", metavar="ADDRESS|FILE")
@data_option
@json_option
@dry_run_option
def trust(person: str, place: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take in the key of PERSON's house: from its address (https://...), or from a file.

    Again renews which of its vouchers were taken back. No stranger can make your house ask anywhere.
    """
    home = open_home(data)
    if "://" in place:
        own = home.settings.webhooks.local_hosts
        text, where = fetch(place.rstrip("/") + WELL_KNOWN, most=LARGEST, local_hosts=own), place
    else:
        try:
            text, where = Path(place).read_bytes()[:LARGEST].decode("utf-8", "replace"), ""
        except OSError as missing:
            raise NotFound(f"{place} cannot be read: {missing.strerror}.") from missing
    with kept(home, unless=dry_run):
        for key in take_key(home.book, person, text, where=where, now=moment()):
            _show_key(home, key, as_json=as_json)


@vouching.command()
@click.argument("key")
@data_option
@json_option
@dry_run_option
def forget(key: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Forget the KEY of another house: its vouchers have no effect any more."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        _show_key(home, forget_key(home.book, key, now=moment()), as_json=as_json)


def _letter(home: Home, person: str, lang: Lang, *, is_familiar: bool, is_sent: bool) -> None:
    now, writer = moment(), writer_of(home)
    letter = consent_letter(home.book, writer, person, lang=lang, is_familiar=is_familiar, now=now)
    click.echo(f"{plain(letter.to)}\n{plain(letter.subject.words)}\n\n{letter.text.words}")
    if is_sent:
        release_consent(home.book, writer, letter, now=now)
    click.echo(_WORDS[home.lang]["leaves" if is_sent else "stays"], err=True)


def _line(one: Vouched, lang: Lang) -> JsonLine:
    return {
        "person": person_line(one.person),
        "since": json_moment(one.word.said_at) if one.word else None,
        "why": one.word.why or None if one.word else None,
        "consent": one.said.kind.value if one.said else None,
        "consent_at": json_moment(one.said.said_at) if one.said else None,
        "listed_as": one.listed or None,
        "says": vouched_says(one, moment(), lang),
    }


def _show(one: Vouched, lang: Lang, *, as_json: bool) -> None:
    says = f"{plain(one.person.name)}\n    {plain(vouched_says(one, moment(), lang))}"
    click.echo(json.dumps(_line(one, lang)) if as_json else says)


def _voucher_line(one: GivenVoucher) -> JsonLine:
    return {
        "voucher": one.id,
        "address": one.address,
        "since": json_moment(one.since),
        "until": json_moment(one.until),
        "revoked_at": json_moment(one.revoked_at),
        "text": one.text,
    }


def _show_key(home: Home, taken: TakenKey, *, as_json: bool) -> None:
    person = home.book.person(taken.person)
    line: JsonLine = {
        "key": taken.key.id,
        "ed25519": taken.public,
        "person": person_line(person) if person else None,
        "address": taken.where or None,
        "taken_at": json_moment(taken.taken_at),
    }
    name = plain(person.name) if person else taken.person
    click.echo(json.dumps(line) if as_json else f"{taken.key.id}  {name}  {plain(taken.where)}".rstrip())


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "no more": "Du bürgst nicht mehr für {name}.",
        "no key": "Dein Haus hat noch keinen Schlüssel.",
        "leaves": "Der Brief geht in zwei Minuten hinaus; bis dahin nimmt `anlass outbox` ihn zurück.",
        "stays": "Nichts verschickt. Mit --send geht der Brief hinaus.",
    },
    "en": {
        "no more": "You do not vouch for {name} any more.",
        "no key": "Your house has no key yet.",
        "leaves": "The letter leaves in two minutes; until then `anlass outbox` takes it back.",
        "stays": "Nothing was sent. With --send the letter leaves.",
    },
}
