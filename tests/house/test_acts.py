"""What the owner can do on a page, the API and the command line can do: walked through all addresses."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
from django.urls import URLPattern

from anlass.cli.main import main
from tests.pages import pages_configured

DOCUMENT = json.loads((Path(__file__).parents[2] / "docs" / "reference" / "openapi.json").read_text("utf-8"))

ACTS: dict[str, tuple[str, str]] = {
    "decide": ("POST /decide", "decide"),
    "take-back": ("POST /acts/{act}/undo", "undo"),
    "reword": ("PUT /cases/{case}/draft", "outbox release"),
    "teach": ("POST /cases/{case}/words", "teach"),
    "unteach": ("DELETE /lessons/{lesson}", "teach"),
    "release": ("POST /cases/{case}/release", "outbox release"),
    "cancel": ("POST /cases/{case}/cancel", "outbox cancel"),
    "hold-outbox": ("POST /outbox/hold", "outbox pause"),
    "same": ("POST /people/{person}/same", "same"),
    "apart": ("POST /people/{person}/apart", "apart"),
    "same-or-apart": ("POST /people/{person}/same", "same"),
    "undo": ("DELETE /words/{word}", "undo"),
    "block": ("PUT /people/{person}/block", "block person"),
    "block-lift": ("DELETE /people/{person}/block", "block lift"),
    "block-report": ("GET /people/{person}/report", "block report"),
    "let-in": ("POST /knocks/{case}/let-in", "knock let-in"),
    "turn-down": ("POST /knocks/{case}/turn-down", "knock turn-down"),
    "put": ("PUT /people/{person}/circle", "circle"),
    "audit": ("POST /audit", "audit"),
    "time-given": ("PUT /cases/{case}/time", "time"),
    "change-rules": ("POST /rules/choose", "policy choose"),
    "preview-rules": ("POST /rules/replay", "policy replay"),
    "grant": ("POST /people/{person}/grants", "grant give"),
    "revoke": ("DELETE /grants/{grant}", "grant revoke"),
    "hand-out": ("POST /grants", "grant hand-out"),
    "standing": ("PUT /people/{person}/standing", "standing"),
    "cards": ("PUT /cards", "card edit"),
    "watch-put": ("PUT /people/{person}/watch", "watch add"),
    "draft": ("POST /lint", "lint"),
    "events": ("POST /events", "event new"),
    "event-met": ("POST /events/{event}/people", "event met"),
    "event-sort": ("PUT /events/{event}/people/{met}", "event sort"),
    "event-mailing": ("POST /events/{event}/mailing", "mailing send"),
    "event-forget": ("DELETE /events/{event}", "event forget"),
    "hostings": ("POST /hostings", "host new"),
    "hosting": ("POST /hostings/{hosting}/round", "wish host round"),
    "vouch": ("PUT /people/{person}/vouching", "vouch add"),
    "say-outcome": ("PUT /cases/{case}/outcome", "outcome"),
    "change-door": ("PUT /door/texts", "door text"),
    "second-opinion": ("POST /cases/{case}/second-opinion", ""),
    "ask-consent": ("", "vouch ask"),
    "voucher": ("", "vouch voucher"),
    "add-token": ("", "token add"),
    "revoke-token": ("", "token revoke"),
    "change-webhook": ("", "webhook add"),
    "connect-mailbox": ("", "connect"),
    "forget-mailbox": ("", ""),
    "read-mailbox": ("", "work"),
    "audit-mark": ("", ""),
    "audit-put-away": ("", ""),
    "settings": ("", ""),
    "digest-mail": ("", ""),
    "case-private": ("", ""),
    "forget-person": ("", "forget"),
    "arrival": ("", "init"),
    "arrival-about": ("", "init"),
    "arrival-rules": ("POST /rules/choose", "policy choose"),
    "arrival-mail": ("", "connect"),
    "arrival-later": ("", ""),
    "take": ("", "export"),
    "person-private": ("", ""),
}
"""Each act of a page, by the name of its address: the operation, and the command, that does the same."""

NOT_BY_API = {
    "ask-consent": "it asks a person by name to agree: the owner looks at every word of it",
    "voucher": "a voucher proves the owner's word elsewhere; a stolen token must not make any",
    "add-token": "a token that makes tokens could not be taken back",
    "revoke-token": "as above",
    "change-webhook": "a stolen token must not lead what happens here elsewhere for good",
    "connect-mailbox": "passwords of mailboxes go through no program",
    "forget-mailbox": "as above",
    "read-mailbox": "the worker reads by itself; the page reads once, right after connecting",
    "audit-mark": "marks stand on the page alone while a list lies on the table; nothing is kept of them",
    "audit-put-away": "as above",
    "settings": "what assistants may do and how long cases stay decides over what is deleted",
    "digest-mail": "whether a letter tells the owner once a week is theirs to choose at a page",
    "case-private": "it says what assistants never see: a program of theirs must not move that line",
    "person-private": "as above",
    "forget-person": "what it deletes cannot be had back: a stolen token must not",
    "arrival": "the first evening is walked by the owner; afterwards the settings are in anlass.toml",
    "arrival-about": "as above",
    "arrival-mail": "passwords of mailboxes go through no program",
    "arrival-later": "it says that the first evening is over",
    "take": "everything at once leaves by the owner's own hand alone",
}
NOT_BY_COMMAND = {
    "second-opinion": "`anlass screen` asks by itself where anlass.toml names an adviser",
    "forget-mailbox": "anlass.toml and the page name mailboxes; a command is still missing",
    "audit-mark": "marks stand on the page alone",
    "audit-put-away": "as above",
    "settings": "languages and years are chosen at a page; anlass.toml has the rest",
    "digest-mail": "chosen at the page that shows what the letter says",
    "case-private": "who works at the command line has no assistants beside them",
    "person-private": "as above",
    "arrival-later": "who types has no first page to leave",
}
OUTSIDE = frozenset(
    "hosted-own wish-ask wish stop note vouched-consent door-help door-link public-door enter enter-code"
    " enter-passkey enter-with leave invitation houses access passkey-new passkey-forget"
    " end-visit public-page".split()
)
"""Where strangers act, and where somebody comes in or keeps house."""


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


def acting_pages() -> set[str]:
    """Return the names of all pages that take a form."""
    from anlass.web.urls import urlpatterns  # noqa: PLC0415 - after the settings

    named = (one for one in urlpatterns if isinstance(one, URLPattern) and one.name)
    return {str(one.name) for one in named if "POST" in source(one.callback)}


def source(view: Callable[..., Any]) -> str:
    """Return a page as it is written, with what it lets in; one that is loaded later is loaded now."""
    kept = inspect.getclosurevars(view).nonlocals
    if {"module", "page"} <= kept.keys():
        view = getattr(import_module(kept["module"]), kept["page"])
    return inspect.getsource(inspect.unwrap(view))


def commands(command: click.Command, path: str = "") -> Iterator[str]:
    """Yield all commands, as they are typed."""
    if isinstance(command, click.Group):
        for name in command.commands:
            yield from commands(command.commands[name], f"{path} {name}".strip())
    loaded = getattr(command, "list_commands", lambda _context: ())
    context = click.Context(command)
    for name in loaded(context):
        found = command.get_command(context, name) if isinstance(command, click.Group) else None
        if found is not None:
            yield from commands(found, f"{path} {name}".strip())
    yield path


def test_every_page_that_acts_is_in_the_table() -> None:
    """A new act needs its operation and its command, or a reason why it has none."""
    assert acting_pages() - OUTSIDE == ACTS.keys()


def test_what_is_not_reachable_otherwise_has_a_reason() -> None:
    """Every gap of the table is named, and nothing is named that is no gap."""
    assert {name for name, (api, _) in ACTS.items() if not api} == NOT_BY_API.keys()
    assert {name for name, (_, typed) in ACTS.items() if not typed} == NOT_BY_COMMAND.keys()


def test_operations_and_commands_of_the_table_are_there() -> None:
    """What the table names can be asked for and typed."""
    operations = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, told in DOCUMENT["paths"].items()
        for method in told
    }
    assert {api for api, _ in ACTS.values() if api} - operations == set()
    assert {typed for _, typed in ACTS.values() if typed} - set(commands(main)) == set()
