"""The card to print: one small page, the same in every run, nothing in it of where it was made."""

from __future__ import annotations

import re

from anlass.cards import shown
from anlass.cards.printed import printed, unprintable
from tests.unit.cards.samples import SINCE, all_of_it, cards_of


def test_a_printed_card_is_one_small_page() -> None:
    """85 by 55 millimetres, in points; the moment in it is that of the grant."""
    pdf = printed(all_of_it(), "https://karte.tueren.example/c/x")
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert box is not None
    assert (float(box[1]), float(box[2])) == (240.94, 155.91)
    assert b"20261122" in pdf
    assert pdf == printed(all_of_it(), "https://karte.tueren.example/c/x")


def test_letters_that_the_font_lacks_are_named() -> None:
    """German and the neighbours' letters are there; others are said before anything is printed."""
    assert unprintable(all_of_it()) == ""
    greek = shown(cards_of('name = "Ολγα Łódź"'), "main", "card", since=SINCE)
    assert greek is not None
    assert unprintable(greek) == "Οαγλ"
