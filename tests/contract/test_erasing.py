"""One person is forgotten: no row of any table names them, on either database; everybody else stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections

from anlass.config import Settings
from anlass.desk.blocking.blocking import block
from anlass.desk.cards.own import take_in
from anlass.desk.safekeeping.erasing import Erased, erase, would_erase
from anlass.desk.safekeeping.meant import to_forget
from anlass.desk.safekeeping.voice_of_erasing import staying_says
from anlass.errors import NotFound, Refused
from anlass.intake.contact_request import Origin
from anlass.intake.message import Mailbox
from anlass.ledger.letter import Letter, Way
from anlass.ledger.outcome import CameOf
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, Person, person_at, person_id
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.cases.wordings import Wording
from anlass.store.ground.naming import NAMING
from anlass.store.settings import FILE
from tests.characters import NOW, SCENES, case_of
from tests.contract.test_private import filled
from tests.unit.cards.samples import TEXT
from tests.walking import rows_of

GONE, OTHER = "Friederike Amsel", "Milan Horvat"
MAIL = Address(AddressKind.MAIL, "friederike@amsel.example")
FURTHER = Address(AddressKind.MAIL, "f.amsel@werkstatt.example")
MILAN = Address(AddressKind.MAIL, "milan@horvat.example")


def letter(id_: str, way: Way, *others: Address, days: int = 30, subject: str = "Hallo") -> Letter:
    """Return a letter of somebody, or one to them."""
    boxes = tuple(Mailbox("", one.value) for one in others)
    return Letter(
        id_,
        Origin(f"/mail/{id_}", 0, 10),
        way,
        message_id=f"{id_}@x.example",
        writer=boxes[0] if way is Way.IN else Mailbox("Olga", "olga@home.example"),
        readers=() if way is Way.IN else boxes,
        sent_at=NOW - timedelta(days=days),
        subject=subject,
    )


def lived_in(book: Book) -> Person:
    """Fill a book so that somebody stands on every shelf, beside others; return them."""
    filled(book)
    book.traces.tell(
        "more.vcf", [Trace(GONE, (MAIL, FURTHER), "b.vcf, line 1", about="Tischlerei")], joins=True
    )
    book.add_letters(
        [
            letter("from-her", Way.IN, MAIL),
            letter("to-her", Way.OUT, FURTHER),
            letter("to-both", Way.OUT, MAIL, MILAN, subject=f"Treffen mit {GONE}"),
            letter("from-him", Way.IN, MILAN, subject=f"Kennst du {GONE.upper()}?"),
        ]
    )
    book.settle()
    her = book.person_of(MAIL)
    asked, asks = (case_of(scene) for scene in SCENES[1:3])
    writer = replace(asked.request.requester, name=GONE, address=MAIL)
    book.keep(
        replace(asked, request=replace(asked.request, id="hers", requester=writer), person=her), now=NOW
    )
    named = replace(asks.request, id="his", text=f"{asks.request.text} {GONE} ({MAIL.value}) kennt mich.")
    book.keep(replace(asks, request=named, person=book.person_of(MILAN)), now=NOW)
    book.outcomes.say("hers", CameOf.JOB, now=NOW)
    book.wordings.keep("hers", "answer", Wording(f"Liebe {GONE}"), now=NOW)
    book.note("decide", about="hers", content={"choice": "accepted"}, now=NOW)
    book.note("merge", about="x", content={"with": her.id, "address": FURTHER.value}, now=NOW)
    take_in(book, TEXT.replace("Olga", f"Olga, Kollegin von {GONE},", 1), "cards.toml", "en", now=NOW)
    return her


def names_in(book: Book, her: Person) -> dict[str, list[str]]:
    """Return by table which marks of hers stand in any cell: the test walks by itself."""
    ids = {her.id, *map(person_id, her.addresses)}
    wanted = [*ids, *(one.value for one in her.addresses), GONE, "hers"]
    found = dict[str, list[str]]()
    for table, rows in rows_of(book).items():
        told = repr(rows).lower()
        if held := [one for one in wanted if one.lower() in told]:
            found[table] = held
    return found


def forget(book: Book, data: Path, *, now: datetime = NOW) -> Erased:
    """Let a book forget her."""
    return erase(book, Settings(data), to_forget(book, MAIL.value, "en"), now=now)


def test_nothing_names_whom_the_house_forgot(book: Book, tmp_path: Path) -> None:
    """Before, she stands in many tables; then in none, and nobody else is missing."""
    her = lived_in(book)
    before = names_in(book, her)
    assert {
        "store_case",
        "store_letter",
        "store_person",
        "store_journalentry",
        "store_word",
    } - before.keys() <= {"store_word"}
    assert len(before) > 9
    seen = would_erase(book, Settings(tmp_path), her)
    assert names_in(book, her) == before
    gone = forget(book, tmp_path)
    assert names_in(book, her) == {}
    assert (gone.left, gone.bytes_left or 0) == (0, 0)
    assert gone.counts == seen.counts
    assert gone.counts["cases"] == 1
    assert gone.counts["letters"] == 2
    assert gone.counts["blacked"] >= 3
    (line,) = [entry for entry in book.entries() if entry.act == "forget_person"]
    assert line.about == ""
    assert {scene.id for scene in SCENES} <= {kept.id for kept in book.cases(limit=100).cases}
    assert book.person_of(MILAN).name == OTHER
    assert [one.subject for one in subjects(book)] == [
        "Treffen mit " + "█" * len(GONE),
        "Kennst du " + "█" * 16 + "?",
    ]
    with pytest.raises(NotFound):
        to_forget(book, MAIL.value, "en")


class Subject:
    """A letter's subject."""

    def __init__(self, subject: str) -> None:
        self.subject = subject


