"""A picture of every page that the map at the foot of the house leads to, and what each page said then.

The pictures are taken from the running demo, in both languages. What a page said is kept as a digest: as soon
as a page says something else, a test calls for new pictures, so that none can grow old.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures" / "pages"
SAID = FOLDER / "said.toml"
LANGUAGES = ("de", "en")
ON_A_PHONE = ("inbox", "people", "events", "settings", "rules")
"""Of which pages there is a picture on a phone, too."""
_OF_ONE_RUN = re.compile(r"(?<=127\.0\.0\.1):\d+|\S*anlass-demo-\w+")


class Words(HTMLParser):
    """What a page of the house says, and where its map leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.map: list[str] = []
        self._inside: list[str] = []
        self._is_foot = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the text begins, and what the foot leads to."""
        said = dict(attrs)
        if tag in {"main", "script", "style"}:
            self._inside.append(tag)
        if "sill" in (said.get("class") or "").split():
            self._is_foot = True
        href = said.get("href")
        if self._is_foot and tag == "a" and href and href not in self.map:
            self.map.append(href)

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Keep the words of the text."""
        if self._inside == ["main"]:
            self.said += data.split()

    @property
    def digest(self) -> str:
        """A short digest of the words: the same as long as the page says the same.

        Acts of one second stand in the journal in no order; every demo has a folder and a port of its own.
        """
        said = _OF_ONE_RUN.sub("", " ".join(self.said)).split()
        return hashlib.sha256(" ".join(sorted(said)).encode()).hexdigest()[:16]


def named(address: str) -> str:
    """Return what the picture of a page is called: by the last part of its address."""
    return urlsplit(address).path.strip("/").rpartition("/")[2] or "inbox"


def said_before() -> Mapping[str, Mapping[str, str]]:
    """Return what pages said when their pictures were taken: by page, and language."""
    return tomllib.loads(SAID.read_text(encoding="utf-8")) if SAID.exists() else {}


def keep_said(found: Mapping[str, Mapping[str, str]]) -> None:
    """Write down what pages say now."""
    lines = ["# What each page of the demo said when its picture was taken. `make pictures` writes this."]
    for name in sorted(found):
        told = ", ".join(f'{lang} = "{digest}"' for lang, digest in sorted(found[name].items()))
        lines.append(f"{name} = {{ {told} }}")
    SAID.write_text("\n".join(lines) + "\n", encoding="utf-8")
