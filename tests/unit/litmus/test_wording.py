"""The wording lists: every phrase is found, every kind has its sentence."""

from __future__ import annotations

import pytest

from anlass.litmus.reading import FindingKind
from anlass.litmus.shipped import load_phrases, load_speech
from anlass.litmus.words import Names, words

PHRASES = [
    (lang, group, phrase)
    for lang, found in load_phrases().items()
    for group, phrases in found.lists.items()
    for phrase in phrases
]


def test_every_phrase_is_found_where_it_stands() -> None:
    """A phrase inside a sentence is found by its own list, at its own words."""
    missed = []
    for lang, group, phrase in PHRASES:
        text = f"x1 {phrase} y2"
        row = words(text, lang, Names())
        found = {
            (name, text[row.spans[first][0] : row.spans[after - 1][1]])
            for name, _, first, after in load_phrases()[lang].find([row])
        }
        if (group, phrase) not in found:
            missed.append((lang, phrase))
    assert missed == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_lists_name_kinds_of_findings(lang: str) -> None:
    """A list's name is a kind, so that a new list cannot be lost by a typing error."""
    assert set(load_phrases()[lang].lists) <= set(FindingKind)


def test_inflected_wording_is_found() -> None:
    """Lists hold one form, letters hold all."""
    row = words("wir suchen gegenseitigen Austausch", "de", Names())
    assert {group for group, *_ in load_phrases()["de"].find([row])} == {"hollow"}


@pytest.mark.parametrize("kind", FindingKind)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_sentence_quotes_what_it_speaks_of(kind: FindingKind, lang: str) -> None:
    """Every kind has a sentence with its quote, and a long quote is shortened."""
    says = load_speech().says(kind, "das eine Wort", lang)
    assert "das eine Wort" in says
    assert len(load_speech().says(kind, "Wort " * 200, lang)) < 200
