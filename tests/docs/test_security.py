"""The page on security keeps its word: no point of the standard is left out, every test it names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "security.md").read_text(encoding="utf-8")
_LAST = {
    "1.1": 7, "1.2": 4, "1.5": 4, "1.6": 4, "1.7": 2, "1.8": 2, "1.9": 2, "1.10": 1, "1.11": 2, "1.14": 6,
    "2.1": 12, "2.2": 3, "2.3": 3, "2.4": 5, "2.5": 7, "2.6": 3, "2.7": 6, "2.8": 6, "2.9": 3, "2.10": 4,
    "3.1": 1, "3.2": 4, "3.3": 4, "3.4": 5, "3.5": 3, "3.7": 1, "4.1": 3, "4.2": 2, "4.3": 3, "5.1": 5,
    "5.2": 8, "5.3": 10, "5.4": 3, "5.5": 4, "6.1": 3, "6.2": 6, "6.3": 2, "6.4": 2, "7.1": 4, "7.2": 2,
    "7.4": 3, "8.1": 4, "8.2": 3, "8.3": 8, "9.1": 3, "9.2": 4, "10.2": 2, "10.3": 3, "11.1": 8, "12.1": 3,
    "12.2": 1, "12.3": 6, "12.4": 2, "12.5": 2, "12.6": 1, "13.2": 3, "13.3": 2, "13.4": 2, "14.1": 4,
    "14.2": 6, "14.4": 7, "14.5": 4,
}  # fmt: skip
"""By section the number of its last point of levels 1 and 2, where all before it are too."""
_MORE = (
    "1.4.1 1.4.4 1.4.5 1.12.2 4.1.5 7.3.1 7.3.3 7.3.4 13.1.1 13.1.3 13.1.4 13.1.5 13.2.5 13.2.6 14.3.2 14.3.3"
)
"""Points of sections in which some are of level 3, or were taken out."""


def points() -> Iterator[tuple[str, str]]:
    """Yield each point of the table with the words in its last column."""
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"\d+\.\d+\.\d+", cells[0]):
            assert len(cells) == 4, line
            yield cells[0], cells[3]


def test_every_point_of_the_standard_has_its_row() -> None:
    """All points of levels 1 and 2 are there, each once."""
    wanted = [f"{section}.{number}" for section, last in _LAST.items() for number in range(1, last + 1)]
    assert sorted(number for number, _ in points()) == sorted([*wanted, *_MORE.split()])


def test_every_row_names_a_test_that_exists_or_says_why_there_is_none() -> None:
    """What shows a point is a test that is here; else the row says that none can, or what is missing."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    known = {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    shown = dict(points())
    allowed = re.compile(r"by hand|not here|gap: .+")
    wrong = {
        number: words
        for number, words in shown.items()
        if words not in known and not allowed.fullmatch(words)
    }
    assert wrong == {}
    assert sum(words in known for words in shown.values()) > len(shown) / 2
