"""The words of a mailing, whom it goes to, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anlass.channels.mail.writing import raw_of
from anlass.outreach.event import Met, Somebody, Sort
from anlass.outreach.mailing import A_DAY, due_at, event_of, readers, request_of, shipped_wording
from anlass.people import Address, AddressKind
from anlass.replies.discretion import reveals
from anlass.replies.outgoing import Kind, headers
from tests.letters_out import letter_out

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STOP = "https://card.example.org/u/abc"


@pytest.mark.parametrize(
    ("lang", "form"), [("de", "sie"), ("de", "du"), ("en", ""), ("fr", "vous"), ("fr", "tu")]
)
def test_the_shipped_words_offer_and_ask_nothing(lang: str, form: str) -> None:
    """They name the event, hold the card and the way out, and ask no question."""
    words = shipped_wording(lang, form, event="re:publica", name="Olga Türen")
    text = words.letter("https://card.example.org/c/x", STOP)
    assert "re:publica" in words.subject
    assert text.count("re:publica") == 1
    assert "https://card.example.org/c/x" in text
    assert text.rstrip().endswith(STOP)
    assert not {"?", "!", "{"} & set(text)
    assert reveals(text) is None


def test_forms_of_address_differ() -> None:
    """Du is not Sie; a language without the form takes its first."""
    said = [shipped_wording("de", form, event="e", name="n").text for form in ("du", "sie", "")]
    assert ("du magst" in said[0], "Sie mögen" in said[1], said[1] == said[2]) == (True, True, True)


def somebody(n: int, *, talked: bool = True, sort: Sort | None = None, mail: bool = True) -> Met:
    """Return somebody of an event."""
    kind, value = (AddressKind.MAIL, f"p{n}@x.example") if mail else (AddressKind.PHONE, f"+4930{n}")
    return Met(str(n), "e", Somebody(f"P{n}", (Address(kind, value),), "", has_talked=talked), NOW, sort)


def test_only_people_whom_the_owner_met_are_written_to() -> None:
    """Nobody from a list, nobody without a mail address, nobody said not to be met; else as sorted."""
    people = [
        somebody(1),
        somebody(2, talked=False),
        somebody(3, mail=False),
        somebody(4, sort=Sort.NOT_MET),
        somebody(5, sort=Sort.NEITHER),
        somebody(6, sort=Sort.BUSINESS),
    ]
    everybody = frozenset({None, *Sort})
    assert [one.id for one, _ in readers(people, everybody)] == ["1", "5", "6"]
    assert [one.id for one, _ in readers(people, frozenset({Sort.BUSINESS}))] == ["6"]


def test_letters_leave_one_by_one() -> None:
    """The first after the time to take all back, the others behind it, so many a day."""
    assert [due_at(place, NOW) - NOW for place in (0, 1, A_DAY)] == [
        timedelta(minutes=10),
        timedelta(minutes=10, seconds=30),
        timedelta(days=1, minutes=10),
    ]


def test_a_mailing_is_known_by_its_request() -> None:
    """The outbox tells a mailing from the answer to a case."""
    assert (event_of(request_of("abc")), event_of("case1")) == ("abc", "")
    assert len(request_of("a" * 16)) <= 32


def test_a_letter_of_a_mailing_can_be_ended_with_one_press() -> None:
    """It bears the fields of RFC 8058 and says that it is for many; no other letter does."""
    letter = letter_out(kind=Kind.MAILING, stop=STOP, in_reply_to=None)
    told = dict(headers(letter))
    assert told["List-Unsubscribe"] == f"<{STOP}>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told["Auto-Submitted"] == "auto-generated"
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw_of(letter, at=NOW)
    assert [name for name, _ in headers(letter_out()) if name.startswith(("List-", "Precedence"))] == []


def test_there_is_nothing_in_a_letter_that_reports() -> None:
    """Plain text alone: no picture, no second part, no request for a receipt."""
    raw = raw_of(letter_out(kind=Kind.MAILING, stop=STOP, in_reply_to=None), at=NOW)
    assert b"Content-Type: text/plain" in raw
    assert [
        word for word in (b"multipart", b"text/html", b"<img", b"Disposition-Notification") if word in raw
    ] == []