def subjects(book: Book) -> list[Subject]:
    """Return the subjects of the letters that are left, the newest row last."""
    rows = book._tables.rows(
        "SELECT subject FROM store_letter WHERE owner_id = %(owner)s ORDER BY subject DESC"
    )
    return [Subject(str(text)) for (text,) in rows]


def test_letters_of_others_keep_their_length_and_are_found_without_her(book: Book, tmp_path: Path) -> None:
    """Spans into a text go on pointing at what they did; a search for her finds nothing."""
    lived_in(book)
    text = book.case("his").case.request.text
    forget(book, tmp_path)
    kept = book.case("his").case.request.text
    bars = text.replace(GONE, "█" * len(GONE)).replace(MAIL.value, "█" * len(MAIL.value))
    assert kept == bars
    found = book._tables.rows("SELECT words FROM store_case WHERE owner_id = %(owner)s AND id = 'his'")
    assert "amsel" not in str(found)


def test_old_letters_stay_forgotten_and_new_ones_begin_anew(book: Book, tmp_path: Path) -> None:
    """An archive or an address book that is read again brings nothing back; a letter of tomorrow does."""
    lived_in(book)
    forget(book, tmp_path)
    old = [
        letter("from-her", Way.IN, MAIL),
        letter("to-her", Way.OUT, FURTHER),
        letter("two", Way.OUT, MAIL, MILAN),
    ]
    book.add_letters(old)
    book.traces.tell("more.vcf", [Trace(GONE, (MAIL, FURTHER), "b.vcf, line 1")], joins=True)
    book.settle()
    told = repr(rows_of(book)).lower()
    assert [one for one in (MAIL.value, FURTHER.value, GONE.lower(), person_id(MAIL)) if one in told] == []
    assert "horvat" in told
    book.add_letters([letter("anew", Way.IN, MAIL, days=-1)])
    book.settle()
    assert person_id(MAIL) in repr(rows_of(book))


def test_block_goes_on_for_whom_the_house_forgot(book: Book, new_book: object, tmp_path: Path) -> None:
    """By a keyed digest: who was blocked is blocked when they write anew; elsewhere the digest is another."""
    lived_in(book)
    block(book, MAIL.value, now=NOW, lang="en")
    assert forget(book, tmp_path).is_blocked
    assert book.blocks.holds(person_at(MAIL))
    assert not book.blocks.holds(person_at(MILAN))
    book.meet(person_at(MAIL, GONE))
    assert person_id(MAIL) in book.blocks.addresses()
    other = new_book()  # type: ignore[operator] # a fixture that makes books
    lived_in(other)
    forget(other, tmp_path)
    assert not set(book.settings()["forgotten"]) & set(other.settings()["forgotten"])  # type: ignore[call-overload]
    assert not other.blocks.holds(person_at(MAIL))


