"""The past as both databases tell it: every case once, with what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from anlass.ledger import Encounter, EncounterKind
from anlass.people import Address, AddressKind
from anlass.policy import Action
from anlass.policy.past import Became
from anlass.store.book import Book, CaseState
from anlass.store.cases.versions import keep_version, last_version, versions
from tests.contract.values import ARRIVED, case_of

DAY = timedelta(days=1)
HOHL = Address(AddressKind.MAIL, "hohl@ag.example")


def letter(id_: str, kind: EncounterKind, days: int, *, turn: bool = False) -> Encounter:
    """Return a letter that many days after the request."""
    return Encounter(kind, ARRIVED + days * DAY, "t", is_turn=turn, is_proven=True, id=id_)


def test_cases_come_newest_first_with_their_evidence(book: Book) -> None:
    """Each case as it was decided, with the letters it rests on; `since` and `limit` cut the past."""
    before = letter("e0", EncounterKind.MAIL_IN, -9)
    for n, days in (("c1", 0), ("c2", 5), ("c3", 2)):
        book.keep(case_of(n, arrived=ARRIVED + days * DAY), [before], now=ARRIVED + 9 * DAY)
    past = list(book.past.cases())
    assert [one.id for one in past] == ["c2", "c3", "c1"]
    assert past[0].encounters == (before,)
    assert past[0].told.reading == case_of("c2").reading
    assert (past[0].done, past[0].came) == (Action.HOLD, ARRIVED + 5 * DAY)
    assert [one.id for one in book.past.cases(since=ARRIVED + 2 * DAY)] == ["c2", "c3"]
    assert [one.id for one in book.past.cases(limit=1)] == ["c2"]


def test_in_letters_are_those_who_wrote_back_after_the_owner_wrote(book: Book) -> None:
    """One side alone is no exchange, and what was before the request does not count."""
    book.keep(case_of("c1"), now=ARRIVED)
    assert [one.became for one in book.past.cases()] == [Became()]
    book.add_encounter(HOHL, letter("e1", EncounterKind.MAIL_IN, -3, turn=True))
    book.add_encounter(HOHL, letter("e2", EncounterKind.MAIL_OUT, 1, turn=True))
    assert [one.became.in_letters for one in book.past.cases()] == [False]
    book.add_encounter(HOHL, letter("e3", EncounterKind.MAIL_IN, 2, turn=True))
    assert [one.became.in_letters for one in book.past.cases()] == [True]


def test_another_owner_has_another_past(new_book: object) -> None:
    """Books share a database and nothing else."""
    one, other = new_book(), new_book()  # type: ignore[operator]  # the fixture is a function
    one.keep(case_of("c1"), now=ARRIVED)
    assert list(other.past.cases()) == []


def test_earlier_requests_of_a_person_are_counted(book: Book) -> None:
    """Only those before the moment, and never the request itself."""
    for n, days in (("c1", 0), ("c2", 5)):
        book.keep(case_of(n, arrived=ARRIVED + days * DAY), now=ARRIVED)
    person = case_of("c2").person
    known = (
        book.known_of(person, without=case, before=ARRIVED + days * DAY)
        for case, days in (("c1", 0), ("c2", 5))
    )
    assert [one.earlier for one in known] == [0, 1]


def test_versions_of_house_rules_are_kept_once_each_in_their_order(book: Book) -> None:
    """The same text twice is one version; a number, not the clock, says which came last."""
    for n, text in enumerate(("a", "a", "b", "a")):
        keep_version(book, text, "file", now=ARRIVED, cases=[str(n)])
    assert [(one.number, one.text) for one in versions(book)] == [(3, "a"), (2, "b"), (1, "a")]
    last = last_version(book)
    assert last is not None
    assert (last.by, last.cases, last.back_to) == ("file", ("3",), None)


def test_answered_cases_are_told_as_answered(book: Book) -> None:
    """A case in which the owner asked back and was answered counts as one the owner wrote to."""
    case = case_of("c1", action=Action.ASK_BACK)
    book.keep(case, now=ARRIVED)
    book.rewrite(replace(case), state=CaseState.ASKED)
    assert [one.became.answered for one in book.past.cases()] == [False]
