"""Everything out and in again: the same state, in files that other programs read, on both databases."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from django.apps import apps
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.desk.cards.granting import Wanted, card_behind, give, grants
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.vouchers import give_voucher
from anlass.desk.cards.vouching import agree, public_list, vouch
from anlass.desk.cases.outcomes import say_outcome
from anlass.desk.people.standing import stands
from anlass.desk.people.watch_list import put_on, watch_list
from anlass.desk.safekeeping.exporting import MEMORY, export
from anlass.desk.safekeeping.importing import import_into
from anlass.errors import NotFound, Refused, UserError
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.outcome import CameOf
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, Standing, person_at
from anlass.sources import Bearings
from anlass.sources.cards import cards_in
from anlass.store.book import Book
from anlass.store.safekeeping.whole import KEYS
from tests.contract.conftest import NewBook
from tests.contract.values import case_of
from tests.unit.cards.samples import TEXT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MAIL, PHONE, CHAT = AddressKind.MAIL, AddressKind.PHONE, AddressKind.MATRIX
KAI = person_at(Address(MAIL, "kai@falk.example"), "Kai Falk")


@pytest.fixture
def full(book: Book) -> Book:
    """Return a book with something on every shelf that the owner fills."""
    take_in(book, TEXT, FILE, "en", now=NOW)
    own = (
        Address(MAIL, "kai@falk.example"),
        Address(PHONE, "+4930901820"),
        Address(CHAT, "@kai:falk.example"),
    )
    met = Encounter(
        EncounterKind.MEETING,
        NOW - timedelta(days=9),
        is_proven=True,
        source="x",
        id="m1",
        where="re:publica",
    )
    book.traces.tell("file", [Trace("=Kai; Falk", own, "a.vcf, line 1", (met,))], joins=True)
    book.settle()
    book.keep(case_of("one"), now=NOW)
    give(book, "kai@falk.example", Wanted(tier="card", until=NOW + timedelta(days=3)), now=NOW)
    put_on(book, "kai@falk.example", why="Writes about doors", now=NOW)
    vouch(book, "kai@falk.example", now=NOW)
    agree(book, KAI, "Kai", now=NOW)
    give_voucher(book, "kai@falk.example", now=NOW)
    say_outcome(book, "one", CameOf.TALK, now=NOW, lang="en")
    return book


def state(book: Book, *, but: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Return every row of a book."""
    return {
        name: sorted(json.dumps(row, sort_keys=True) for row in book.whole.rows(name))
        for name in book.whole.names()
        if name not in but
    }


def test_an_export_read_in_again_is_the_same_memory(full: Book, new_book: NewBook, tmp_path: Path) -> None:
    """Row by row; reading it twice changes nothing; links go on working where the keys went along."""
    export(full, tmp_path / "out", now=NOW, lang="en", with_keys=True)
    again = new_book()
    import_into(again, tmp_path / "out", now=NOW)
    assert state(again) == state(full)
    import_into(again, tmp_path / "out", now=NOW, merge=True)
    assert state(again, but=frozenset({"journalentry"})) == state(full, but=frozenset({"journalentry"}))
    (given_,) = grants(again, at=NOW)
    assert card_behind(again, given_.link.rpartition("/")[2], at=NOW) is not None
    assert public_list(again, at=NOW) == ("Kai",)
    assert [one.entry.why for one in watch_list(again, at=NOW)] == ["Writes about doors"]
    person = again.person_of(Address(MAIL, "kai@falk.example"))
    assert stands(again, person, at=NOW).standing is Standing.VOUCHED_FOR
    export(again, tmp_path / "twice", now=NOW, lang="en", with_keys=True)
    first, second = (tmp_path / name / MEMORY / "grant.jsonl" for name in ("out", "twice"))
    assert first.read_bytes() == second.read_bytes()


def test_keys_stay_at_home_unless_asked_for(full: Book, new_book: NewBook, tmp_path: Path) -> None:
    """Nobody who finds the folder can sign a link; all else is there."""
    export(full, tmp_path / "out", now=NOW, lang="en")
    told = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    for name in KEYS:
        assert not (tmp_path / "out" / MEMORY / f"{name}.jsonl").exists()
        for row in full.whole.rows(name):
            assert all(str(value).encode() not in told for value in row.values() if len(str(value)) > 30)
    again = new_book()
    import_into(again, tmp_path / "out", now=NOW)
    assert state(again, but=KEYS) == state(full, but=KEYS)


