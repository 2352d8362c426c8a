"""The inbox in the book: places instead of numbers, filters, and words found as people type them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.case import Case
from anlass.desk.people.persons import say_same, unsay
from anlass.intake import Channel
from anlass.policy import Action
from anlass.store.book import Book
from anlass.store.cases.inbox import Place, Wanted, place_at
from anlass.store.cases.kept import CaseState
from tests.contract.conftest import NewBook
from tests.contract.values import ARRIVED, case_of

DAY = timedelta(days=1)
MUELLER = "m.mueller@verlag.example"


def letter(id_: str, text: str, *, name: str = "H. Hohl", subject: str = "", days: float = 0) -> Case:
    """Return a case whose letter says this."""
    case = case_of(id_, text=text, address=f"{id_}@x.example", arrived=ARRIVED + days * DAY)
    requester = replace(case.request.requester, name=name)
    request = replace(case.request, requester=requester, subject=subject)
    return replace(case, request=request, person=replace(case.person, name=name))


def ids(book: Book, words: str = "", **more: object) -> list[str]:
    """Return the cases that are found, in their order."""
    found = book.inbox.part(Wanted(words, **more), limit=100)  # type: ignore[arg-type]  # named by the tests
    return [kept.id for _, kept in found.cases]


@pytest.fixture
def found(book: Book) -> Book:
    """Return a book with letters in two languages."""
    for case in (
        letter("a", "Haben Sie 15 Minuten für meine Anfrage?", name="Jürgen Müller", subject="Große Straße"),
        letter(
            "b", "We met at re:publica, and I read your essay on waiting rooms.", name="Anna Bauer", days=1
        ),
        letter("c", "Neue Impulse, neue Synergien! Viele Grüße", name="Zoë Łukasz", days=2),
        letter("d", "שלום, אני כותבת על חדרי המתנה", name="נועה לוי", subject="😀 חדרי", days=3),
    ):
        book.keep(case, now=ARRIVED)
    return book


@pytest.mark.parametrize(
    ("words", "cases"),
    [
        ("müller", "a"), ("Mueller", "a"), ("MULLER", "a"), ("Strasse", "a"), ("große", "a"), ("grosse", "a"),
        ("Anfragen", "a"), ("anfr", "a"), ("frage", ""), ("bauer", "b"), ("bau", "b"), ("lukasz", "c"),
        ("zoe", "c"), ("re:publica", "b"), ("publica re", "b"), ('"publica re"', ""), ('"a b"', ""),
        ('"waiting rooms"', "b"), ("„waiting rooms“", "b"),
        ("waiting -essay", ""), ("-essay", "dca"), ("-essay -impulse", "da"),
        ("room", "b"), ("rooms essay", "b"), ("synergie", "c"), ("gruesse", "c"), ("b@x.example", "b"),
        ("x.example", "dcba"), ("example x", "dcba"), ("המתנה", "d"), ("חדרי", "d"), ("15", "a"),
        ("neue -neue", ""), ('"neue impulse" synergien', "c"), ("kein", ""),
    ],
)  # fmt: skip
def test_words_are_found_as_people_type_them(found: Book, words: str, cases: str) -> None:
    """Umlauts, accents, case and endings do not matter; quotes hold together, a minus leaves out."""
    assert ids(found, words) == list(cases)


@pytest.mark.parametrize("words", ["!!!", '"', "-", '""', "\0", "* ( ) : ^ | & <-> '", "--", "😀"])
def test_what_has_no_word_in_it_finds_nothing(found: Book, words: str) -> None:
    """Signs alone are no question, and no error."""
    assert ids(found, words) == []


@given(words=st.text(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_no_error(found: Book, words: str) -> None:
    """Nobody can type a mistake in a language that nobody asked them to speak."""
    assert set(ids(found, words)) <= set("abcd")
    assert set(ids(found, f'{words} "or -not* {words}')) <= set("abcd")


def test_index_is_true_when_cases_are_rewritten_and_erased(found: Book) -> None:
    """What a case said before is not found any more, and what is gone is gone."""
    assert ids(found, "impulse") == ["c"]
    found.rewrite(letter("c", "Etwas ganz anderes.", days=2), state=CaseState.WAITING)
    assert (ids(found, "impulse"), ids(found, "anderes"), ids(found, "zoe")) == ([], ["c"], [])
    with connections[found._tables.using].cursor() as cursor:
        cursor.execute("DELETE FROM store_case WHERE owner_id = %s AND id = 'c'", [found.owner])
        if found._tables.vendor == "sqlite":
            cursor.execute("INSERT INTO casewords(casewords, rank) VALUES ('integrity-check', 1)")
    assert ids(found, "anderes") == []


def test_another_owners_words_are_not_found(found: Book, new_book: NewBook) -> None:
    """The index of one owner says nothing to another one, also of what must not occur."""
    other = new_book()
    other.keep(letter("e", "Impulse und Synergien."), now=ARRIVED)
    assert (ids(other, "impulse"), ids(found, "impulse")) == (["e"], ["c"])
    assert (ids(other, "-nichts"), ids(other, "essay")) == (["e"], [])


def test_somebody_joined_is_found_by_all_names(found: Book) -> None:
    """A case is found by every name and address of its person, and by its own again when they are parted."""
    found.keep(letter("e", "Hallo.", name="Verena Sommer", days=4), now=ARRIVED)
    assert (ids(found, "sommer"), ids(found, "anna bauer")) == (["e"], ["b"])
    said = say_same(found, "e@x.example", "b@x.example", now=ARRIVED)
    assert (ids(found, "sommer"), ids(found, "bauer hallo"), ids(found, "b@x.example")) == (
        ["e", "b"], ["e"], ["e", "b"],
    )  # fmt: skip
    unsay(found, said.word.id, now=ARRIVED)
    assert (ids(found, "sommer"), ids(found, "bauer")) == (["e"], ["b"])


def test_cases_are_filtered_by_what_lists_know(book: Book) -> None:
    """Group, action, channel, language, person and days narrow a list, each alone and together."""
    for number, action in enumerate((Action.LAPSE, Action.ASK_BACK, Action.WATCH)):
        case = case_of(f"c{number}", action=action, arrived=ARRIVED + number * DAY)
        case = replace(case, reading=replace(case.reading, lang="en" if number else "de"))
        channel = Channel.LINKEDIN if number == 1 else Channel.MAIL
        book.keep(replace(case, request=replace(case.request, channel=channel)), now=ARRIVED)
    assert ids(book) == ["c1", "c2", "c0"]
    assert ids(book, state=CaseState.DONE) == ["c0"]
    assert ids(book, action=Action.WATCH) == ["c2"]
    assert ids(book, channel=Channel.LINKEDIN) == ["c1"]
    assert ids(book, lang="en") == ["c2", "c1"]
    assert ids(book, since=ARRIVED + DAY) == ["c2", "c1"]
    assert ids(book, until=ARRIVED + DAY) == ["c0"]
    assert ids(book, since=ARRIVED + DAY, until=ARRIVED + 2 * DAY, words="minuten") == ["c1"]
    assert ids(book, person=book.case("c0").case.person.id) == ["c2", "c1", "c0"]
    assert ids(book, person="nobody") == []
    assert ids(book, "minuten", state=CaseState.WATCHED) == ["c2"]


@pytest.mark.parametrize("words", ["", "minuten"])
def test_pages_go_on_from_a_place_both_ways(book: Book, words: str) -> None:
    """Page by page to the end and back again shows every case once, whatever comes meanwhile."""
    actions = (Action.HOLD, Action.LAPSE, Action.WATCH)
    for number in range(11):
        book.keep(case_of(f"c{number:02}", action=actions[number % 3], arrived=ARRIVED), now=ARRIVED)
    whole = ids(book, words)
    assert len(whole) == 11
    seen, after, ends = list[str](), None, []
    while True:
        part = book.inbox.part(Wanted(words), limit=3, after=after)
        seen += [kept.id for _, kept in part.cases]
        ends.append((part.has_newer, part.has_older))
        after = part.cases[-1][0]
        if not part.has_older:
            break
        book.keep(case_of(f"new{len(seen)}", arrived=ARRIVED + DAY), now=ARRIVED)
    assert seen == whole
    assert ends == [(False, True), (True, True), (True, True), (True, False)]
    back, before = list[str](), after
    while True:
        part = book.inbox.part(Wanted(words), limit=3, before=before)
        back = [kept.id for _, kept in part.cases] + back
        if not part.has_newer:
            break
        before = part.cases[0][0]
    assert [id_ for id_ in back if not id_.startswith("new")] == whole[:-1]


def test_place_is_written_and_read_again() -> None:
    """A place travels in an address; what is none begins at the beginning."""
    place = Place(CaseState.WATCHED, -3, "a.b")
    assert place_at(str(place)) == place
    assert [place_at(text) for text in ("", "x", "done.1", "done.x.a", "done..a", "done.1." + "a" * 200)] == [
        None
    ] * 6


def test_neighbours_are_of_the_same_group(book: Book) -> None:
    """Beside a case stand the newer and the older one that need the same."""
    for number, action in enumerate((Action.HOLD, Action.LAPSE, Action.HOLD, Action.HOLD)):
        book.keep(case_of(f"c{number}", action=action, arrived=ARRIVED + number * DAY), now=ARRIVED)
    assert [book.inbox.beside(book.case(f"c{n}")) for n in range(4)] == [
        ("c2", ""), ("", ""), ("c3", "c0"), ("", "c2"),
    ]  # fmt: skip
