"""Rules that look at the letter that came: each returns what forbids an answer by itself, or `None`."""

from __future__ import annotations

from datetime import timedelta

from anlass.intake import Channel, Mark, Oddity, header_rule
from anlass.intake.gate import signs
from anlass.intake.gate.table import text_rule
from anlass.intake.message import Mailbox, Message
from anlass.intake.systems import is_system_name
from anlass.policy import Action, Send
from anlass.replies.silence.facts import Asked

OLDEST = timedelta(days=3)
"""A letter older than this is answered by nobody but the owner: it came by import or by mistake."""
NEWCOMER = timedelta(days=30)
"""An account on a chat network that is younger gets no answer by itself."""
AHEAD = timedelta(hours=26)
"""How far a date may lie ahead of ours and still be one; time zones differ, clocks go wrong."""
_MOST_READERS = 2
"""Addresses of others beside the owner's; more make a letter to many."""

_ROLES = frozenset(
    "abuse admin administrator hostmaster noc postmaster root security support webmaster www".split()
)
_OWNERS_ROLES = _ROLES | frozenset(
    "billing buero büro buchhaltung contact hello hallo info jobs kontakt mail marketing office press presse "
    "sales service team vertrieb".split()
)


def attack_or_no_rule(asked: Asked) -> str | None:
    """R22: a house rule of the owner's wants it, and no words of the letter aim at a program."""
    if asked.came.has_attack:
        return "attack"
    decision = asked.decision
    speaks = decision.action not in {Action.WATCH, Action.LAPSE, Action.HOLD}
    return None if decision.send is Send.AUTOMATICALLY and speaks else decision.rule.en


def machine(asked: Asked) -> str | None:
    """R1: no bounce, no report, no list, no bulk, no program, no address of one."""
    message = asked.came.message
    found = header_rule(message, asked.came.owner) or text_rule(message)
    if found is not None:
        return f"{found.rule}: {found.quote}" if found.quote else found.rule
    if bulk := signs.bulk_marks(message):
        return bulk
    return next(
        (address for address in (_path(asked.came.message), asked.letter.to) if _is_program(address)), None
    )


def loop(asked: Asked) -> str | None:
    """R10: our own letter that came back, or a machine's answer to one."""
    came = asked.came
    for value in came.message.headers.get("x-loop", ()):
        if any(address in value.lower() for address in came.owner):
            return f"X-Loop: {value}"
    if came.answers_automatic and (found := machine(asked)):
        return found
    return None


def elsewhere(asked: Asked) -> str | None:
    """R2: From, envelope and our answer are one address's house; Reply-To leads nowhere else."""
    came, path = asked.came, _path(asked.came.message)
    sender = came.message.sender
    if sender is None or not path:
        return "Return-Path"
    if not _is_one_house(path, sender.address):
        return f"Return-Path: {path}"
    away = [box for box in came.message.reply_to if not _is_one_house(box.address, sender.address)]
    if away:
        return f"Reply-To: {away[0].address}"
    return None if asked.letter.to in {path, sender.address} else asked.letter.to


def unproven(asked: Asked) -> str | None:
    """R3: the owner's own provider vouches for the From address by DMARC."""
    return None if asked.came.is_proven else "dmarc"


def not_to_owner(asked: Asked) -> str | None:
    """R4: written to the owner by name of address, to few others, and to no role; nor by one."""
    message, owner = asked.came.message, asked.came.owner
    readers = {box.address for box in (*message.to, *message.cc)}
    own = readers & owner
    if not own or any(name.startswith("resent-") for name in message.headers):
        return "To, Cc"
    if len(readers - owner) > _MOST_READERS:
        return str(len(readers))
    personal = [one for one in own if _local(one) not in _OWNERS_ROLES or one == asked.letter.sender]
    if not personal:
        return min(own)
    sender = message.sender
    return sender.address if sender is not None and _local(sender.address) in _ROLES else None


def for_a_human(asked: Asked) -> str | None:
    """R15: courts, authorities, press, doctors, threats, people in need."""
    return _mark(asked, Mark.HUMAN_MUST_READ)


def old(asked: Asked) -> str | None:
    """R16: the letter is of these days, by its own date."""
    arrived = asked.came.request.arrived
    if arrived is None:
        return "Date"
    return None if -AHEAD <= asked.now - arrived <= OLDEST else f"{arrived:%Y-%m-%d}"


def other_door(asked: Asked) -> str | None:
    """R19: it came by mail, straight from the person; chats, forms and networks are the owner's."""
    request = asked.came.request
    if request.channel is not Channel.MAIL:
        return request.channel.value
    return _mark(asked, Mark.NOTICE, Mark.INTRODUCTION, Mark.CALENDAR)


def young(asked: Asked) -> str | None:
    """R19, at the door of a chat network: no newcomer asks, and from elsewhere none of unknown age."""
    came = asked.came
    if came.is_followed:
        return None
    if came.since is None:
        return None if came.is_near else "?"
    return None if asked.now - came.since >= NEWCOMER else f"{came.since:%Y-%m-%d}"


def in_doubt(asked: Asked) -> str | None:
    """R21: everything about the letter could be read, and nothing about it is doubtful."""
    came = asked.came
    if came.is_unsure:
        return "unsure"
    strange = came.message.oddities & _STRANGE
    if strange:
        return min(one.value for one in strange)
    return _mark(asked, Mark.FORGED, Mark.ENCRYPTED, Mark.UNREADABLE, Mark.FAKE_REPLY, Mark.MASS_OUTREACH)


_STRANGE = frozenset(
    {
        Oddity.NO_FROM,
        Oddity.BAD_FROM,
        Oddity.SEVERAL_FROM,
        Oddity.DOUBLED_HEADER,
        Oddity.NO_MESSAGE_ID,
        Oddity.BAD_MESSAGE_ID,
        Oddity.BAD_DATE,
        Oddity.BAD_ENCODING,
        Oddity.BROKEN_HEADERS,
        Oddity.BROKEN_STRUCTURE,
        Oddity.HIDDEN_TEXT,
        Oddity.CUT,
        Oddity.FALLBACK,
    }
)


def envelope_of(message: Message) -> Mailbox | None:
    """Return where servers sent the letter from, by its topmost Return-Path; `None` where it names none."""
    path = _path(message)
    return Mailbox("", path) if path else None


def _path(message: Message) -> str:
    lines = message.headers.get("return-path", ())
    return lines[0].strip().strip("<>").lower() if lines and "@" in lines[0] else ""


def _mark(asked: Asked, *marks: Mark) -> str | None:
    found = asked.came.request.marks & frozenset(marks)
    return min(mark.value for mark in found) if found else None


def _local(address: str) -> str:
    return address.partition("@")[0].partition("+")[0]


def _is_program(address: str) -> bool:
    return is_system_name(address.partition("@")[0])


def _is_one_house(one: str, other: str) -> bool:
    """Tell whether two addresses are of one domain, or one's domain lies within the other's."""
    a, b = (address.rpartition("@")[2] for address in (one, other))
    shorter = min(a, b, key=len)
    return "." in shorter and (a == b or a.endswith("." + b) or b.endswith("." + a))
