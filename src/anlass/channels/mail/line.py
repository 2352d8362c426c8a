"""A line to a mailbox that stays open: it waits for mail, and changes what the owner allows to be changed.

Everything that puts something somewhere is made to be repeated: it is looked up by its Message-ID first,
so that a line that breaks in the middle leaves nothing undone and nothing done twice.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from imapclient import imap_utf7

from anlass.wires.account import Account as Login
from anlass.wires.imap import Wire, number
from anlass.wires.trouble import Turned

_FEATURES = ("IDLE", "CONDSTORE", "QRESYNC", "MOVE", "UIDPLUS", "SPECIAL-USE", "QUOTA", "X-GM-EXT-1")
_LONGEST_ID = 900
"""Bytes of a Message-ID that may stand in a question."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a folder has come: what is numbered from `next` on, or counted beyond `count`, is news.

    `modseq` is 0 where the server keeps none.
    """

    validity: int
    next: int
    count: int
    modseq: int = 0


class Line(Wire):
    """An open connection to a mailbox that may also be written to."""

    def __init__(self, login: Login) -> None:
        super().__init__(login)
        self._spells: tuple[str, str] | None = None
        self._here = ""
        """The folder that is open."""
        self._inside = ""
        """The same where it is open for changing."""

    @property
    def abilities(self) -> tuple[str, ...]:
        """Return those of the server's abilities that the house knows how to use."""
        with self._asking():
            return tuple(name for name in _FEATURES if self._client.has_capability(name))

    def can(self, ability: str) -> bool:
        """Tell whether the server has an ability, by its name in capital letters."""
        return ability in self.abilities

    # --- looking ---

    def look(self, folder: str) -> Mark:
        """Look into a folder, for reading only, and return how far it has come."""
        return self._enter(folder, readonly=True)

    def open(self, folder: str) -> Mark:
        """Look into a folder so that something in it can be changed."""
        return self._enter(folder, readonly=False)

    def is_in(self, folder: str) -> bool:
        """Tell whether this folder is the one that is open."""
        return bool(folder) and self._here == folder

    def glance(self, folder: str) -> Mark | None:
        """Ask how far a folder has come without opening it; `None` where the server does not tell.

        To open a folder costs a server with tens of thousands of mails in it a second. Of the folder that is
        open nothing is told that cannot be asked for by now.
        """
        items = ["MESSAGES", "UIDNEXT", "UIDVALIDITY", *(["HIGHESTMODSEQ"] if self.can("CONDSTORE") else [])]
        with suppress(Turned), self._asking():
            if self.is_in(folder):
                self._client.noop()
            told = self._client.folder_status(folder, items)
            numbers = [_number(told.get(item.encode())) for item in items]
            if all(item.encode() in told for item in items[:3]):
                return Mark(numbers[2], numbers[1], numbers[0], *numbers[3:])
        return None

    def enter(self, folder: str) -> None:
        """See to it that something in a folder can be changed; how far it has come does not matter."""
        if self._inside != folder:
            self.open(folder)

    def examine(self, folder: str) -> int:
        """Look into a folder without changing anything in it; return its UIDVALIDITY."""
        self._here = self._inside = ""
        validity = super().examine(folder)
        self._here = folder
        return validity

    def find(self, message_id: str) -> tuple[int, ...]:
        """Return the numbers of the mails in the open folder that bear this Message-ID."""
        bare = message_id.strip().strip("<>")
        if not (bare.isascii() and bare.isprintable()) or len(bare) > _LONGEST_ID or '"' in bare:
            return ()
        with self._asking():
            found = self._client.search(["UNDELETED", "HEADER", "Message-ID", bare])
            return tuple(sorted(int(uid) for uid in found))

    def tagged(self, keyword: str) -> tuple[int, ...]:
        """Return the numbers of the mails in the open folder that bear a keyword."""
        with self._asking():
            return tuple(sorted(int(uid) for uid in self._client.search(["KEYWORD", keyword])))

    def quota(self) -> tuple[int, int] | None:
        """Return how full the mailbox is and how much it holds, in KiB; `None` where that is not said."""
        if not self.can("QUOTA"):
            return None
        with suppress(Turned), self._asking():
            _, quotas = self._client.get_quota_root("INBOX")
            for one in quotas:
                if one.resource == "STORAGE":
                    return int(one.usage), int(one.limit)
        return None

    def numbers(self, first: int, end: int) -> tuple[int, ...]:
        """Return the numbers of the mails in the open folder from `first` to before `end`."""
        if first >= end:
            return ()
        with self._asking():
            found = self._client.search(["UID", f"{first}:{end - 1}"])
            return tuple(sorted({int(uid) for uid in found if first <= int(uid) < end}))

    def spelled(self, title: str) -> str:
        """Return the name that the server knows a folder of the owner's by: `Anlass/Merkliste`."""
        before, between = self._spelling()
        if title.upper() == "INBOX":
            return "INBOX"
        name = before + title.replace("/", between or "/")
        return str(imap_utf7.encode(name).decode("ascii"))

    def _spelling(self) -> tuple[str, str]:
        """Return what the names of own folders begin with, and what stands between their parts."""
        if self._spells is None:
            told: object = None
            with suppress(Turned), self._asking():
                if self._client.has_capability("NAMESPACE"):
                    told = self._client.namespace().personal
            first = told[0] if isinstance(told, tuple | list) and told else ("", "/")
            self._spells = (str(first[0] or ""), str(first[1] or "/"))
        return self._spells

    # --- waiting ---

    def wait(self, seconds: float, wake: socket.socket) -> bool:
        """Wait until something happens in the open folder, `wake` can be read, or the time is over.

        Return whether something happened, as far as the server tells; one without IDLE tells nothing.
        """
        if not self.can("IDLE"):
            _ready([wake], seconds)
            return False
        with self._asking():
            self._client.idle()
            sock = self._client.socket()
            if not self._client.is_told(sock):
                _ready([sock, wake], seconds)
            _, told = self._client.idle_done()
            return bool(told)

    # --- changing ---

    def make(self, folder: str) -> bool:
        """Make a folder, and show it in mail programs; return whether it was missing."""
        with suppress(Turned), self._asking():
            self._client.create_folder(folder)
            with suppress(Turned), self._asking():
                self._client.subscribe_folder(folder)
            return True
        return False

    def append(self, folder: str, raw: bytes, flags: Sequence[str]) -> None:
        """Put a mail into a folder."""
        with self._asking():
            self._client.append(folder, raw, flags)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move mails of the open folder; raises `Turned` where the server can only copy.

        Without MOVE they are copied and then taken out: whoever repeats that looks first what lies there.
        """
        if self.can("MOVE"):
            with self._asking():
                self._client.move(list(uids), folder)
            return
        if not self.can("UIDPLUS"):
            raise Turned("The server cannot move mails.", where=self.account.host, temporary=False)
        with self._asking():
            self._client.copy(list(uids), folder)
        self.remove(uids)

    def remove(self, uids: Sequence[int]) -> None:
        """Take mails out of the open folder; where only all deleted ones could go, they are marked only."""
        with self._asking():
            self._client.delete_messages(list(uids), silent=True)
        if self.can("UIDPLUS"):
            with self._asking():
                self._client.uid_expunge(list(uids))

    def tag(self, uids: Sequence[int], add: Sequence[str], drop: Sequence[str]) -> None:
        """Give mails of the open folder keywords, and take others from them."""
        with self._asking():
            if drop:
                self._client.remove_flags(list(uids), list(drop), silent=True)
            if add:
                self._client.add_flags(list(uids), list(add), silent=True)

    def text_of(self, uid: int, limit: int) -> bytes | None:
        """Return a mail of the open folder up to `limit` bytes, `None` where it is there no more."""
        told = self.fetch([uid], [f"BODY.PEEK[]<0.{limit}>"]).get(uid, {})
        return next((value for key, value in told.items() if key.upper().startswith(b"BODY[]")), None)

    def _enter(self, folder: str, *, readonly: bool) -> Mark:
        self._here = self._inside = ""
        with self._asking():
            told = self._client.select_folder(folder, readonly=readonly)
            validity, count = number(told[b"UIDVALIDITY"]), number(told[b"EXISTS"])
            following, modseq = number(told.get(b"UIDNEXT", 0)), _number(told.get(b"HIGHESTMODSEQ", 0))
        self._here, self._inside = folder, "" if readonly else folder
        return Mark(validity, following or max(self.uids(), default=0) + 1, count, modseq)


def _number(told: object) -> int:
    """Return a number of a server's that may come in a list, 0 for what is none; raises `ValueError`."""
    one = told[0] if isinstance(told, list | tuple) and told else told
    return number(one) if isinstance(one, int) or (isinstance(one, bytes) and one.isdigit()) else 0


def _ready(sockets: Sequence[socket.socket], seconds: float) -> None:
    """Wait until one of these can be read, or the time is over."""
    with selectors.DefaultSelector() as several:
        for one in sockets:
            several.register(one, selectors.EVENT_READ)
        several.select(seconds)


@contextmanager
def waking() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Lend a pair: what is written into the second one wakes whoever waits on the first."""
    ears, bell = socket.socketpair()
    with ears, bell:
        ears.settimeout(0)
        bell.settimeout(0)
        yield ears, bell
