"""Reading history into the ledger, without judging anything.

Every mail is read once, headers only, in batches that are written as they come; memory
stays flat however long the archive is. What was read is marked, so that a second run
reads what is new; a run that was cut off is made whole by the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from anlass.desk.evidence.copies import Reread, told_apart
from anlass.desk.history.finding_owner import found_owner, know_owner
from anlass.desk.history.hearing import hear, hear_answer, hear_refusal
from anlass.desk.history.letters import Looked, look_at, opened
from anlass.desk.history.listings import Listings
from anlass.desk.history.reading_ahead import Read, read_ahead
from anlass.errors import NotFound, Problem
from anlass.intake import SetAside
from anlass.ledger.letter import Letter, Way
from anlass.sources import (
    HEADS_LATER,
    Bearings,
    Beside,
    FolderUse,
    Found,
    Glance,
    archive,
    folder_uses,
    is_there,
    reread,
)
from anlass.sources.traces import unchanged
from anlass.store.book import Book

Progress = Callable[[int], None]
"""Told after each batch how many bytes of the archive are behind us; `sources.weigh` says of how many.

Of a mailbox on a server it is told how many mails are.
"""

BATCH = 2_000
_TOLD = 10_000
"""Set-aside files handed back in one result; all of them are in the book."""
_SHARE = 0.2
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """How many mails were what.

    `read` counts the mails looked at, `new` the letters that were not known, `copies` the
    mails that were known letters in another place. `letters_in` and `letters_out` are
    direct human mail, `lists` came through lists, `machines` are robots, bounces,
    receipts and notices. `drafts` and `junk` were left alone, `unchanged` files were
    read before. `entries` are cards, appointments and rows of other sources, `encounters` what
    they tell that happened, `nameless` entries name nobody by any address.
    """

    read: int = 0
    new: int = 0
    copies: int = 0
    letters_in: int = 0
    letters_out: int = 0
    lists: int = 0
    machines: int = 0
    drafts: int = 0
    junk: int = 0
    unchanged: int = 0
    set_aside: int = 0
    entries: int = 0
    encounters: int = 0
    nameless: int = 0


@dataclass(frozen=True, slots=True)
class Collected:
    """What a run brought: counts, what could not be read, who the owner is, whose word is believed."""

    counts: Counts
    set_aside: tuple[SetAside, ...]
    owner_addresses: frozenset[str]
    trusted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run goes: so many mails are written together; where it `is_shared`, a second process reads too.

    Nobody who has threads may ask for the second process.
    """

    batch: int = BATCH
    is_shared: bool = False


PACE = Pace()
"""How a run goes where nobody says."""


def collect(
    book: Book,
    paths: Iterable[Path],
    *,
    owner: Sequence[str] = (),
    trusted: Sequence[str] = (),
    now: datetime,
    region: str = "",
    progress: Progress | None = None,
    pace: Pace = PACE,
) -> Collected:
    """Read the archives at `paths` into the ledger: mail, and the files that other sources know.

    `owner` are the owner's addresses; without any they are known from before or found in
    the sent mail; `region` is the country of telephone numbers that name none. Raises `UserError` where it
    is not clear who the owner is, or where an address or path is none.
    """
    roots = tuple(paths)
    missing = [Problem("There is no such file or folder.", str(path)) for path in roots if not is_there(path)]
    if missing:
        raise NotFound(*missing, hint="Give the folder or file that holds the mail: Maildir, mbox, .eml.")
    addresses = know_owner(book, lambda: found_owner(roots), owner)
    run = Run(book, addresses, Bearings(addresses, now, region), progress, pace.batch)
    for path in roots:
        offered = archive(path, gate=run, portion=HEADS_LATER)
        run.read(read_ahead(offered, addresses, is_shared=pace.is_shared))
    return run.finish(now, frozenset(trusted))


