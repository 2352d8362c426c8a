"""A mailing: one honest, half-impersonal letter to the people of an event, with the owner's card.

It offers and does not ask (C11): whoever likes takes the card along, and nobody has to say no. The words are
the same for all; what differs is the link of each one's card, which can be taken back, and the link that ends
all mailings. There is no picture that reports, no link that counts, and no second letter: nothing in this
program reminds anybody of anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlass.outreach.event import Met, Sort
from anlass.outreach.phrases import in_form
from anlass.people import Address, AddressKind

FILE = "mailing.toml"
_REQUEST = "mailing:"
UNDO = timedelta(minutes=10)
"""How long the first letter waits, so that the whole mailing can be taken back."""
EVERY = timedelta(seconds=30)
"""Between two letters: a mailbox provider sees a person writing, and no flood."""
A_DAY = 200
"""Letters of one mailing within a day; more leave on the next."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a mailing says: subject and text are the owner's to change, the two lines below stay."""

    subject: str
    text: str
    lang: str
    card: str
    stop: str

    def letter(self, card: str, stop: str) -> str:
        """Return the whole text for one reader: the words, the link of their card, the way to end it."""
        below = (self.card.format(card=card), self.stop.format(stop=stop))
        return "\n\n".join((self.text.strip(), *below)) + "\n"


def shipped_wording(lang: str, form: str, *, event: str, name: str) -> Wording:
    """Return the shipped words in a language and form of address, with event and name filled in."""
    told = in_form(lang, FILE, "letter", form)
    fields = {"event": event, "name": name}
    subject, text = (told[key].format(**fields).strip() for key in ("subject", "text"))
    return Wording(subject, text, lang, told["card"], told["stop"])


def request_of(event: str) -> str:
    """Return what a mailing of an event is called in the outbox: one for an event, ever."""
    return f"{_REQUEST}{event}"


def event_of(request: str) -> str:
    """Return the id of the event that a letter of the outbox is a mailing of; "" where it is none."""
    return request.removeprefix(_REQUEST) if request.startswith(_REQUEST) else ""


def readers(people: Iterable[Met], sorts: frozenset[Sort | None]) -> tuple[tuple[Met, Address], ...]:
    """Return who of an event is written to, each with one mail address: only whom the owner met."""
    found = []
    for one in people:
        mail = next((each for each in one.somebody.addresses if each.kind is AddressKind.MAIL), None)
        is_met = one.somebody.has_talked or one.somebody.has_card
        if mail is not None and is_met and one.sort in sorts and one.sort is not Sort.NOT_MET:
            found.append((one, mail))
    return tuple(found)


def due_at(place: int, now: datetime) -> datetime:
    """Return when the letter at this place (from 0) is to leave."""
    days, within = divmod(place, A_DAY)
    return now + UNDO + timedelta(days=days) + within * EVERY
