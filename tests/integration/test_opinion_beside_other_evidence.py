"""Second opinions beside lessons, copies and second rounds: each keeps what the others brought."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from anlass.case import Case
from anlass.desk.evidence.outside import evidence_of
from anlass.desk.history.collecting import collect
from anlass.desk.learning.teaching import teach_verdict
from anlass.desk.requests.advising import Advice, second_opinion
from anlass.desk.requests.screening import Desk, Judged, screen
from anlass.intake import Recipient
from anlass.litmus import Question, Verdict
from anlass.litmus.reply import Outcome
from anlass.policy import Policy, parse_policy, preset
from anlass.store import open_book
from anlass.store.book import Book, CaseState
from tests.contract.test_outside import ANSWERED, SABINE, TIM, asked, copy, replied
from tests.integration.test_second_opinion import EVERY, LETTER, NOTED, NOW, OCCASION, doorman, judged
from tests.model_server import Model, model, says

pytestmark = pytest.mark.slow  # makes a database with all its tables

GREETING = says({"occasion": "Guten Tag"})
ADVISED_TO_ASK = parse_policy(
    """
[[rule]]
name = "Auf den Rat hin"
why = "So."
all = ["'occasion' in opinion.answers"]
do = "ask_back"
""",
    "own.toml",
)
FILLED = parse_policy(
    """
[[rule]]
name = "Gefüllt und angeraten"
why = "So."
all = ["answer.outcome == 'filled'", "'who' in opinion.answers"]
do = "watch"
""",
    "own.toml",
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Yield an empty book."""
    with closing(open_book(tmp_path / "data")) as opened:
        yield opened


def screened(book: Book, folder: Path, up: Model | None, policy: Policy) -> list[Case]:
    """Collect and screen a folder of Olga's mail; return the cases."""
    collect(book, [folder], owner=["olga@home.example"], now=NOW)
    advice = Advice(book, EVERY, up.adviser(), "de") if up else None
    found = screen(Desk(book, doorman(policy), Recipient("Olga Brandt"), NOW, advice), [folder])
    return [one.case for one in found if isinstance(one, Judged)]


def test_a_lesson_leaves_the_opinion_with_its_case(book: Book, tmp_path: Path) -> None:
    """The letter reads as the owner says, and what the model said still stands and still counts."""
    with model(says({"occasion": OCCASION})) as up:
        (case,) = judged(book, tmp_path / "in", up, LETTER, policy=NOTED)
    teach_verdict(book, doorman(NOTED), case.request.id, Verdict.HOLLOW, now=NOW)
    taught = book.case(case.request.id).case
    assert taught.reading.verdict is Verdict.HOLLOW
    assert (taught.opinion, taught.decision.rule) == (case.opinion, case.decision.rule)
    assert len(up.came) == 1


def test_an_opinion_on_demand_is_weighed_by_a_doorman_who_has_learned(book: Book, tmp_path: Path) -> None:
    """A case that reads as the owner taught is decided again, and goes on reading so."""
    (case,) = judged(book, tmp_path / "in", None, LETTER, policy=NOTED)
    teach_verdict(book, doorman(NOTED), case.request.id, Verdict.HOLLOW, now=NOW)
    taught = book.case(case.request.id).case
    with model(says({"occasion": OCCASION})) as up:
        second_opinion(
            book, doorman(NOTED), Advice(book, EVERY, up.adviser(), "de"), case.request.id, now=NOW
        )
    after = book.case(case.request.id).case
    assert after.reading == taught.reading != case.reading
    assert after.decision.rule.de == "Zweite Meinung"


def test_a_case_goes_where_the_rules_send_it_on_demand(book: Book, tmp_path: Path) -> None:
    """One that the owner has not moved leaves the waiting letters once a rule on the opinion says so."""
    (case,) = judged(book, tmp_path / "in", None, LETTER, policy=NOTED)
    assert book.case(case.request.id).state is CaseState.WAITING
    with model(says({"occasion": OCCASION})) as up:
        second_opinion(
            book, doorman(NOTED), Advice(book, EVERY, up.adviser(), "de"), case.request.id, now=NOW
        )
    assert book.case(case.request.id).state is CaseState.WATCHED


def test_a_copy_keeps_its_finding_and_has_its_own_opinion(book: Book, tmp_path: Path) -> None:
    """Who else sent the text is known before the model is asked, and asking again changes nothing of it."""
    for day, who in enumerate([TIM, SABINE], start=5):
        copy(tmp_path / "in", f"m{day}", who, day)
    with model(GREETING) as up:
        first, second = screened(book, tmp_path / "in", up, NOTED)
        advice = Advice(book, EVERY, up.adviser(), "de")
        second_opinion(book, doorman(NOTED), advice, second.request.id, now=NOW)
    assert (first.copies.senders, second.copies.senders) == (0, 1)
    kept = book.case(second.request.id)
    assert kept.case == second
    assert kept.case.opinion is not None
    assert doorman(NOTED).consider(evidence_of(kept)) == kept.case


def test_a_rule_that_asks_back_on_an_opinion_finds_the_answer(book: Book, tmp_path: Path) -> None:
    """The model is heard before the reply is: without its word nobody had to ask."""
    asked(tmp_path / "in")
    replied(tmp_path / "in", ANSWERED)
    with model(GREETING) as up:
        (case,) = screened(book, tmp_path / "in", up, ADVISED_TO_ASK)
    assert len(up.came) == 1
    assert case.second is not None
    assert case.second.answer.outcome is Outcome.FILLED
    kept = book.case(case.request.id)
    assert doorman(ADVISED_TO_ASK).consider(evidence_of(kept)) == kept.case == case
    with closing(open_book(tmp_path / "alone")) as alone:
        (without,) = screened(alone, tmp_path / "in", None, ADVISED_TO_ASK)
    assert (without.second, without.opinion) == (None, None)


def test_an_opinion_on_demand_is_weighed_with_the_second_round(book: Book, tmp_path: Path) -> None:
    """What came of the owner's question stays with the case, and a rule can name both."""
    asked(tmp_path / "in")
    replied(tmp_path / "in", ANSWERED)
    asks = preset("show-me-why")
    rules = replace(asks, rules=(*FILLED.rules, *asks.rules))
    (case,) = screened(book, tmp_path / "in", None, rules)
    assert case.second is not None
    with model(says({"who": "Petra Loos"})) as up:
        advice = Advice(book, EVERY, up.adviser(), "de")
        given = second_opinion(book, doorman(rules), advice, case.request.id, now=NOW)
    assert given.answers == frozenset({Question.WHO})
    after = book.case(case.request.id).case
    assert (after.second, after.known, after.opinion) == (case.second, case.known, given)
    assert case.decision.rule.de != after.decision.rule.de == "Gefüllt und angeraten"
