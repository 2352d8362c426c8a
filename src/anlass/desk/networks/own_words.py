"""What the owner says to somebody in a chat program of their own: the case is answered, and a talk goes on.

A doorman does not stand between two who talk. What went out from the owner's account and is no letter of the
house answers every case of that person at that door, and what the person writes there from then on asks for
nothing (N12, N14). Whoever is blocked stays blocked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import OwnWord
from anlass.channels.networks.parts import in_parts
from anlass.intake.knock import Knock
from anlass.store.book import Book, CaseState, KeptCase
from anlass.store.outgoing.outbox import OutboxState

_ROOM = 450
"""Code points of one part of a letter of the house, where a network takes no longer ones."""
_GONE = (OutboxState.SENDING, OutboxState.SENT, OutboxState.DOUBTFUL)
_MOST = 50
"""Cases of one person that are looked at."""
_FIRST = datetime.min.replace(tzinfo=UTC)


def in_order(
    knocks: Iterable[Knock], words: Iterable[OwnWord], *, now: datetime
) -> tuple[Knock | OwnWord, ...]:
    """Return what came and what went in the order of its time; asks without one come first, as they stand."""
    told: list[tuple[datetime, Knock | OwnWord]] = [(one.arrived or _FIRST, one) for one in knocks]
    told += [(one.when or now, one) for one in words]
    return tuple(one for _, one in sorted(told, key=lambda each: each[0]))


def heard(book: Book, account: NetworkAccount, word: OwnWord, *, now: datetime) -> tuple[str, ...]:
    """Write down that the owner wrote to somebody; return the cases which that answers.

    A letter of the house is none of it, be it known by its number or by its words.
    """
    person = book.person_of(word.to)
    cases = [
        kept for kept in book.cases(person=person.id, limit=_MOST).cases if _is_there(book, kept, account)
    ]
    if book.outbox.by_message([word.number]) or _is_of_house(book, cases, word):
        return ()
    when = min(word.when or now, now)
    with book.together():
        book.networks.talk(account.name, word.to, now=when)
        return tuple(_answered(book, cases, account, when, now))


def is_talk(book: Book, account: NetworkAccount, knock: Knock) -> bool:
    """Tell whether a message goes on with a talk of the owner's own."""
    person = book.person_of(knock.address)
    return book.networks.is_talk(account.name, {knock.address, *person.addresses})


def _answered(
    book: Book, cases: Iterable[KeptCase], account: NetworkAccount, when: datetime, now: datetime
) -> Iterator[str]:
    for kept in cases:
        came = kept.case.request.arrived or kept.kept_at
        if came <= when and book.networks.answered(kept.id, when=when):
            book.set_state(kept.id, CaseState.DONE)
            book.note("answered", about=kept.id, content={"way": account.name}, now=now)
            yield kept.id


def _is_there(book: Book, kept: KeptCase, account: NetworkAccount) -> bool:
    return any(one.account == account.name for one in book.networks.of_request(kept.id))


def _is_of_house(book: Book, cases: Iterable[KeptCase], word: OwnWord) -> bool:
    """Tell whether the words are those of a letter of the house, or of a part of one."""
    said = _bare(word.text)
    letters = (
        boxed.letter.text
        for kept in cases
        for boxed in book.outbox.of_request(kept.id)
        if boxed.state in _GONE and boxed.letter.text
    )
    return any(said in map(_bare, (text, *in_parts(text, _ROOM))) for text in letters)


def _bare(text: str) -> str:
    return " ".join(text.split())
