"""The documents say what is the case: references are current, links lead somewhere, words are explained."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.slow
def test_the_reference_is_what_the_program_says_of_itself() -> None:
    """Commands and settings in docs/reference are those of the program; `make reference` writes them."""
    check = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (check.returncode, check.stdout) == (0, ""), check.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """A relative link or picture in a document names a file that is there."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.de.md")), ids=lambda p: p.name)
def test_a_german_page_has_its_english_twin(page: Path) -> None:
    """German and English stand side by side, and point at each other."""
    twin = page.with_name(page.name.replace(".de.md", ".md"))
    assert twin.name in page.read_text(encoding="utf-8")
    assert page.name in twin.read_text(encoding="utf-8")


def test_every_decision_says_context_choice_and_price() -> None:
    """A page in docs/decisions has its number and its three parts, and no number stands twice."""
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in decisions]
    assert len(set(numbers)) == len(numbers)
    lacking = {}
    for page in decisions:
        text = page.read_text(encoding="utf-8")
        parts = [part for part in ("Context", "Choice", "Price") if part not in text]
        if parts and page.name != "0005-dependencies.md":
            lacking[page.name] = parts
    assert lacking == {}


def test_every_dependency_has_its_reason() -> None:
    """What is installed with the program is named, with a reason, in the decision on dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "decisions" / "0005-dependencies.md").read_text(encoding="utf-8")
    optional = project["optional-dependencies"]
    extras = [line for name, lines in optional.items() if name != "dev" for line in lines]
    names = [re.split(r"[<>=\[]", line)[0] for line in (*project["dependencies"], *extras)]
    assert [name for name in names if not re.search(rf"^\| [^|]*\b{name}\b[^|]*\|", page, re.MULTILINE)] == []


def test_the_readme_fits_one_screen() -> None:
    """The README is one screen: what it is, a picture, two commands, what it never does."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 60
    assert "make demo" in readme
    assert "make test" in readme
    assert re.search(r"!\[[^\]]+\]\(docs/pictures/", readme)
