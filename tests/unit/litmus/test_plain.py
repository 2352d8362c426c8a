"""Reading without believing tricks: hidden characters, borrowed letters, endless blank lines."""

from __future__ import annotations

from anlass.litmus.plain import LONGEST, plain


def test_an_ordinary_text_stays_as_it_is() -> None:
    """Umlauts, emoji and single blank lines are nothing strange."""
    text = "Grüße aus Köln 🙂\n\nBis bald"
    assert plain(text).text == text
    assert plain(text).tricks == ()


def test_hidden_characters_are_taken_out_and_remembered() -> None:
    """A zero-width space inside a word is a trick, with its place in the original."""
    found = plain("kosten\u200blos")
    assert found.text == "kostenlos"
    assert found.tricks == ((6, 7),)
    assert found.original(0, 9) == (0, 10)


def test_innocent_invisible_characters_are_no_trick() -> None:
    """A soft hyphen, a joiner inside an emoji and a byte-order mark accuse nobody."""
    assert plain("Donau\u00addampfer \U0001f469\u200d\U0001f4bb \ufeffHallo").tricks == ()


def test_borrowed_letters_are_read_as_what_they_look_like() -> None:
    """A Cyrillic letter inside a Latin word is undone; a Russian word stays Russian."""
    found = plain("frее Analyse, Привет")
    assert found.text == "free Analyse, Привет"
    assert found.tricks == ((0, 4),)


def test_a_turned_direction_is_a_trick() -> None:
    """A character that turns the direction of reading is taken out and told."""
    assert plain("abc \u202etxt.exe").tricks == ((4, 5),)


def test_blank_lines_are_folded_and_places_kept() -> None:
    """A thousand blank lines become one, and what follows is still found in the original."""
    text = "eins" + "\r\n" * 1000 + "zwei"
    found = plain(text)
    assert found.text == "eins\n\nzwei"
    start = found.text.index("zwei")
    begin, end = found.original(start, start + 4)
    assert text[begin:end] == "zwei"


def test_a_book_is_cut() -> None:
    """No more is read than a letter can hold, and the reading says so."""
    found = plain("a" * (LONGEST + 1))
    assert found.cut
    assert len(found.text) == LONGEST
