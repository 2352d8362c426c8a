"""Letters at the door whose address is confirmed become cases, as any other letter does; each once.

The case and the note that it was taken are written together: whatever breaks in between, the next look begins
anew, and the id of the case is made of the letter's, so it is one case however often that happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from anlass.bootstrap import Home
from anlass.case import Case
from anlass.channels.form.files import TEXT, open_file
from anlass.channels.form.files import sweep as sweep_files
from anlass.config import Settings
from anlass.desk.cards.vouchers import in_request
from anlass.desk.door.own import door_of
from anlass.desk.evidence.outside import keep_sketch, sketch_of
from anlass.desk.learning.teaching import as_taught
from anlass.desk.people.standing import promote
from anlass.desk.people.watch_list import wake
from anlass.desk.requests.advising import Advice, advice_of, with_advice
from anlass.desk.requests.judging import Bench, evidence_on, requester_of
from anlass.doorman import Doorman
from anlass.intake import ContactRequest, Recipient
from anlass.intake.body import SMALL
from anlass.intake.form import ASKED, FormLetter, request_of
from anlass.ledger import Encounter, EncounterKind
from anlass.people import mail_address, person_id
from anlass.people.ids import digest_id
from anlass.replies.door_words import door_words
from anlass.store.book import Book
from anlass.store.door.letters import Asked, AtDoor

_KEPT_ASIDE = timedelta(days=2)
"""How long a file lies that belongs to no letter: somebody may still be writing it."""


@dataclass(frozen=True, slots=True)
class Porter:
    """What takes letters in: the book, the doorman as shipped, for whom it is, what advice may be asked.

    `data` is the folder in which the files lie that came along.
    """

    book: Book
    doorman: Doorman
    recipient: Recipient
    advice: Advice | None = None
    data: Path | None = None


def porter_of(home: Home, doorman: Doorman) -> Porter:
    """Return what takes letters in at this home, with the doorman as shipped and the rules that hold now."""
    owner = home.settings.owner
    return Porter(home.book, doorman, Recipient(owner.name, owner.about), advice_of(home), home.settings.data)


def take_in(porter: Porter, *, now: datetime) -> Iterator[Case]:
    """Make cases of all letters at the door whose address is confirmed; yield those that are new."""
    book = porter.book
    waiting = list(book.door.confirmed())
    if not waiting:
        return
    porter = replace(porter, doorman=as_taught(porter.doorman, book))
    for letter in waiting:
        if letter.asked is not None:
            case = _taken(porter, letter, letter.asked, now)
            if case is not None:
                yield case
    wake(book, at=now)
    promote(book, porter.doorman, at=now)


def said_before(lang: str, register: str) -> dict[str, str]:
    """Return the words before each answer of a letter at the door."""
    words = door_words(lang, register)
    return {field: words.say(f"said_{field}") for field in ASKED}


def letter_text(letter: FormLetter, lang: str, register: str, recipient: Recipient) -> ContactRequest:
    """Return a letter as it would reach the owner, for its preview and the help beside it."""
    return request_of(
        letter, said_before(lang, register), id="", arrived=None, recipient=recipient, is_welcome=False
    )


def sweep(book: Book, settings: Settings, *, now: datetime) -> int:
    """Forget what nobody confirmed in time, with its files; return how many letters that were."""
    gone = book.door.sweep(now=now)
    older = (now - _KEPT_ASIDE).timestamp()
    sweep_files(settings.data, book.door.file_digests(), older_than=older)
    return gone


def _taken(porter: Porter, letter: AtDoor, asked: Asked, now: datetime) -> Case | None:
    """Think one letter through and keep its case; `None` where that was done before."""
    book, doorman = porter.book, porter.doorman
    request = _request(porter, letter, asked)
    bench = Bench(book, doorman, now, porter.advice)
    weighed = in_request(book, request, _small_texts(porter, asked), at=now)
    evidence = evidence_on(bench, request, requester_of(book, request), "", weighed)
    case = with_advice(doorman, porter.advice, evidence, doorman.consider(evidence))
    with book.together():
        is_new = book.keep(case, evidence.encounters, now=now)
        book.vouching.keep_seen(request.id, weighed)
        book.door.taken(letter.id, request.id)
        if is_new:
            keep_sketch(book, doorman, case, "", sketch_of(doorman.panel, request))
            _meet(book, request, letter)
    return case if is_new else None


def _small_texts(porter: Porter, asked: Asked) -> Iterator[bytes]:
    """Yield the files in which a voucher may stand; of all others nothing is ever read."""
    for file in asked.files:
        if porter.data and file.size <= SMALL and file.label == TEXT:
            yield open_file(porter.data, file.digest) or b""


def _request(porter: Porter, letter: AtDoor, asked: Asked) -> ContactRequest:
    door = door_of(porter.book)
    return request_of(
        asked.letter,
        said_before(letter.lang, door.register),
        id=digest_id("door", letter.id),
        arrived=letter.made_at,
        recipient=porter.recipient,
        is_welcome=door.welcomes(asked.letter.word, at=letter.made_at),
    )


def _meet(book: Book, request: ContactRequest, letter: AtDoor) -> None:
    """Write into the ledger that this person wrote; the confirmed address proves it."""
    address = mail_address(str(request.requester.address))
    if address is not None:
        id_ = digest_id("met", letter.id, person_id(address))
        met = Encounter(
            EncounterKind.MESSAGE_IN,
            letter.made_at,
            thread=f"door:{letter.id}",
            is_proven=True,
            source=f"door:{request.id}",
            id=id_,
        )
        book.add_encounter(address, met)
