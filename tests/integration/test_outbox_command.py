"""`anlass outbox` and `anlass preview` from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from anlass.cli.main import main
from anlass.errors import SourceError
from anlass.intake.contact_request import Requester
from anlass.litmus import Asks, Verdict
from anlass.people import mail_address
from anlass.replies import Draft, OutwardText, Register
from anlass.sources.dav import CALDAV
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.outgoing.outbox import OutboxState
from tests.contract.values import ARRIVED, case_of
from tests.integration.test_dav import Shelf
from tests.servers import PASSWORD, Radicale

pytestmark = pytest.mark.slow  # makes a database with all its tables

TEXT = "Guten Tag,\n\nworum geht es?\n\nOlga"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Yield the owner's book with one case that has a draft."""
    (tmp_path / "anlass.toml").write_text(
        '[owner]\nname = "Olga"\naddresses = ["olga@home.example"]\nlanguage = "en"\n', encoding="utf-8"
    )
    with closing(open_book(tmp_path)) as opened:
        case = case_of("case1", message_id="eins@ag.example")
        draft = Draft("de", Register("sie"), OutwardText(TEXT), OutwardText("Re: Ihre Nachricht"))
        opened.keep(replace(case, draft=draft), now=ARRIVED)
        yield opened


def anlass(folder: Path, *words: str) -> Result:
    """Run the program."""
    return CliRunner().invoke(main, [*words, "--data", str(folder)])


def lines(result: Result) -> list[dict[str, object]]:
    """Return the lines of JSON."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_case_is_released_listed_and_taken_back(tmp_path: Path, book: Book) -> None:
    """The draft goes into the outbox word for word; taken back it is gone from the list."""
    assert anlass(tmp_path, "outbox", "release", "case1").exit_code == 0
    (line,) = lines(anlass(tmp_path, "outbox", "--json"))
    assert {key: line[key] for key in ("case", "state", "to", "subject", "automatic", "tries")} == {
        "case": "case1",
        "state": "waiting",
        "to": "hohl@ag.example",
        "subject": "Re: Ihre Nachricht",
        "automatic": False,
        "tries": 0,
    }
    (boxed,) = book.outbox.all()
    assert (boxed.letter.text, boxed.letter.in_reply_to) == (TEXT, "eins@ag.example")
    assert boxed.letter.envelope == "olga@home.example"
    assert anlass(tmp_path, "outbox", "cancel", "case1").exit_code == 0
    assert anlass(tmp_path, "outbox", "--json").stdout == ""
    assert [one["state"] for one in lines(anlass(tmp_path, "outbox", "--all", "--json"))] == ["cancelled"]


def test_a_dry_run_shows_and_keeps_nothing(tmp_path: Path, book: Book) -> None:
    """Neither letter nor pause nor journal."""
    assert anlass(tmp_path, "outbox", "release", "case1", "--dry-run").exit_code == 0
    assert anlass(tmp_path, "outbox", "pause", "--dry-run").exit_code == 0
    assert (book.outbox.all(), book.latches.latches(), book.entries()) == ((), {}, ())


def test_a_pause_is_said_and_lifted(tmp_path: Path, book: Book) -> None:
    """The list says what holds it."""
    anlass(tmp_path, "outbox", "pause")
    assert lines(anlass(tmp_path, "outbox", "--json")) == [{"held": "paused"}]
    anlass(tmp_path, "outbox", "resume")
    assert anlass(tmp_path, "outbox", "--json").stdout == ""


def test_own_words_come_from_a_file(tmp_path: Path, book: Book) -> None:
    """In place of the draft."""
    words = tmp_path / "words.txt"
    words.write_text("Nein & ja.\n", encoding="utf-8")
    assert anlass(tmp_path, "outbox", "release", "case1", "--words", str(words)).exit_code == 0
    assert book.outbox.all()[0].letter.text == "Nein & ja."


def test_a_doubtful_letter_goes_again_by_its_id(tmp_path: Path, book: Book) -> None:
    """Released by the letter's id it waits anew, at once."""
    anlass(tmp_path, "outbox", "release", "case1")
    (boxed,) = book.outbox.all()
    book.outbox.claim("w", now=boxed.due)
    book.outbox.hand_over(boxed.id, "w", now=boxed.due)
    book.outbox.doubt(boxed.id, "w", says="broke_off: gone")
    told = anlass(tmp_path, "outbox").stdout
    assert "Whether the letter arrived is uncertain." in told
    assert "The connection to the mail server broke off. (gone)" in told
    assert anlass(tmp_path, "outbox", "release", boxed.id[:8]).exit_code == 0
    assert book.outbox.all()[0].state is OutboxState.WAITING


