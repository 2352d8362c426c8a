"""The example mailbox, screened as its owner would: every mail is what a careful reader says it is."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from anlass.bootstrap import make_doorman
from anlass.case import Case
from anlass.config import Settings
from anlass.desk.cards.vouching import public_list
from anlass.desk.door.own import door_of
from anlass.desk.house.trying import furnish, screen_example
from anlass.desk.people.watch_list import watch_list
from anlass.example import example
from anlass.intake import Mark
from anlass.ledger import EncounterKind, tie_of
from anlass.litmus import FindingKind, Verdict
from anlass.people import Address, AddressKind
from anlass.policy import Action
from anlass.store import open_book
from anlass.store.book import Book, Filed

pytestmark = pytest.mark.slow  # two hundred mails are read, judged and kept, once for the module

_TOLD = tomllib.loads((Path(__file__).parents[1] / "example_truth.toml").read_text("utf-8"))
TRUTH = {mail["file"]: mail for mail in _TOLD["mail"]}
REQUESTS = {file: mail for file, mail in TRUTH.items() if mail["kind"] == "request"}


@dataclass(frozen=True, slots=True)
class Screened:
    """The example after screening: the book, and by file name what each letter was found to be."""

    data: Path
    book: Book
    letters: dict[str, Filed]

    def case(self, file: str) -> Case:
        """The case that a mail became."""
        return self.book.case(self.letters[file].request or "none").case


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    """The example mailbox, collected and judged once."""
    data, shown = tmp_path_factory.mktemp("example"), example()
    book = open_book(data)
    doorman, problems = make_doorman(Settings(data), "de")
    assert problems == ()
    screen_example(book, doorman, shown)
    letters = {
        str(Path(place.path).relative_to(shown.mailbox)): filed
        for filed in book.letters_below([str(shown.mailbox)])
        for place in book.origins(filed.id)
    }
    return Screened(data, book, letters)


def kind(filed: Filed | None) -> str:
    """What the house takes a mail for, in the words of the truth."""
    if filed is None:
        return "unseen"
    if filed.ruling and filed.ruling.rule == "N22":
        return "own"
    return "request" if filed.request else "none"


def test_every_mail_is_taken_for_what_it_is(screened: Screened) -> None:
    """Requests are requests, the owner's letters hers, the rest is none; junk is not looked at."""
    found = {file: kind(screened.letters.get(file)) for file in TRUTH}
    assert {file: now for file, now in found.items() if now != TRUTH[file]["kind"]} == {}


def test_what_is_no_request_is_none_by_the_rule_that_tells(screened: Screened) -> None:
    """The rule a careful reader would name is the rule the house names."""
    wrong = {}
    for file, mail in TRUTH.items():
        if mail["kind"] == "none":
            ruling = screened.letters[file].ruling
            if ruling is None or ruling.rule != mail["rule"]:
                wrong[file] = (mail["rule"], ruling and ruling.rule)
    assert wrong == {}


def test_where_the_litmus_test_is_sure_it_is_right(screened: Screened) -> None:
    """Of the readings that are not called unsure, 19 in 20 say what a careful reader says."""
    sure: Counter[bool] = Counter()
    for file, mail in REQUESTS.items():
        reading = screened.case(file).reading
        if "verdict" in mail and not reading.unsure:
            sure[reading.verdict in {mail["verdict"], *mail.get("also", ())}] += 1
    assert sure[True] >= 19 * sure[False]
    assert sure[True] > 40


def test_no_letter_with_a_reason_is_let_lapse(screened: Screened) -> None:
    """Whatever the reading says: nobody with a reason is passed over in silence."""
    reasons = [file for file, mail in REQUESTS.items() if mail.get("verdict") == Verdict.REASON]
    assert len(reasons) > 30
    assert [file for file in reasons if screened.case(file).decision.action is Action.LAPSE] == []


def test_what_a_human_must_read_is_held(screened: Screened) -> None:
    """Court, press and the encrypted letter are held, whatever the policy says."""
    held = [screened.case(file).decision.action for file, mail in REQUESTS.items() if mail.get("hold")]
    assert set(held) == {Action.HOLD}


def test_a_forged_friend_inherits_nothing(screened: Screened) -> None:
    """A letter in a friend's name that the owner's provider calls forged is shown as that."""
    [file] = [file for file, mail in REQUESTS.items() if mail.get("forged")]
    case = screened.case(file)
    assert Mark.FORGED in case.request.marks
    assert case.decision.action is Action.HOLD


