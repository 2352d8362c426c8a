"""The owner's acts on letters that leave: release, word anew, take back, send again, pause.

A released letter waits a little, so that it can be taken back; nothing else sends it but the worker
(`desk/outgoing/posting.py`). Every act is written into the journal.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from anlass.bootstrap import Home
from anlass.case import Case
from anlass.desk.cards.granting import granted_for, revoke
from anlass.desk.cards.unlocking import unlocked
from anlass.desk.decisions.answers import answer_to, letter_sort
from anlass.desk.outgoing.at_doors import letter_at_the_door
from anlass.desk.outgoing.voice import WhyNot, why_not
from anlass.desk.people.blocked import is_blocked
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.intake import Channel, Mark
from anlass.intake.contact_request import Origin
from anlass.intake.knock import NETWORKS
from anlass.intake.parse import parse_headers
from anlass.people import AddressKind, person_id
from anlass.replies import Draft, Templates
from anlass.replies.draft import OutwardText
from anlass.replies.outgoing import KINDS, Kind, Outgoing
from anlass.replies.token import signed_id
from anlass.sources import reread
from anlass.store.book import Book, CaseState
from anlass.store.cases.wordings import Wording
from anlass.store.outgoing.latches import PAUSED, STOPPED
from anlass.store.outgoing.outbox import Boxed, OutboxState

UNDO = timedelta(minutes=2)
"""How long a released letter waits, so that it can be taken back."""
LONGEST = 20_000
"""Code points of a letter that the owner writes."""
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the owner's name and the address that letters leave from."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in place of the draft, and a calendar that goes with it."""

    text: str
    subject: str | None = None
    invitation: str = ""


def writer_of(home: Home) -> Writer:
    """Return who writes from this home; without an address nothing can be released."""
    settings = home.settings
    own = sorted(home.book.owner_addresses())
    address = settings.outbox.address or next(iter(settings.owner.addresses), own[0] if len(own) == 1 else "")
    return Writer(settings.owner.name, address.strip().lower())


def release(
    book: Book,
    writer: Writer,
    case_id: str,
    *,
    now: datetime,
    lang: Lang,
    words: Words | None = None,
    templates: Templates | None = None,
) -> Boxed:
    """Let the answer to a case go, as drafted or in the owner's own words; it leaves after `UNDO`.

    With `templates` it is the letter that fits what the owner decided. Own words are kept, should the letter
    be taken back. Raises `NotFound`, and `Refused` in `lang` where there is nothing to send or no way to.
    """
    kept = book.case(case_id)
    case = answer_to(book, templates, kept) if templates else kept.case
    text, subject = _words(case, words, lang)
    if words is not None and not (case.draft and text == case.draft.text.words):
        book.wordings.keep(kept.id, letter_sort(case), Wording(text, subject), now=now)
    letter = letter_to(book, writer, case)
    if isinstance(letter, WhyNot):
        raise Refused(why_not(letter, lang))
    invitation = words.invitation if words else ""
    letter = replace(letter, subject=subject or letter.subject, invitation=invitation)
    with book.together():
        letter = replace(letter, text=_with_card(book, case, text, now))
        if not book.outbox.put(letter, due=now + UNDO, now=now):
            raise Refused(why_not(WhyNot.THERE_ALREADY, lang))
        boxed = _of(book, letter)
        book.note("release", about=kept.id, content=told(boxed), now=now)
    return boxed


def cancel(book: Book, letter_or_case: str, *, now: datetime, lang: Lang) -> Boxed:
    """Take a letter back that has not left, with the card it would open; raises `NotFound`, `Refused`."""
    boxed = letter_of(book, letter_or_case)
    with book.together():
        if not book.outbox.cancel(boxed.id):
            raise Refused(why_not(WhyNot.TOO_LATE, lang))
        given = granted_for(book, boxed.letter.request, at=now)
        if given is not None and given.link in boxed.letter.text:
            revoke(book, given.grant.id, now=now)
        book.note("cancel", about=boxed.letter.request, content=told(boxed), now=now)
    return book.outbox.find(boxed.id)


def send_again(book: Book, letter_or_case: str, *, now: datetime, lang: Lang) -> Boxed:
    """Let a letter go now that waits, is in doubt or was stopped; raises `NotFound` and `Refused`."""
    boxed = letter_of(book, letter_or_case)
    if boxed.letter.person in book.blocks.addresses():
        raise Refused(why_not(WhyNot.BLOCKED, lang))
    with book.together():
        if not book.outbox.again(boxed.id, due=now):
            raise Refused(why_not(WhyNot.TOO_LATE, lang))
        book.note("send_again", about=boxed.letter.request, content=told(boxed), now=now)
    return book.outbox.find(boxed.id)


def pause(book: Book, *, now: datetime) -> bool:
    """Let nothing leave until the owner says so; return whether that is new."""
    with book.together():
        is_new = book.latches.latch(PAUSED, now=now)
        if is_new:
            book.note("pause", now=now)
    return is_new


