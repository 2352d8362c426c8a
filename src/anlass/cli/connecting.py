"""`anlass connect`: a mailbox is found, tried and watched from then on; its password is kept apart."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Literal

import click

from anlass.bootstrap import Home, open_home
from anlass.channels.mail.account import GERMAN, Account, Folders
from anlass.channels.mail.oauth import ISSUERS, Code, Issuer, access_token, ask_owner, checked
from anlass.channels.mail.providers import server as mail_server
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.keeping import say_rehearsed
from anlass.cli.networks import NETWORKS, connect_network, end_of_trial, network_line
from anlass.cli.options import data_option, json_option
from anlass.cli.passwords import secret
from anlass.cli.plain import plain
from anlass.desk.accounts.connecting import (
    Tested,
    Wish,
    candidates,
    normal_address,
    provider_for,
    retested,
    try_all,
)
from anlass.desk.accounts.mail import account_named, accounts, forget, keep, name_for, opened
from anlass.desk.accounts.networks import forget_network, network_accounts, tried
from anlass.desk.accounts.voice_of_mail import needs_says, tested_says
from anlass.desk.mail.watching import begin
from anlass.desk.surface import JsonLine

_VARIABLE = "ANLASS_MAIL_PASSWORD"
_OAUTH_SECRET = "ANLASS_OAUTH_SECRET"  # noqa: S105 - the name of a variable
Shown = Literal["not", "folders", "keywords"]


@click.command()
@click.argument("address", metavar=f"[ADDRESS|{'|'.join(NETWORKS)}]", required=False)
@click.argument("there", metavar="[ADDRESS THERE]", required=False)
@click.option(
    "--server", default="", metavar="HOST", help="Of a chat network: its server, if it is not found."
)
@click.option("--porch", metavar="ALIAS", help="On Matrix: the room in which people knock; made if need be.")
@click.option("--name", default="", metavar="NAME", help="What to call the mailbox; else its address.")
@click.option("--user", default="", metavar="NAME", help="Your user name there, where it is not the address.")
@click.option("--imap", default="", metavar="HOST", help="The server: HOST, HOST:PORT or 'starttls HOST'.")
@click.option("--smtp", default="", metavar="HOST", help="The server that letters go out by, likewise.")
@click.option("--no-smtp", is_flag=True, help="Nothing is to go out from this mailbox.")
@click.option(
    "--show",
    type=click.Choice(["not", "folders", "keywords"]),
    help="How cases appear in your mail program; by default not at all.",
)
@click.option("--drafts/--no-drafts", default=None, help="Put drafts of answers among yours there, or none.")
@click.option("--password-file", metavar="FILE", help="A file that holds the password; - is standard input.")
@click.option(
    "--keep", "where", type=click.Choice(["keyring", "file"]), help="Where the password is kept from now on."
)
@click.option("--client-id", default="", metavar="ID", help="Use OAuth2, with this client id of your own.")
@click.option("--device-url", default="", metavar="URL", help="Where codes for devices come from (OAuth2).")
@click.option("--token-url", default="", metavar="URL", help="Where tokens come from (OAuth2).")
@click.option("--scope", default="", metavar="WORDS", help="What is to be allowed (OAuth2).")
@click.option("--list", "is_list", is_flag=True, help="List the mailboxes that are connected.")
@click.option("--test", "named", metavar="NAME", help="Try a connected mailbox again.")
@click.option("--forget", "gone", metavar="NAME", help="Watch a mailbox no more, and forget its password.")
@data_option
@json_option
@click.option("--dry-run", is_flag=True, help="Try everything; keep nothing.")
def connect(
    address: str | None,
    there: str | None,
    server: str,
    porch: str | None,
    name: str,
    user: str,
    imap: str,
    smtp: str,
    no_smtp: bool,
    show: Shown | None,
    drafts: bool | None,
    password_file: str | None,
    where: Literal["keyring", "file"] | None,
    client_id: str,
    device_url: str,
    token_url: str,
    scope: str,
    is_list: bool,
    named: str | None,
    gone: str | None,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Connect the mailbox of ADDRESS, so that `anlass work` watches it.

    Its servers are found by the address, and everything is tried before anything is kept. The password is
    asked for, or read from --password-file or ANLASS_MAIL_PASSWORD; it is kept in the keyring of the system
    or in a file that only you can read, and never stands in the settings. Connecting again sets a new one.
    With --client-id no password is asked for: you allow it in a browser, on any device (OAuth2). A client
    secret, where your provider gives out one, is read from ANLASS_OAUTH_SECRET.

    A chat network and your ADDRESS THERE connect an account on it (secret: else from ANLASS_NETWORK_SECRET).
    """
    home = open_home(data)
    secrets = Secrets(home.settings.data, system_ring())
    if sum((is_list, named is not None, gone is not None, bool(address))) > 1:
        raise click.UsageError("Name one of ADDRESS, --list, --test, --forget.")
    if is_list or gone is not None or named is not None:
        _look_after(home, secrets, named, gone, as_json=as_json, dry_run=dry_run)
        return
    if address in NETWORKS:
        named_there = (NETWORKS[address], there or "", server, name)
        ways = (porch, password_file, where)
        connect_network(home, secrets, named_there, ways, as_json=as_json, dry_run=dry_run)
        return
    wish = replace(
        _wish(home, address, name, user, (show, drafts)),
        imap=mail_server(imap, "imap") if imap else None,
        smtp=mail_server(smtp, "smtp") if smtp else None,
        sends=not no_smtp,
        auth="oauth2" if client_id else "password",
    )
    issuer = _issuer(wish, device_url, token_url, scope) if client_id else None

    def asked() -> str:
        return _allowed(home, issuer, client_id) if issuer else _password(home, wish, password_file)

    _connect(home, secrets, wish, asked, where, as_json=as_json, dry_run=dry_run)