def test_wrong_use_is_said_in_words(tmp_path: Path, book: Book) -> None:
    """No such case, no such letter, an answer that is there already: told, without a traceback."""
    for words in (["release", "nobody"], ["cancel", "nobody"], ["cancel", "case1"]):
        outcome = anlass(tmp_path, "outbox", *words)
        assert outcome.exit_code != 0
        assert outcome.exception is not None
        assert "Traceback" not in outcome.output
    anlass(tmp_path, "outbox", "release", "case1")
    again = anlass(tmp_path, "outbox", "release", "case1")
    assert "on its way already" in str(again.exception)


def test_times_are_offered_once_the_litmus_test_is_passed(tmp_path: Path, book: Book) -> None:
    """Three free times go as a calendar; a case without a reason gets none."""
    calendar = tmp_path / "mine.ics"
    calendar.write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    refused = anlass(tmp_path, "outbox", "release", "case1", "--times", str(calendar))
    assert "only once it is clear what for" in str(refused.exception)
    good = case_of("case2", address="anna@b.example")
    reading = replace(good.reading, verdict=Verdict.REASON, asks=Asks.CALL)
    request = replace(good.request, requester=Requester("Anna Beck", mail_address("anna@b.example")))
    book.keep(replace(good, reading=reading, request=request), now=ARRIVED)
    offered = anlass(tmp_path, "outbox", "release", "case2", "--times", str(calendar))
    assert offered.exit_code == 0, offered.exception
    (boxed,) = book.outbox.all()
    assert boxed.letter.invitation.count("BEGIN:VEVENT") == 3
    assert "METHOD:PUBLISH" in boxed.letter.invitation
    assert "ATTENDEE" not in boxed.letter.invitation
    assert "Im Anhang stehen Zeiten" in boxed.letter.text


def test_times_come_from_calendars_on_a_server(
    tmp_path: Path, book: Book, radicale: Radicale, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a CalDAV server keeps is not offered; one that cannot be asked stops it, and nothing is put in."""
    good = case_of("case2", address="anna@b.example")
    reading = replace(good.reading, verdict=Verdict.REASON, asks=Asks.CALL)
    request = replace(good.request, requester=Requester("Anna Beck", mail_address("anna@b.example")))
    book.keep(replace(good, reading=reading, request=request), now=ARRIVED)
    shelf = Shelf(radicale, CALDAV)
    url = shelf.server.account.url.replace("://", "://olga@")
    monkeypatch.setenv("ANLASS_DAV_PASSWORD", "wrong")
    refused = anlass(tmp_path, "outbox", "release", "case2", "--caldav", url)
    assert isinstance(refused.exception, SourceError)
    assert book.outbox.all() == ()
    monkeypatch.setenv("ANLASS_DAV_PASSWORD", PASSWORD)
    free = anlass(tmp_path, "outbox", "release", "case2", "--caldav", url, "--dry-run").stderr.split()[0]
    day = free.replace("-", "")
    shelf.put(
        "busy.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1@home\r\nDTSTAMP:20260101T000000Z\r\n"
        f"DTSTART;VALUE=DATE:{day}\r\nSUMMARY:Unterwegs\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    offered = anlass(tmp_path, "outbox", "release", "case2", "--caldav", url)
    shelf.close()
    assert offered.exit_code == 0, offered.exception
    assert free not in offered.stderr
    (boxed,) = book.outbox.all()
    assert boxed.letter.invitation.count("BEGIN:VEVENT") == 3
    assert "Unterwegs" not in boxed.letter.invitation


def test_every_letter_can_be_previewed_with_ones_own_words(tmp_path: Path) -> None:
    """The owner's words are in it; a broken file is told with all its problems and stops it."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "de.toml").write_text('[du]\nclosing = "Bis bald"\n', encoding="utf-8")
    shown = lines(anlass(tmp_path, "preview", "--lang", "de", "--json"))
    assert all(str(one["text"]).endswith("Bis bald") is (one["register"] == "du") for one in shown)
    (folder / "de.toml").write_text("[du]\nclosing = 3\nx = 4\n", encoding="utf-8")
    refused = anlass(tmp_path, "preview")
    assert "closing must be a text" in str(refused.exception)
    assert "x is unknown" in str(refused.exception)
