"""What the owner has done to cases lately, and the way back from each of it.

The journal knows what was done; whether it can still be undone is asked of the things themselves. A letter
that has left is not called back, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.cases.acting import LOT
from anlass.desk.cases.voice import act_says, back_says, left_says, sentence
from anlass.desk.decisions.answers import put_back
from anlass.desk.decisions.deciding import Choice, stood_on, take_back
from anlass.desk.learning.teaching import others_of, read_again, unteach
from anlass.desk.outgoing import outbox
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.errors import NotFound, Refused
from anlass.people.ids import called
from anlass.store.book import Book, Entry
from anlass.store.outgoing.outbox import OutboxState

_ACTS = frozenset({LOT, "decide", "release", "teach", "reword"})
_LOOKED_BACK = 400
"""Lines of the journal in which acts are looked for."""
_ON_ITS_WAY = (OutboxState.SENDING, OutboxState.SENT, OutboxState.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Act:
    """Something the owner did: its line in the journal, in words, when, to which cases, and if it stands."""

    id: str
    says: str
    when: datetime
    cases: tuple[str, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did: in words, the cases that are as before, and those that stay, each with why."""

    act: str
    says: str
    cases: tuple[str, ...]
    kept: tuple[tuple[str, str], ...] = ()


def acts(book: Book, *, lang: Lang, limit: int = 50) -> tuple[Act, ...]:
    """Return what the owner did last, the newest first."""
    told = book.entries(limit=_LOOKED_BACK)
    learned = {entry.content.get("lesson") for entry in told if entry.act == "decide"}
    found = [one for one in told if _is_act(one) and (one.act != "teach" or _lesson(one) not in learned)]
    found.sort(key=lambda entry: (entry.when, str(entry.content.get("at", ""))), reverse=True)
    return tuple(_act(book, entry, lang) for entry in found[:limit])


def undo(book: Book, doorman: Doorman, act_id: str = "", *, now: datetime, lang: Lang) -> Undone:
    """Take an act back, by its id or its beginning; the last one that stands where none is named.

    Raises `NotFound`, and `Refused` in `lang` where nothing of it can be taken back.
    """
    entry = _entry(book, act_id, lang)
    with book.outbox.alone():
        says = _act(book, entry, lang).says
        if entry.act in {LOT, "decide"}:
            back, kept = _undecide(book, doorman, entry, now, lang)
        else:
            _undo_one(book, doorman, entry, now, lang)
            back, kept = (entry.about,), ()
        if not back:
            raise Refused(kept[0][1] if kept else sentence("undone", lang))
        book.note("undo", about=entry.about, content={"of": entry.id, "cases": list(back)}, now=now)
    return Undone(entry.id, back_says(says, lang), back, kept)


def _undo_one(book: Book, doorman: Doorman, entry: Entry, now: datetime, lang: Lang) -> None:
    content = entry.content
    if not _stands(book, entry):
        raise Refused(_too_late(book, entry, now, lang))
    if entry.act == "release":
        outbox.cancel(book, str(content["letter"]), now=now, lang=lang)
    elif entry.act == "teach":
        unteach(book, doorman, str(content["lesson"]), now=now)
    else:
        put_back(book, entry.about, str(content["what"]), content["before"], now=now)


