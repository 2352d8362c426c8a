"""The small tests of the gate: each looks for one thing and returns the value that hit, or `None`.

They only read headers unless their name says otherwise.
"""

from __future__ import annotations

from anlass.intake.message import Message
from anlass.intake.parts import parameter
from anlass.intake.systems import automation, is_system_name
from anlass.intake.tables import tables

_CALENDAR_NEWS = frozenset({"REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH"})
_LETTER_START = 400
"""Characters in which a letter greets."""
_PERSONAL_LENGTH = 4_000
"""A mail longer than this to many is a newsletter, however it greets."""
_FEW_RECIPIENTS = 3


def first(message: Message, *names: str) -> str | None:
    """Return `name: value` of the first header present among `names`."""
    if not message.has_any(names):
        return None
    for name in names:
        for value in message.headers.get(name, ())[:1]:
            return f"{name}: {value}"
    return None


def value_of(message: Message, name: str) -> str:
    """Return the first value of a header, lower case; empty where there is none."""
    return message.headers.get(name, ("",))[0].strip().lower()


def empty_return_path(message: Message) -> str | None:
    """N1: the envelope sender is empty."""
    lines = message.headers.get("return-path", ())
    return "Return-Path: <>" if lines and lines[0].replace(" ", "") in ("<>", "") else None


def report(message: Message) -> str | None:
    """N2: bounce, read receipt, abuse report."""
    if failed := first(message, "x-failed-recipients"):
        return failed
    gate = tables().gate
    for leaf in message.attachments:
        kind, _, name = leaf.content_type.partition("/")
        if kind == "message" and name in gate.reports:
            return leaf.content_type
    if message.content_type != "multipart/report":
        return None
    kind = (parameter(message.headers["content-type"][0], "report-type") or "").lower()
    return f"report-type={kind}" if not kind or kind in gate.reports else None


def bounce_without_marks(message: Message) -> str | None:
    """N2, with the text: an old server's bounce, known by its subject and by sender or words."""
    gate = tables().gate
    words = message.text[:_PERSONAL_LENGTH].lower()
    has_words = bool(words) and any(one in words for one in gate.bounce_words)
    if (
        message.sender is not None
        and has_words
        and message.sender.address.partition("@")[0] in gate.postmasters
    ):
        return message.sender.address
    subject = (message.subject or "").strip().lower()
    if not subject.startswith(gate.bounces) and not any(f" {one}" in subject for one in gate.bounces):
        return None
    returns_mail = not words.strip() and any(
        one.content_type == "message/rfc822" for one in message.attachments
    )
    return (
        message.subject if has_words or returns_mail or message.sender is None or is_system(message) else None
    )


def automatic(message: Message) -> str | None:
    """N3: Auto-Submitted says anything but no."""
    return f"Auto-Submitted: {value_of(message, 'auto-submitted')}" if automation(message) else None


def through_list(message: Message) -> str | None:
    """N4: a list has left its name."""
    return first(message, *tables().gate.lists)


def auto_answer(message: Message) -> str | None:
    """N9: an answering machine has left its mark."""
    if mark := first(message, *tables().gate.auto_answers):
        return mark
    if value_of(message, "precedence") in ("auto_reply", "auto-reply"):
        return first(message, "precedence")
    if value_of(message, "delivered-to") in ("autoresponder", "<autoresponder>"):
        return first(message, "delivered-to")
    loop = value_of(message, "x-loop")
    return (
        f"X-Loop: {loop}" if loop and message.sender is not None and message.sender.address in loop else None
    )


def automatic_subject(message: Message) -> str | None:
    """N10: the subject of an automatic answer, without a thread and without a question."""
    gate = tables().gate
    subject = (message.subject or "").strip().lower()
    if message.references or message.in_reply_to or "?" in message.text:
        return None
    sure = subject.startswith(gate.automatic)
    return message.subject if sure or (message.text and subject.startswith(gate.doubtful)) else None


