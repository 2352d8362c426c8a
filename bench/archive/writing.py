"""The archive on disk: Maildir++ folders, and mbox files for the older years."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import IO

from bench.archive.making import make
from bench.archive.post import Kind, Mail
from bench.archive.truth import Truth

COPIED = {Kind.LETTER_IN: 0.12, Kind.LETTER_OUT: 0.05, Kind.LIST_PLAIN: 0.03, Kind.REQUEST: 0.08}
"""How often a mail of a kind lies in a second folder too."""
COPIES_TO = "Alle Nachrichten"
MBOX_UNTIL = 2021  # the years before this lie in mbox files


def utf7(name: str) -> str:
    """Return a folder name as IMAP servers write it on disk (modified UTF-7)."""
    parts, strange = [], ""
    for letter in f"{name}\0":
        if letter.isascii():
            if strange:
                parts.append("&" + strange.encode("utf-7").decode()[1:].rstrip("-").replace("/", ",") + "-")
                strange = ""
            parts.append("&-" if letter == "&" else letter)
        else:
            strange += letter
    return "".join(parts).rstrip("\0")


class Shelves:
    """Where mails are put; opens each mbox once and makes each Maildir folder once."""

    def __init__(self, root: Path, stack: ExitStack, rng: Random) -> None:
        self.maildir, self.mboxes = root / "Maildir", root / "Mail-alt"
        self._stack, self._rng = stack, rng
        self._open: dict[Path, IO[bytes]] = {}
        self._made: set[Path] = set()
        self._count = 0

    def put(self, mail: Mail, folder: str, *, in_mbox: bool) -> None:
        """Keep one mail in `folder`."""
        self._count += 1
        if in_mbox:
            self._append(self.mboxes / f"{folder.replace('/', '.')}-{mail.when:%Y}.mbox", mail)
        else:
            self._file(
                self.maildir if folder == "INBOX" else self.maildir / f".{utf7(folder).replace('/', '.')}",
                mail,
            )

    def _file(self, folder: Path, mail: Mail) -> None:
        if folder not in self._made:
            for part in ("cur", "new", "tmp"):
                (folder / part).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        flags = self._rng.choices(("S", "RS", "FS", ""), (70, 15, 3, 12))[0]
        name = f"{int(mail.when.timestamp())}.M{self._count:06d}.host"
        place = (
            folder / "cur" / f"{name}:2,{flags}"
            if flags or self._rng.random() < 0.5
            else folder / "new" / name
        )
        place.write_bytes(mail.raw)

    def _append(self, path: Path, mail: Mail) -> None:
        if path not in self._open:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open[path] = self._stack.enter_context(path.open("wb"))
        body = mail.raw.replace(b"\nFrom ", b"\n>From ")
        end = b"" if body.endswith(b"\n") else b"\n"
        self._open[path].write(
            f"From {mail.sender} {mail.when:%a %b %d %H:%M:%S %Y}\n".encode() + body + end + b"\n"
        )


def placed(dest: Path, mails: Iterator[Mail], truth: Truth, *, mboxes: bool) -> None:
    """Put every mail on its shelf below `dest`, some on two, and note it in `truth`."""
    rng = Random(f"{truth.seed}:shelves")
    with ExitStack() as stack:
        shelves = Shelves(dest, stack, rng)
        for mail in mails:
            truth.note(mail)
            in_mbox = mboxes and mail.when.year < MBOX_UNTIL and mail.kind is not Kind.JUNK
            shelves.put(mail, mail.folder, in_mbox=in_mbox)
            truth.folders[mail.folder] += 1
            if rng.random() < COPIED.get(mail.kind, 0):
                shelves.put(mail, COPIES_TO, in_mbox=False)
                truth.folders[COPIES_TO] += 1
                truth.copies += 1


def write(dest: Path, *, mails: int, seed: int, mboxes: bool = True) -> Truth:
    """Write an archive to `dest/mail` and the truth about it to `dest/truth.json`."""
    truth = Truth(seed)
    placed(dest / "mail", make(mails, seed), truth, mboxes=mboxes)
    (dest / "truth.json").write_text(
        json.dumps(truth.as_dict(), indent=1, ensure_ascii=False), encoding="utf-8"
    )
    return truth
