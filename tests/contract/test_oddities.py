"""What is strange about a letter can be seen where the letter is: in the person's ledger, and at its case."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.desk.cases.inbox import sheet
from anlass.desk.history.collecting import collect
from anlass.desk.people.portrait import portrait
from anlass.desk.requests.screening import Desk, screen
from anlass.doorman import Doorman
from anlass.intake import Recipient
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.book import Book

NOW = datetime(2026, 11, 21, tzinfo=UTC)
KAI, VERA = "kai@falk.example", "vera@example.org"
GOOD = {
    "From": f"Kai <{KAI}>",
    "To": VERA,
    "Date": "Mon, 02 Mar 2026 10:00:00 +0000",
    "Message-ID": "<1@x.example>",
    "Subject": "Frage",
}


def raw(more: str = "", body: str = "Haben Sie 15 Minuten?", **other: str | None) -> bytes:
    """Return a letter with some of its fields put otherwise, or left out (`None`)."""
    fields = GOOD | {name.replace("_", "-"): value for name, value in other.items()}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)
    return f"{head}{more}\n{body}\n".encode()


def odd(book: Book, folder: Path, *letters: bytes) -> list[str]:
    """Read letters and return what the ledger says is odd about each of Kai's, oldest first."""
    for number, letter in enumerate(letters):
        (folder / f"{number}.eml").write_bytes(letter)
    collect(book, [folder], owner=[VERA], now=NOW)
    (kai,) = book.people_named(KAI)
    (number_of_letters,) = portrait(book, kai, now=NOW, lang="en").numbers
    return [piece.odd for piece in reversed(number_of_letters.pieces)]


@pytest.mark.parametrize(
    ("letter", "says"),
    [
        (raw(), ""),
        (raw(To=None), "the recipient is missing"),
        (raw(Date=None), "the date is missing"),
        (raw(Date="yesterday"), "the date is none"),
        (raw(Subject=None), "the subject is missing"),
        (raw(Message_ID=None), "the Message-ID is missing"),
        (raw(Message_ID="none"), "the Message-ID is none"),
        (raw("From: eve@x.example\n"), "it names several senders; a header field stands there twice"),
        (raw("no field here\nX-A: b\n"), "its header has lines that are no fields"),
    ],
)
def test_ledger_names_what_is_odd_about_a_letter(
    book: Book, tmp_path: Path, letter: bytes, says: str
) -> None:
    """Fields that are missing, wrong or doubled are named beside the letter, and the letter counts."""
    assert odd(book, tmp_path, letter) == [f"Odd about this letter: {says}." if says else ""]


def test_odd_copy_shows_whichever_was_read_first(book: Book, tmp_path: Path) -> None:
    """A copy that lost its subject is the same letter, and what it lost is said once."""
    letters = [raw(), raw(Subject=None)]
    assert odd(book, tmp_path, *letters) == ["Odd about this letter: the subject is missing."]


def test_letters_of_one_id_stay_two_and_keep_what_is_odd(book: Book, tmp_path: Path) -> None:
    """A careless program's second mail is told apart by its words, and oddities go with their letter."""
    found = odd(book, tmp_path, raw(), raw(body="Ganz andere Worte, und kein Betreff.", Subject=None))
    assert sorted(found) == ["", "Odd about this letter: the subject is missing."]


CHARSET = "sein Zeichensatz ist unbekannt oder falsch angegeben"
BROKEN = "R3V0!ZW4gVGFnLCBoYWJlbiBTaWUgWmVpd"


@pytest.mark.parametrize(
    ("letter", "says"),
    [
        (raw(), ()),
        (raw(Date=None, From="Max"), "der Absender ist keine Adresse; das Datum fehlt"),
        (raw("Content-Type: text/plain; charset=klingon-1\n"), CHARSET),
        (raw("Content-Transfer-Encoding: base64\n", body=BROKEN), "ein Teil ist falsch kodiert"),
    ],
    ids=["nothing", "header", "charset", "encoding"],
)  # fmt: skip
def test_case_names_what_is_odd_about_its_letter(
    book: Book, tmp_path: Path, letter: bytes, says: str | tuple[()]
) -> None:
    """What only the body shows is said too, for it was read whole."""
    (tmp_path / "a.eml").write_bytes(letter)
    collect(book, [tmp_path], owner=[VERA], now=NOW)
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    list(screen(Desk(book, doorman, Recipient("Vera", ""), NOW), [tmp_path]))
    (kept,) = book.cases().cases
    remarks = sheet(book, kept.case.request.id, now=NOW, lang="de").remarks
    told = [one for one in remarks if one.startswith("Seltsam")]
    assert told == ([f"Seltsam an diesem Brief: {says}."] if says else [])
