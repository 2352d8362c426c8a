"""The register in the book: sorted as the ties are, found by a part of a name, and no list of strangers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from anlass.desk.people.circle import inner_circle
from anlass.desk.people.persons import say_same
from anlass.desk.people.register import PAGE, Order, register
from anlass.ledger import UNDATED, Encounter, EncounterKind, tie_of
from anlass.ledger.circle import is_close
from anlass.ledger.closeness import closeness_of, place, strength_at
from anlass.ledger.tie import strength_of
from anlass.people import Address, AddressKind, person_at
from anlass.store.book import Book
from tests.contract.conftest import NewBook

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KAI, HOME, EVA = "kai@falk.example", "kai.falk@home.example", "eva@s.example"
K = EncounterKind


def mail(value: str) -> Address:
    """Return a mail address as it is kept."""
    return Address(AddressKind.MAIL, value)


def meet(book: Book, address: str, name: str, *told: Encounter) -> None:
    """Write down somebody, and what happened with them."""
    book.meet(person_at(mail(address), name))
    for one in told:
        book.add_encounter(mail(address), one)


def letter(id_: str, days: float, kind: EncounterKind = K.MAIL_IN, **more: object) -> Encounter:
    """Return a proven letter of so many days ago."""
    told: dict[str, object] = {"thread": "t", "is_proven": True, "source": f"letter:{id_}", **more}
    return Encounter(kind, NOW - timedelta(days=days), id=id_, **told)  # type: ignore[arg-type]  # of one letter


def names(book: Book, order: Order = Order.TIE, search: str = "") -> list[str]:
    """Return the names on the first page."""
    shown = register(book, now=NOW, lang="en", order=order, search=search)
    return [line.person.name for line in shown.lines]


@pytest.fixture
def known(book: Book) -> Book:
    """Return a book with three people: one in touch, one who wrote last, one with an umlaut."""
    turns = [letter(f"k{n}", 90 + n, K.MAIL_OUT if n % 2 else K.MAIL_IN, is_turn=n > 0, thread=f"t{n // 2}")
             for n in range(6)]  # fmt: skip
    meet(book, KAI, "Kai Falk", *turns, letter("k9", 80, K.MEETING, where="re:publica", source="x"))
    meet(book, EVA, "Eva Sülzer", letter("e1", 3))
    meet(book, "aerger@x.example", "Ärger, Ida", letter("i1", 700))
    return book


def test_register_is_sorted_by_tie_by_date_and_by_name(known: Book) -> None:
    """Who is in touch stands first, or who wrote last, or the alphabet, in which Ä is an A."""
    assert names(known) == ["Kai Falk", "Eva Sülzer", "Ärger, Ida"]
    assert names(known, Order.LAST) == ["Eva Sülzer", "Kai Falk", "Ärger, Ida"]
    assert names(known, Order.NAME) == ["Ärger, Ida", "Eva Sülzer", "Kai Falk"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("SULZER eva", ["Eva Sülzer"]),
        ("sülz", ["Eva Sülzer"]),
        ("falk.exam", ["Kai Falk"]),
        ("%", []),
        ("example", ["Kai Falk", "Eva Sülzer", "Ärger, Ida"]),
        ("eva falk", []),
    ],
)
def test_somebody_is_found_by_parts_of_names_and_addresses(
    known: Book, search: str, found: list[str]
) -> None:
    """Every word has to be there, in any order; accents and case do not matter, signs are only signs."""
    assert names(known, search=search) == found


def test_lines_say_facts_first_and_what_somebody_is(known: Book) -> None:
    """A line is the tie in brief, the standing and the day; nothing is a score."""
    first, second, _ = register(known, now=NOW, lang="de").lines
    met = "einmal getroffen (re:publica); seit September 2026 ist es still."
    assert first.facts == f"Fünfmal Brief und Antwort in drei Gesprächen seit August 2026, {met}"
    assert first.standing == "in Verbindung"
    assert (second.facts, second.standing, second.when) == (
        "Du hast im November 2026 einen Brief bekommen und nicht beantwortet.",
        "fremd",
        "vor drei Tagen",
    )


def test_pages_when_there_are_many(book: Book) -> None:
    """Beyond the last page is the last page; every person stands on exactly one."""
    for number in range(PAGE + 3):
        meet(book, f"p{number:03}@x.example", f"Person {number:03}")
    pages = [register(book, now=NOW, lang="en", order=Order.NAME, page=page) for page in (1, 2, 9)]
    assert [(one.page, one.pages, one.count, len(one.lines)) for one in pages] == [
        (1, 2, PAGE + 3, PAGE),
        (2, 2, PAGE + 3, 3),
        (2, 2, PAGE + 3, 3),
    ]


def test_lists_the_owner_and_others_people_are_not_in_it(new_book: NewBook) -> None:
    """The owner's own address is nobody, and another owner's people are not mine."""
    mine, other = new_book(), new_book()
    meet(other, EVA, "Eva Sülzer", letter("e1", 3))
    meet(mine, KAI, "Kai Falk", letter("k1", 3))
    meet(mine, "me@home.example", "I")
    mine.add_owner_addresses(["me@home.example"])
    assert (names(mine), names(other)) == (["Kai Falk"], ["Eva Sülzer"])
    assert (mine.register.closeness(NOW).keys() & other.register.closeness(NOW).keys()) == set()


def test_two_addresses_of_one_person_are_one_line(known: Book) -> None:
    """One person under two addresses is found by either, and a letter to both counts once."""
    meet(known, HOME, "K. Falk", letter("k0", 90), letter("h1", 1))
    say_same(known, KAI, HOME, now=NOW)
    assert names(known, search="home falk.example") == names(known, search="kai k. falk") == ["K. Falk"]
    person = next(one for one in known.people(at=NOW) if len(one.person.addresses) == 2)
    told = known.encounters_with(person.person, at=NOW)
    close = known.register.closeness(NOW)[person.person.id]
    assert strength_at(close, NOW) == pytest.approx(strength_of(told, at=NOW).total)


kinds = st.sampled_from(list(EncounterKind))
encounters = st.lists(
    st.builds(
        Encounter,
        kinds,
        st.one_of(
            st.just(UNDATED),
            st.integers(-40, 900).map(lambda days: NOW - timedelta(days=days, minutes=days)),
        ),
        thread=st.sampled_from(["", "a", "b", "c"]),
        others=st.integers(1, 4),
        is_turn=st.booleans(),
        is_proven=st.booleans(),
    ),
    max_size=14,
)


@pytest.mark.slow  # each example fills a book
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(encounters, min_size=1, max_size=5))
def test_database_counts_as_the_ledger_does(new_book: NewBook, people: list[list[Encounter]]) -> None:
    """Level and strength by which the register sorts are those of the tie, whatever happened."""
    book = new_book()
    for number, told in enumerate(people):
        for each, one in enumerate(told):
            made = Encounter(
                one.kind,
                one.when,
                one.thread,
                one.others,
                one.is_turn,
                one.is_proven,
                "x",
                f"{number}-{each}",
            )
            meet(book, f"p{number}@x.example", f"P{number}", made)
    closeness = book.register.closeness(NOW)
    for line in book.people(at=NOW):
        told_of = book.encounters_with(line.person, at=NOW)
        tie = tie_of(told_of, at=NOW)
        close = closeness.get(line.person.id)
        if close is None:
            assert not told_of
            continue
        assert (close.level, close.turns) == (tie.level, tie.turns)
        assert strength_at(close, NOW) == pytest.approx(strength_of(told_of, at=NOW).total)
    assert {one.person.id for one in inner_circle(book, at=NOW)} == {
        line.person.id for line in book.people(at=NOW) if is_close(line.tie, at=NOW)
    }


alike = st.sampled_from(
    [
        [],
        [Encounter(K.CARD, UNDATED)],
        [letter("", 2)],
        [letter("", 400)],
        [letter("", 400), letter("", 2, K.MAIL_OUT)],
        [letter("", 2), Encounter(K.MEETING, NOW + timedelta(days=9))],
    ]
)


@pytest.mark.slow  # each example fills a book
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(alike, min_size=1, max_size=12),
    st.integers(0, 12),
    st.sets(st.integers(0, 11), max_size=3),
    st.integers(1, 5),
    st.sampled_from([Order.TIE, Order.LAST]),
)
@example([[letter("", 2)]] * 9, 9, set(), 3, Order.TIE)
@example([[letter("", 2)], *[[letter("", 400)]] * 3], 3, {0}, 1, Order.LAST)
def test_pages_show_everybody_once_in_the_order_of_the_whole_list(
    new_book: NewBook,
    people: list[list[Encounter]],
    settled: int,
    stirred: set[int],
    length: int,
    order: Order,
) -> None:
    """Pages one by one are the whole list, cut: whoever is alike stands by name, wherever a page ends.

    Some are settled and some are stirred, of some something is still to come, of some nothing is known.
    """
    book, told = new_book(), dict[str, list[Encounter]]()
    for number, each in enumerate(people):
        made = [replace(one, source="x", id=f"{number}-{at}") for at, one in enumerate(each)]
        meet(book, f"p{number}@x.example", f"P{(number * 7) % 12:02}", *made)
        told[f"p{number}@x.example"] = made
        if number == settled:
            book.settle()
    for number in stirred & set(range(len(people))):
        wrote = replace(letter("", 600), id=f"{number}-0")
        book.add_encounter(mail(f"p{number}@x.example"), wrote)
        told[f"p{number}@x.example"][:1] = [wrote]
    whole = sorted(
        (_place(told[entry.addresses[0]], order), entry.name, entry.id) for entry in book.register.entries()
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("anlass.desk.people.register.PAGE", length)
        pages = [
            register(book, now=NOW, lang="en", order=order, page=page + 1)
            for page in range(-(-len(people) // length))
        ]
    assert [line.person.id for one in pages for line in one.lines] == [id_ for _, _, id_ in whole]
    assert {(one.count, one.pages) for one in pages} == {(len(people), len(pages))}


@pytest.mark.parametrize("order", [Order.TIE, Order.LAST])
def test_whoever_goes_while_a_page_is_made_is_no_slip(new_book: NewBook, order: Order) -> None:
    """Whoever is counted may be one of the owner's own addresses a moment later: the last page is empty."""
    book = new_book()
    for number in range(3):
        meet(book, f"p{number}@x.example", f"P{number}", letter(f"m{number}", number))

    def goes(execute: Callable[..., object], sql: str, *more: object) -> object:
        if "store_closeness" in sql and not book.owner_addresses():
            book.add_owner_addresses(["p1@x.example", "p2@x.example"])
        return execute(sql, *more)

    with pytest.MonkeyPatch.context() as patched, connections[book._tables.using].execute_wrapper(goes):
        patched.setattr("anlass.desk.people.register.PAGE", 2)
        last = register(book, now=NOW, lang="en", order=order, page=2)
    assert (book.register.count(), last.lines, last.page) == (1, (), 2)


def _place(told: list[Encounter], order: Order) -> tuple[float, ...]:
    """Return where somebody stands, from all that happened."""
    return place(closeness_of(told, at=NOW), by_tie=order is Order.TIE)