def system_address(message: Message) -> str | None:
    """N11: the name before the @ is that of a program; postmaster, info and kontakt are people."""
    return is_system(message) or _is_daemon(message)


def is_system(message: Message) -> str | None:
    """Return the sender's address where it is a program's."""
    if message.sender is None:
        return None
    address = message.sender.address
    return address if is_system_name(address.partition("@")[0]) else None


def _is_daemon(message: Message) -> str | None:
    """Is the envelope sender a daemon or a list? Providers put their own no-reply there for people's mail."""
    gate = tables().gate
    path = value_of(message, "return-path").strip("<> ")
    local = path.partition("@")[0]
    if not path or not local:
        return None
    is_one = (
        local in gate.return_path_exact
        or local.startswith("owner-")
        or local.endswith(("-owner", "-bounces"))
    )
    return path if is_one or any(part in local for part in gate.contains) else None


def calendar_news(message: Message) -> str | None:
    """N16: an answer to, or the end of, an appointment."""
    method = message.calendar_method
    if method is None and message.content_type == "text/calendar":
        method = (parameter(message.headers["content-type"][0], "method") or "").upper()
    return f"method={method}" if method in _CALENDAR_NEWS else None


def junk(message: Message) -> str | None:
    """N24: the provider's spam mark."""
    return first(message, "x-spam-flag") if value_of(message, "x-spam-flag").startswith("yes") else None


def bulk_marks(message: Message) -> str | None:
    """N5 to N7: marks of mail to many; evidence only."""
    gate = tables().gate
    if mark := first(message, "list-unsubscribe", *gate.bulk):
        return mark
    if value_of(message, "precedence") in ("bulk", "junk", "list"):
        return first(message, "precedence")
    mailer = value_of(message, "x-mailer") or value_of(message, "user-agent")
    return f"X-Mailer: {mailer}" if any(name in mailer for name in gate.bulk_mailers) else None


def newsletter(message: Message) -> str | None:
    """N5 without N5b, with the text: many can unsubscribe, and nobody is spoken to."""
    unsubscribe = first(message, "list-unsubscribe")
    return unsubscribe if unsubscribe and message.text and not speaks_to_one(message) else None


def circular(message: Message) -> str | None:
    """N6, with the text: it calls itself bulk mail, and nobody is spoken to."""
    says_bulk = value_of(message, "precedence") in ("bulk", "junk", "list")
    return first(message, "precedence") if says_bulk and message.text and not speaks_to_one(message) else None


def speaks_to_one(message: Message) -> bool:
    """N5b, with the text: tell whether it greets one person and asks that person for something."""
    gate = tables().gate
    text = message.text.lower()
    if len(text) > _PERSONAL_LENGTH or len(message.to) + len(message.cc) > _FEW_RECIPIENTS:
        return False
    start = text[:_LETTER_START].split("\n")
    return any(_greets_one(line.strip()) for line in start) and any(ask in text for ask in gate.asks)


def _greets_one(line: str) -> bool:
    """Tell whether a line greets one person, or an office that is written to as one."""
    gate = tables().gate
    if not line.startswith(gate.greetings):
        return False
    return "damen und herren" in line or not any(many in f"{line} " for many in gate.crowds)


def transaction(message: Message) -> str | None:
    """N20, with the text: a receipt, a code, a parcel; a service's name or bulk marks must agree."""
    if message.has_order_markup:
        return "schema.org"
    subject = (message.subject or "").lower()
    if message.sender is None or not any(phrase in subject for phrase in tables().gate.transactions):
        return None
    local = message.sender.address.partition("@")[0]
    is_service = any(
        word in tables().gate.services for word in local.replace(".", "-").replace("_", "-").split("-")
    )
    has_asked = speaks_to_one(message) and "?" in message.text
    return message.subject if (is_service or bulk_marks(message)) and not has_asked else None