def _undecide(
    book: Book, doorman: Doorman, entry: Entry, now: datetime, lang: Lang
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Take decisions back that still stand; return the cases, and those that stay with why."""
    back, kept, lessons = list[str](), list[tuple[str, str]](), len(book.lessons())
    for case, number in _decisions(entry).items():
        stood = stood_on(book, case)
        if stood is None or stood.choice is None or stood.number != number:
            is_back = stood is not None and stood.choice is None
            kept.append((case, sentence("undone" if is_back else "since", lang)))
        elif why := _letter_left(book, case, entry.when, now, lang):
            kept.append((case, why))
        else:
            _call_letter_back(book, case, entry.when, now, lang)
            take_back(book, doorman, case, now=now, reads_on=False)
            back.append(case)
    if len(book.lessons()) < lessons:
        states = {case: book.case(case).state for case in back}
        read_again(book, doorman, also=[*back, *_others(book, entry)])
        for case, state in states.items():
            if book.case(case).state is not state:
                book.set_state(case, state)
    return tuple(back), tuple(kept)


def _letter_left(book: Book, case: str, since: datetime, now: datetime, lang: Lang) -> str:
    """Say that a letter left after a decision; nothing where none did."""
    for boxed in book.outbox.of_request(case):
        if boxed.made_at >= since and boxed.state in _ON_ITS_WAY:
            return left_says(boxed.sent_at, now, lang) if boxed.sent_at else sentence("leaving", lang)
    answered = book.case(case).answered_at
    return left_says(answered, now, lang) if answered and answered >= since else ""


def _call_letter_back(book: Book, case: str, since: datetime, now: datetime, lang: Lang) -> None:
    """Take a letter back that was released after a decision and has not left."""
    for boxed in book.outbox.of_request(case):
        if boxed.made_at >= since and boxed.state is OutboxState.WAITING:
            outbox.cancel(book, boxed.id, now=now, lang=lang)


# --- the journal ---


def _entry(book: Book, act_id: str, lang: Lang) -> Entry:
    start = act_id.strip().lower()
    if not start:
        standing = (one.id for one in acts(book, lang=lang) if one.stands)
        start = next(standing, "")
        if not start:
            raise NotFound(sentence("nothing", lang))
    entry = book.entry(start)
    if entry is None:
        entries = called(start, book.entries(limit=_LOOKED_BACK))
        entry = entries[0] if len(entries) == 1 else None
    if entry is None or not _is_act(entry):
        raise NotFound(sentence("unknown", lang))
    return entry


def _is_act(entry: Entry) -> bool:
    return entry.act in _ACTS and not (entry.act == "decide" and entry.content.get("lot"))


def _lesson(entry: Entry) -> object:
    return entry.content.get("lesson")


def _decisions(entry: Entry) -> Mapping[str, int]:
    """Return the cases of a decision, each with the number of the word on it."""
    if entry.act == "decide":
        number = entry.content.get("number")
        return {entry.about: number if isinstance(number, int) else 0}
    cases = entry.content.get("cases")
    return {str(case): int(number) for case, number in cases} if isinstance(cases, list) else {}


def _others(book: Book, entry: Entry) -> list[str]:
    """Return the cases that read otherwise by what a decision taught."""
    if entry.act == "decide":
        return list(others_of(book, str(entry.content.get("lesson") or "")))
    others = entry.content.get("others")
    return [str(case) for case in others] if isinstance(others, list) else []


def _act(book: Book, entry: Entry, lang: Lang) -> Act:
    cases = tuple(_decisions(entry)) or (entry.about,)
    choice = Choice(str(entry.content["choice"])) if entry.act in {LOT, "decide"} else None
    name = next(_names(book, cases), "") if len(cases) == 1 else ""
    says = act_says(entry.act, choice, len(cases), lang, name=name)
    return Act(entry.id, says, entry.when, cases, _stands(book, entry))


def _names(book: Book, cases: tuple[str, ...]) -> Iterator[str]:
    for case in cases:
        try:
            kept = book.case(case).case
        except NotFound:
            continue
        yield kept.person.name or kept.request.requester.name


def _stands(book: Book, entry: Entry) -> bool:
    """Tell whether an act still holds and can be undone."""
    content = entry.content
    match entry.act:
        case "release":
            found = [one for one in book.outbox.of_request(entry.about) if one.id == content.get("letter")]
            mine = [one for one in found if one.letter.message_id == content.get("message_id")]
            return any(one.state is OutboxState.WAITING for one in mine)
        case "teach":
            return any(one.id == content.get("lesson") for one in book.lessons())
        case "reword":
            now = book.wordings.of(entry.about, str(content.get("what", "")))
            after = content.get("after")
            told = {"text": now.text, "subject": now.subject} if now else None
            return told == after
        case _:
            numbers = _decisions(entry).items()
            stood = ((stood_on(book, case), number) for case, number in numbers)
            return any(one and one.choice and one.number == number for one, number in stood)


def _too_late(book: Book, entry: Entry, now: datetime, lang: Lang) -> str:
    """Say why an act cannot be undone any more."""
    if entry.act == "release":
        for boxed in book.outbox.of_request(entry.about):
            if boxed.letter.message_id == entry.content.get("message_id") and boxed.state in _ON_ITS_WAY:
                return left_says(boxed.sent_at, now, lang) if boxed.sent_at else sentence("leaving", lang)
    return sentence("undone", lang)
