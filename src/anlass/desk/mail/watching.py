"""Watching one mailbox: what came is read and judged, what the owner moved is heard, drafts are put in place.

Each look goes the same way and may be repeated: letters are known by what they are, cases by their letters,
drafts by their Message-ID. How far a folder was read is written down when all of that is done, so whatever
breaks in the middle is looked at again, and nothing is lost or done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from anlass.channels.mail.account import Account
from anlass.channels.mail.line import Line, Mark
from anlass.desk.history.collecting import Run
from anlass.desk.history.letters import reads_on
from anlass.desk.history.mailboxes import rereading
from anlass.desk.learning.teaching import as_taught
from anlass.desk.mail.drafting import Drawer
from anlass.desk.mail.showing import Showcase, titles
from anlass.desk.outgoing.answering import Answering
from anlass.desk.requests.advising import Advice
from anlass.desk.requests.screening import Desk, Judged, judged, look_after
from anlass.doorman import Doorman
from anlass.intake import Recipient
from anlass.intake.gate.taught import Recipe
from anlass.sources import Bearings, FolderUse, folder_uses
from anlass.sources.imap import Mailbox
from anlass.sources.imap.folders import Folder, folder_for
from anlass.store.accounts.mail import FolderMark
from anlass.store.book import Book
from anlass.store.history.filed import Filed
from anlass.wires.trouble import Turned

LOG = logging.getLogger("anlass.work")
_EARLIER = timedelta(days=1)
"""How much older than the connecting of the mailbox a letter may say it is, and is judged all the same."""
_BATCH = 200
"""Letters that are written together: few, because each mailbox holds as many in memory at a time."""
_NOT_JUDGED = frozenset({FolderUse.SENT, FolderUse.DRAFTS, FolderUse.JUNK, FolderUse.TRASH})
_LEFT_ALONE = frozenset({FolderUse.DRAFTS, FolderUse.JUNK})
_AT_ONCE = 50
"""Letters that are judged before what is known of their senders is looked up anew."""


@dataclass(frozen=True, slots=True)
class Office:
    """What a mailbox is watched with; the book is its own, for each keeps what it knows of the tables."""

    book: Book
    doorman: Doorman
    me: Recipient
    now: Callable[[], datetime]
    region: str = ""
    trusted: tuple[str, ...] = ()
    advice: Advice | None = None
    answering: Answering | None = None
    recipes: tuple[Recipe, ...] = ()
    goes_on: Callable[[], bool] = lambda: True


class Ended(Exception):
    """The watching was to end while there was still something to be done; the next look finds it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look brought: mails read, new cases, cases that the owner decided on, drafts moved."""

    read: int = 0
    cases: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class _Arrival:
    """What came into a folder since it was looked into last, by its numbers.

    One that was never looked into, or whose numbers mean something else now, is met `anew`; then, and
    where something is gone, it is read as a `whole`.
    """

    folder: Folder
    directory: str
    mark: FolderMark
    numbers: tuple[int, ...] = ()
    is_anew: bool = False
    is_whole: bool = False


@dataclass(slots=True)
class Session:
    """One mailbox while its line is open."""

    office: Office
    account: Account
    line: Line
    _mailbox: Mailbox = field(init=False)
    _spelled: dict[str, str] = field(init=False)
    _drafts: str | None = field(init=False)
    _has_labels: bool = field(init=False)
    _prints: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Ask which folders there are; those of the house are made where cases are to be seen in them."""
        folders = self.account.folders
        spelled = {word: self.line.spelled(title) for word, title in titles(folders).items() if title}
        if folders.shown == "folders":
            for name in spelled.values():
                self.line.make(name)
        self._has_labels = self.line.has_labels
        self._mailbox = Mailbox(self.line, reads_on=reads_on)
        there = self.line.folders()
        names = {name for _, name in there}
        self._spelled = {word: name for word, name in spelled.items() if name in names}
        self._drafts = folder_for(FolderUse.DRAFTS, there, folders.drafts) if folders.keeps_drafts else None

    # --- looking ---

    def look(self, *, everywhere: bool = False) -> Looked:
        """Take in what is new near at hand, or in all folders; hear the owner, and put drafts in place.

        Raises `EdgeError`; what was done until then is done.
        """
        read, fresh, decided = 0, list[str](), list[str]()
        arrivals = []
        for folder in self._read() if everywhere else self._near():
            arrival = self._arrival(folder)
            if arrival is not None:
                arrivals.append(arrival)
        if arrivals:
            read = self._take_in(arrivals)
            fresh, decided = self._think(arrivals)
        if arrivals or everywhere:
            look_after(self._desk())
        if self.account.folders.shown == "keywords":
            decided += self._hear_keywords()
        drafts = self._put_in_place([*fresh, *decided])
        for arrival in arrivals:
            self.office.book.mail.set_mark(self.account.name, arrival.folder.name, arrival.mark)
        if read or fresh or decided or drafts:
            LOG.info(
                "%s: read %d, new cases %d, decided %d, drafts %d",
                *(self.account.name, read, len(fresh), len(decided), drafts),
            )
        return Looked(read, tuple(fresh), tuple(decided), drafts)

    def is_news(self) -> bool:
        """Look into the inbox, and stay there; tell whether something came since it was read."""
        mark = self._in_inbox()
        known = self.office.book.mail.mark(self.account.name, self._inbox.name)
        return known is None or _as_mark(known) != mark

    def _in_inbox(self) -> Mark:
        """See to it that the inbox is open; return how far it has come."""
        inbox = self._inbox
        told = self.line.glance(inbox.name) if self.line.is_in(inbox.name) else None
        if told is None:
            told = self.line.look(inbox.name)
            self._mailbox.turned_to(inbox, told.validity)
        return told

    @property
    def _inbox(self) -> Folder:
        """The folder that new mail comes to."""
        name = self.account.folders.inbox.upper()
        named = (one for one in self._mailbox.folders if one.name.upper() == name)
        return next(named, self._mailbox.folders[0])

    def _read(self) -> Iterator[Folder]:
        """Yield all folders but those that are left alone."""
        for folder in self._mailbox.folders:
            if folder_uses(folder.title, folder.uses) not in _LEFT_ALONE:
                yield folder

    def _near(self) -> Iterator[Folder]:
        """Yield the folders that change by what the owner does all day; with labels all mail is in one."""
        names = {self.account.folders.inbox.upper(), *(name.upper() for name in self._spelled.values())}
        for folder in self._read():
            is_sent = folder_uses(folder.title, folder.uses) is FolderUse.SENT
            if self._has_labels or is_sent or folder.name.upper() in names:
                yield folder

    def _arrival(self, folder: Folder) -> _Arrival | None:
        """Return what is new in a folder, `None` where nothing is or it cannot be looked into."""
        known = self.office.book.mail.mark(self.account.name, folder.name)
        try:
            now = self._how_far(folder, known)
        except Turned:
            return None
        if known is not None and _as_mark(known) == now:
            return None
        directory = self._mailbox.turned_to(folder, now.validity)
        is_same = known is not None and known.validity == now.validity
        if known is None or not is_same:
            mark = FolderMark(now.validity, now.next, now.count, now.modseq, now.next)
            return _Arrival(folder, directory, mark, is_anew=True, is_whole=True)
        mark = FolderMark(now.validity, now.next, now.count, now.modseq, known.began)
        numbers = self.line.numbers(known.next, now.next)
        is_whole = known.count + len(numbers) != now.count
        return _Arrival(folder, directory, mark, numbers, is_whole=is_whole)

    def _how_far(self, folder: Folder, known: FolderMark | None) -> Mark:
        """Return how far a folder has come; one with news is open then.

        The folder that is open need not be opened again where all that was counted since can be seen in it.
        """
        told = self.line.glance(folder.name) if known is not None else None
        if known is None or told is None:
            return self.line.look(folder.name)
        if told == _as_mark(known):
            return told
        if self.line.is_in(folder.name) and told.validity == known.validity:
            numbers = self.line.numbers(known.next, told.next)
            following = numbers[-1] + 1 if numbers else known.next
            if following == told.next and known.count + len(numbers) == told.count:
                return told
        return self.line.look(folder.name)

    # --- reading ---

    def _take_in(self, arrivals: Sequence[_Arrival]) -> int:
        """Read into the ledger what came; return how many mails that were."""
        office, book, now = self.office, self.office.book, self.office.now()
        bearings = Bearings(book.owner_addresses(), now, office.region)
        run = Run(book, bearings.owner, bearings, None, _BATCH, rereading(self._mailbox))
        for arrival in arrivals:
            if arrival.is_whole:
                run.read(self._mailbox.in_folder(arrival.folder, run))
            else:
                run.expect_new(arrival.directory)
                run.read(self._mailbox.since(arrival.folder, arrival.numbers, run))
        run.finish(now, frozenset(office.trusted))
        return run.counts["read"]

    def _think(self, arrivals: Sequence[_Arrival]) -> tuple[list[str], list[str]]:
        """Judge what came, then hear what the owner says by where it lies; return both sorts of cases."""
        fresh, decided = list[str](), list[str]()
        for arrival in arrivals:
            if folder_uses(arrival.folder.title, arrival.folder.uses) in _NOT_JUDGED:
                continue
            letters = self._letters(arrival)
            for start in range(0, len(letters), _AT_ONCE):
                if not self.office.goes_on():
                    raise Ended
                fresh += self._judge(letters[start : start + _AT_ONCE])
        for arrival in arrivals:
            if arrival.numbers:
                showcase = self._showcase(self._doorman())
                decided += showcase.hear(arrival.folder, self._letters(arrival), now=self.office.now())
        return fresh, decided

    def _judge(self, letters: Sequence[Filed]) -> list[str]:
        outcomes = [one for one in judged(self._desk(), letters) if isinstance(one, Judged)]
        return [one.case.request.id for one in outcomes if one.is_new]

    def _desk(self) -> Desk:
        office = self.office
        return Desk(
            *(office.book, self._doorman(), office.me, office.now(), office.advice),
            answering=office.answering,
            reread=rereading(self._mailbox),
            recipes=office.recipes,
        )

    def _letters(self, arrival: _Arrival) -> tuple[Filed, ...]:
        """Return the letters that came; of a folder met anew those written since the mailbox is connected."""
        book = self.office.book
        if not arrival.is_anew:
            return book.mail.letters_at(arrival.directory, [f";UID={one}" for one in arrival.numbers])
        since = (book.mail.connected(self.account.name) or self.office.now()) - _EARLIER
        found = book.letters_below([arrival.directory])
        return tuple(one for one in found if one.sent_at is not None and one.sent_at >= since)

    # --- what the owner sees ---

    def _hear_keywords(self) -> tuple[str, ...]:
        directory = self._mailbox.turned_to(self._inbox, self._in_inbox().validity)
        return self._showcase(self._doorman()).hear_keywords(directory, now=self.office.now())

    def _put_in_place(self, cases: Sequence[str]) -> int:
        """Move mails and drafts to where their cases stand: these, and what else changed meanwhile."""
        office, book, moved = self.office, self.office.book, 0
        prints = book.mail.newest_cases()
        changed = [one for one, print_ in prints.items() if self._prints.get(one) != print_]
        ours = self._ours(changed)
        wanted = [*dict.fromkeys([*cases, *(one for one in changed if one in ours)])]
        if wanted:
            doorman = self._doorman()
            if self._drafts is not None:
                drawer = Drawer(book, doorman, self.account, office.me, self.line, self._drafts)
                moved = drawer.settle(wanted, now=office.now())
            self._showcase(doorman).show(wanted, self._mailbox.folders)
            self._mailbox.turned_away()
        self._prints = dict(prints)
        return moved

    def _ours(self, cases: Sequence[str]) -> frozenset[str]:
        """Return which of these cases came by this mailbox since it is connected."""
        mail = self.office.book.mail
        since = mail.connected(self.account.name)
        return mail.came_by(self.line.account.place, since - _EARLIER, cases) if since else frozenset()

    def _showcase(self, doorman: Doorman) -> Showcase:
        return Showcase(self.office.book, doorman, self.account, self.line, self._spelled)

    def _doorman(self) -> Doorman:
        return as_taught(self.office.doorman, self.office.book)


def _as_mark(known: FolderMark) -> Mark:
    return Mark(known.validity, known.next, known.count, known.modseq)


def begin(book: Book, account: Account, line: Line) -> int:
    """Note how far all folders have come: what lies there now is history. Return how many were noted."""
    mailbox, count = Mailbox(line), 0
    for folder in mailbox.folders:
        if book.mail.mark(account.name, folder.name) is not None:
            continue
        try:
            now = line.look(folder.name)
        except Turned:
            continue
        # no folder holds fewer than none: so the first look reads it as a whole
        mark = FolderMark(now.validity, now.next, -1, 0, now.next)
        book.mail.set_mark(account.name, folder.name, mark)
        count += 1
    return count