def test_other_owners_keep_whom_one_forgot(book: Book, new_book: object, tmp_path: Path) -> None:
    """What one house forgets another still knows, row by row."""
    other = new_book()  # type: ignore[operator] # a fixture that makes books
    lived_in(other)
    lived_in(book)
    before = rows_of(other)
    forget(book, tmp_path)
    assert rows_of(other) == before


def test_owner_is_not_forgotten_and_files_that_name_somebody_are_told(book: Book, tmp_path: Path) -> None:
    """House rules are the owner's to change: they are named, not touched."""
    lived_in(book)
    book.add_owner_addresses({"olga@home.example"})
    book.meet(person_at(Address(AddressKind.MAIL, "olga@home.example"), "Olga"))
    with pytest.raises(Refused):
        erase(book, Settings(tmp_path), to_forget(book, "olga@home.example", "en"), now=NOW)
    (tmp_path / "house-rules.toml").write_text(
        f'# never {MAIL.value}\npreset = "open-door"\n', encoding="utf-8"
    )
    assert forget(book, tmp_path).named_in == ("house-rules.toml",)


@pytest.mark.parametrize(
    "who", ["Amsel", "Friederike", "F. Amsel", "friederike@amsel", "Friederike Amsel-Falk"]
)
def test_nobody_is_forgotten_by_half_a_name(book: Book, who: str) -> None:
    """A part, one word or another spelling names nobody for certain: it is said who may be meant."""
    her = lived_in(book)
    with pytest.raises(NotFound, match=her.id):
        to_forget(book, who, "en")
    assert to_forget(book, " friederike  AMSEL ", "de") == to_forget(book, her.id, "de") == her


def test_who_is_called_alike_is_named_and_stays(book: Book, tmp_path: Path) -> None:
    """The same person under another spelling is the owner's to see; a single word is not looked for."""
    her, jorg, also = (
        person_at(Address(AddressKind.MAIL, f"{word}@x.example"), name)
        for word, name in (("grace", "Grace"), ("jm", "Jörg Müller"), ("joerg", "Joerg Mueller"))
    )
    for one in (her, jorg, also, person_at(Address(AddressKind.MAIL, "g@y.example"), "Grace Adeyemi")):
        book.meet(one)
    book.settle()
    seen = would_erase(book, Settings(tmp_path), jorg)
    assert ([one.id for one in seen.alike], seen.word) == ([also.id], "")
    assert also.id in " ".join(staying_says(seen, "de"))
    one_word = would_erase(book, Settings(tmp_path), her)
    assert ([one.name for one in one_word.alike], one_word.word) == (["Grace Adeyemi"], "Grace")
    assert "“Grace”" in " ".join(staying_says(one_word, "en"))
    erase(book, Settings(tmp_path), jorg, now=NOW)
    assert book.person(also.id) == also


def test_any_column_that_names_somebody_is_one_that_is_walked() -> None:
    """What `naming.py` lists is text of a table of an owner: the walk by shape passes none of it over."""
    tables = {one._meta.db_table: one for one in apps.get_app_config("store").get_models()}
    for table, columns in NAMING.items():
        kinds = {one.column: one.get_internal_type() for one in tables[f"store_{table}"]._meta.fields}
        assert {kinds[column.strip('"')] for column, _ in columns} <= {"CharField", "TextField"}


def test_pages_given_up_long_ago_hold_nothing_either(tmp_path: Path) -> None:
    """Rows that were changed before, without overwriting, leave no trace in SQLite's files."""
    book = open_book(tmp_path)
    her = lived_in(book)
    for number in range(40):
        book.note(
            "noted", about="x", content={"address": MAIL.value, "n": number, "more": "y" * 900}, now=NOW
        )
    book._tables.write("DELETE FROM store_journalentry WHERE owner_id = %(owner)s AND act = 'noted'")
    assert MAIL.value.encode() in everything(tmp_path)
    gone = erase(book, Settings(tmp_path), her, now=NOW.astimezone(UTC))
    assert gone.bytes_left == 0
    told = everything(tmp_path).lower()
    assert [one for one in (b"amsel", b"friederike", her.id.encode()) if one in told] == []
    connections[book._tables.using].close()


def everything(folder: Path) -> bytes:
    """Return the bytes of SQLite's files."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob(f"{FILE}*")))