def resume(book: Book, *, now: datetime) -> bool:
    """Let letters leave again, also those that go by themselves; return whether anything held them."""
    with book.together():
        held = [name for name in (PAUSED, STOPPED) if book.latches.unlatch(name)]
        if held:
            book.note("resume", content={"held": held}, now=now)
    return bool(held)


def letter_of(book: Book, letter_or_case: str) -> Boxed:
    """Return a letter by its id, else the newest of a case that is not laid aside; raises `NotFound`."""
    try:
        return book.outbox.find(letter_or_case)
    except NotFound:
        of_case = _of_case(book, letter_or_case)
        if not of_case:
            raise
        return of_case[0]


def _of_case(book: Book, case_id: str) -> list[Boxed]:
    try:
        kept = book.case(case_id)
    except NotFound:
        return []
    found = book.outbox.of_request(kept.id)
    return [one for one in found if one.state is not OutboxState.CANCELLED] or list(found[:1])


# --- making a letter ---


def letter_to(book: Book, writer: Writer, case: Case) -> Outgoing | WhyNot:
    """Return the letter that answers a case, with the words of its draft; or why there can be none."""
    request = case.request
    address = request.requester.address
    if is_blocked(book, address):
        return WhyNot.BLOCKED
    if request.channel in NETWORKS:
        return letter_at_the_door(book, writer.name, case, kind_of(case))
    by_mail = request.channel in {Channel.MAIL, Channel.FORM} and Mark.NOTICE not in request.marks
    if address is None or address.kind is not AddressKind.MAIL or not by_mail:
        return WhyNot.OTHER_DOOR
    if not writer.address or address.value in book.owner_addresses():
        return WhyNot.NO_ADDRESS
    person = person_id(address)
    key = book.latches.key()
    domain = writer.address.rpartition("@")[2]
    draft = case.draft
    return Outgoing(
        person=person,
        request=request.id,
        kind=kind_of(case),
        sender=writer.address,
        sender_name=writer.name,
        to=address.value,
        subject=draft.subject.words if draft and draft.subject else _subject(case),
        text=draft.text.words if draft else "",
        lang=draft.lang if draft else "",
        message_id=signed_id(key, secrets.token_bytes(10), request=request.id, person=person, domain=domain),
        in_reply_to=request.message_id,
        references=_references(request.origin),
        envelope=writer.address,
    )


def _subject(case: Case) -> str:
    """Return what stands above a letter without a draft; who wrote at the door gave no subject."""
    own = case.request.subject
    no_subject = "Ihre Nachricht" if case.reading.lang == "de" else "Your message"
    return f"Re: {own or ''}".strip() if own or case.request.channel is not Channel.FORM else no_subject


def kind_of(case: Case) -> Kind:
    """Return what the letter of a case is to the person; in a second round nothing is a question any more."""
    kind = KINDS.get(case.decision.action, Kind.NOTE)
    return Kind.NOTE if kind is Kind.QUESTION and case.second is not None else kind


def told(boxed: Boxed) -> dict[str, object]:
    """Return what the journal keeps of a letter: which, to whom, by which rule; the words lie in its row."""
    letter = boxed.letter
    return {
        "letter": boxed.id,
        "kind": letter.kind.value,
        "to": letter.to,
        "message_id": letter.message_id,
        "automatic": letter.is_automatic,
        "rule": letter.rule,
        **({"way": letter.way, "deed": letter.deed.value} if letter.way else {}),
    }


def state_after(letter: Outgoing) -> CaseState:
    """Return what a case needs once its letter has left."""
    return CaseState.ASKED if letter.kind is Kind.QUESTION else CaseState.DONE


def wording_of(words: Words, lang: Lang) -> Wording:
    """Return the owner's words as they would leave; raises `Refused` in `lang` for none, and for too many."""
    text = words.text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(why_not(WhyNot.NO_WORDS, lang))
    if len(text) > LONGEST:
        raise Refused(why_not(WhyNot.TOO_LONG, lang))
    return Wording(text, " ".join((words.subject or "").split())[:LONGEST_SUBJECT])


def _words(case: Case, words: Words | None, lang: Lang) -> tuple[str, str]:
    """Return text and subject that are to go: the owner's own, else the draft's."""
    if words is not None:
        wording = wording_of(words, lang)
        return wording.text, wording.subject
    draft: Draft | None = case.draft
    if draft is None:
        raise Refused(why_not(WhyNot.NO_DRAFT, lang))
    return draft.text.words, draft.subject.words if draft.subject else ""


def _with_card(book: Book, case: Case, text: str, now: datetime) -> str:
    """Return the words of a letter with the link to the card that its case opens; opens it."""
    if case.draft is None:
        return text
    return unlocked(book, case, replace(case.draft, text=OutwardText(text)), now=now).text.words


def _references(origin: Origin | None) -> tuple[str, ...]:
    """Return the thread of the letter that is answered, where it can still be read."""
    raw = reread(origin) if origin else None
    return parse_headers(raw, origin).references if raw is not None and origin else ()


def _of(book: Book, letter: Outgoing) -> Boxed:
    found = book.outbox.by_message([letter.message_id])
    return found[0]
