"""`anlass grant hand-out` and `write`: a link for whoever holds it, as text, code, tag or printed card."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from anlass.bootstrap import open_home
from anlass.cards.nfc import ROOM
from anlass.cli.cards import grant, show, term
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.desk.cards.granting import Wanted, given, grant_called
from anlass.desk.cards.handing_out import Shape, in_shape
from anlass.desk.cards.handing_out import hand_out as hand_out_card


@grant.command("hand-out")
@click.argument("name")
@click.option("--card", default="", metavar="CARD", help="Which card; the first without it.")
@click.option("--tier", default="", metavar="TIER", help="As far as which tier; the first without it.")
@click.option("--until", metavar="DAY", help="Until which day; without an end without it.")
@click.option("--days", type=click.IntRange(1, 36500), metavar="NUMBER", help="For how many days.")
@data_option
@json_option
@dry_run_option
def hand_out(
    name: str,
    card: str,
    tier: str,
    until: str | None,
    days: int | None,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Make a link for whoever holds it: for printed cards, a badge, an NFC tag. NAME is for you alone."""
    home, now = open_home(data), moment()
    wanted = Wanted(card, tier, None, term(until, days, now))
    with kept(home, unless=dry_run):
        show(hand_out_card(home.book, name, wanted, now=now), home, as_json=as_json)


@grant.command("write")
@click.argument("id_", metavar="GRANT")
@click.argument("shape", type=click.Choice([one.value for one in Shape]))
@click.option("-o", "--out", metavar="FILE", help="Write to a file instead of the screen.")
@data_option
def write_grant(id_: str, shape: str, out: str | None, data: str | None) -> None:
    """Write the link of a GRANT as text, QR code (SVG), NFC tag (NDEF) or a business card to print (PDF)."""
    home, now = open_home(data), moment()
    made = in_shape(home.book, given(home.book, grant_called(home.book, id_), now), Shape(shape), at=now)
    is_binary = made.ending in {"ndef", "pdf"}
    if out is not None:
        Path(out).write_bytes(made.content)
    elif is_binary and sys.stdout.isatty():
        raise click.UsageError(f"{shape}: -o FILE.{made.ending}")
    else:
        sys.stdout.buffer.write(made.content)
    if shape == Shape.NFC and len(made.content) > ROOM:
        click.echo(_LONG[home.lang].format(count=len(made.content), room=ROOM), err=True)


_LONG = {
    "de": "anlass: {count} Bytes; auf die kleinsten Schildchen (NTAG213) gehen {room}.",
    "en": "anlass: {count} bytes; the smallest tags (NTAG213) have room for {room}.",
}