def _look_after(
    home: Home, secrets: Secrets, named: str | None, gone: str | None, *, as_json: bool, dry_run: bool
) -> None:
    """List what is connected; forget a mailbox or an account, or try it again."""
    if _look_after_door(home, secrets, named, gone, as_json=as_json, dry_run=dry_run):
        return
    if named is not None:
        _end(_told(home, retested(account_named(home.book, named), secrets), as_json=as_json))
    elif gone is not None:
        account = account_named(home.book, gone)
        if not dry_run:
            forget(home.book, secrets, account.name, now=moment())
        click.echo(_WORDS[home.lang]["forgotten"].format(name=account.name))
    else:
        for one in accounts(home.book):
            shown = f"{one.name}  {one.address}  {one.imap.host}"
            click.echo(json.dumps(account_line(one)) if as_json else shown)
        for there in network_accounts(home.book):
            shown = f"{there.name}  {there.address}  {there.channel.value}"
            click.echo(json.dumps(network_line(there)) if as_json else shown)


def _look_after_door(
    home: Home, secrets: Secrets, named: str | None, gone: str | None, *, as_json: bool, dry_run: bool
) -> bool:
    """Try or forget an account on a chat network; return whether one was meant."""
    doors = {name: one for one in network_accounts(home.book) for name in (one.name, one.address)}
    account = doors.get(named or gone or "")
    if account is None:
        return False
    if named is not None:
        end_of_trial(home, tried(account, secrets.get(account.name)), as_json=as_json)
        return True
    if not dry_run:
        forget_network(home.book, secrets, account.name, now=moment())
    click.echo(_WORDS[home.lang]["forgotten"].format(name=account.name))
    return True


def _wish(
    home: Home, address: str | None, name: str, user: str, seen: tuple[Shown | None, bool | None]
) -> Wish:
    """Ask for what was not said, where somebody is there to answer; `seen` is what shows in the mailbox."""
    if not address and not sys.stdin.isatty():
        raise click.UsageError("Name the ADDRESS of the mailbox.")
    written = normal_address(address or click.prompt(_WORDS[home.lang]["address"]))
    before = next((one for one in accounts(home.book) if one.address == written), None)
    folders = before.folders if before else GERMAN if home.lang == "de" else Folders()
    show, drafts = seen
    keeps = folders.keeps_drafts if drafts is None else drafts
    return Wish(
        written,
        name or (before.name if before else name_for(written)),
        user or (before.user if before else ""),
        folders=replace(folders, shown=show or folders.shown, keeps_drafts=keeps),
    )