@dataclass(slots=True)
class Run:
    """One run over archives or a mailbox: the gate that its sources ask, and the batch that fills.

    `reread` opens a mail again where it lies. `weight` is what is behind us, in bytes, or in mails where it
    goes `by_mails`: a server says the size of a mail only with the mail. `_stamps` holds the marks of files
    that were opened, until what is in them is written.
    """

    book: Book
    owner: frozenset[str]
    bearings: Bearings
    progress: Progress | None
    batch: int = BATCH
    reread: Reread = reread
    by_mails: bool = False
    weight: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    set_aside: list[SetAside] = field(default_factory=list)
    listings: Listings = field(init=False)
    _batch: list[Letter] = field(default_factory=list)
    _left_alone: list[str] = field(default_factory=list)
    _stamps: dict[str, int] = field(default_factory=dict)
    _known: dict[str, set[int]] = field(default_factory=dict)
    _gone: list[tuple[str, set[int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listings = Listings(self.book)

    def read(self, offered: Iterable[Read | Found | Beside | SetAside]) -> None:
        """Read what one source offers."""
        for found in offered:
            if isinstance(found, SetAside):
                self._lay_aside(found)
            elif isinstance(found, Beside):
                self._hear(found)
            elif isinstance(found, Found):
                self._take(found, look_at(found, self.owner))
            else:
                self._take(*found)

    def finish(self, now: datetime, trusted: frozenset[str]) -> Collected:
        """Write what is left, then work out what the threads prove; return what the run brought."""
        self._write()
        for directory, gone in self._gone:
            self.book.forget_gone(directory, gone)
        self.book.set_aside(self.set_aside, now=now)
        self.book.set_trusted(trusted or _providers(self.book.servers()))
        self.listings.keep()
        self.book.settle()
        told = tuple(self.set_aside[:_TOLD])
        return Collected(Counts(**self.counts), told, self.owner, self.book.trusted())

    # --- the gate ---

    def enter(self, directory: str, folder: str) -> bool:
        """Look up which files of a directory were read before; `False` where all were, and none is new."""
        if passed := self.listings.passed(directory):
            self.counts["unchanged"] += passed.files
            self.weight += passed.weight
            return False
        self._known[directory] = self.book.stamps_in(directory)
        return True

    def expect_new(self, directory: str) -> None:
        """Hear that of this directory only files will be offered that were never read."""
        self._known[directory] = set()

    def wants(self, glance: Glance) -> bool:
        """Say yes to files that are new or changed, and not junk."""
        if folder_uses(glance.folder, glance.labels) is FolderUse.JUNK:
            self.counts["junk"] += 1
            self.weight += self._step(glance.size)
            return False
        look = unchanged(glance)
        self.listings.seen(glance.path.rpartition("/")[0], look)
        return self._is_news(glance, _digest(look))

    def _is_news(self, glance: Glance, stamp: int) -> bool:
        """Tell whether a file has no mark of this stamp; then its old places are forgotten."""
        directory = glance.path.rpartition("/")[0]
        known = self._known.get(directory)
        if known is None:
            known = self.book.stamps_in(directory)
        if stamp in known:
            known.discard(stamp)
            self.counts["unchanged"] += 1
            self.weight += self._step(glance.size)
            return False
        if known:
            self.book.forget_file(glance.path)
        self._stamps[glance.path] = stamp
        return True

    def _hear(self, found: Beside) -> None:
        """Let another source tell what is in its file, where that is news."""
        glance, stamp = (
            found.glance,
            _digest(f"{found.source.name}|{found.source.stamp(found.glance, self.bearings)}"),
        )
        if not self._is_news(glance, stamp):
            return
        self._stamps.pop(glance.path, None)
        heard = hear(self.book, found, self.bearings, stamp)
        for name in ("entries", "encounters", "nameless"):
            self.counts[name] += getattr(heard, name)
        for aside in heard.set_aside:
            self._lay_aside(aside)
        self.counts["set_aside"] += heard.further
        self.weight += self._step(glance.size)
        if self.progress:
            self.progress(self.weight)

    def done(self, glance: Glance) -> None:
        """Mark a file of many mails once all of it is written."""
        self._write()
        self.book.mark(glance.path, _stamp(glance))

    def leave(self, directory: str) -> None:
        """Note the files that are gone; they are forgotten at the end, when it is known where they went."""
        self.listings.left(directory)
        if gone := self._known.pop(directory, None):
            self._gone.append((directory, gone))

    # --- mails ---

    def _take(self, found: Found, looked: Looked | SetAside) -> None:
        """Put one mail into the batch."""
        if isinstance(looked, SetAside):
            self._find_again(found, looked)
            return
        self.counts["read"] += 1
        self.weight += self._step(looked.origin.length)
        letter = looked.letter
        if letter is None:
            self.counts["drafts" if looked.use is FolderUse.DRAFTS else "junk"] += 1
            if looked.origin.offset == 0:
                self._left_alone.append(looked.origin.path)
            return
        if isinstance(letter, SetAside):
            self._lay_aside(letter)
            return
        self.counts[_kind(letter)] += 1
        self._batch.append(letter)
        if looked.has_calendar and isinstance(mail := opened(found), Found):
            self._hear_calendar(letter, mail, is_sent=looked.use is FolderUse.SENT)
        if len(self._batch) >= self.batch:
            self._write()

    def _find_again(self, found: Found, aside: SetAside) -> None:
        """Take a mail where it lies by now; lay aside what cannot be opened anywhere."""
        again = found.again() if found.again and aside.reason == "gone" else aside
        if isinstance(again, Found):
            self._take(again, look_at(again, self.owner))
        elif again is not None:
            self._lay_aside(again)

    def _hear_calendar(self, letter: Letter, found: Found, *, is_sent: bool) -> None:
        """Hear the owner's own answer to an invitation, and what the organiser of a meeting calls off."""
        if is_sent and letter.rule == "N22":
            self.counts["encounters"] += hear_answer(self.book, letter.id, found, self.bearings)
        elif letter.rule == "N16" and letter.writer:
            hear_refusal(self.book, letter.writer.address, found, self.bearings)

    def _step(self, size: int) -> int:
        """Return how much further a file or mail of this size brings us."""
        return 1 if self.by_mails else size

    def _lay_aside(self, found: SetAside) -> None:
        self.counts["set_aside"] += 1
        self._stamps.pop(found.origin.path, None)
        self.set_aside.append(found)

    def _write(self) -> None:
        """Write the batch, with the marks of its files, in one transaction."""
        with self.book.together():
            letters = told_apart(self.book, self._batch, self.reread)
            new = self.book.add_letters(letters, self._stamps)
            for path in self._left_alone:
                self.book.mark(path, self._stamps[path], offset=0)
        self.counts["new"] += new
        self.counts["copies"] += len(letters) - new
        for path in (*(letter.origin.path for letter in letters), *self._left_alone):
            self._stamps.pop(path, None)
        self._batch, self._left_alone = [], []
        if self.progress:
            self.progress(self.weight)


def _kind(letter: Letter) -> str:
    """Name the count that a letter belongs to."""
    if letter.way is Way.NONE:
        return "lists" if letter.rule == "N4" else "machines"
    return "letters_in" if letter.way is Way.IN else "letters_out"


def _stamp(glance: Glance) -> int:
    """Return the mark of a file: what looks the same is the same."""
    return _digest(unchanged(glance))


def _digest(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _providers(servers: Mapping[str, int]) -> frozenset[str]:
    """Return the owner's own providers: the server most often on top, and others that often are."""
    if not servers:
        return frozenset()
    most = max(servers, key=lambda server: (servers[server], server))
    enough = max(_SEVERAL, _SHARE * sum(servers.values()))
    return frozenset({most, *(server for server, count in servers.items() if count >= enough)})
