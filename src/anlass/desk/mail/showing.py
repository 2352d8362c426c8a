"""Cases in the owner's mail program: as folders or as keywords, as the owner chose; and what they say there.

A mail that came into a folder of the house was put there by the owner, and that is their word on its case.
What the house itself moves is written down before and says nothing: its case may stand elsewhere by the time
the mail is met there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from anlass.channels.mail.account import Account, Folders
from anlass.channels.mail.line import Line
from anlass.desk.decisions.deciding import Choice, decide, holding, stood_on, take_back
from anlass.doorman import Doorman
from anlass.sources.imap.folders import Folder
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState, KeptCase
from anlass.store.history.filed import Filed

_WAITING = "waiting"
_KEYWORDS = {
    _WAITING: "AnlassWaiting",
    Choice.ASKED.value: "AnlassAsked",
    Choice.WATCHED.value: "AnlassWatched",
    Choice.ACCEPTED.value: "AnlassAccepted",
    Choice.LAPSED.value: "AnlassLapsed",
}
_OF_STATES = {
    CaseState.WAITING: _WAITING,
    CaseState.ASKED: Choice.ASKED.value,
    CaseState.WATCHED: Choice.WATCHED.value,
}
_LIES_WITH = {Choice.DECLINED: Choice.ASKED, Choice.UNLOCKED: Choice.ACCEPTED}
"""A decline lies with the questions, as its letter asks one; whoever was shown more, with the accepted."""
_VALIDITY = ";UIDVALIDITY="


def titles(folders: Folders) -> dict[str, str]:
    """Return the folders of the house by what lying in them says: `waiting`, or a word of the owner."""
    return {word: getattr(folders, word) for word in _KEYWORDS}


@dataclass(frozen=True, slots=True)
class Showcase:
    """The mailbox of one account as the owner sees it; `spelled` are its folders as the server names them."""

    book: Book
    doorman: Doorman
    account: Account
    line: Line
    spelled: dict[str, str]

    def hear(self, folder: Folder, letters: Iterable[Filed], *, now: datetime) -> tuple[str, ...]:
        """Hear what the owner says by having put these letters into a folder; return the cases it changed."""
        said = next((word for word, name in self.spelled.items() if name == folder.name), None)
        is_home = folder.name.upper() == self.account.folders.inbox.upper()
        if said is None and not is_home:
            return ()
        changed, moves = [], self.account.folders.shown == "folders"
        for filed in letters:
            is_ours = moves and self.book.mail.moved(self.account.name, filed.id) == said
            if filed.request is not None and not is_ours and self._hear(filed.request, said, now):
                changed.append(filed.request)
        return tuple(changed)

    def _hear(self, case: str, said: str | None, now: datetime) -> bool:
        if said is None or said == _WAITING:
            return take_back(self.book, self.doorman, case, now=now)
        if _word(self.book, self.book.case(case)) == said:
            return False
        return decide(self.book, self.doorman, case, Choice(said), now=now).is_new

    def hear_keywords(self, directory: str, *, now: datetime) -> tuple[str, ...]:
        """Hear the keywords that the owner has added to mails of the open folder; return what it changed."""
        bearing: dict[int, list[str]] = {}
        for word, keyword in _KEYWORDS.items():
            for uid in self.line.tagged(keyword):
                bearing.setdefault(uid, []).append(word)
        changed = []
        for uid, words in bearing.items():
            if len(words) < 2:
                continue
            for filed in self.book.mail.letters_at(directory, [f";UID={uid}"]):
                stands = _word(self.book, self.book.case(filed.request)) if filed.request else None
                said = [one for one in words if one != stands]
                if filed.request and said and self._hear(filed.request, said[0], now):
                    changed.append(filed.request)
        return tuple(changed)

    def show(self, cases: Iterable[str], folders: Iterable[Folder]) -> tuple[str, ...]:
        """Let these cases be seen where they stand; return the names of the folders that got mail by it."""
        if self.account.folders.shown == "not":
            return ()
        known = {folder.place: folder for folder in folders}
        got = set[str]()
        for case in cases:
            kept = self.book.case(case)
            word = _word(self.book, kept)
            for letter, folder, uid in self._mails(kept.id, known):
                if self.account.folders.shown == "keywords":
                    self._tag(folder, uid, word)
                elif word is not None and folder.name != self.spelled[word]:
                    self.book.mail.moves(self.account.name, letter, word)
                    if self._move(kept, folder, uid, self.spelled[word]):
                        got.add(self.spelled[word])
        return tuple(sorted(got))

    def _mails(self, case: str, known: dict[str, Folder]) -> list[tuple[str, Folder, int]]:
        """Return where the mails of a case lie, as far as the house may touch them there."""
        ours = {self.account.folders.inbox.upper(), *(name.upper() for name in self.spelled.values())}
        found = []
        for letter in self.book.mail.letters_of(case):
            for origin in self.book.origins(letter):
                directory, _, number = origin.path.rpartition("/;UID=")
                place, _, validity = directory.partition(_VALIDITY)
                folder = known.get(place)
                if folder is None or folder.name.upper() not in ours or not number.isdigit():
                    continue
                if str(self.line.open(folder.name).validity) == validity:
                    found.append((letter, folder, int(number)))
        return found

    def _move(self, kept: KeptCase, folder: Folder, uid: int, target: str) -> bool:
        """Move a mail into a folder; where it lies there already, only take it out here."""
        message_id = kept.case.request.message_id
        self.line.open(target)
        lies_there = bool(message_id and self.line.find(message_id))
        self.line.open(folder.name)
        if not self.line.fetch([uid], ["UID"]):
            return False
        if lies_there:
            self.line.remove([uid])
        else:
            self.line.move([uid], target)
        return True

    def _tag(self, folder: Folder, uid: int, word: str | None) -> None:
        self.line.open(folder.name)
        wanted = _KEYWORDS.get(word or "")
        drop = [keyword for keyword in _KEYWORDS.values() if keyword != wanted]
        self.line.tag([uid], [wanted] if wanted else [], drop)


def _word(book: Book, kept: KeptCase) -> str | None:
    """Return the word under which a case lies; `None` for one that is done in another way."""
    choice = holding(kept, stood_on(book, kept.id))
    if choice is not None:
        return _LIES_WITH.get(choice, choice).value
    if kept.state in _OF_STATES:
        return _OF_STATES[kept.state]
    return Choice.LAPSED.value if kept.answered_at is None else None
