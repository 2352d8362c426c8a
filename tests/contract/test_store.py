"""The memory keeps its promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connections

from anlass.case import Case
from anlass.errors import NotFound
from anlass.intake import Channel, ContactRequest, Mailbox, Origin, Requester, SetAside
from anlass.ledger import Encounter, EncounterKind, TieLevel
from anlass.ledger.letter import Letter, Way
from anlass.people import Address, AddressKind, person_at
from anlass.policy import Action
from anlass.store.book import Book, CaseState
from anlass.store.ground.ownerless import OWNED_BY_WORDS, OWNERLESS
from tests.contract.conftest import NewBook
from tests.contract.values import case_of

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KAI = Mailbox("Kai Falk", "kai@falk.example")
OLGA = Mailbox("Olga", "olga@home.example")


def letter(name: str, way: Way = Way.IN, *, days: int = 0, answers: str = "", **more: object) -> Letter:
    """Return a letter between Olga and Kai, written `days` after the first."""
    plain = Letter(
        id=f"letter-{name}",
        origin=Origin(f"/mail/cur/{name}", 0, 100),
        way=way,
        message_id=f"{name}@x",
        parent=f"{answers}@x" if answers else None,
        root=f"{answers}@x" if answers else None,
        writer=OLGA if way is Way.OUT else KAI,
        readers=(KAI,) if way is Way.OUT else (),
        sent_at=NOW - timedelta(days=100 - days),
        subject="Das Buch",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def kai(book: Book) -> tuple[Encounter, ...]:
    """Return the encounters with Kai."""
    return book.encounters_with(book.person_of(Address(AddressKind.MAIL, KAI.address)))


def test_letters_of_a_thread_become_turns_whatever_order_they_come_in(new_book: NewBook) -> None:
    """Question, answer and answer to the answer are two turns, and all three are proven."""
    thread = [letter("a"), letter("b", Way.OUT, days=1, answers="a"), letter("c", days=2, answers="b")]
    orders = [thread, thread[::-1], [thread[1], thread[0], thread[2]]]
    found = []
    for order in orders:
        book = new_book()
        for one in order:
            book.add_letters([one])
            book.settle()
        found.append(kai(book))
    assert [(e.is_turn, e.is_proven) for e in found[0]] == [(False, True), (True, True), (True, True)]
    assert len({e.thread for e in found[0]}) == 1
    assert found[0] == found[1] == found[2]


def test_letters_added_again_change_nothing(book: Book) -> None:
    """A batch that is written twice leaves the same ledger, and nothing in it is new."""
    batch = [letter("a"), letter("b", Way.OUT, days=1, answers="a")]
    assert book.add_letters(batch) == 2
    book.settle()
    before = list(book.people(at=NOW))
    assert book.add_letters(batch) == 0
    assert book.settle() == 0
    assert list(book.people(at=NOW)) == before


def test_letter_that_also_came_through_a_list_counts_as_the_direct_one(new_book: NewBook) -> None:
    """Of two copies the one that counts is kept, whichever came first."""
    direct = letter("a")
    listed = letter("a", Way.NONE, rule="N4", origin=Origin("/mail/lists/a"))
    for copies in ([direct, listed], [listed, direct]):
        book = new_book()
        for one in copies:
            book.add_letters([one])
        book.settle()
        assert [e.kind for e in kai(book)] == [EncounterKind.MAIL_IN]


def test_stranger_unanswered_is_proven_only_by_the_owners_provider(new_book: NewBook) -> None:
    """The word of a server counts once it is the owner's own, and a forgery counts for nothing."""
    words = {"pass": [True], "fail": [], "": [False]}
    for said, proven in words.items():
        book = new_book()
        book.add_letters([letter("a", authserv="mx.home.example", authenticity=said)])
        book.settle()
        assert [e.is_proven for e in kai(book)] == [False]
        book.set_trusted(frozenset({"mx.home.example"}))
        book.settle()
        assert [e.is_proven for e in kai(book)] == proven


