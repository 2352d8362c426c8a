"""`anlass wish`: take part in rounds of wishes with a key of one's own, on this machine."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import owner_language
from anlass.cli.clock import moment
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain, plain_lines
from anlass.cli.wish_host import host
from anlass.config import Settings, data_folder, load_settings
from anlass.desk.wishes import own_key as own
from anlass.desk.wishes.purse import Purse, purse_called, purses

if TYPE_CHECKING:
    from anlass.outreach.wish_roster import Roster

event_option = click.option(
    "--event", metavar="NAME", default="", help="Which event, where there are several."
)


@click.group()
def wish() -> None:
    """Wish for more contact; only what is mutual is shown, to both at the same hour.

    Your key is made here and stays here. What a server could still learn: docs/explanation/wishes.md
    """


wish.add_command(host)


@wish.command()
@click.argument("link")
@click.option("--card", metavar="TEXT", default="", help="What is shown to those who wished for you too.")
@data_option
@dry_run_option
def join(link: str, card: str, data: str | None, dry_run: bool) -> None:
    """Take part in an event, by the link of your ticket."""
    settings = _settings(data)
    purse = own.join(settings.data, link, card=card, rehearse=dry_run)
    click.echo(_say(settings, "joined").format(event=plain(purse.name)))


@wish.command(name="list")
@data_option
@json_option
def list_(data: str | None, as_json: bool) -> None:
    """List the events you take part in, and whom you wish for in each; read from this machine alone."""
    settings = _settings(data)
    for one in purses(settings.data):
        line = {"event": one.name, "card": one.card, "wishes": one.wishes, "sent": one.is_sent}
        sent = _say(settings, "sent" if one.is_sent else "unsent")
        click.echo(json.dumps(line) if as_json else f"{plain(one.name)}  {len(one.wishes)}  {sent}")


@wish.command()
@event_option
@data_option
@json_option
def people(event: str, data: str | None, as_json: bool) -> None:
    """Show who is on the list, and the code of the list to compare with others."""
    settings, purse = _opened(data, event)
    roster = own.people(purse)
    for one in roster.entries:
        line = {"ticket": one.pid.hex(), "name": one.name, "by_mail_only": one.is_hosted}
        note = f"  ({_say(settings, 'hosted')})" if one.is_hosted else ""
        mark = "*" if one.pid.hex() in purse.wishes else " "
        click.echo(json.dumps(line) if as_json else f"{mark} {plain(one.name)}{note}  {one.pid.hex()[:8]}")
    if not as_json:
        click.echo(_code(settings, roster))


@wish.command(name="for")
@click.argument("who")
@click.option("--note", metavar="TEXT", default="", help="A word for this one person, opened only if mutual.")
@event_option
@data_option
@dry_run_option
def for_(who: str, note: str, event: str, data: str | None, dry_run: bool) -> None:
    """Wish for somebody; nothing is sent yet."""
    settings, purse = _opened(data, event)
    entry = own.wish_for(settings.data, purse, who, note=note, rehearse=dry_run)
    click.echo(_say(settings, "wished").format(name=plain(entry.name)))
    if entry.is_hosted:
        click.echo(_say(settings, "hosted_wish"), err=True)


@wish.command(name="take-back")
@click.argument("who")
@event_option
@data_option
@dry_run_option
def take_back(who: str, event: str, data: str | None, dry_run: bool) -> None:
    """Wish no longer for somebody."""
    settings, purse = _opened(data, event)
    gone = own.take_back(settings.data, purse, who, rehearse=dry_run)
    click.echo(_say(settings, "taken_back").format(name=plain(gone.name)))


@wish.command()
@click.option("--now", "at_once", is_flag=True, help="Send at once; the server sees when.")
@click.option("--wait", is_flag=True, help="Wait for the moment that chance chose, then send.")
@event_option
@data_option
@dry_run_option
def send(at_once: bool, wait: bool, event: str, data: str | None, dry_run: bool) -> None:
    """Send your envelope at a moment that chance chose, with wishes or without.

    Called again and again (by cron, say) it sends when the moment has come, and once.
    """
    settings, purse = _opened(data, event)
    if purse.is_sent and not at_once:
        click.echo(_say(settings, "sent"))
        return
    when = moment() if at_once else own.plan(settings.data, purse, now=moment())
    if wait and not dry_run:
        time.sleep(max(0.0, (when - moment()).total_seconds()))
    if dry_run or when > moment():
        click.echo(_say(settings, "later").format(when=when.astimezone()))
        return
    own.send(settings.data, purse)
    click.echo(_say(settings, "sent"))


@wish.command()
@event_option
@data_option
@json_option
def results(event: str, data: str | None, as_json: bool) -> None:
    """Show which of your wishes were mutual. Of all others nobody knows anything."""
    settings, purse = _opened(data, event)
    found = own.results(settings.data, purse)
    if found is None:
        click.echo(_say(settings, "not_open"), err=True)
        return
    for one in found:
        card = one.card
        if as_json:
            click.echo(json.dumps({"name": one.name, "card": card and card.card, "note": card and card.note}))
            continue
        words = [card.card, card.note] if card else [_say(settings, "unconfirmed")]
        click.echo("\n    ".join([plain(one.name), *(plain_lines(text) for text in words if text)]))
    if not found and not as_json:
        click.echo(_say(settings, "nobody"))


@wish.command()
@click.argument("code", required=False, default="")
@click.option("--badge", metavar="TEXT", default="", help="The key from somebody's badge (anlass-wish:...).")
@event_option
@data_option
def check(code: str, badge: str, event: str, data: str | None) -> None:
    """Hold a code from the slide or a key from a badge against the server's list, from now on every time.

    Without either your own key is shown, as it stands on a badge.
    """
    settings, purse = _opened(data, event)
    if badge:
        own.pin(settings.data, purse, badge)
    if code:
        own.see_code(settings.data, purse, code)
    if not badge and not code:
        click.echo(own.badge(purse))
        return
    click.echo(_code(settings, own.people(purse)))


@wish.command()
@event_option
@data_option
@dry_run_option
def leave(event: str, data: str | None, dry_run: bool) -> None:
    """Take part no longer, and destroy your key."""
    settings, purse = _opened(data, event)
    if not dry_run:
        own.leave(settings.data, purse)
    click.echo(_say(settings, "left"))


def _settings(data: str | None) -> Settings:
    return load_settings(data_folder(data))


def _opened(data: str | None, event: str) -> tuple[Settings, Purse]:
    settings = _settings(data)
    return settings, purse_called(settings.data, event)


def _code(settings: Settings, roster: Roster) -> str:
    return _say(settings, "code").format(code=roster.code)


def _say(settings: Settings, what: str) -> str:
    return _WORDS[owner_language(settings)][what]


_WORDS = {
    "de": {
        "joined": "Du nimmst teil: {event}. Wenn die Liste geschlossen ist: anlass wish people",
        "sent": "gesendet",
        "unsent": "noch nicht gesendet",
        "hosted": "nur per Mail",
        "code": "Code dieser Liste: {code}\nAlle müssen denselben haben.",
        "wished": "Gemerkt: {name}. Gesendet ist noch nichts: anlass wish send",
        "hosted_wish": "Nur per Mail dabei: Diesen Wunsch könnten die Veranstalter sehen.",
        "taken_back": "Zurückgenommen: {name}.",
        "later": "Der Zufall wählt {when:%d.%m. %H:%M}. Dann noch einmal aufrufen, oder warten: --wait",
        "not_open": "Die Ergebnisse sind noch nicht offen.",
        "unconfirmed": "Gegenseitig, aber die Karte lässt sich nicht lesen: Fehler, List oder Server.",
        "nobody": "Keine gegenseitigen Wünsche in dieser Runde. Oft nimmt jemand nicht teil"
        " oder hat keinen Wunsch mehr übrig.",
        "left": "Du nimmst nicht mehr teil. Dein Schlüssel ist vernichtet.",
    },
    "en": {
        "joined": "You take part: {event}. When the list has closed: anlass wish people",
        "sent": "sent",
        "unsent": "not sent yet",
        "hosted": "by mail only",
        "code": "Code of this list: {code}\nEverybody must have the same.",
        "wished": "Kept: {name}. Nothing is sent yet: anlass wish send",
        "hosted_wish": "Takes part by mail only: the organiser could see this wish.",
        "taken_back": "Taken back: {name}.",
        "later": "Chance chose {when:%d %b %H:%M}. Call again then, or wait with --wait.",
        "not_open": "Results are not open yet.",
        "unconfirmed": "Mutual, but the card cannot be read: a mistake, a trick or the server.",
        "nobody": "No mutual wishes in this round. People often do not take part or run out of wishes.",
        "left": "You take part no longer. Your key is destroyed.",
    },
}
