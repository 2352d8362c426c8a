"""A letter that is to leave the house: what it says, whom it goes to, and the headers it bears.

One person gets one letter of a kind on one request, ever. A letter that asks back and one that
declines are of one kind, so that nobody can tell one from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from anlass.policy import Action

LONGEST_REFERENCES = 20
"""Message-IDs that a letter names; of a longer thread the first and the newest."""


class Kind(StrEnum):
    """What a letter is to the person who gets it."""

    QUESTION = "question"
    ANSWER = "answer"
    CARD = "card"
    NOTE = "note"
    """The owner's own words to a case for which the house had none."""
    CONSENT = "consent"
    """Asks somebody the owner vouches for whether they may be named; answers no request."""
    DIGEST = "digest"
    """The month in one letter, to the owner alone."""
    MAILING = "mailing"
    """The same words to everybody of an event, released by the owner, one letter each."""
    REFUSAL = "refusal"
    """The request itself is turned down on its network, where the other sees it: by the owner's explicit word
    alone, never by a house rule."""


OF_CASES = frozenset({Kind.QUESTION, Kind.ANSWER, Kind.CARD, Kind.NOTE, Kind.REFUSAL})
"""What answers a request; assistants see letters of these kinds alone."""


class Deed(StrEnum):
    """What is done on a network with a letter; by mail there is nothing but to say it."""

    SAY = "say"
    """Answer without deciding: the request stays as it is."""
    ACCEPT = "accept"
    DECLINE = "decline"


KINDS = {
    Action.ASK_BACK: Kind.QUESTION,
    Action.DECLINE_WITH_MESSAGE: Kind.QUESTION,
    Action.ACCEPT: Kind.ANSWER,
    Action.UNLOCK: Kind.CARD,
}
"""The kind of the letter that an action writes; every other action writes none."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One letter to one person, complete before the first attempt to send it.

    `person` and `request` say whom and what it answers, `sender` and `to` are bare addresses;
    `envelope` is where servers report failures, empty where nowhere. Message-IDs are without
    brackets. `rule` names the house rule an automatic letter follows. `invitation` is an
    iCalendar text that goes with it. `stop` is the page of a mailing on which its reader ends all mailings.
    `way` is the account on a chat network that it leaves by, "" for mail; there `knock` is what asked,
    `place` where, and `deed` what is done beside saying it.
    """

    person: str
    request: str
    kind: Kind
    sender: str
    to: str
    subject: str
    text: str
    lang: str
    message_id: str
    sender_name: str = ""
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    is_automatic: bool = False
    envelope: str = ""
    rule: str = ""
    invitation: str = ""
    way: str = ""
    deed: Deed = Deed.SAY
    knock: str = ""
    place: str = ""
    stop: str = ""


def headers(letter: Outgoing) -> tuple[tuple[str, str], ...]:
    """Return the fields that thread a letter, and those that tell machines not to answer it.

    An automatic one says so (RFC 3834); a letter the owner released is the owner's own. A mailing says that
    it is one, and how it is ended with one press (RFC 8058).
    """
    found = [("Message-ID", f"<{letter.message_id}>")]
    if letter.in_reply_to:
        found.append(("In-Reply-To", f"<{letter.in_reply_to}>"))
        found.append(("References", " ".join(f"<{one}>" for one in _thread(letter))))
    if letter.lang:
        found.append(("Content-Language", letter.lang))
    if letter.is_automatic:
        found.append(("Auto-Submitted", "auto-replied"))
        found.append(("X-Auto-Response-Suppress", "All"))
        found.append(("X-Loop", letter.sender))
    if letter.stop:
        found.append(("List-Unsubscribe", f"<{letter.stop}>"))
        found.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if letter.kind is Kind.MAILING:
        found.append(("Auto-Submitted", "auto-generated"))
        found.append(("Precedence", "bulk"))
    return tuple(found)


def _thread(letter: Outgoing) -> tuple[str, ...]:
    named = tuple(dict.fromkeys((*letter.references, letter.in_reply_to or "")))
    if len(named) <= LONGEST_REFERENCES:
        return named
    return (named[0], *named[-LONGEST_REFERENCES + 1 :])