def test_books_of_two_owners_in_one_database_know_nothing_of_each_other(new_book: NewBook) -> None:
    """What one owner keeps is not in the other's book, though ids are the same."""
    mine, yours = new_book(), new_book()
    mine.add_letters([letter("a")])
    mine.settle()
    mine.keep(case_of("abcd"), now=NOW)
    mine.note("accepted", about="abcd", now=NOW)
    mine.set_aside([SetAside(Origin("/x"), "empty", "The file is empty.")], now=NOW)
    assert list(yours.people(at=NOW)) == []
    assert yours.cases().total == 0
    assert yours.entries() == ()
    assert list(yours.all_set_aside()) == []
    with pytest.raises(NotFound):
        yours.case("abcd")


def test_case_kept_and_read_again_is_the_same_to_the_last_letter(book: Book) -> None:
    """Whatever a stranger writes comes back as it was: zero bytes, halves of characters, long texts."""
    case = case_of("abcd", text="Null \0 halb \ud800 ganz \U0001f600 " + "x" * 100_000)
    encounters = (Encounter(EncounterKind.CARD, NOW, is_proven=True, id="card", where="re:publica"),)
    assert book.keep(case, encounters, now=NOW)
    kept = book.case("abcd")
    assert (kept.case, kept.encounters, kept.kept_at, kept.answered_at) == (case, encounters, NOW, None)


def test_case_kept_twice_is_one_case_as_it_was_first(book: Book) -> None:
    """Keeping is idempotent: the second time says that nothing is new."""
    assert book.keep(case_of("abcd"), now=NOW)
    assert not book.keep(case_of("abcd", action=Action.LAPSE), now=NOW + timedelta(days=1))
    assert book.case("abcd").case.decision.action is Action.HOLD
    assert book.cases().total == 1


def test_case_is_found_by_the_beginning_of_its_id_unless_several_begin_so(book: Book) -> None:
    """A prefix is enough where it is clear; else the error says what to do."""
    for id_ in ("abcd", "abce", "xyz"):
        book.keep(case_of(id_), now=NOW)
    assert book.case("x").id == "xyz"
    assert book.case("ABCD").id == "abcd"
    with pytest.raises(NotFound, match="Several cases begin with 'abc': abcd, abce") as several:
        book.case("abc")
    assert several.value.hint == "Write more of the case's id."
    for nothing in ("", "nope", "%"):
        with pytest.raises(NotFound, match="There is no case"):
            book.case(nothing)


def test_cases_are_listed_newest_first_in_parts_and_counted_by_state(book: Book) -> None:
    """A page holds its part of the list; the counts speak of all."""
    actions = [Action.HOLD, Action.WATCH, Action.ASK_BACK, Action.LAPSE]
    for day, action in enumerate(actions):
        book.keep(case_of(f"case{day}", action=action, arrived=NOW - timedelta(days=day)), now=NOW)
    page = book.cases(limit=2, offset=1)
    assert [kept.id for kept in page.cases] == ["case1", "case2"]
    assert page.total == 4
    assert page.counts == {
        CaseState.WAITING: 2,
        CaseState.ASKED: 0,
        CaseState.WATCHED: 1,
        CaseState.DONE: 1,
        CaseState.BLOCKED: 0,
    }
    assert [kept.id for kept in book.cases(CaseState.WATCHED).cases] == ["case1"]
    book.set_state("case2", CaseState.ASKED)
    assert [kept.id for kept in book.cases(CaseState.ASKED).cases] == ["case2"]


def test_case_is_answered_once_the_owner_wrote_back_in_its_thread(book: Book) -> None:
    """The archive shows the answer: the case knows when, and is done."""
    book.add_letters([letter("a")])
    book.settle()
    asked = case_of("abcd", arrived=NOW - timedelta(days=100), message_id="a@x", address=KAI.address)
    book.keep(asked, now=NOW)
    assert book.case("abcd").answered_at is None
    book.add_letters([letter("other", Way.OUT, days=1), letter("b", Way.OUT, days=3, answers="a")])
    book.settle()
    kept = book.case("abcd")
    assert (kept.answered_at, kept.state) == (NOW - timedelta(days=97), CaseState.DONE)


