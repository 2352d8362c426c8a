"""`anlass owners`, `anlass invite`, `anlass sessions`: who lives on this server, who may enter, who has."""

from __future__ import annotations

import json
import re

import click

from anlass.bootstrap import Home, home_of, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.house.courier import GateLetter, sender
from anlass.desk.house.entering import begins_with
from anlass.desk.house.keys import invite as ask_in
from anlass.desk.house.voice_of_gate import invitation_letter
from anlass.desk.surface import JsonLine
from anlass.desk.surface import moment as json_moment
from anlass.errors import NotFound, UserError
from anlass.store import OWNER
from anlass.store.gate.keys import Role

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@click.group(invoke_without_command=True)
@data_option
@json_option
@click.pass_context
def owners(context: click.Context, data: str | None, as_json: bool) -> None:
    """List the owners on this server and who has a key to each house."""
    if context.invoked_subcommand:
        return
    gate = open_home(data).book.gate
    everybody = gate.keyholders()
    for owner in gate.owners():
        held = {one.address: one.keys[owner] for one in everybody if one.keys and owner in one.keys}
        line: JsonLine = {"owner": owner, "keys": [{"address": a, "role": r.value} for a, r in held.items()]}
        shown = ", ".join(f"{plain(address)} ({role})" for address, role in held.items()) or "-"
        click.echo(json.dumps(line) if as_json else f"{owner:20}  {shown}")


@owners.command()
@click.argument("name")
@data_option
@json_option
@dry_run_option
def add(name: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Make room for a further owner; NAME is short: small letters, figures, hyphens."""
    server = open_home(data)
    if not _ID.fullmatch(name):
        raise UserError(f"{name!r} is no name for an owner: small letters, figures and hyphens, 32 at most.")
    if name in server.book.gate.owners():
        raise UserError(f"There is an owner {name!r} already.")
    folder = server.settings.data / "owners" / name
    if not dry_run:
        folder = home_of(server, name).settings.data
    line = {"owner": name, "data": str(folder), "dry_run": dry_run}
    click.echo(json.dumps(line) if as_json else _WORDS[server.lang]["added"].format(name=name, folder=folder))


@click.command()
@click.argument("address")
@click.option(
    "--role",
    type=click.Choice([one.value for one in Role]),
    default=Role.OWNER.value,
    show_default=True,
    help="As what: the owner of the house, an assistant, or host of the server.",
)
@click.option(
    "--owner", default=OWNER, metavar="NAME", help="Into whose house; the first owner's without it."
)
@data_option
@json_option
@dry_run_option
def invite(address: str, role: str, owner: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Ask somebody in by mail, and print the link; it works once, for seven days."""
    server = open_home(data)
    if not server.settings.server.is_on:
        raise UserError("This is no server yet.", hint="Name its [server] address in anlass.toml.")
    home = _home(server, owner)
    with kept(home, unless=dry_run):
        asked = ask_in(home.book, address, Role(role), now=moment())
    link = f"{server.settings.server.address.rstrip('/')}/invitation/{asked.secret}/"
    is_sent = False
    if not dry_run and server.settings.server.mail_host:
        name = home.settings.owner.name
        subject, text = invitation_letter(name, asked.invitation.role, link, home.lang)
        is_sent = sender(server.settings, moment)(GateLetter(asked.invitation.address, subject, text))
    line = {
        "owner": owner,
        "address": asked.invitation.address,
        "role": role,
        "link": None if dry_run else link,
        "until": json_moment(asked.invitation.ends_at),
        "sent": is_sent,
        "dry_run": dry_run,
    }
    says = _WORDS[server.lang]["dry" if dry_run else "sent" if is_sent else "by_hand"]
    click.echo(json.dumps(line) if as_json else says.format(address=asked.invitation.address, link=link))


@click.command()
@click.option("--end", metavar="ID", help="End one, by its id or the beginning of it.")
@click.option("--end-all", metavar="ADDRESS", help="End all of somebody.")
@data_option
@json_option
@dry_run_option
def sessions(end: str | None, end_all: str | None, data: str | None, as_json: bool, dry_run: bool) -> None:
    """List who is logged in, and end log-ins."""
    home = open_home(data)
    gate = home.book.gate
    by_id = {one.id: one.address for one in gate.keyholders()}
    chosen = [
        one
        for one in gate.visits()
        if (end is None or begins_with(one.id, end))
        and (end_all is None or by_id.get(one.keyholder) == end_all)
    ]
    is_ending = end is not None or end_all is not None
    if is_ending and not chosen:
        raise NotFound("There is no such session.", hint="`anlass sessions` lists them.")
    for one in chosen:
        if is_ending and not dry_run:
            gate.end(one.id)
        line: JsonLine = {
            "id": one.id[:12],
            "address": by_id.get(one.keyholder),
            "owner": one.owner or None,
            "how": one.how,
            "device": one.device or None,
            "since": json_moment(one.made_at),
            "seen": json_moment(one.seen_at),
            "ended": is_ending and not dry_run,
        }
        shown = f"{line['id']}  {plain(str(line['address']))}  {one.how}  {plain(one.device)}  {line['seen']}"
        click.echo(json.dumps(line) if as_json else shown)


def _home(server: Home, owner: str) -> Home:
    if owner not in server.book.gate.owners():
        raise NotFound(f"There is no owner {owner!r}.", hint="`anlass owners add NAME` makes room for one.")
    return home_of(server, owner)


_WORDS = {
    "de": {
        "added": "Für {name} ist Platz, in {folder}. Weiter mit: anlass invite ADRESSE --owner {name}",
        "sent": "Die Einladung an {address} ist unterwegs. Ihr Link gilt einmal, sieben Tage:\n\n    {link}",
        "by_hand": "Verschickt wurde nichts. Gib {address} diesen Link; er gilt einmal, sieben Tage:\n\n"
        "    {link}",
        "dry": "Nur geprobt: {address} wurde nicht eingeladen.",
    },
    "en": {
        "added": "There is room for {name}, in {folder}. Go on with: anlass invite ADDRESS --owner {name}",
        "sent": "The invitation to {address} is on its way. Its link works once, for seven days:\n\n"
        "    {link}",
        "by_hand": "Nothing was sent. Give {address} this link; it works once, for seven days:\n\n    {link}",
        "dry": "Only rehearsed: {address} was not asked in.",
    },
}
