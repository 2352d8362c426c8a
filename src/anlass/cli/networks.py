"""`anlass connect NETWORK`, and `anlass knock`: accounts on chat networks, and what asks at their doors."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from anlass.bootstrap import Home, open_home
from anlass.channels.mail.secrets import Secrets
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.table import DOORS
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.keeping import kept, say_rehearsed
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.passwords import secret
from anlass.cli.plain import plain
from anlass.desk.accounts.networks import (
    Tried,
    account_for,
    keep_network,
    network_accounts,
    token_of,
    tried,
    with_porch,
)
from anlass.desk.accounts.voice_of_networks import door_opens, door_trouble
from anlass.desk.outgoing.at_doors import let_in, they_see, turn_down
from anlass.desk.surface import JsonLine
from anlass.intake import Channel
from anlass.store.outgoing.outbox import Boxed
from anlass.wires.trouble import WireError

NETWORKS = {channel.value: channel for channel in DOORS}
_VARIABLE = "ANLASS_NETWORK_SECRET"  # the name of a variable


def connect_network(
    home: Home,
    secrets: Secrets,
    named: tuple[Channel, str, str, str],
    ways: tuple[str | None, str | None, Literal["keyring", "file"] | None],
    *,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Connect an account once its door was tried; `named` is its network, address, server and name.

    `ways` are the room for callers, the file with the secret, and where that is kept.
    """
    porch, password_file, where = ways
    if not named[1]:
        raise click.UsageError(f"Name your address: anlass connect {named[0].value} ADDRESS")
    account = account_for(*named)
    secret = _secret(home, account, password_file)
    try:
        account, secret = token_of(account, secret)
    except WireError as error:
        end_of_trial(home, Tried(account, error.trouble.value), as_json=as_json)
    if porch is not None and not dry_run:
        account = with_porch(account, secret, porch)
    found = tried(account, secret)
    end_of_trial(home, found, as_json=as_json)
    if dry_run:
        say_rehearsed(home.lang)
        return
    before = next((one for one in network_accounts(home.book) if one.name == account.name), None)
    if before is not None and porch is None:
        account = replace(account, porch=before.porch)
    keep_network(home.book, account, now=moment())
    words, way_in = _WORDS[home.lang], ""
    if secret:
        place = words[secrets.put(account.name, secret, where)].format(file=secrets.place(account.name))
        way_in = words["way_in"].format(place=place)
    click.echo(words["kept"].format(name=account.name, way_in=way_in), err=True)


def network_line(account: NetworkAccount) -> JsonLine:
    """An account on a chat network, without its secret."""
    return {
        "name": account.name,
        "network": account.channel.value,
        "address": account.address,
        "server": account.server or None,
        "porch": account.porch or None,
    }


@click.group(invoke_without_command=True)
@data_option
@json_option
@click.pass_context
def knock(context: click.Context, data: str | None, as_json: bool) -> None:
    """List what still asks at your doors on chat networks, and what the other side would see of an answer.

    Nothing is said to anybody here. Words go out by `anlass outbox release CASE`; doing nothing is the one
    decline that nobody sees.
    """
    if context.invoked_subcommand is not None:
        return
    home = open_home(data)
    for account in network_accounts(home.book):
        for ask in home.book.networks.open_asks(account.name):
            says = they_see(home.book, ask.request, home.lang) if ask.request else ""
            line = {
                "case": ask.request or None,
                "account": account.name,
                "asks": ask.kind.value,
                "they_see": says,
            }
            shown = f"{ask.request[:8]:<8}  {account.name}  {ask.kind.value}\n    {says}"
            click.echo(json.dumps(line) if as_json else shown)


@knock.command("let-in")
@click.argument("case")
@click.option(
    "--words", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Your own words, in a file."
)
@data_option
@json_option
@dry_run_option
def let_in_command(case: str, words: Path | None, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Say yes to a CASE where it came in; it leaves after two minutes, and the other side sees it."""
    home = open_home(data)
    text = words.read_text(encoding="utf-8", errors="replace") if words else ""
    with kept(home, unless=dry_run):
        told = let_in(home.book, case, now=moment(), lang=home.lang, text=text)
    _say(*told, as_json=as_json)


@knock.command("turn-down")
@click.argument("case")
@click.option("--seen", is_flag=True, help="Yes, the other side may see it.")
@data_option
@json_option
@dry_run_option
def turn_down_command(case: str, seen: bool, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Turn a CASE down where the other side sees it; without --seen only say what they would see.

    To decline in silence, do nothing: no house rule and no other command ever does this.
    """
    home = open_home(data)
    says = they_see(home.book, case, home.lang, declined=True)
    if not seen:
        click.echo(json.dumps({"they_see": says}) if as_json else says)
        click.echo(_WORDS[home.lang]["seen"], err=True)
        raise click.exceptions.Exit(Exit.CHECK_FAILED)
    with kept(home, unless=dry_run):
        told = turn_down(home.book, case, now=moment(), lang=home.lang)
    _say(*told, as_json=as_json)


def _say(boxed: Boxed, says: str, *, as_json: bool) -> None:
    line = {"letter": boxed.id, "case": boxed.letter.request, "to": boxed.letter.to, "they_see": says}
    click.echo(json.dumps(line) if as_json else f"{boxed.id[:8]}  {plain(boxed.letter.to)}\n    {says}")


def end_of_trial(home: Home, found: Tried, *, as_json: bool) -> None:
    """Say what came of trying a door; end where it does not open."""
    account = found.account
    says = door_opens(account.address, found.waiting, home.lang)
    if found.trouble is not None:
        says = door_trouble(found.trouble, account.name, account.house, home.lang, place=found.place)
    if as_json:
        line = network_line(account) | {"trouble": found.trouble, "waiting": found.waiting, "says": [says]}
        click.echo(json.dumps(line))
    else:
        click.echo(plain(says))
    if found.trouble is not None:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)


def _secret(home: Home, account: NetworkAccount, password_file: str | None) -> str:
    """Return what opens the account; "" where the network asks for nothing."""
    question = DOORS[account.channel].secret
    if question is None:
        return ""
    asked = question.in_(home.lang).format(address=account.address)
    return secret(asked, file=password_file, variable=_VARIABLE)


_WORDS = {
    "de": {
        "kept": "Verbunden als {name}.{way_in} Weiter mit: anlass work",
        "way_in": " Der Zugang liegt {place}.",
        "keyring": "im Schlüsselbund des Systems",
        "file": "in {file}, nur für dich lesbar",
        "seen": "Soll das so sein? Dann sag es dazu: --seen",
    },
    "en": {
        "kept": "Connected as {name}.{way_in} Go on with: anlass work",
        "way_in": " The way in lies {place}.",
        "keyring": "in the keyring of the system",
        "file": "in {file}, which only you can read",
        "seen": "Is that what you want? Then say so: --seen",
    },
}
