"""One word, one thing: the vocabulary is the same in code and docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AVOID = {
    r"\bsales leads?\b": "Person or Requester",
    r"\btouchpoints?\b": "Encounter",
    r"\bblacklist|\bwhitelist": "nothing: the house has no such lists",
    r"\bbouncer\b": "Doorman",
    r"\bcampaigns?\b": "Mailing",
    r"\brulesets?\b": "Policy",
    r"(?<!\.)\bplug-?ins?\b": "nothing: there are none",  # a library's attribute is not ours to name
}
TEXTS = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])


@pytest.mark.parametrize("word", AVOID)
def test_an_avoided_word_is_not_used(word: str) -> None:
    """A synonym that the glossary avoids appears neither in code nor in docs."""
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in TEXTS
        for match in re.finditer(word, path.read_text(encoding="utf-8"), re.IGNORECASE)
        if path.name != "glossary.md"
    ]
    assert found == [], f"say {AVOID[word]}"


def test_no_document_names_a_machine_or_a_registry() -> None:
    """Documents hold no path of somebody's machine."""
    found = [
        str(path.relative_to(ROOT))
        for path in TEXTS
        if re.search(r"(?<![\w.])/(?:home|root|work|Users)/\w", path.read_text(encoding="utf-8"))
    ]
    assert found == []
