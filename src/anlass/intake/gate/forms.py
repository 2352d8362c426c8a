"""Mail that a contact form of the owner's own site wrote: the visitor asks, not the form.

The form names itself in From and the visitor in Reply-To; its fields stand in the body,
one a line, the message last. Only what stands below the message's label are the
visitor's own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from anlass.intake.message import Mailbox, Message
from anlass.intake.tables import tables

_FIELDS = 12
"""Lines at the beginning of a form's mail among which its fields are looked for."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form's mail says: who wrote into it, and what."""

    visitor: Mailbox
    words: str


def read_form(message: Message, text: str) -> Form | None:
    """Return what a contact form passes on, `None` where `message` comes from none."""
    if message.sender is None or len(message.reply_to) != 1 or not _is_form(message.sender):
        return None
    visitor = message.reply_to[0]
    if visitor.address == message.sender.address:
        return None
    fields, words = _fields(_without_footer(text))
    return Form(Mailbox(visitor.name or fields.get("name", ""), visitor.address), words)


def _is_form(sender: Mailbox) -> bool:
    names = tables().gate
    local = sender.address.partition("@")[0]
    return local in names.form_senders or any(word in sender.name.lower() for word in names.form_names)


def _without_footer(text: str) -> str:
    """Cut what the form says of itself at the end."""
    lines = text.rstrip().split("\n")
    while lines and (
        lines[-1].strip() in {"", "--"} or lines[-1].lower().startswith(tables().gate.form_footers)
    ):
        lines.pop()
    return "\n".join(lines)


def _fields(text: str) -> tuple[dict[str, str], str]:
    """Return the fields at the beginning and the words below the message's label; without one, all of it."""
    labels = tables().gate
    fields: dict[str, str] = {}
    lines = text.split("\n")
    for at, line in enumerate(lines[:_FIELDS]):
        label, colon, value = line.partition(":")
        name = label.strip().lower()
        if colon and name in labels.form_messages:
            words = "\n".join((value.strip(), *lines[at + 1 :]))
            return fields, words.strip()
        if colon and name in labels.form_person:
            fields["name"] = value.strip()
    return fields, text
