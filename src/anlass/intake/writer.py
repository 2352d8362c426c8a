"""Who wrote a message, also where a list or a program wrote itself into From.

Mail providers that refuse what they cannot authenticate have taught lists to send in their own name: "Jane
Doe via Bridges <bridges@lists.example>". Whose words these are then stands elsewhere, by the custom of the
list program, and where it stands nowhere the writer is unknown: a list is never a person.

| program | where the person stands |
|---|---|
| Mailman 2 and 3 | Reply-To; Cc where answers go to the list; X-MailFrom |
| Google Groups | X-Original-From, X-Original-Sender |
| Sympa | X-Original-From |
| groups.io | in the address: jane=example.org@groups.io |
| Yahoo Groups | in the name: Jane Doe jane@example.org [bridges] |
| Discourse, trackers | nowhere: a program writes, with a new address for every answer |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from anlass.intake.mailboxes import mailbox, patient_mailboxes
from anlass.intake.message import Mailbox, Message
from anlass.intake.systems import automation, is_system_name
from anlass.intake.tables import tables

_VIA = re.compile(r"^(.*?)\s+\(?(?:via|über)\s+.+$", re.IGNORECASE | re.DOTALL)
_NAMES_OF_LISTS = ("list-post", "list-id", "x-beenthere", "mailing-list")
_ORIGINAL = ("x-original-from", "x-google-original-from", "x-original-sender", "original-from")
_SPEC = re.compile(r"[^\s<>()\[\]'\",;:]{1,64}@[^\s<>()\[\]'\",;:?]{1,255}")
_RELAYED = re.compile(r"(.{1,64})=([^=@]{1,255}\.[^=@.]{2,63})@")
"""An address that stands for another one: jane=example.org@groups.io."""
_TOKEN = re.compile(r"\+[0-9a-z_=-]{16,}@|^(?:reply|replies|incoming|notifications?)[+@-]")
"""An address that a program made for one answer, or at which programs are answered."""


def writer(message: Message) -> Mailbox | None:
    """Return the person who wrote a message; `None` where nobody or only a program or list is named."""
    sender = message.sender
    if not _came_through_list(message):
        return sender
    if sender is None or _is_by_program(message):
        return None
    if (found := _first(message, _originals(message))) is not None:
        return found
    if not _is_rewritten(message, sender):
        return None if is_system_name(sender.address.partition("@")[0]) else sender
    return _first(message, _behind(message, sender))


def is_list_address(message: Message, address: str) -> bool:
    """Tell whether this is the address of the list itself that a message came through."""
    return names_list(list_lines(message), address)


def list_lines(message: Message) -> tuple[str, ...]:
    """Return what a message says of the list that it came through, in lower case."""
    return tuple(line.lower() for name in _NAMES_OF_LISTS for line in message.headers.get(name, ()))


@lru_cache(maxsize=2_048)  # an archive is full of the same lists and people
def names_list(lines: tuple[str, ...], address: str) -> bool:
    """Tell whether lines about a list name this address as the list's own."""
    local, _, domain = address.partition("@")
    dotted = f"<{local}.{domain}>"
    return any(dotted in line or (address in line and address in _SPEC.findall(line)) for line in lines)


def _first(message: Message, boxes: Iterator[Mailbox]) -> Mailbox | None:
    """Return the first of these that can be a person."""
    return next((box for box in boxes if _can_be_person(message, box.address)), None)


def _originals(message: Message) -> Iterator[Mailbox]:
    """Yield whom the list's own fields name as writer."""
    for name in _ORIGINAL:
        for value in message.headers.get(name, ())[:1]:
            yield from patient_mailboxes(value)[:1]


def _behind(message: Message, sender: Mailbox) -> Iterator[Mailbox]:
    """Yield who may stand behind a list's own address in From, the surest first."""
    via = _VIA.match(sender.name)
    name = (via[1] if via else "").strip(" '\"")
    if (spec := _SPEC.search(sender.name)) is not None:
        yield from _boxes(sender.name[: spec.start()].strip(" '\"<>()"), spec.group())
    yield from (Mailbox(box.name or name, box.address) for box in message.reply_to)
    copied = [box for box in message.cc if not is_list_address(message, box.address)]
    yield from (box for box in copied if name and box.name.casefold() == name.casefold())
    if len(copied) == 1 and not copied[0].name:
        yield Mailbox(name, copied[0].address)
    if (relayed := _RELAYED.match(sender.address)) is not None:
        yield from _boxes(name, f"{relayed[1]}@{relayed[2]}")
    for value in message.headers.get("x-mailfrom", ())[:1]:
        if "=" not in value and "bounce" not in value:
            yield from _boxes(name, value)


def _boxes(name: str, address: str) -> Iterator[Mailbox]:
    if (box := mailbox(name, address)) is not None:
        yield box


def _can_be_person(message: Message, address: str) -> bool:
    return not (
        is_list_address(message, address)
        or is_system_name(address.partition("@")[0])
        or _TOKEN.search(address)
    )


def _came_through_list(message: Message) -> bool:
    return message.has_any(tables().gate.lists)


def _is_by_program(message: Message) -> bool:
    """Tell whether a program wrote for people: forums and trackers; a person's own machine only answers."""
    return automation(message) in {"auto-generated", "auto-notified"}


def _is_rewritten(message: Message, sender: Mailbox) -> bool:
    """Tell whether the address in From is the list's, or one that it made."""
    return (
        is_list_address(message, sender.address)
        or (_VIA.match(sender.name) is not None and bool(message.reply_to))
        or (_RELAYED.match(sender.address) is not None and sender.address.endswith("@groups.io"))
    )
