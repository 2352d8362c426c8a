"""Letters that say the same are read the same, whoever writes them and however they spell."""

from __future__ import annotations

from collections import Counter

import pytest

from anlass.litmus.forms import ORIGIN, forms_of
from anlass.litmus.meant import Meant
from anlass.litmus.panel import Panel
from anlass.litmus.shipped import load_panel
from training.fairness import FAR, Moved, read
from training.versions import pairs


@pytest.fixture(scope="module")
def panel() -> Panel:
    """The shipped panel."""
    return load_panel()


@pytest.fixture(scope="module")
def meant(panel: Panel) -> Meant:
    """What takes words as they are meant."""
    return panel.cutter.meant_of("de")


@pytest.mark.slow
def test_who_writes_and_how_it_is_spelt_changes_hardly_a_verdict(panel: Panel) -> None:
    """The same verdict in 99 of 100 pairs; who writes moves nothing far (slow: 900 letters)."""
    moved = [read(panel, pair) for pair in pairs()]
    assert len(moved) > 300
    assert [len(_of(moved, kind)) > 40 for kind in ("names", "gender", "origin", "slips")] == [True] * 4
    other = Counter(found.pair.how for found in moved if not found.is_same)
    assert other.total() <= len(moved) / 100, other
    far = [found for found in moved if found.by > FAR]
    assert [found for found in far if found.pair.kind in {"names", "gender", "origin"}] == []
    assert len(far) <= len(moved) / 20


def _of(moved: list[Moved], kind: str) -> list[Moved]:
    return [found for found in moved if found.pair.kind == kind]


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("fuer", "für"),
        ("koennen", "können"),
        ("vieleicht", "vielleicht"),
        ("möchhte", "möchte"),
        ("entwicklerin", "entwickler"),
        ("leser:innen", "leser"),
        ("seid", "seit"),
        ("she", "they"),
        ("tommorow", "tomorrow"),
        ("neue", "neue"),
        ("termin", "termin"),
        ("berlin", "berlin"),
        ("steuer", "steuer"),
        ("heron", "heron"),
        ("melken", "melken"),
        ("carers", "carers"),
    ],
)
def test_slips_and_gender_are_undone_and_words_stay(meant: Meant, written: str, word: str) -> None:
    """What is a slip becomes the word; what only looks like one is left alone."""
    assert meant[written] == word


@pytest.mark.parametrize(
    ("lang", "words", "others"),
    [
        ("de", "marokko marokkanische schweizerin türke polen deutschen", "indem darin inseln slow letter"),
        ("en", "morocco moroccans polish germans turkey", "polished island letter kitten"),
        ("fr", "maroc marocaines français italie", "malaise italique canton martin mal"),
    ],
)
def test_where_somebody_comes_from_is_one_class_with_all_its_endings(
    lang: str, words: str, others: str
) -> None:
    """Countries, peoples and languages count as one; words that only look like them stay."""
    form = forms_of(lang)
    assert {form(word) for word in words.split()} == {ORIGIN}
    assert ORIGIN not in {form(word) for word in others.split()}
