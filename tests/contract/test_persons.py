"""The owner's word on persons in the book: it joins, holds apart, and can be taken back to the last value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.desk.evidence.outside import known_of
from anlass.desk.history.collecting import collect
from anlass.desk.people.circle import inner_circle, put, unscreened
from anlass.desk.people.persons import person_called, proposals, say_apart, say_same, unsay
from anlass.desk.requests.screening import Desk, Judged, Passed, screen
from anlass.doorman import Doorman
from anlass.errors import NotFound, Refused
from anlass.intake import Recipient
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.litmus.shipped import load_panel
from anlass.people import Address, AddressKind, Standing
from anlass.people.matching import Sign
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.book import Book, CaseState
from tests.contract.conftest import NewBook
from tests.contract.values import case_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ME, KAI, HOME, EVA = "olga@home.example", "kai@falk.example", "kai.falk@home.example", "eva@s.example"


def mail(value: str) -> Address:
    """Return a mail address as it is kept."""
    return Address(AddressKind.MAIL, value)


def tell(book: Book, file: str, name: str, *addresses: str) -> None:
    """Let an address book name these addresses as one person's."""
    book.traces.tell(file, [Trace(name, tuple(map(mail, addresses)), f"{file}, card 1")], joins=True)
    book.settle()


def who(book: Book) -> list[list[str]]:
    """Return everybody's addresses."""
    return sorted(sorted(map(str, line.person.addresses)) for line in book.people(at=NOW))


def letter(folder: Path, sender: str, to: str, id_: str, more: str = "", day: int = 2) -> None:
    """Put a mail into a folder."""
    (folder / f"{id_}.eml").write_text(
        f"From: {sender}\nTo: {to}\nMessage-ID: <{id_}@x.example>\n{more}"
        f"Date: Mon, {day:02} Mar 2026 10:00:00 +0000\nSubject: Hallo\n\nWorte.\n"
    )


def test_two_persons_become_one_and_two_again(book: Book) -> None:
    """Both sides come back as they were, with their ids; the journal holds both acts."""
    tell(book, "a", "Kai Falk", KAI)
    tell(book, "b", "K. Falk", HOME)
    before = list(book.people(at=NOW))
    said = say_same(book, KAI, HOME, now=NOW)
    assert who(book) == [[HOME, KAI]]
    assert [sorted(map(str, one.addresses)) for one in said.people] == [[HOME, KAI]]
    unsay(book, said.word.id[:8], now=NOW + timedelta(hours=1))
    assert list(book.people(at=NOW)) == before
    assert [entry.act for entry in book.entries()] == ["unsay same", "same"]


def test_wrong_address_goes_and_stays_away(book: Book) -> None:
    """What an address book joins wrongly comes apart, also when the book is read again."""
    tell(book, "a", "Kai Falk", KAI, HOME, EVA)
    say_apart(book, KAI, [EVA], now=NOW)
    assert who(book) == [[EVA], [HOME, KAI]]
    tell(book, "a", "Kai Falk", KAI, HOME, EVA, "kai@new.example")
    assert who(book) == [[EVA], [HOME, KAI, "kai@new.example"]]
    say_same(book, KAI, EVA, now=NOW + timedelta(hours=1))
    assert who(book) == [[EVA, HOME, KAI, "kai@new.example"]]


def test_rehearsal_keeps_nothing(book: Book) -> None:
    """A dry run says who would be one, and nothing has changed after it."""
    tell(book, "a", "Kai Falk", KAI)
    tell(book, "b", "Kai Falk", HOME)
    with book.rehearsal():
        assert len(say_same(book, KAI, HOME, now=NOW).people) == 1
    assert (who(book), book.persons.words(), book.entries()) == ([[HOME], [KAI]], (), ())


def test_acts_that_make_no_sense_are_refused(book: Book) -> None:
    """Nobody is joined with himself, nor with an address that a network lends; the last address stays."""
    tell(book, "a", "Kai Falk", KAI, HOME)
    tell(book, "b", "Kai Falk", "hit-reply@linkedin.com")
    tell(book, "c", "Eva Sülzer", EVA)
    with pytest.raises(Refused, match="one person already"):
        say_same(book, KAI, HOME, now=NOW)
    with pytest.raises(Refused, match="nobody's own"):
        say_same(book, KAI, "hit-reply@linkedin.com", now=NOW)
    with pytest.raises(Refused, match="no other address"):
        say_apart(book, KAI, [KAI, HOME], now=NOW)
    with pytest.raises(Refused, match="as well"):
        say_apart(book, KAI, [person_called(book, KAI).id], now=NOW)
    with pytest.raises(NotFound, match="Several people"):
        say_same(book, "Kai Falk", EVA, now=NOW)
    with pytest.raises(NotFound, match="Nobody is known"):
        say_same(book, "nobody@x.example", EVA, now=NOW)
    with pytest.raises(NotFound, match="Not all of these"):
        say_apart(book, KAI, [HOME, EVA], now=NOW)
    for nothing in ("zzzz", ""):
        with pytest.raises(NotFound, match="There is no word"):
            unsay(book, nothing, now=NOW)
    assert book.persons.words() == ()


