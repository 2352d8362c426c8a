"""`anlass audit`: how many of your contacts are contacts, by evidence."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import click

from anlass.bootstrap import Home, make_servers, open_home
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.cli.clock import moment
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain, plain_path
from anlass.cli.telling import told
from anlass.desk.accounts.networks import connected_networks
from anlass.desk.audit.auditing import Audit
from anlass.desk.audit.auditing import audit as audit_contacts
from anlass.desk.audit.contact_lists import ContactFile
from anlass.desk.audit.table import as_csv, as_svg, audit_line
from anlass.desk.audit.voice import contact_says, group_name, nothing_kept, sums_say
from anlass.desk.voice.common import Lang, set_aside_says
from anlass.errors import Problem, UserError
from anlass.ledger.bonds import EVIDENT, Bond
from anlass.sources.dav import Server

_BAR = 32
"""Columns of the longest bar."""
_file = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("contacts", nargs=-1, type=click.Path(path_type=Path))
@click.option("--carddav", multiple=True, metavar="URL", help="An address book on a server, or the server.")
@click.option("--user", default="", metavar="NAME", help="Your user name on that server.")
@click.option("--networks", is_flag=True, help="Your own lists on the chat networks you connected.")
@click.option("--csv", "table", type=_file, metavar="FILE", help="Write the table to act on.")
@click.option("--picture", type=_file, metavar="FILE", help="Write the picture, an SVG file.")
@data_option
@json_option
def audit(
    contacts: tuple[Path, ...],
    carddav: tuple[str, ...],
    user: str,
    networks: bool,
    table: Path | None,
    picture: Path | None,
    data: str | None,
    as_json: bool,
) -> None:
    """Say which of your CONTACTS are contacts, by what you have collected.

    CONTACTS are LinkedIn's archive or its Connections.csv, contacts of XING, address books (.vcf), or
    folders of them; --networks means your list on XMPP, rooms for two on Matrix, whom you follow and who
    follows you on Mastodon. Without any of them, the address books that anlass.toml names in [sources]
    are read. Nothing is deleted, kept or changed anywhere, and no file is overwritten.
    """
    home = open_home(data)
    _refuse_overwriting(table, picture)
    servers: tuple[Server, ...] = ()
    if carddav or not (contacts or networks):
        named = carddav or home.settings.sources.carddav
        servers = make_servers(home.settings, named, (), user) if named else ()
    lists = _on_networks(home) if networks else ()
    if not (contacts or servers or networks):
        raise click.UsageError(
            "Name a list: CONTACTS, --carddav URL, --networks, or [sources] in anlass.toml."
        )
    found = audit_contacts(home.book, contacts, servers=servers, lists=lists, now=moment())
    for aside in found.set_aside:
        place = aside.origin
        where = plain_path(place.path) + (f":{place.offset}" if place.offset else "")
        click.echo(told(Problem(set_aside_says(aside, home.lang), where)), err=True)
    if table:
        table.write_text(as_csv(found, home.lang), encoding="utf-8-sig", newline="")
    if picture:
        picture.write_text(as_svg(found, home.lang), encoding="utf-8")
    if as_json:
        for one in found.contacts:
            click.echo(json.dumps(audit_line(one, home.lang)))
    else:
        _show(found, home.lang)
    click.echo(nothing_kept(home.lang), err=True)


def _on_networks(home: Home) -> tuple[ContactFile, ...]:
    """Return the owner's own lists on all networks that are connected."""
    from anlass.desk.audit.network_lists import list_on  # noqa: PLC0415 - only networks need it

    secrets = Secrets(home.settings.data, system_ring())
    return tuple(list_on(one, secrets) for one in connected_networks(home.book))


def _refuse_overwriting(*files: Path | None) -> None:
    there = [str(file) for file in files if file and file.exists()]
    if there:
        raise UserError(
            *(Problem("There is such a file already.", one) for one in there), hint="Name another one."
        )


def _show(found: Audit, lang: Lang) -> None:
    """Print the sums, the picture in text, and every contact with its sentence."""
    for sentence in sums_say(found, lang):
        click.echo(sentence)
    click.echo()
    width = max(len(group_name(bond, lang)) for bond in Bond)
    for bond in Bond:
        click.echo(f"{group_name(bond, lang):>{width}}  {_bar(found, bond)}{found.count(bond)}")
    for group, contacts in groupby(found.contacts, key=lambda one: one.bond):
        click.echo(f"\n{group_name(group, lang)}")
        for one in contacts:
            name = one.contact.name or ", ".join(map(str, one.contact.addresses))
            click.echo(f"  {plain(name)}: {plain(contact_says(one, lang))}")


def _bar(found: Audit, bond: Bond) -> str:
    """Return the bar of a group: full where both sides did something, dotted or empty else."""
    count = found.count(bond)
    columns = -(-_BAR * count // max(1, len(found.contacts)))
    sign = "█" if bond in EVIDENT else "▒" if bond is Bond.PERHAPS else "░"
    return f"{sign * columns} " if count else ""