def _connect(
    home: Home,
    secrets: Secrets,
    wish: Wish,
    asked: Callable[[], str],
    where: Literal["keyring", "file"] | None,
    *,
    as_json: bool,
    dry_run: bool,
) -> None:
    words = _WORDS[home.lang]
    provider = provider_for(wish.address)
    needs = needs_says(provider, home.lang) if provider is not None and wish.auth == "password" else ""
    if needs:
        click.echo(needs, err=True)
    if provider is not None and provider.imap is None and wish.imap is None:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)
    ways = candidates(wish)
    secret = asked()
    key = access_token(secret) if wish.auth == "oauth2" else secret

    def heard(account: Account) -> None:
        click.echo(words["trying"].format(host=account.imap.host, port=account.imap.port), err=True)

    found = try_all(ways, key, wish, heard)
    is_good = _told(home, found, as_json=as_json)
    if is_good and not dry_run:
        kept = secrets.put(wish.name, secret, where)
        keep(home.book, found.account, now=moment())
        with opened(found.account, secrets) as line:
            begin(home.book, found.account, line)
        place = words[kept].format(file=secrets.place(wish.name))
        click.echo(words["kept"].format(name=wish.name, place=place), err=True)
    elif is_good:
        say_rehearsed(home.lang)
    _end(is_good)


def _issuer(wish: Wish, device_url: str, token_url: str, scope: str) -> Issuer:
    """Return who gives out tokens: as named, else the provider's own."""
    provider = provider_for(wish.address)
    known = ISSUERS.get(provider.oauth2) if provider else None
    device, token = device_url or (known.device if known else ""), token_url or (known.token if known else "")
    if not (device and token):
        raise click.UsageError("Name --device-url and --token-url: this provider's are not known.")
    for url in (device, token):
        checked(url)
    return Issuer(device, token, scope or (known.scope if known else "offline_access"))


def _allowed(home: Home, issuer: Issuer, client_id: str) -> str:
    """Let the owner allow it in a browser; return what is kept of that."""

    def show(code: Code) -> None:
        words = _WORDS[home.lang]["allow"].format(address=plain(code.address), code=plain(code.code))
        click.echo(words, err=True)

    secret = os.environ.get(_OAUTH_SECRET, "")
    return ask_owner(issuer, client_id, secret, show, Event().wait).written()


def _password(home: Home, wish: Wish, password_file: str | None) -> str:
    question = _WORDS[home.lang]["password"].format(address=wish.address)
    return secret(question, file=password_file, variable=_VARIABLE)


def _told(home: Home, found: Tested, *, as_json: bool) -> bool:
    """Say what came of trying; return whether the mailbox can be read."""
    says = tested_says(found, home.lang)
    if as_json:
        click.echo(json.dumps(tested_line(found) | {"says": says}))
    else:
        for line in says:
            click.echo(plain(line))
    return found.trouble is None


def _end(is_good: bool) -> None:
    if not is_good:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)


def account_line(account: Account) -> JsonLine:
    """A mailbox, without its secret."""
    out = account.smtp
    return {
        "name": account.name,
        "address": account.address,
        "user": account.user,
        "auth": account.auth,
        "imap": {"host": account.imap.host, "port": account.imap.port, "security": account.imap.security},
        "smtp": {"host": out.host, "port": out.port, "security": out.security} if out else None,
        "shown": account.folders.shown,
        "keeps_drafts": account.folders.keeps_drafts,
    }


def tested_line(found: Tested) -> JsonLine:
    """What trying a mailbox brought."""
    return account_line(found.account) | {
        "trouble": found.trouble,
        "cannot_send": found.cannot_send,
        "abilities": found.abilities,
        "lacks": found.lacks if found.trouble is None else None,
        "folders": found.folders,
        "drafts": found.drafts,
        "sent": found.sent,
        "quota_kib": found.quota,
    }


_WORDS = {
    "de": {
        "address": "Deine Mailadresse",
        "password": "Passwort für {address}",
        "trying": "Frage {host}:{port} ...",
        "kept": "Verbunden als {name}. Das Passwort liegt {place}. Weiter mit: anlass work",
        "keyring": "im Schlüsselbund des Systems",
        "file": "in {file}, nur für dich lesbar",
        "allow": "Öffne {address} auf irgendeinem Gerät und gib {code} ein. Anlass wartet.",
        "forgotten": "{name} ist nicht mehr verbunden. Was gelesen wurde, bleibt.",
    },
    "en": {
        "address": "Your mail address",
        "password": "Password for {address}",
        "trying": "Asking {host}:{port} ...",
        "kept": "Connected as {name}. The password lies {place}. Go on with: anlass work",
        "keyring": "in the keyring of the system",
        "file": "in {file}, which only you can read",
        "allow": "Open {address} on any device and enter {code}. Anlass is waiting.",
        "forgotten": "{name} is not connected any more. What was read stays.",
    },
}