def test_request_never_speaks_for_itself(book: Book) -> None:
    """The letter under judgement is left out of the encounters it is judged by."""
    book.add_letters([letter("a"), letter("b", days=1)])
    book.settle()
    person = book.person_of(Address(AddressKind.MAIL, KAI.address))
    request = ContactRequest("r", Channel.MAIL, "", message_id="b@x")
    assert [e.id for e in book.encounters_with(person, without=request)] == ["letter-a"]
    nameless = letter("c", message_id=None, days=2)
    book.add_letters([nameless])
    book.settle()
    by_moment = ContactRequest(
        "r",
        Channel.MAIL,
        "",
        requester=Requester("Kai", Address(AddressKind.MAIL, KAI.address)),
        arrived=nameless.sent_at,
    )
    assert [e.id for e in book.encounters_with(person, without=by_moment)] == ["letter-a", "letter-b"]


def test_person_met_has_the_tie_of_meeting_and_letters(book: Book) -> None:
    """A meeting and a turn make somebody in touch, and known by address."""
    address = Address(AddressKind.MAIL, KAI.address)
    book.add_letters([letter("a"), letter("b", Way.OUT, days=1, answers="a")])
    book.settle()
    assert book.known_addresses(at=NOW) == frozenset()
    meeting = Encounter(EncounterKind.MEETING, NOW, is_proven=True, id="m1", where="re:publica")
    book.add_encounter(address, meeting)
    book.add_encounter(address, meeting)
    (line,) = book.people(at=NOW)
    assert (line.person.name, line.tie.level, line.tie.meetings) == ("Kai Falk", TieLevel.IN_TOUCH, 1)
    assert line.tie.places == ("re:publica",)
    assert book.known_addresses(at=NOW) == {KAI.address}


def test_name_that_a_person_gives_wins_over_names_others_give(new_book: NewBook) -> None:
    """The newest name somebody signed with is the name, in whatever order the letters came."""
    letters = [
        letter("a", writer=Mailbox("Kai", KAI.address)),
        letter("b", days=5, writer=KAI),
        letter("c", Way.OUT, days=9, readers=(Mailbox("Herr Falk", KAI.address),)),
    ]
    for order in (letters, letters[::-1]):
        book = new_book()
        for one in order:
            book.add_letters([one])
        assert book.person_of(Address(AddressKind.MAIL, KAI.address)).name == "Kai Falk"


def test_people_are_found_by_address_first_and_else_by_part_of_a_name(book: Book) -> None:
    """An address is exact; a word may stand anywhere; signs mean nothing."""
    for name, address in (("Kai Falk", "kai@falk.example"), ("Eva Falk", "eva@falk.example")):
        book.meet(person_at(Address(AddressKind.MAIL, address), name))
    assert [p.name for p in book.people_named("KAI@falk.example")] == ["Kai Falk"]
    assert sorted(p.name for p in book.people_named("falk")) == ["Eva Falk", "Kai Falk"]
    assert book.people_named("%") == ()


def test_list_addresses_and_own_addresses_are_no_persons(book: Book) -> None:
    """A list that the owner writes to, and the owner's second address, stand in no line."""
    listed = letter("a", Way.NONE, rule="N4", lists=("list@x.example",))
    own = letter("b", Way.OUT, readers=(Mailbox("", "list@x.example"), Mailbox("", "olga@work.example")))
    book.add_letters([listed, own])
    book.add_owner_addresses({"olga@work.example"})
    book.settle()
    assert [line.person.addresses[0].value for line in book.people(at=NOW)] == [KAI.address]


def test_message_ids_the_owner_sent_are_told_from_others(book: Book) -> None:
    """Only ids on own letters are the owner's."""
    book.add_letters([letter("a"), letter("b", Way.OUT), letter("c", Way.NONE, rule="N3")])
    assert book.sent_ids(["a@x", "b@x", "c@x", "d@x"]) == {"b@x"}


def test_file_names_of_any_bytes_come_back_as_they_are(book: Book) -> None:
    """A name that is no UTF-8 leads back to its file."""
    origin = Origin("/mail/K\udcf6ln/cur/\udcff:2,S", 0, 7)
    book.add_letters([letter("a", origin=origin)], {origin.path: 42})
    assert book.origins("letter-a") == (origin,)
    assert book.stamps_in("/mail/K\udcf6ln/cur") == {42}
    book.forget_gone("/mail/K\udcf6ln/cur", {42})
    assert book.origins("letter-a") == ()


