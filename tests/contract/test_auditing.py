"""The audit of a list of contacts: by evidence, never by a name, and nothing of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.desk.audit.auditing import Audit, Why, audit
from anlass.desk.audit.table import as_csv, as_svg
from anlass.desk.audit.voice import contact_says, sums_say
from anlass.desk.history.collecting import collect
from anlass.desk.people.portrait import portrait
from anlass.desk.surface import ledger_line
from anlass.errors import NotFound
from anlass.ledger.bonds import Bond
from anlass.store.book import Book

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ME = "olga@home.example"
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROWS = (
    "Eva,Beispiel,https://www.linkedin.com/in/eva-b,eva@firma.example,Firma,Lotsin,08 Feb 2018\n"
    "Kai,Falk,https://www.linkedin.com/in/kai-f,,Falk AG,Redakteur,17 Mar 2019\n"
    "Uwe,Still,https://www.linkedin.com/in/uwe-s,uwe@still.example,,,01 Apr 2020\n"
    "Nina,Niemand,https://www.linkedin.com/in/nina-n,,,,02 Apr 2020\n"
)
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Eva Beispiel
EMAIL:eva@firma.example
EMAIL:eva@privat.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Hans Hausmann
EMAIL:post@amt.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Gerda Gans
EMAIL:post@amt.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Tom Treffen
EMAIL:tom@treffen.example
item1.X-ABDATE:2026-05-11
item1.X-ABLABEL:Karte getauscht: re:publica
END:VCARD
"""


def mail(number: int, sender: str, to: str, *, answers: int = 0, subject: str = "Bank") -> str:
    """Return one mail as text."""
    parent = f"In-Reply-To: <m{answers}@x.example>\n" if answers else ""
    return (
        f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: {number} Oct 2026 10:00:00 +0000\n"
        f"Message-ID: <m{number}@x.example>\n{parent}\nGuten Tag.\n"
    )


@pytest.fixture
def read(book: Book, tmp_path: Path) -> Book:
    """Return a book with mail: Eva both ways, Kai's namesake both ways, Uwe one way, an office both ways."""
    eva, kai, amt = (
        "Eva Beispiel <eva@firma.example>",
        "Kai Falk <kai@falk.example>",
        "Amt <post@amt.example>",
    )
    me = f"Olga <{ME}>"
    letters = [
        mail(1, me, eva, subject="Die Bank am Deich"),
        mail(2, eva, me, answers=1, subject="Re: Die Bank am Deich"),
        mail(3, me, kai),
        mail(4, kai, me, answers=3),
        mail(5, me, "Uwe Still <uwe@still.example>"),
        mail(6, me, amt),
        mail(7, amt, me, answers=6),
    ]
    for number, letter in enumerate(letters):
        (tmp_path / "mail").mkdir(exist_ok=True)
        (tmp_path / "mail" / f"{number}.eml").write_text(letter)
    collect(book, [tmp_path / "mail"], owner=[ME], now=NOW)
    return book


def groups(found: Audit) -> list[tuple[str, Bond]]:
    """Return the contacts by name with their groups, in order."""
    return [(one.contact.name, one.bond) for one in found.contacts]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return LinkedIn's list of contacts."""
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "Connections.csv").write_text(HEAD + ROWS)
    return tmp_path / "export" / "Connections.csv"


def test_contacts_of_a_network_are_grouped_by_evidence(read: Book, export: Path) -> None:
    """A mail address beside a profile leads to the letters; an equal name is a perhaps, with whom."""
    found = audit(read, [export], now=NOW)
    assert groups(found) == [
        ("Eva Beispiel", Bond.BOTH_WAYS),
        ("Uwe Still", Bond.ONE_WAY),
        ("Kai Falk", Bond.PERHAPS),
        ("Nina Niemand", Bond.NOTHING),
    ]
    kai = found.contacts[2]
    assert ([one.person.name for one in kai.perhaps], kai.why, kai.tie.mails_in) == (
        ["Kai Falk"],
        Why.NAME,
        0,
    )
    assert (found.entries, found.evident, found.without_mail) == (4, 1, 2)
    assert [contact_says(one, "de") for one in found.contacts] == [
        "Ihr habt euch im Oktober 2026 zwei Briefe geschrieben.",
        "Du hast im Oktober 2026 einen Brief geschrieben, eine Antwort kam nicht.",
        (
            "Vielleicht Kai Falk <kai@falk.example>: Der volle Name ist gleich, "
            "eine Adresse belegt es nicht. Kontakt seit 17. März 2019."
        ),
        "Bisher verbindet euch nichts. Kontakt seit 2. April 2020.",
    ]
    assert sums_say(found, "en")[:2] == (
        "There are four contacts in this list; with one of them both sides have done something.",
        "One may be somebody you know: it is not counted in.",
    )


