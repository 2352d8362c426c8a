"""The map of the site: which pages stand under which heading, by the lists of all documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

LISTS = {"en": "README.md", "de": "README.de.md"}
"""By language, the page that lists all others."""
ENGLISH_ALONE = frozenset(
    "ARCHITECTURE CONTRIBUTING SECURITY figures glossary howto/add-a-language tutorial/probe-and-channel "
    "explanation/litmus explanation/outside-of-the-text explanation/second-opinion "
    "explanation/what-a-stranger-can-learn explanation/five-walks explanation/scale "
    "explanation/dependencies reference/commands "
    "reference/settings reference/formats reference/house-rules reference/surface "
    "reference/who-sees-what".split()
)
"""What is for developers, or looked up: it stands in English alone."""
_LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]+)\)")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One heading of the map with the pages below it, each with its name."""

    name: str
    pages: tuple[tuple[str, str], ...]


def shelves(staged: Path, lang: str) -> tuple[Shelf, ...]:
    """Return the map in one language, read from the page that lists all documents."""
    parts = re.split(r"^## (.+)$", (staged / LISTS[lang]).read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = zip(parts[1::2], parts[2::2], strict=True)
    return tuple(Shelf(name.strip(), _pages(text, lang)) for name, text in found)


def _pages(text: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the pages that a part of the list names, in its language."""
    links = [(name, target) for name, target in _LINK.findall(text) if target.endswith(".md")]
    return tuple(
        (name, target.removesuffix(".md"))
        for name, target in links
        if lang == "de" or not target.endswith(".de.md")
    )


def twin(page: str) -> str:
    """Return what a page is called in the other language."""
    return page.removesuffix(".de") if page.endswith(".de") else f"{page}.de"


def faults(staged: Path) -> list[str]:
    """Return what is missing: a page in German, or its place in the map of a language."""
    pages = {file.relative_to(staged).as_posix().removesuffix(".md") for file in staged.rglob("*.md")}
    english = {page for page in pages if not page.endswith(".de") and not page.startswith("decisions/")}
    found = [
        f"{page}.md has no German twin."
        for page in sorted(english - ENGLISH_ALONE)
        if twin(page) not in pages
    ]
    found += [
        f"{page}.md is there in German and listed as English alone."
        for page in ENGLISH_ALONE
        if twin(page) in pages
    ]
    for lang, wanted in (("en", english), ("de", {page for page in pages if page.endswith(".de")})):
        listed = {page for shelf in shelves(staged, lang) for _, page in shelf.pages}
        start = {LISTS[lang].removesuffix(".md"), "index" if lang == "en" else "index.de"}
        found += [f"{page}.md is not listed in {LISTS[lang]}." for page in sorted(wanted - listed - start)]
    return found
