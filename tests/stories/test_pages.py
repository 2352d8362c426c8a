"""The stories of the tutorial, played as their pages tell them, in both languages: a page is the script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.telling import ROOT, lacking, play, steps

pytestmark = pytest.mark.slow  # a mailbox of two hundred letters is read for each page

TUTORIAL = ROOT / "docs" / "tutorial"
STORIES = ("too-many-requests", "forty-cards", "keep-talking", "house-rules")


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("story", STORIES)
def test_a_story_goes_as_its_page_tells_it(story: str, lang: str, tmp_path: Path) -> None:
    """Every command of the page ends well, and what the page shows is what comes."""
    play(TUTORIAL / f"{story}{'.de' if lang == 'de' else ''}.md", tmp_path / "anlass", lang)


@pytest.mark.parametrize("story", STORIES)
def test_both_languages_of_a_story_type_the_same_commands(story: str) -> None:
    """Whoever follows the German page does what whoever follows the English one does."""
    english, german = (
        [_orders(step.typed) for step in steps(TUTORIAL / f"{story}{end}.md")] for end in ("", ".de")
    )
    assert english == german
    assert len(english) >= 7


def _orders(block: str) -> list[str]:
    """Return which commands a block types, without the words in quotes, which are of a language."""
    return [line.split('"')[0] for line in block.splitlines() if line.startswith(".venv/bin/anlass ")]


def test_what_a_page_shows_and_does_not_come_is_found() -> None:
    """A line that is missing, changed or too early fails a page; what is left out with dots does not."""
    assert lacking("a\n...\nc ...\n", "a\nb\nc d e\n") == []
    assert lacking("c\na\n", "a\nb\nc\n") == ["a"]
    assert lacking("a b c\n", "a b\n") == ["a b c"]
