"""Letters whose lines a mail program folded are read as their writers wrote them."""

from __future__ import annotations

import unicodedata

import pytest

from anlass.litmus.plain import plain
from anlass.litmus.sentences import sentences

FOLDED = {
    "before a German noun": (
        "ich habe über die Links in Ihrem Blog den Eintrag über die Wartehalle in\nBuchholz gefunden. Danke.",
        [
            "ich habe über die Links in Ihrem Blog den Eintrag über die Wartehalle in\nBuchholz gefunden.",
            "Danke.",
        ],
    ),
    "after a comma": (
        "Die grünen Schalensitze, die Sie für Nachkriegsware aus Bremen halten,\nhat mein Vater eingebaut.",
        ["Die grünen Schalensitze, die Sie für Nachkriegsware aus Bremen halten,\nhat mein Vater eingebaut."],
    ),
    "a list is no folded line": (
        "Für das Fest im Juni brauchen wir noch die folgenden Dinge von euch\n- sechs Kuchen\n- Holz",
        ["Für das Fest im Juni brauchen wir noch die folgenden Dinge von euch", "- sechs Kuchen", "- Holz"],
    ),
    "a signature is no folded line": (
        "Mit freundlichen Grüßen\nHolger Tiemann",
        ["Mit freundlichen Grüßen", "Holger Tiemann"],
    ),
    "a long line that was never folded ends where it ends": (
        "x" * 120 + " und das war es dann auch schon fürs erste von mir\nHolger Tiemann",
        ["x" * 120 + " und das war es dann auch schon fürs erste von mir", "Holger Tiemann"],
    ),
}


@pytest.mark.parametrize("name", FOLDED)
def test_a_fold_ends_no_sentence(name: str) -> None:
    """A line break inside a sentence leaves it whole; one at its end ends it."""
    text, expected = FOLDED[name]
    assert [text[one.start : one.end] for one in sentences(text)] == expected


def test_umlauts_in_two_parts_read_like_umlauts_in_one() -> None:
    """Some systems write ä as a and a mark: that is no trick, and the reading is the same."""
    text = "Grüße aus Köln: Könnten Sie die Übersetzung auf Seite 91 prüfen? Für mich wäre das schön."
    whole, parts = plain(text), plain(unicodedata.normalize("NFD", text))
    assert (parts.text, parts.tricks) == (whole.text, ())
    assert parts.places is not None