def test_cards_of_one_person_count_once_and_shared_addresses_prove_nobody(read: Book, tmp_path: Path) -> None:
    """Two lists name Eva once; an office's address under two names is a perhaps; a swapped card counts."""
    book = tmp_path / "book.vcf"
    book.write_text(CARDS)
    (tmp_path / "Connections.csv").write_text(HEAD + ROWS)
    found = audit(read, [book, tmp_path / "Connections.csv"], now=NOW)
    assert groups(found) == [
        ("Eva Beispiel", Bond.BOTH_WAYS),
        ("Tom Treffen", Bond.CARD),
        ("Uwe Still", Bond.ONE_WAY),
        ("Gerda Gans", Bond.PERHAPS),
        ("Hans Hausmann", Bond.PERHAPS),
        ("Kai Falk", Bond.PERHAPS),
        ("Nina Niemand", Bond.NOTHING),
    ]
    assert found.entries == 8
    assert [one.why for one in found.contacts[3:6]] == [Why.SHARED, Why.SHARED, Why.NAME]
    assert len(found.contacts[0].contact.places) == 2


def test_list_without_contacts_is_said_to_have_none(read: Book, tmp_path: Path) -> None:
    """Where no row of it can be read; no number stands before a word that it does not fit."""
    path = tmp_path / "Connections.csv"
    path.write_text(HEAD + "Mehr,https://x.example\n")
    found = audit(read, [path], now=NOW)
    assert (sums_say(found, "en")[0], sums_say(found, "de")[0]) == (
        "There is no contact in this list.",
        "In dieser Liste steht kein Kontakt.",
    )


def test_an_audit_keeps_nothing(read: Book, export: Path) -> None:
    """The ledger is the same before and after, to the last value, and so is the list."""
    before = [ledger_line(one.person, one.tie, "de") for one in read.people(at=NOW)]
    content = export.read_bytes()
    audit(read, [export], now=NOW)
    assert [ledger_line(one.person, one.tie, "de") for one in read.people(at=NOW)] == before
    assert export.read_bytes() == content
    assert audit(read, [export], now=NOW) == audit(read, [export], now=NOW)


def test_what_is_no_list_of_contacts_is_refused(read: Book, tmp_path: Path) -> None:
    """A folder of mail holds no contacts, and a path where nothing is neither."""
    for path in (tmp_path / "mail", tmp_path / "gone"):
        with pytest.raises(NotFound):
            audit(read, [path], now=NOW)


def test_rows_that_cannot_be_read_are_named(read: Book, export: Path) -> None:
    """A row that names nobody is handed back with its place; the others are audited."""
    export.write_text(HEAD + ROWS + ",,,,Firma,,\n")
    found = audit(read, [export], now=NOW)
    assert [(one.origin.offset, one.reason) for one in found.set_aside] == [(6, "nobody")]
    assert len(found.contacts) == 4


def test_names_cannot_become_formulas_or_markup(read: Book, export: Path) -> None:
    """What a spreadsheet would work out is text in the table, and the picture holds no name at all."""
    export.write_text(HEAD + '"=HYPERLINK(""http://x.example"")",<b>Böse</b>,,,@SUM(1),,01 Apr 2020\n')
    found = audit(read, [export], now=NOW)
    row = as_csv(found, "en").splitlines()[1]
    assert row.startswith("\"'=HYPERLINK")
    assert ",'@SUM(1)," in row
    assert "Böse" not in as_svg(found, "de")


def test_what_a_list_notes_stands_beside_the_evidence(read: Book, export: Path) -> None:
    """A collected list says what somebody does and since when; a letter that is unknown has no evidence."""
    collect(read, [export], owner=[ME], now=NOW)
    (eva,) = read.people_named("eva@firma.example")
    shown = portrait(read, eva, now=NOW, lang="de")
    assert shown.notes == ("Lotsin, Firma; Kontakt seit 8. Februar 2018 (Connections.csv, Zeile 2).",)
    assert read.evidence.letters(["nothing", "of the kind"]) == {}


def test_a_number_opens_into_its_letters(read: Book, tmp_path: Path) -> None:
    """Every letter has its day, its subject and the file it lies in; nothing else is shown for it."""
    (eva,) = read.people_named("eva@firma.example")
    shown = portrait(read, eva, now=NOW, lang="de")
    turns, came, went = shown.numbers
    assert turns.says == "einmal Brief und Antwort in einem Gespräch"
    assert (came.says, went.says) == ("ein Brief an dich", "ein Brief von dir")
    (piece,) = came.pieces
    assert set(turns.pieces) <= {*came.pieces, *went.pieces}
    assert (piece.date, piece.subject, piece.source, piece.is_proven) == (
        "2. Oktober 2026",
        "Re: Die Bank am Deich",
        str(tmp_path / "mail" / "1.eml"),
        True,
    )
    assert shown.lack.startswith("Bis zur Verbindung fehlen noch zwei Antworten")
