"""The rows of a table of messages: who, to whom, when, in which conversation; their words are not kept.

What is no letter of a human to a human is told apart here by the row alone: drafts, spam,
sponsored messages, attachments without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from anlass.people import Address, profile_address
from anlass.sources.dates import is_misdated, moment
from anlass.sources.linkedin.files import REQUIRED, Kind, columns
from anlass.sources.tables import Row, Torn, table

_URLS = re.compile(r"\s*,\s*(?=https?://)")
_MANY = 500
"""Recipients of one message that are looked at."""
_YES = frozenset({"yes", "true", "ja", "1"})
_MARKUP = re.compile(r"<[^<>]{0,2000}>|&nbsp;|[\s\u200b-\u200f\ufeff]+")
_SPONSORED = re.compile(r"^\s*<p class=[\"']?spinmail|%[A-Z]{4,20}%")
_LOOKED_AT = 4_000


@dataclass(frozen=True, slots=True)
class Member:
    """A member as a row names one."""

    name: str
    profile: Address | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One row of messages: `reason` says why it is no letter, empty where it is one."""

    line: int
    talk: str
    sender: Member
    to: tuple[Member, ...]
    when: datetime
    reason: str


def heard(stream: IO[bytes], now: datetime) -> Iterator[Heard | Torn]:
    """Yield each row of a `messages.csv`, without the words."""
    kept: dict[str, str] = {}
    profiles: dict[str, Address | None] = {}
    for row in table(stream, columns(Kind.MESSAGES), REQUIRED[Kind.MESSAGES]):
        if isinstance(row, Torn):
            yield row
            continue
        url = row["from_url"]
        if url not in profiles:
            profiles[url] = profile_address(url)
        name = row.one_line("from")
        sender = Member(kept.setdefault(name, name[:200]), profiles[url])
        talk = row.one_line("talk") or f"{name}, {row.one_line('to')}"
        yield Heard(
            line=row.line,
            talk=kept.setdefault(talk, talk),
            sender=sender,
            to=recipients(row.one_line("to"), row["to_urls"]),
            when=moment(row["date"], now),
            reason=_reason(row),
        )
        if is_misdated(row["date"], now):
            yield Torn(row.line, "no_date")


def _reason(row: Row) -> str:
    """Return why a row is no letter of a human, or nothing."""
    content = row["content"][:_LOOKED_AT]
    if row["draft"].casefold() in _YES or row["draft_talk"].casefold() in _YES:
        return "draft"
    if row["folder"].casefold() in {"spam", "junk"}:
        return "spam"
    if _SPONSORED.search(content):
        return "sponsored"
    if not _MARKUP.sub("", content):
        return "no_words"
    return ""


def plain(name: str) -> str:
    """Return a name for comparison: small, without what follows a comma ("PhD")."""
    return " ".join(name.partition(",")[0].casefold().split())


def recipients(names: str, urls: str) -> tuple[Member, ...]:
    """Return the recipients of a row: by their profiles, where the export names them, else by name.

    Names are joined by commas that stand in names as well ("Muster, PhD"); a part of
    one word belongs to the name before it.
    """
    told: list[str] = []
    for part in names.split(", ")[:_MANY]:
        if told and " " not in part.strip():
            told[-1] += ", " + part
        elif part.strip():
            told.append(part.strip()[:200])
    profiles = [profile_address(url) for url in _URLS.split(urls)[:_MANY]] if urls else []
    if not profiles:
        return tuple(Member(name) for name in told)
    if len(profiles) == len(told) == 1:
        return (Member(names[:200], profiles[0]),)
    if len(told) != len(profiles):  # hidden members have names only, so nobody can tell whose is whose
        return tuple(Member("", profile) for profile in profiles)
    return tuple(Member(name, profile) for name, profile in zip(told, profiles, strict=True))
