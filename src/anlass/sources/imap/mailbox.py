"""A mailbox on a server, read like an archive: folder by folder, mail by mail, each with its place.

The place of a mail is its address by RFC 5092, `imap://USER@HOST/FOLDER;UIDVALIDITY=17/;UID=4711`: it
means this one mail for ever. A folder that was renamed, or whose numbers the server gave anew, has
another address; its mails are met again there, and known by what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from anlass.errors import SourceError
from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.sources.found import HEADS, Everything, Found, Gate, Glance
from anlass.sources.imap.folders import Folder, folders
from anlass.sources.imap.heads import ITEMS, Head, head_of, holds_calendar, part
from anlass.sources.mail.folders import FolderUse, folder_uses
from anlass.sources.mail.labels import gmail_labels
from anlass.wires.imap import Wire
from anlass.wires.trouble import Turned

_AT_ONCE = 200
"""Mails whose heads are asked for with one question."""
_LONG_AT_ONCE = 40
_HOPELESS = 1_000
"""Mails that a server withholds before it is left."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of a mail that is taken out whole; no provider takes larger ones."""
_VALIDITY = ";UIDVALIDITY="
_SAYS = {
    "folder_withheld": "The server does not open this folder.",
    "mail_withheld": "The server does not hand over this mail.",
    "folder_garbled": "The server names a folder in a way that cannot be read.",
}
Told = Mapping[int, Mapping[bytes, Any]]