@pytest.mark.parametrize("person", _TOLD["person"], ids=lambda p: p["name"])
def test_the_ledger_counts_as_a_careful_reader_counts(screened: Screened, person: dict[str, object]) -> None:
    """Mails each way, threads, turns, meetings and days of a person's addresses are those in the truth."""
    addresses = person["addresses"]
    assert isinstance(addresses, list)
    people = {screened.book.person_of(Address(AddressKind.MAIL, one)).id: one for one in addresses}
    encounters = [
        encounter
        for one in people.values()
        for encounter in screened.book.encounters_with(
            screened.book.person_of(Address(AddressKind.MAIL, one))
        )
    ]
    tie = tie_of(encounters, at=example().today)
    counted = {
        "mails_in": tie.mails_in,
        "mails_out": tie.mails_out,
        "threads": tie.threads,
        "turns": tie.turns,
        "meetings": tie.meetings,
        "first": tie.first,
        "last": tie.last,
    }
    assert counted == {name: person[name] for name in counted}


def test_who_was_brought_by_whom_is_known(screened: Screened) -> None:
    """The careful reader's introductions, and no others, stand in the ledger, proven, with their names."""
    brought = {
        (mail["person"]["name"], mail["introduced_by"]["name"])
        for mail in _TOLD["mail"]
        if "introduced_by" in mail
    }
    found = {
        (line.person.name, one.where)
        for line in screened.book.people(at=example().today)
        for one in screened.book.encounters_with(line.person)
        if one.kind is EncounterKind.INTRODUCTION and one.is_proven
    }
    assert found == brought


def test_no_words_are_called_pasted_in_that_say_why_this_receiver(screened: Screened) -> None:
    """A sentence that answers why me is nowhere called merged as well."""
    torn = []
    for file in REQUESTS:
        findings = screened.case(file).reading.findings
        meant = [one for one in findings if one.kind is FindingKind.WHY_ME]
        merged = [one for one in findings if one.kind is FindingKind.MERGED]
        torn += [file for one in merged for why in meant if one.start < why.end and why.start < one.end]
    assert torn == []


def test_answers_to_her_questions_are_read_by_what_she_asked(screened: Screened) -> None:
    """Where the owner had asked back, two said what they wanted, and one wrote hot air."""
    rounds = {
        kept.case.person.name: kept.case.second.answer.outcome.value
        for kept in screened.book.cases(limit=500).cases
        if kept.case.second
    }
    assert rounds == {"Ferdinand Quast": "filled", "Odette Marchbanks": "filled", "Sven Harbecke": "hot_air"}


def test_who_lives_in_the_example_house_has_left_traces_in_every_room(
    screened: Screened, tmp_path: Path
) -> None:
    """The demo shows a door, events, a voucher, outcomes; what was judged stays as it was judged."""
    shown = example()
    book = open_book(shutil.copytree(screened.data, tmp_path / "house"))
    judged = {kept.id: kept.case.decision for kept in book.cases(limit=500).cases}
    furnish(book, shown)
    assert door_of(book) == shown.house.door
    assert {event.name for event in book.events.all()} == {one.name for one in shown.house.events}
    assert public_list(book, at=shown.today) == ("Nadia Ferhat",)
    assert [one.address for one in book.vouching.given()] == ["nadia@buero-ferhat.example"]
    assert sorted(came for _, came in book.outcomes.all() if came) == sorted(
        came for _, came in shown.house.came
    )
    assert [one.person.name for one in watch_list(book, at=shown.today)] == ["Ferdinand Quast"]
    [hosting] = book.hosting.all()
    assert len(book.hosting.people(hosting.id)) == len(shown.house.hosted.people)
    assert {kept.id: kept.case.decision for kept in book.cases(limit=500).cases} == judged


def test_everybody_at_the_example_events_has_an_address_nobody_owns() -> None:
    """Who was made up for the events cannot be reached: their addresses end in .example."""
    house = example().house
    mails = [
        one.value for event in house.events for guest in event.met for one in guest.somebody.addresses
    ] + [one.mail for one in house.hosted.people]
    assert len(mails) == 7
    assert [mail for mail in mails if not mail.endswith(".example")] == []
