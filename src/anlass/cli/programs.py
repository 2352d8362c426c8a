"""`anlass token`, `anlass feed`, `anlass webhook`: programs that come in, look in, or hear what happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.programs import webhooks as desk
from anlass.desk.programs.surface import hook_line, made_line, token_line
from anlass.desk.programs.tokens import Made, Scope, add_feed, add_token, revoke_token
from anlass.desk.programs.voice import event_says, hook_says, token_says
from anlass.desk.surface import JsonLine
from anlass.desk.voice.common import Lang
from anlass.store.programs.tokens import TokenKind
from anlass.store.programs.webhooks import EVENTS, Hook

T = TypeVar("T")


@click.group()
def token() -> None:
    """Tokens by which programs use the API. Each may do what its scopes say, and is shown once."""


@token.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([one.value for one in Scope]),
    multiple=True,
    required=True,
    help="What it may do; several may be given.",
)
@click.option("--days", type=int, metavar="N", default=365, show_default=True, help="How long it holds.")
@click.option("--for-ever", is_flag=True, help="It holds until you revoke it.")
@data_option
@json_option
@dry_run_option
def add_api_token(
    name: str,
    scopes: tuple[str, ...],
    days: int,
    for_ever: bool,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Make a token called NAME and show it, this once."""
    home, may = open_home(data), tuple(map(Scope, scopes))
    until = None if for_ever else days
    made = _do(
        home,
        lambda: add_token(home.book, name, may, days=until, now=moment(), lang=home.lang),
        dry_run=dry_run,
    )
    _show_made(home, made, made.secret, as_json=as_json)


@token.command("list")
@data_option
@json_option
def list_tokens(data: str | None, as_json: bool) -> None:
    """List the tokens: what each may do, until when, the last day it was used."""
    _list(open_home(data), TokenKind.API, as_json=as_json)


