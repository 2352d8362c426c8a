"""The owner lets a program hear what happens: an address, what it hears of, a secret that signs; and ends it.

Nothing is told unasked, and no letter's words unless the owner wants that for this one address.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from anlass.desk.chance import new_id
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.people.ids import called
from anlass.store.book import Book
from anlass.store.programs.webhooks import EVENTS, Hook, Told
from anlass.wires.target import NoTarget, checked
from anlass.wires.webhook import new_secret

PING = "ping"
MOST = 20
"""Webhooks of one owner at most."""


def add_hook(
    book: Book,
    url: str,
    on: Collection[str],
    *,
    words: bool,
    local_hosts: Collection[str] = (),
    now: datetime,
    lang: Lang,
) -> Hook:
    """Let a program hear what happens from now on; raises `Refused`."""
    unknown = sorted(set(on) - set(EVENTS))
    if unknown or not on:
        raise Refused(_SAYS[lang]["unknown" if unknown else "nothing"].format(name=", ".join(unknown)))
    if len(book.webhooks.all()) >= MOST:
        raise Refused(_SAYS[lang]["most"].format(most=MOST))
    try:
        checked(url, local_hosts)
    except NoTarget as wrong:
        raise Refused(_SAYS[lang][wrong.kind]) from wrong
    id_ = new_id()
    wanted = tuple(one for one in EVENTS if one in on)
    hook = Hook(id_, url, new_secret(secrets.token_bytes(24)), wanted, words, now)
    with book.together():
        book.webhooks.keep(hook)
        told = {"url": url, "on": list(wanted), "words": words}
        book.note("add_webhook", about=id_, content=told, now=now)
    return hook


def hook_called(book: Book, id_or_prefix: str, lang: Lang) -> Hook:
    """Return the webhook whose id alone begins so; raises `NotFound`."""
    found = called(id_or_prefix, book.webhooks.all())
    if len(found) != 1:
        raise NotFound(_SAYS[lang]["several" if found else "none"].format(start=id_or_prefix))
    return found[0]


def remove_hook(book: Book, id_or_prefix: str, *, now: datetime, lang: Lang) -> Hook:
    """Let a program hear nothing any more; raises `NotFound`."""
    hook = hook_called(book, id_or_prefix, lang)
    with book.together():
        book.webhooks.forget(hook.id)
        book.note("remove_webhook", about=hook.id, content={"url": hook.url}, now=now)
    return hook


def resume_hook(book: Book, id_or_prefix: str, *, now: datetime, lang: Lang) -> Hook:
    """Let a program that was given up hear again what happens from now on; raises `NotFound`."""
    hook = hook_called(book, id_or_prefix, lang)
    with book.together():
        book.webhooks.resume(hook.id)
        book.note("resume_webhook", about=hook.id, now=now)
    return hook_called(book, hook.id, lang)


def ping_hook(book: Book, id_or_prefix: str, *, now: datetime, lang: Lang) -> Hook:
    """Tell a program that it is heard of: the worker delivers it like anything else; raises `NotFound`."""
    hook = hook_called(book, id_or_prefix, lang)
    book.webhooks.put(hook.id, new_id(), Told(PING), now=now)
    return hook


_SAYS: dict[Lang, dict[str, str]] = {
    "de": {
        "unknown": "Davon lässt sich nichts hören: {name}. `anlass webhook events` nennt alles.",
        "nothing": "Sag, wovon es hören soll. `anlass webhook events` nennt alles.",
        "most": "Mehr als {most} gehen nicht.",
        "no_address": "Das ist keine Adresse, an die sich etwas schicken lässt.",
        "in_the_clear": "Die Adresse muss mit https:// beginnen, sonst liest jemand mit.",
        "none": "Es gibt keinen Webhook, der mit „{start}“ beginnt.",
        "several": "Mehrere beginnen mit „{start}“.",
    },
    "en": {
        "unknown": "Nothing can be heard of {name}. `anlass webhook events` names everything.",
        "nothing": "Say what it should hear of. `anlass webhook events` names everything.",
        "most": "There can be {most} at most.",
        "no_address": "That is no address to which something can be sent.",
        "in_the_clear": "The address must begin with https://, or somebody reads along.",
        "none": "There is no webhook that begins with “{start}”.",
        "several": "Several begin with “{start}”.",
    },
}