def test_other_programs_read_the_files(full: Book, tmp_path: Path) -> None:
    """The address book by our own reader of strange cards, the calendar and the table by their libraries."""
    done = export(full, tmp_path / "out", now=NOW, lang="en")
    folder = done.folder
    bearings = Bearings(frozenset(), NOW)
    traces = list(cards_in((folder / "persons.vcf").read_bytes(), "p.vcf", bearings))
    kai = next(one for one in traces if isinstance(one, Trace) and "Kai" in one.name)
    assert {one.value for one in kai.addresses} >= {"kai@falk.example", "+4930901820"}
    calendar = icalendar.Calendar.from_ical((folder / "meetings.ics").read_bytes())
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["re:publica"]
    rows = list(csv.DictReader((folder / "persons.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in rows if "kai@falk.example" in row["mail"]] == ["'=Kai; Falk"]
    contacts = [
        json.loads(line)
        for line in (folder / "persons.jscontact.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert any(one.get("emails", {}).get("e1", {}).get("address") == "kai@falk.example" for one in contacts)
    (case,) = [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (case["case"], case["outcome"]) == ("one", "talk")
    assert (folder / FILE).read_text(encoding="utf-8") == TEXT
    assert {path.stat().st_mode & 0o077 for path in folder.rglob("*")} == {0}
    assert dict(done.counts)["encounters.jsonl"] == 1


def test_an_export_needs_a_folder_of_its_own(full: Book, tmp_path: Path) -> None:
    """What lies there is never written over."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="is not empty"):
        export(full, tmp_path, now=NOW, lang="en")
    with pytest.raises(NotFound):
        export(full, tmp_path / "mine.txt", now=NOW, lang="en")


def test_what_is_no_export_is_refused_and_nothing_is_kept(
    full: Book, new_book: NewBook, tmp_path: Path
) -> None:
    """All or nothing: a broken line at the end leaves the memory as it was."""
    out = tmp_path / "out"
    export(full, out, now=NOW, lang="en")
    with pytest.raises(Refused, match="people in this memory"):
        import_into(full, out, now=NOW)
    again = new_book()
    before = state(again)
    for file, text in (
        ("watch.jsonl", "{"),
        ("watch.jsonl", "[]"),
        ("watch.jsonl", '{"id": [1]}'),
        ("watch.jsonl", '{"fame": 1}'),
        ("zoo.jsonl", "{}"),
    ):
        path = out / MEMORY / file
        kept = path.read_bytes() if path.exists() else b""
        path.write_bytes(kept + text.encode() + b"\n")
        with pytest.raises(UserError):
            import_into(again, out, now=NOW)
        path.write_bytes(kept) if kept else path.unlink()
    with pytest.raises(NotFound, match="no export"):
        import_into(again, tmp_path, now=NOW)
    for about in ("{", "[]", '{"anlass": 9}'):
        (out / "anlass.json").write_text(about)
        with pytest.raises(UserError):
            import_into(again, out, now=NOW)
    assert state(again) == before


def values(field: models.Field[object, object]) -> st.SearchStrategy[object]:
    """Draw what a column may hold."""
    some: st.SearchStrategy[object]
    if isinstance(field, models.BooleanField):
        some = st.booleans()
    elif isinstance(field, models.BinaryField):
        some = st.binary(max_size=12)
    elif isinstance(field, models.SmallIntegerField):
        some = st.integers(-(2**15), 2**15 - 1)
    elif isinstance(field, models.BigIntegerField):
        some = st.integers(-(2**63), 2**63 - 1)
    elif isinstance(field, models.IntegerField):
        some = st.integers(-(2**31), 2**31 - 1)
    else:
        some = st.text(
            st.characters(exclude_characters="\0", codec="utf-8"), max_size=min(field.max_length or 50, 12)
        )
    return st.none() | some if field.null else some


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_row_of_any_table_comes_back_as_it_was(
    new_book: NewBook, tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever a table can hold, an export holds too; a new table is in it by itself."""
    book, again = new_book(), new_book()
    for model in apps.get_app_config("store").get_models():
        name = str(model._meta.model_name)
        if name in book.whole.names() and name != "owner":
            columns = {one.column: values(one) for one in model._meta.fields if one.concrete and one.column}
            made = {"owner_id", *({"number", "words"} if name == "case" else ())}
            row = st.fixed_dictionaries({k: v for k, v in columns.items() if k not in made})
            # two rows drawn by chance may break a promise of a table that is beside its key
            many = 1 if model._meta.total_unique_constraints else 2
            book.whole.put(name, data.draw(st.lists(row, max_size=many), label=name))
    out = tmp_path / book.owner
    for table in book.whole.names():
        lines = [json.loads(json.dumps(row)) for row in book.whole.rows(table)]
        again.whole.put(table, lines)
    assert not out.exists()
    assert state(again) == state(book)
