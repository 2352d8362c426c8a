"""The source: knows an export of WordPress, and tells each comment in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from anlass.intake.guard import clean, one_line
from anlass.intake.message import SetAside
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, is_relay, mail_address
from anlass.sources.dates import moment
from anlass.sources.found import Glance
from anlass.sources.packed import Folder
from anlass.sources.reading import refused
from anlass.sources.told import aside
from anlass.sources.traces import Bearings, NoTrace, encounter_id, unchanged
from anlass.sources.wordpress.wxr import Author, Comment, Flaw, Post, is_whole, posts

_SIGN = b"wordpress.org/export/"
_COMMENT_KINDS = frozenset({"", "comment"})
_ECHOES = frozenset({"pingback", "trackback", "webmention"})
_HIDDEN = frozenset({"spam", "trash", "post-trashed"})
_Told = Trace | NoTrace | SetAside


@dataclass(frozen=True, slots=True)
class WordPress:
    """Exports of blogs; whoever comments could name any address, so nothing is joined."""

    name: str = "wordpress"
    joins: bool = False

    def knows(self, path: str, beginning: bytes) -> bool:
        """Know an export by the name of its format, which stands at its beginning."""
        return path.casefold().endswith(".xml") and _SIGN in beginning.replace(b"\0", b"")

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return what tells the file from others, and whose posts count."""
        return "|".join((unchanged(glance), *sorted(bearings.owner)))

    def read(self, path: str, bearings: Bearings) -> Iterator[_Told]:
        """Yield what each comment in the export at `path` tells."""
        directory, name = os.path.split(path)
        try:
            with Folder(directory).open(name) as stream:
                yield from _told(stream, path, name, bearings)
        except OSError as error:
            yield refused(path, error)


def _told(stream: IO[bytes], path: str, name: str, bearings: Bearings) -> Iterator[_Told]:
    """Yield what each comment tells, then what is wrong with the file, or that it holds none."""
    if not stream.read(1):
        yield aside(path, "empty")
        return
    is_complete, flaw = is_whole(stream), Flaw()
    authors: list[Author] = []
    is_empty = True
    for one in posts(stream, flaw):
        if isinstance(one, Author):
            authors.append(one)
            continue
        for told in _Post(one, _owner(authors, bearings), path, name, bearings).told():
            is_empty = False
            yield told
    if flaw.line:
        yield aside(path, "damaged" if is_complete else "broken_file", flaw.line)
    elif is_empty:
        yield NoTrace(name, "no_rows")


def _owner(authors: Sequence[Author], bearings: Bearings) -> Author | None:
    """Return which author of the blog the owner is: by address, or because there is one alone."""
    if len(authors) == 1:
        return authors[0]
    return next((one for one in authors if one.mail.casefold() in bearings.owner), None)


class _Post:
    """One post with its comments, seen by its owner."""

    def __init__(self, post: Post, owner: Author | None, path: str, file: str, bearings: Bearings) -> None:
        self._post = post
        self._owner = owner
        self._path = path
        self._file = file
        self._bearings = bearings
        self._by_id = {one.id: one for one in post.comments if one.id}
        self._answered = {one.parent for one in post.comments if self._is_own(one) and not _passed(one)}

    def told(self) -> Iterator[_Told]:
        """Yield what each comment tells, in order."""
        for one in self._post.comments:
            yield self._comment(one, f"{self._file}, comment {one.number}")

    def _comment(self, one: Comment, place: str) -> _Told:
        if not one.id or not (one.author or one.mail):
            return self._aside("misshapen", one)
        if reason := _passed(one):
            return NoTrace(place, reason)
        if self._owner is None:
            return self._aside("no_owner", one)
        if self._is_own(one):
            return self._answer(one, place)
        if self._post.creator != self._owner.login:
            return NoTrace(place, "not_yours")
        return self._heard(one, place)

    def _aside(self, reason: str, one: Comment) -> SetAside:
        return aside(self._path, reason, one.number, unit="comment")

    def _answer(self, one: Comment, place: str) -> _Told:
        """Return the owner's answer as a word to whoever wrote the comment above it."""
        above = self._by_id.get(one.parent)
        if above is None or self._is_own(above) or _passed(above):
            return NoTrace(place, "own")
        met = self._met(EncounterKind.MESSAGE_OUT, one, place, is_turn=True, is_proven=True)
        return self._trace(above, place, met)

    def _heard(self, one: Comment, place: str) -> Trace:
        above = self._by_id.get(one.parent)
        is_answered = one.id in self._answered
        is_turn = is_answered and above is not None and self._is_own(above)
        met = self._met(EncounterKind.MESSAGE_IN, one, place, is_turn=is_turn, is_proven=is_answered)
        return self._trace(one, place, met)

    def _trace(self, one: Comment, place: str, met: Encounter) -> Trace:
        """Return what happened with the writer of a comment; a bare name is nobody to meet."""
        addresses = self._addresses(one)
        return Trace(_name(one), addresses, place, (met,) if addresses else ())

    def _met(
        self, kind: EncounterKind, one: Comment, place: str, *, is_turn: bool, is_proven: bool
    ) -> Encounter:
        when = moment(one.date, self._bearings.now)
        return Encounter(
            kind,
            when,
            thread=f"wordpress {self._post.blog} {self._post.id or self._post.title}",
            is_turn=is_turn,
            is_proven=is_proven,
            source=f"wordpress:{place}",
            id=encounter_id("comment", "wordpress", self._post.blog, one.id, when.isoformat(), kind),
            where=clean(self._post.title)[:120],
        )

    def _is_own(self, one: Comment) -> bool:
        """Tell whether the owner wrote a comment: signed in, or under an own address."""
        if one.mail.casefold() in self._bearings.owner:
            return True
        if self._owner is None:
            return False
        return one.user not in {"", "0"} and one.user == self._owner.id

    def _addresses(self, one: Comment) -> tuple[Address, ...]:
        mail = mail_address(one.mail)
        is_theirs = mail is not None and not is_relay(mail) and mail.value not in self._bearings.owner
        return (mail,) if mail is not None and is_theirs else ()


def _passed(one: Comment) -> str:
    """Return why a comment is no word of a person, or nothing."""
    if one.approved in _HIDDEN:
        return "spam"
    if one.kind in _ECHOES:
        return "pingback"
    return "" if one.kind in _COMMENT_KINDS else "other_kind"


def _name(one: Comment) -> str:
    return one_line(one.author)[:200]