def test_journal_keeps_what_was_done_newest_first(book: Book) -> None:
    """Each line comes back with its particulars."""
    book.note("kept", about="abcd", content={"rule": "hold"}, now=NOW)
    book.note("released", about="abcd", now=NOW + timedelta(hours=1))
    book.note("kept", about="other", now=NOW)
    assert [(e.act, dict(e.content)) for e in book.entries(about="abcd")] == [
        ("released", {}),
        ("kept", {"rule": "hold"}),
    ]
    assert len(book.entries(limit=2)) == 2


def test_lines_of_one_second_keep_their_order(book: Book) -> None:
    """What was done later in a second stands before what was done earlier in it."""
    acts = [f"act{number}" for number in range(8)]
    for number, act in enumerate(acts):
        book.note(act, now=NOW + timedelta(microseconds=100 * number))
    assert [entry.act for entry in book.entries()] == acts[::-1]


def test_nothing_is_kept_of_a_batch_that_breaks_off(book: Book) -> None:
    """Within `together` all is written or nothing."""

    def broken_off() -> None:
        with book.together():
            book.add_letters([letter("a")])
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        broken_off()
    assert not book.has_letters()


def test_every_table_begins_with_its_owner_in_every_index(book: Book) -> None:
    """All keys and indexes have the owner first; tables without one are named with a reason."""
    found = _indexes(book)
    tables = {table for table, _ in found}
    made = {model._meta.db_table for model in apps.get_app_config("store").get_models()}
    assert tables == made - OWNERLESS.keys()
    wrong = {
        place: columns
        for place, columns in found.items()
        if columns[0] != ("id" if place[0] == "store_owner" else "owner_id")
        and place[1] not in OWNED_BY_WORDS
    }
    assert wrong == {}


def _indexes(book: Book) -> dict[tuple[str, str], list[str]]:
    """Return the columns of every index of the database, keys included, in the index's own order."""
    connection = connections[book._tables.using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT m.name, l.name, i.name FROM sqlite_master m, pragma_index_list(m.name) l,"
                " pragma_index_info(l.name) i WHERE m.type = 'table' ORDER BY m.name, l.name, i.seqno"
            )
        else:
            cursor.execute(
                "SELECT t.relname, x.relname, a.attname FROM pg_index i"
                " JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid"
                " JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'"
                " CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(number, place)"
                " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number"
                " ORDER BY t.relname, x.relname, k.place"
            )
        found: dict[tuple[str, str], list[str]] = {}
        for table, index, column in cursor.fetchall():
            if table not in OWNERLESS:
                found.setdefault((table, index), []).append(column)
    return found


def test_case_shape_is_case(book: Book) -> None:
    """A case that became another one is read as that."""
    book.keep(case_of("abcd"), now=NOW)
    changed: Case = case_of("abcd", action=Action.ASK_BACK)
    book.rewrite(changed, state=CaseState.ASKED)
    kept = book.case("abcd")
    assert (kept.case, kept.state) == (changed, CaseState.ASKED)


def test_folder_that_is_gone_is_forgotten_with_its_places_and_no_other(new_book: NewBook) -> None:
    """The places in it are gone, for this owner alone; folders beside it stay, whatever begins like it."""
    book, other = new_book(), new_book()
    names = ["imap://o@h/Entwürfe;UIDVALIDITY=1", "imap://o@h/INBOX;UIDVALIDITY=1", "imap://o@h2/INBOX"]
    for one in (book, other):
        for name in names:
            one.mark(f"{name}/;UID=4", 7)
    assert book.folders_below("imap://o@h") == tuple(names[:2])
    book.forget_folder(names[1])
    assert book.folders_below("imap://o@h") == tuple(names[:1])
    assert [book.stamps_in(name) for name in names] == [{7}, set(), {7}]
    assert [other.stamps_in(name) for name in names] == [{7}, {7}, {7}]