class Mailbox:
    """A mailbox as one run meets it.

    `reads_on` tells by the head of a mail and the beginning of its text whether more of it is wanted;
    without it, never. A mail that holds an appointment is always read on. `stood` tells how a folder stood
    when all of it had been read: one that stands as it did is passed over (`passed_over`). `standings` is how
    those stand that this run has read.
    """

    def __init__(
        self,
        wire: Wire,
        *,
        reads_on: Callable[[bytes], bool] | None = None,
        stood: Callable[[str], str] | None = None,
    ) -> None:
        self._wire = wire
        self._reads_on = reads_on
        self._stood = stood
        self.passed_over: list[str] = []
        self.standings: dict[str, str] = {}
        self._open = ""
        self._withheld = 0
        self._there: set[str] = set()
        root = wire.account.place
        self._has_labels = wire.has_labels
        self._folders = folders(wire.folders(), root, has_labels=self._has_labels)

    def mails(self, gate: Gate) -> Iterator[Found | SetAside]:
        """Yield the mails that the gate wants, and a `SetAside` for what the server withholds.

        Raises `SourceError` where the talk with the server ends; what was yielded until then is good.
        """
        if self._wire.garbled:
            yield _withheld(f"{self._wire.account.place}/", "folder_garbled")
        for folder in self._folders:
            try:
                directory, standing = self._enter(folder), self._wire.standing
                self._there.add(directory)
                if self._is_as_before(folder, directory, standing):
                    self.passed_over.append(directory)
                    continue
                uids = self._wire.uids()
            except Turned:
                self._there.add(folder.place)
                yield _withheld(folder.place, "folder_withheld")
                continue
            if gate.enter(directory, folder.title):
                yield from self._mails_in(folder, directory, uids, gate)
                gate.leave(directory)
                self.standings[directory] = standing

    def count(self) -> int:
        """Return how many mails lie in all folders; those of a folder that does not open are left out."""
        return sum(map(self._count_in, self._folders))

    @property
    def folders(self) -> tuple[Folder, ...]:
        """The folders that are read, in the order of their names."""
        return self._folders

    def turned_away(self) -> None:
        """Hear that somebody else has looked into another folder on this wire."""
        self._open = ""

    def turned_to(self, folder: Folder, validity: int) -> str:
        """Hear that somebody else has opened this folder on this wire; return the place of its mails."""
        self._open = f"{folder.place}{_VALIDITY}{validity}"
        return self._open

    def in_folder(self, folder: Folder, gate: Gate) -> Iterator[Found | SetAside]:
        """Yield the mails of one folder that the gate wants; marks of what is there no more are dropped."""
        directory = self._enter(folder)
        if gate.enter(directory, folder.title):
            yield from self._mails_in(folder, directory, self._wire.uids(), gate)
            gate.leave(directory)

    def since(self, folder: Folder, uids: Sequence[int], gate: Gate) -> Iterator[Found | SetAside]:
        """Yield those mails of one folder that have these numbers and that the gate wants; drop no mark.

        The gate is not asked to look the folder up: what has a new number was never read.
        """
        yield from self._mails_in(folder, self._enter(folder), uids, gate)

    def is_there(self, directory: str) -> bool:
        """Tell whether a folder of this place was met or could not be looked into, or may have been."""
        if self._wire.garbled:
            return True
        return directory in self._there or directory.partition(_VALIDITY)[0] in self._there

    def reread(self, origin: Origin) -> bytes | None:
        """Return the mail at `origin` again, as much of it as is judged; `None`: it lies there no more."""
        return self._again(origin, self._first)

    def original(self, origin: Origin) -> bytes | None:
        """Return the mail at `origin` with all its bytes; `None`: it is gone, or too large."""
        return self._again(origin, self._whole)

    def _again(self, origin: Origin, read: Callable[[int], bytes | None]) -> bytes | None:
        directory, _, uid = origin.path.rpartition("/;UID=")
        place = directory.partition(_VALIDITY)[0]
        folder = next((one for one in self._folders if one.place == place), None)
        if folder is None or not uid.isdigit():
            return None
        try:
            return read(int(uid)) if self._enter(folder) == directory else None
        except Turned:
            return None

    def _first(self, uid: int, start: int = 0) -> bytes | None:
        """Return the piece of a mail that begins at a byte."""
        told = self._wire.fetch([uid], [f"BODY.PEEK[]<{start}.{HEADS.limit}>"])
        return part(told.get(uid, {}), b"BODY[]", start)

    def _whole(self, uid: int) -> bytes | None:
        """Ask for a mail piece by piece; the last is shorter than was asked for."""
        raw = bytearray()
        while len(raw) <= _LARGEST:
            piece = self._first(uid, len(raw))
            if piece is None or len(piece) > HEADS.limit:
                return None
            raw += piece
            if len(piece) < HEADS.limit:
                return bytes(raw)
        return None

    def places(self) -> frozenset[str]:
        """Return how the places of mails in each folder begin, before the folder's UIDVALIDITY."""
        return frozenset(folder.place for folder in self._folders)

    def looked_into(self, place: str) -> tuple[str, Sequence[int]]:
        """Return the directory of a folder and the numbers of its mails; nothing where it is not opened."""
        folder = next(one for one in self._folders if one.place == place)
        try:
            return self._enter(folder), self._wire.uids()
        except Turned:
            return "", ()

    def some_of(self, directory: str, uids: Sequence[int]) -> Iterator[Found | SetAside]:
        """Yield these mails of a folder."""
        place = directory.partition(_VALIDITY)[0]
        folder = next(one for one in self._folders if one.place == place)
        yield from self._mails_in(folder, directory, uids, Everything())

    def _is_as_before(self, folder: Folder, directory: str, standing: str) -> bool:
        """Tell whether nothing has changed in a folder; junk is counted anew each time."""
        is_junk = folder_uses(folder.title, folder.uses) is FolderUse.JUNK
        return bool(standing and self._stood and not is_junk and self._stood(directory) == standing)

    def _count_in(self, folder: Folder) -> int:
        try:
            self._enter(folder)
            return len(self._wire.uids())
        except Turned:
            return 0

    def _enter(self, folder: Folder) -> str:
        """Look into a folder; return the place of what lies in it now."""
        if not folder.can_be_asked_for:
            raise Turned("This name cannot be asked for.", where=folder.place)
        if not self._open.startswith(folder.place + _VALIDITY):
            self._open = ""
            self._open = f"{folder.place}{_VALIDITY}{self._wire.examine(folder.name)}"
        return self._open

    def _mails_in(
        self, folder: Folder, directory: str, uids: Sequence[int], gate: Gate
    ) -> Iterator[Found | SetAside]:
        glances = (Glance(f"{directory}/;UID={uid}", folder.title, 0, 0, uid, folder.uses) for uid in uids)
        wanted = (glance for glance in glances if gate.wants(glance))
        while some := list(islice(wanted, _AT_ONCE)):
            if self._enter(folder) != directory:
                raise SourceError("The folder is another one now.", where=folder.place, temporary=True)
            yield from self._fetched(some)

    def _fetched(self, glances: Sequence[Glance]) -> Iterator[Found | SetAside]:
        """Yield some mails of the open folder; one that is gone meanwhile is left out."""
        labels = ("X-GM-LABELS",) if self._has_labels else ()
        told = self._ask([glance.inode for glance in glances], (*ITEMS, *labels))
        heads = {uid: head_of(one) for uid, one in told.items() if one}
        longer = self._longer(heads)
        for glance in glances:
            if glance.inode not in told:
                continue
            head = heads.get(glance.inode)
            if head is None:
                self._withheld += 1
                yield _withheld(glance.path, "mail_withheld")
                continue
            raw = longer.get(glance.inode, head.raw)
            words = (*glance.labels, *head.labels, *gmail_labels(raw))
            origin = Origin(glance.path, 0, max(head.size, len(raw)))
            yield Found(origin, glance.folder, words, raw, head.size > len(raw), glance)
        if self._withheld > _HOPELESS:
            raise SourceError("The server hands over nothing.", where=self._wire.account.host)

    def _longer(self, heads: Mapping[int, Head | None]) -> dict[int, bytes]:
        """Return more of the mails of which more is wanted."""
        cut = {uid: head for uid, head in heads.items() if head and head.is_cut}
        wanted = {uid for uid, head in cut.items() if self._reads_on and self._reads_on(head.raw)}
        composed = [uid for uid in cut.keys() - wanted if cut[uid].has_parts]
        shapes = self._ask(sorted(composed), ["BODYSTRUCTURE"]) if composed else {}
        wanted |= {uid for uid, shape in shapes.items() if holds_calendar(shape)}
        rest, found = iter(sorted(wanted)), dict[int, bytes]()
        while some := list(islice(rest, _LONG_AT_ONCE)):
            for uid, told in self._ask(some, [f"BODY.PEEK[]<0.{HEADS.limit}>"]).items():
                if raw := part(told, b"BODY[]"):
                    found[uid] = raw
        return found

    def _ask(self, uids: Sequence[int], items: Sequence[str]) -> Told:
        """Ask for mails; where the server turns that down, ask for fewer, so that one spoils no other.

        A mail that it does not hand over even alone has nothing told of it.
        """
        try:
            return self._wire.fetch(uids, items)
        except Turned:
            if len(uids) == 1:
                return {uids[0]: {}}
        half = len(uids) // 2
        return {**self._ask(uids[:half], items), **self._ask(uids[half:], items)}


def _withheld(path: str, reason: str) -> SetAside:
    return SetAside(Origin(path), reason, _SAYS[reason])
