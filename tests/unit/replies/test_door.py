"""The door as a value: its texts, its words, and what it signs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake.form import FormFile
from anlass.replies.door import CodeWord, Door, DoorTexts, is_name
from anlass.replies.door_token import file_in, id_in_link, link_of, new_sheet, sheet_in, ticket_of

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
KEY, OTHER = b"k" * 32, b"o" * 32
FILE = FormFile("maß.pdf", 12, "0" * 64, "PDF")


def test_texts_are_shown_in_the_language_wanted_else_in_one_that_has_them() -> None:
    """A text that nobody wrote is empty; one that is there in one language serves both."""
    door = Door("olga").with_texts("en", who="I write.", imprint="Me").with_texts("de", who="Ich schreibe.")
    assert door.text("who", "de") == ("Ich schreibe.", "de")
    assert door.text("who", "en") == ("I write.", "en")
    assert door.text("imprint", "de") == ("Me", "en")
    assert door.text("privacy", "de") == ("", "de")
    assert door.with_texts("en", imprint="").text("imprint", "de") == ("", "de")


@pytest.mark.parametrize(
    ("door", "lacks"),
    [
        (Door(), ("name", "imprint", "privacy")),
        (Door("olga"), ("imprint", "privacy")),
        (Door("olga", texts=(DoorTexts("de", imprint="x"),)), ("privacy",)),
        (Door("olga", texts=(DoorTexts("de", imprint="x"), DoorTexts("en", privacy="y"))), ()),
    ],
)
def test_a_door_says_what_it_lacks(door: Door, lacks: tuple[str, ...]) -> None:
    """Name, imprint and privacy notice, each in any language."""
    assert door.lacks() == lacks


@pytest.mark.parametrize(
    ("said", "is_welcome"),
    [
        ("Kornblume", True),
        ("  korn-blume ", True),
        ("KORN BLUME", True),
        ("Straße", True),
        ("STRASSE", True),
        ("Kornblumen", False),
        ("", False),
        ("---", False),
        ("Abgelaufen", False),
        ("\ud800", False),
    ],
)
def test_a_code_word_is_known_however_it_is_written(said: str, is_welcome: bool) -> None:
    """Case, blanks and hyphens do not matter; one that is over does not hold."""
    words = (CodeWord("Kornblume"), CodeWord("Straße", NOW + timedelta(days=1)), CodeWord("Abgelaufen", NOW))
    assert Door("olga", words=words).welcomes(said, at=NOW) is is_welcome


@given(st.text(max_size=60))
def test_a_name_is_always_a_path_of_one_part(name: str) -> None:
    """Whatever is accepted needs no quoting in an address and is no room of the house."""
    if is_name(name):
        assert name.isascii()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert 2 <= len(name) <= 40


def test_a_link_is_signed_for_one_letter_and_one_purpose() -> None:
    """Another house's key, another letter, a sheet's token or nonsense opens nothing."""
    link = link_of(KEY, "b" * 16)
    assert id_in_link(KEY, link) == ("b" * 16, True)
    sheet = new_sheet(KEY, b"0123456789", now=NOW)
    for wrong in (
        link_of(OTHER, "b" * 16),
        "c" + link[1:],
        sheet,
        "",
        "x",
        link + "a",
        link.upper(),
        "ä" * 42,
    ):
        assert id_in_link(KEY, wrong)[1] is False


def test_a_sheet_tells_when_it_was_handed_out_and_cannot_be_made_up() -> None:
    """Its moment is part of what is signed."""
    token = new_sheet(KEY, b"0123456789", now=NOW)
    sheet = sheet_in(KEY, token)
    assert sheet is not None
    assert sheet.since == NOW
    id_, since, sign = token.split(".")
    later = f"{id_}.{int(since) + 1}.{sign}"
    for wrong in (
        later,
        new_sheet(OTHER, b"0123456789", now=NOW),
        "",
        token[:-1],
        f"{id_}.{'9' * 40}.{sign}",
    ):
        assert sheet_in(KEY, wrong) is None


@given(st.text(max_size=200))
def test_a_ticket_is_of_its_sheet_or_of_nobody(text: str) -> None:
    """A ticket of another sheet, changed or made up, brings no file and no error."""
    ticket = ticket_of(KEY, "sheet", FILE)
    assert file_in(KEY, "sheet", ticket) == FILE
    assert file_in(KEY, "other", ticket) is None
    assert file_in(KEY, "sheet", text) is None
    assert file_in(KEY, "sheet", text + ticket) is None or text == ""
