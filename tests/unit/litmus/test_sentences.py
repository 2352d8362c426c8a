"""Sentences of letters: greetings, abbreviations, ordinals, wrapped lines."""

from __future__ import annotations

import pytest

from anlass.litmus.sentences import sentences

CUT = {
    "Hallo Frau Kast, ich habe eine Frage. Passt das?": [
        "Hallo Frau Kast,",
        "ich habe eine Frage.",
        "Passt das?",
    ],
    "Am 12. Mai kommt Dr. Weber z.B. zu uns. Gut?": ["Am 12. Mai kommt Dr. Weber z.B. zu uns.", "Gut?"],
    "Hi Ann,\nis it free?\n\nThanks\nBob": ["Hi Ann,", "is it free?", "Thanks", "Bob"],
    "This line is folded by a mail program somewhere in its middle\nand goes on here.": [
        "This line is folded by a mail program somewhere in its middle\nand goes on here."
    ],
    "": [],
    " \n ": [],
}


@pytest.mark.parametrize("text", CUT)
def test_a_letter_is_cut_where_a_reader_would(text: str) -> None:
    """Greeting, sentences and signature lines stand alone; abbreviations and folded lines do not end."""
    assert [text[found.start : found.end] for found in sentences(text)] == CUT[text]
