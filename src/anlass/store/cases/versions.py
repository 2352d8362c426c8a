"""The versions of the house rules that held, as the journal remembers them: editing loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

ABOUT = "house-rules"
"""What the lines of the journal are about that hold versions."""

ACT = "house_rules"
_MANY = 1_000


class _Entry(Protocol):
    @property
    def when(self) -> datetime: ...
    @property
    def act(self) -> str: ...
    @property
    def content(self) -> Mapping[str, object]: ...


class Journal(Protocol):
    """What versions need of a book."""

    def entries(self, *, about: str | None = None, limit: int = 100) -> Iterable[_Entry]:
        """Return the newest lines of the journal, about one thing."""
        ...

    def note(
        self, act: str, *, about: str = "", content: Mapping[str, object] | None = None, now: datetime
    ) -> str:
        """Add a line to the journal."""
        ...


@dataclass(frozen=True, slots=True)
class Version:
    """House rules that held from `since` on: their number, the owner's own text, and how they came.

    `cases` are those that were decided otherwise because of it. `back_to` is the number of the
    version that an undo brought back, else `None`.
    """

    number: int
    since: datetime
    text: str
    by: str
    cases: tuple[str, ...] = ()
    back_to: int | None = None


def versions(book: Journal) -> tuple[Version, ...]:
    """Return the versions that held, the newest first."""
    lines = (one for one in book.entries(about=ABOUT, limit=_MANY) if one.act == ACT)
    return tuple(sorted((_version(one) for one in lines), key=lambda one: -one.number))


def last_version(book: Journal) -> Version | None:
    """Return the version that held last; `None` where none is remembered."""
    return next(iter(versions(book)), None)


def keep_version(
    book: Journal, text: str, by: str, *, now: datetime, cases: Iterable[str] = (), back_to: int | None = None
) -> Version | None:
    """Remember that these house rules hold from now on; `None` where they did already."""
    last = last_version(book)
    if last is not None and last.text == text:
        return None
    made = Version(last.number + 1 if last else 1, now, text, by, tuple(cases), back_to)
    content = {"number": made.number, "text": text, "by": by, "cases": list(made.cases), "back_to": back_to}
    book.note(ACT, about=ABOUT, content=content, now=now)
    return made


def _version(entry: _Entry) -> Version:
    content = entry.content
    cases, number, back_to = content.get("cases"), content.get("number"), content.get("back_to")
    return Version(
        number if isinstance(number, int) else 0,
        entry.when,
        str(content.get("text", "")),
        str(content.get("by", "")),
        tuple(map(str, cases)) if isinstance(cases, list) else (),
        back_to if isinstance(back_to, int) else None,
    )