@token.command("revoke")
@click.argument("id_", metavar="TOKEN")
@data_option
@json_option
@dry_run_option
def revoke_api_token(id_: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Let TOKEN open nothing from now on; its id or the beginning of it."""
    _revoke(open_home(data), TokenKind.API, id_, as_json=as_json, dry_run=dry_run)


@click.group()
def feed() -> None:
    """Secret links under which a calendar or a reader shows how many requests wait."""


@feed.command("add")
@click.argument("name")
@click.option(
    "--details", is_flag=True, help="Show who asks and what for; without it only that somebody does."
)
@click.option(
    "--days", type=int, metavar="N", help="How long it holds; until you revoke it without a number."
)
@data_option
@json_option
@dry_run_option
def add_feed_link(
    name: str, details: bool, days: int | None, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """Make a link called NAME and show it, this once. It ends with .ics or .atom, as you like."""
    home = open_home(data)
    made = _do(
        home,
        lambda: add_feed(home.book, name, details=details, days=days, now=moment(), lang=home.lang),
        dry_run=dry_run,
    )
    links = f"/feed/{made.secret}.ics\n/feed/{made.secret}.atom"
    _show_made(home, made, links, as_json=as_json)


@feed.command("list")
@data_option
@json_option
def list_feeds(data: str | None, as_json: bool) -> None:
    """List the links: what each shows, until when, the last day it was looked at."""
    _list(open_home(data), TokenKind.FEED, as_json=as_json)


@feed.command("revoke")
@click.argument("id_", metavar="FEED")
@data_option
@json_option
@dry_run_option
def revoke_feed_link(id_: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Let FEED show nothing from now on; its id or the beginning of it."""
    _revoke(open_home(data), TokenKind.FEED, id_, as_json=as_json, dry_run=dry_run)


@click.group()
def webhook() -> None:
    """Addresses of programs that hear what happens here, signed. `anlass work` tells them."""


@webhook.command("add")
@click.argument("url")
@click.option("--on", "on", type=click.Choice([*EVENTS]), multiple=True, required=True,
              help="What it hears of; several may be given.")  # fmt: skip
@click.option("--words", is_flag=True, help="With the words of letters; without it ids alone.")
@data_option
@json_option
@dry_run_option
def add_webhook(
    url: str, on: tuple[str, ...], words: bool, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """Let URL hear what happens from now on. The secret that signs is shown this once."""
    home = open_home(data)
    own = home.settings.webhooks.local_hosts
    hook = _do(
        home,
        lambda: desk.add_hook(home.book, url, on, words=words, local_hosts=own, now=moment(), lang=home.lang),
        dry_run=dry_run,
    )
    line: JsonLine = {**hook_line(hook), "secret": hook.secret}
    _say(line, f"{_hook_text(hook, home.lang)}\n{hook.secret}", as_json=as_json)


@webhook.command("list")
@data_option
@json_option
def list_webhooks(data: str | None, as_json: bool) -> None:
    """List them: what each hears of, and how it goes."""
    home = open_home(data)
    for hook in home.book.webhooks.all():
        _say(hook_line(hook), _hook_text(hook, home.lang), as_json=as_json)


@webhook.command("events")
@data_option
@json_option
def list_events(data: str | None, as_json: bool) -> None:
    """List everything that can be heard of."""
    home = open_home(data)
    for name in EVENTS:
        says = event_says(name, home.lang)
        _say({"event": name, "says": says}, f"{name:20} {says}", as_json=as_json)


@webhook.command("remove")
@click.argument("id_", metavar="WEBHOOK")
@data_option
@json_option
@dry_run_option
def remove_webhook(id_: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Let WEBHOOK hear nothing any more."""
    _on_hook(desk.remove_hook, id_, data, as_json=as_json, dry_run=dry_run)


@webhook.command("resume")
@click.argument("id_", metavar="WEBHOOK")
@data_option
@json_option
@dry_run_option
def resume_webhook(id_: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Let WEBHOOK hear again that was given up; what happened meanwhile it does not hear."""
    _on_hook(desk.resume_hook, id_, data, as_json=as_json, dry_run=dry_run)


@webhook.command("ping")
@click.argument("id_", metavar="WEBHOOK")
@data_option
@json_option
@dry_run_option
def ping_webhook(id_: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Tell WEBHOOK that it is heard of: the worker delivers a ping."""
    _on_hook(desk.ping_hook, id_, data, as_json=as_json, dry_run=dry_run)


def _on_hook(act: Callable[..., Hook], id_: str, data: str | None, *, as_json: bool, dry_run: bool) -> None:
    home = open_home(data)
    hook = _do(home, lambda: act(home.book, id_, now=moment(), lang=home.lang), dry_run=dry_run)
    _say(hook_line(hook), _hook_text(hook, home.lang), as_json=as_json)


def _do(home: Home, act: Callable[[], T], *, dry_run: bool) -> T:
    with kept(home, unless=dry_run):
        return act()


def _list(home: Home, kind: TokenKind, *, as_json: bool) -> None:
    now = moment()
    for one in home.book.tokens.all(kind):
        text = f"{one.id[:8]}  {plain(one.name)}\n    {token_says(one, now, home.lang)}"
        _say(token_line(one, now), text, as_json=as_json)


def _revoke(home: Home, kind: TokenKind, id_: str, *, as_json: bool, dry_run: bool) -> None:
    now = moment()
    one = _do(home, lambda: revoke_token(home.book, kind, id_, now=now, lang=home.lang), dry_run=dry_run)
    text = f"{plain(one.name)}\n    {token_says(one, now, home.lang)}"
    _say(token_line(one, now), text, as_json=as_json)


def _show_made(home: Home, made: Made, secret: str, *, as_json: bool) -> None:
    now = moment()
    text = f"{plain(made.token.name)}: {token_says(made.token, now, home.lang)}\n{secret}\n{_ONCE[home.lang]}"
    _say(made_line(made, now), text, as_json=as_json)


def _hook_text(hook: Hook, lang: Lang) -> str:
    return f"{hook.id[:8]}  {plain(hook.url)}\n    {plain(hook_says(hook, moment(), lang))}"


def _say(line: JsonLine, text: str, *, as_json: bool) -> None:
    click.echo(json.dumps(line) if as_json else text)


_ONCE: dict[Lang, str] = {
    "de": "Heb das auf. Gezeigt wird es nur dieses eine Mal.",
    "en": "Keep it. It is shown this once.",
}