def test_case_that_seemed_answered_waits_again(book: Book, tmp_path: Path) -> None:
    """An answer to another's address counts while both are one person, and no longer."""
    letter(tmp_path, f"K. F. <{KAI}>", ME, "k1")
    letter(tmp_path, ME, HOME, "o1", "In-Reply-To: <k1@x.example>\n", day=9)
    collect(book, [tmp_path], owner=[ME], now=NOW)
    arrived = datetime(2026, 3, 2, 10, tzinfo=UTC)
    book.keep(case_of("c" * 16, address=KAI, arrived=arrived, message_id="k1@x.example"), now=NOW)
    before = book.case("c" * 16)
    assert (before.answered_at, before.state) == (None, CaseState.WAITING)
    said = say_same(book, KAI, HOME, now=NOW)
    assert book.case("c" * 16).answered_at == datetime(2026, 3, 9, 10, tzinfo=UTC)
    unsay(book, said.word.id, now=NOW)
    assert book.case("c" * 16) == before


def test_said_address_that_no_file_names_any_more_comes_back(book: Book) -> None:
    """A word keeps its addresses known; when it is taken back, what nobody names is gone."""
    tell(book, "a", "Kai Falk", KAI)
    tell(book, "b", "Kai Falk", HOME)
    said = say_same(book, KAI, HOME, now=NOW)
    book.traces.tell("b", [], joins=True)
    book.settle()
    assert who(book) == [[HOME, KAI]]
    unsay(book, said.word.id, now=NOW)
    assert who(book) == [[KAI]]


def test_owners_do_not_hear_each_other_s_words(new_book: NewBook) -> None:
    """What one owner says of persons is nothing to another."""
    mine, other = new_book(), new_book()
    for book in (mine, other):
        tell(book, "a", "Kai Falk", KAI)
        tell(book, "b", "Kai Falk", HOME)
    say_same(mine, KAI, HOME, now=NOW)
    other.traces.unsettle()
    other.settle()
    assert (who(mine), who(other), other.persons.words()) == ([[HOME, KAI]], [[HOME], [KAI]], ())


# --- proposals ---


def test_proposal_tells_what_both_share_and_is_not_made_twice(book: Book, tmp_path: Path) -> None:
    """One name, one thread, one telephone: told as such; who is said to be two is proposed no more."""
    letter(tmp_path, f"Kai Falk <{KAI}>", ME, "k1")
    letter(tmp_path, f"Kai Falk <{HOME}>", ME, "k2", "In-Reply-To: <k1@x.example>\n")
    phone = "TEL:+494211234567"
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:{address}\r\n{phone}\r\nEND:VCARD\r\n"
        for name, address in (("Eva Sülzer", EVA), ("Eva Falk", "eva@falk.example"))
    ]
    (tmp_path / "buch.vcf").write_text("".join(cards))
    collect(book, [tmp_path], owner=[ME], now=NOW)
    found = {tuple(sorted((one.one.name, one.other.name))): one for one in proposals(book)}
    assert {names: [each.sign for each in one.evidence] for names, one in found.items()} == {
        ("Eva Falk", "Eva Sülzer"): [Sign.NAME, Sign.PHONE],
        ("Kai Falk", "Kai Falk"): [Sign.NAME, Sign.THREAD],
    }
    assert [sorted(one) for one in who(book) if KAI in one] == [[KAI]]
    say_apart(book, KAI, [HOME], now=NOW)
    say_same(book, EVA, "eva@falk.example", now=NOW)
    assert proposals(book) == ()


# --- the inner circle ---


def meet(book: Book, address: str, days: int, turns: int = 12) -> None:
    """Write down letters with somebody, there and back, the last one so many days ago."""
    for number in range(turns):
        when = NOW - timedelta(days=days + 3 * (turns - 1 - number))
        kind = EncounterKind.MAIL_IN if number % 2 else EncounterKind.MAIL_OUT
        thread = f"{address} {number // 4}"
        book.add_encounter(
            mail(address),
            Encounter(
                kind,
                when,
                thread=thread,
                is_turn=True,
                is_proven=True,
                source="x",
                id=f"{address[:9]}{number}",
            ),
        )


def test_circle_is_by_evidence_and_by_word_and_the_word_comes_first(book: Book) -> None:
    """Close is who writes to and fro; others are put in, and who is close can be taken out."""
    for name, address in (("Kai Falk", KAI), ("Eva Sülzer", EVA), ("Ida Neu", "ida@n.example")):
        tell(book, name, name, address)
    meet(book, KAI, days=5)
    meet(book, EVA, days=9)
    assert {one.person.name: (one.is_in, one.word) for one in inner_circle(book, at=NOW)} == {
        "Kai Falk": (True, None),
        "Eva Sülzer": (True, None),
    }
    assert unscreened(book, at=NOW) == {KAI, EVA}
    put(book, "Ida Neu", is_in=True, now=NOW)
    out = put(book, "Eva Sülzer", is_in=False, now=NOW)
    found = {one.person.name: (one.is_in, one.is_close) for one in inner_circle(book, at=NOW)}
    assert found == {"Kai Falk": (True, True), "Eva Sülzer": (False, True), "Ida Neu": (True, False)}
    assert unscreened(book, at=NOW) == {KAI, "ida@n.example"}
    unsay(book, out.word.id, now=NOW)
    assert unscreened(book, at=NOW) == {KAI, EVA, "ida@n.example"}


