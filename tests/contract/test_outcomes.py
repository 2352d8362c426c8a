"""What came of cases, in the book: said, counted, asked once by a letter to the owner alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.desk.cases.outcomes import outcome_sheet, ripe, say_outcome
from anlass.desk.evidence.outside import known_of
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.time.digest import digest
from anlass.desk.time.digest_mail import is_on, send_due, switch
from anlass.errors import NotFound, Refused
from anlass.ledger.outcome import AT_ONCE, CameOf, outcomes
from anlass.ledger.time import MonthOfYear
from anlass.people import Address, AddressKind, person_at
from anlass.policy import Action
from anlass.policy.facts import facts_of
from anlass.policy.situation import Situation
from anlass.replies.outgoing import Kind
from anlass.store.book import Book, CaseState
from tests.contract.values import case_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLGA = Writer("Olga Tueren", "olga@tueren.example")
SAM = person_at(Address(AddressKind.MAIL, "sam@wald.example"), "Sam\nWald")


def keep(book: Book, id_: str, days: int, *, state: CaseState = CaseState.DONE) -> None:
    """Keep a case of Sam's that came some days ago and was accepted."""
    when = NOW - timedelta(days=days)
    case = case_of(id_, action=Action.ACCEPT, arrived=when, address="sam@wald.example")
    book.keep(replace(case, person=SAM), now=when)
    book.set_state(id_, state)


def test_what_came_of_a_case_is_the_owners_word(book: Book) -> None:
    """Said, said otherwise, taken back; each change stands in the journal, and a word that holds does not."""
    keep(book, "one", 100)
    for came in (CameOf.TALK, CameOf.JOB, CameOf.JOB, None):
        assert say_outcome(book, "one", came, now=NOW, lang="en").came is came
        assert book.outcomes.of("one") is came
    told = [one.content["came"] for one in book.entries(about="one") if one.act == "outcome"]
    assert sorted(told, key=str) == [None, "job", "talk"]
    with pytest.raises(NotFound):
        say_outcome(book, "none", CameOf.JOB, now=NOW, lang="en")


def test_requests_are_counted_by_what_came_of_them(book: Book) -> None:
    """What was answered and not said stands beside; what was never answered stands nowhere."""
    for number in range(4):
        keep(book, f"case{number}", 100 + number)
    keep(book, "waits", 100, state=CaseState.WAITING)
    say_outcome(book, "case0", CameOf.PROJECT, now=NOW, lang="en")
    say_outcome(book, "case1", CameOf.NOTHING, now=NOW, lang="en")
    sheet = outcome_sheet(book, now=NOW, lang="en")
    assert (dict(sheet.sums.counts)[CameOf.PROJECT], sheet.sums.said, sheet.sums.unsaid) == (1, 2, 2)
    assert {one.line.id for one in sheet.cases} == {f"case{number}" for number in range(4)}
    assert [one.line.id for one in outcome_sheet(book, CameOf.NOTHING, now=NOW, lang="de").cases] == ["case1"]
    assert outcomes([]).said == 0


def test_the_house_asks_once_and_only_months_later(book: Book) -> None:
    """Not too early, not too late, few at a time, and never again; what was said is not asked."""
    for days in (10, 89, 91, 700, 731):
        keep(book, f"d{days}", days)
    keep(book, "said", 120)
    say_outcome(book, "said", CameOf.JOB, now=NOW, lang="en")
    assert ripe(book, now=NOW) == ("d91", "d700")
    book.outcomes.asked(["d91"], now=NOW)
    assert ripe(book, now=NOW) == ("d700",)
    for number in range(AT_ONCE + 3):
        keep(book, f"more{number}", 200)
    assert len(ripe(book, now=NOW)) == AT_ONCE


def test_what_came_of_earlier_requests_is_a_fact(book: Book) -> None:
    """Of this person and earlier than the request alone."""
    keep(book, "first", 100)
    say_outcome(book, "first", CameOf.FRIENDSHIP, now=NOW, lang="en")
    case = case_of("second", address="sam@wald.example")
    known = known_of(book, SAM, replace(case.request, arrived=NOW), (), NOW)
    before = known_of(book, SAM, replace(case.request, arrived=NOW - timedelta(days=101)), (), NOW)
    assert known.elsewhere.outcomes == ("friendship",)
    assert before.elsewhere.outcomes == ()
    situation = Situation(case.request, case.reading, case.tie, NOW, known)
    assert facts_of(situation, ["person.outcomes"]) == {"person.outcomes": ["friendship"]}


def test_the_digest_goes_to_the_owner_once_a_month_and_only_where_it_is_wanted(book: Book) -> None:
    """Off until switched on; from the next month on; the same month never twice; then never any more."""
    keep(book, "old", 120)
    at = datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert not is_on(book)
    assert send_due(book, OLGA, now=at, lang="de") is None
    assert switch(book, OLGA, is_on=True, now=NOW)
    assert not switch(book, OLGA, is_on=True, now=NOW)
    assert send_due(book, OLGA, now=NOW, lang="de") is None
    boxed = send_due(book, OLGA, now=at, lang="de")
    assert boxed is not None
    assert (boxed.letter.to, boxed.letter.kind, boxed.letter.subject) == (
        "olga@tueren.example",
        Kind.DIGEST,
        "Dein November 2026 an der Tür",
    )
    assert "Was ist daraus geworden?\n- Sam Wald, " in boxed.letter.text
    assert "(anlass outcome old …)" in boxed.letter.text
    assert send_due(book, OLGA, now=at + timedelta(days=20), lang="de") is None
    january = send_due(book, OLGA, now=at + timedelta(days=31), lang="de")
    assert january is not None
    assert "daraus geworden" not in january.letter.text
    switch(book, OLGA, is_on=False, now=at)
    assert send_due(book, OLGA, now=at + timedelta(days=62), lang="de") is None


def test_printing_the_digest_asks_nobody(book: Book) -> None:
    """Only what is sent counts as asked."""
    keep(book, "old", 120)
    for _ in range(2):
        assert "What came of it?" in digest(book, MonthOfYear(2026, 10), now=NOW, lang="en").text


def test_the_digest_needs_an_address_of_the_owner(book: Book) -> None:
    """Without one it stays at home."""
    with pytest.raises(Refused, match="no address of yours"):
        switch(book, Writer("Olga", ""), is_on=True, now=NOW)