def test_word_on_the_circle_holds_for_whoever_is_one_person(book: Book) -> None:
    """A second address of somebody of the circle is unscreened too, while it is theirs."""
    tell(book, "a", "Kai Falk", KAI)
    put(book, KAI, is_in=True, now=NOW)
    tell(book, "b", "Kai Falk", KAI, HOME)
    assert unscreened(book, at=NOW) == {KAI, HOME}
    tell(book, "b", "Kai Falk", HOME)
    assert unscreened(book, at=NOW) == {KAI}


def test_letters_of_the_circle_are_not_screened_and_of_those_taken_out_are(
    book: Book, tmp_path: Path
) -> None:
    """A stranger who was put in is known (N25); whoever is in touch and was taken out asks like everybody."""
    for name, address in (("k", KAI), ("e", EVA), ("i", "ida@n.example")):
        letter(tmp_path, f"{name} <{address}>", ME, f"{name}1")
    collect(book, [tmp_path], owner=[ME], now=NOW)
    meet(book, EVA, days=9)
    meet(book, KAI, days=9)
    put(book, "ida@n.example", is_in=True, now=NOW)
    put(book, EVA, is_in=False, now=NOW)
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    desk = Desk(book, doorman, Recipient("Olga", ""), NOW)
    told = list(screen(desk, [tmp_path], with_others=True))
    asking = [str(one.case.request.requester.address) for one in told if isinstance(one, Judged)]
    known = {str(one.person): one.ruling.rule for one in told if isinstance(one, Passed)}
    assert (asking, sorted(known.values()), len(told)) == ([EVA], ["N25", "N25"], 3)


def test_house_rules_see_who_is_of_the_circle(book: Book) -> None:
    """The standing is that of the inner circle by word or evidence, and no more once somebody is out."""
    tell(book, "a", "Kai Falk", KAI)
    case = case_of("c" * 16, address=KAI)

    def seen() -> Standing:
        met = book.encounters_with(case.person, at=NOW)
        return known_of(book, book.person_of(mail(KAI)), case.request, met, NOW).standing

    found = [seen()]
    put(book, KAI, is_in=True, now=NOW)
    found.append(seen())
    put(book, KAI, is_in=False, now=NOW + timedelta(hours=1))
    found.append(seen())
    meet(book, KAI, days=9)
    found.append(seen())
    assert found == [Standing.STRANGER, Standing.INNER_CIRCLE, Standing.STRANGER, Standing.IN_TOUCH]


# --- laws ---

ADDRESSES = [f"{letter}@x.example" for letter in "abcdef"]
addresses = st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=4, unique=True)
acts = st.one_of(
    st.tuples(st.just("tell"), st.sampled_from("xyz"), addresses),
    st.tuples(st.just("same"), st.sampled_from(ADDRESSES), st.sampled_from(ADDRESSES)),
    st.tuples(st.just("apart"), st.sampled_from(ADDRESSES), addresses),
    st.tuples(st.just("close"), st.sampled_from(ADDRESSES), st.booleans()),
)


def state(book: Book) -> list[object]:
    """Return everything that can be seen of persons and cases."""
    cases = [(kept.id, kept.state, kept.answered_at) for kept in book.cases().cases]
    return [*book.people(at=NOW), unscreened(book, at=NOW), cases, who(book)]


def perform(book: Book, act: tuple[object, ...], step: int) -> None:
    """Do one act; what makes no sense is refused and changes nothing."""
    name, one, other = act
    now = NOW + timedelta(minutes=step)
    try:
        if name == "tell" and isinstance(other, list):
            tell(book, str(one), "", *other)
        elif name == "same":
            say_same(book, str(one), str(other), now=now)
        elif name == "apart" and isinstance(other, list):
            say_apart(book, str(one), other, now=now)
        elif name == "close":
            put(book, str(one), is_in=bool(other), now=now)
    except (NotFound, Refused):
        pass


@pytest.mark.slow  # each example fills two books
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(acts, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_all_words_taken_back_leave_no_trace(
    new_book: NewBook, history: list[tuple[object, ...]], dice: Random
) -> None:
    """Join, collect more, come apart in any order: the book is as if nothing had ever been said."""
    book, plain = new_book(), new_book()
    for one in (book, plain):
        for address in ADDRESSES[:4]:
            meet(one, address, days=len(address), turns=4)
            tell(one, address, address[0].upper(), address)
            one.keep(case_of(f"case-{address}", address=address), now=NOW)
    for step, act in enumerate(history):
        perform(book, act, step)
        if act[0] == "tell":
            perform(plain, act, step)
    words = list(book.persons.words())
    dice.shuffle(words)
    for word in words:
        unsay(book, word.id, now=NOW)
    assert state(book) == state(plain)
