"""Living with a mailbox: how long a new mail waits for its draft, and a thousand that come at once.

The server is the tests' own Dovecot with Maildir folders on loopback; its time is part of what is measured,
for an owner waits for both. Memory is that of this process, which does what `anlass work` does.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path
from random import Random
from shutil import copyfile
from statistics import median

from bench.archive.strangers import request_text
from bench.report import Row, left_out
from bench.setting import Setting
from tests import live, servers

ACCOUNTS, TIMES, BURST = 10, 9, 1_000
_PATIENCE = 600.0


def measure(bench: Setting) -> Iterator[Row]:
    """Fill ten accounts, read them, then let mails come: one after the other, then a thousand at once."""
    each = 5 * bench.mails // 2 // ACCOUNTS
    try:
        with servers.dovecot() as dovecot:
            yield from _measured(_Post(dovecot, Random(f"{bench.seed}:live")), bench, each)
    except servers.MissingError as missing:
        yield left_out("a new mail until its draft lies there", str(missing))


def _measured(post: _Post, bench: Setting, each: int) -> Iterator[Row]:
    house = live.House(bench.scratch / "live")
    names = [f"olga{number}" for number in range(ACCOUNTS)]
    mails = [path for path in sorted(bench.made_archive.rglob("*")) if path.parent.name in {"cur", "new"}]
    for name in names:
        post.fill(name, mails, each)
        house.connect(name, post.dovecot.imap)
    begin = _cpu()
    house.once()
    note = f"{ACCOUNTS} accounts with {each} mails each, Dovecot on this machine, Maildir"
    yield Row("mailboxes met for the first time", f"{_cpu() - begin:.1f} s of CPU", "", note)
    with house.working():
        waits, used = zip(*(_one(house, post, names[n % ACCOUNTS]) for n in range(TIMES)), strict=True)
        yield Row("a new mail, until its draft lies there", f"{median(waits):.2f} s", "at most 2 s", note)
        yield Row(
            "the same, work of Anlass",
            f"{median(used):.2f} s of CPU",
            "",
            "the rest is the server's, and waiting",
        )
        began = time.monotonic()
        post.at_once(names[0], BURST)
        _until(house, BURST)
        what = f"{BURST} new mails at once, until all have their drafts"
        yield Row(what, f"{time.monotonic() - began:.0f} s", "at most 60 s", "in one mailbox")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("memory while mailboxes are watched", f"{peak:.0f} MB", "at most 300 MB", note)


class _Post:
    """Brings letters that nobody wrote before into the mailboxes of a private server."""

    def __init__(self, dovecot: servers.Dovecot, rng: Random) -> None:
        self.dovecot, self.rng, self.count = dovecot, rng, 0

    def letter(self, to: str) -> bytes:
        """Return one more stranger's request."""
        self.count += 1
        number, name = self.count, f"Nele {self.rng.choice('Ahl Berg Dorn Kahl Lind'.split())}{self.count}"
        subject, text, _ = request_text(self.rng, self.rng.choice(("de", "en")), name)
        head = (
            f"Return-Path: <nele{number}@k{number % 40}.example>\r\n"
            f"From: {name} <nele{number}@k{number % 40}.example>\r\nTo: {to}\r\nSubject: {subject}\r\n"
            f"Date: {format_datetime(live.NOW)}\r\nMessage-ID: <live{number}@k.example>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        )
        return (head + text.replace("\n", "\r\n")).encode()

    def fill(self, name: str, mails: list[Path], count: int) -> None:
        """Put so many mails of an archive into a mailbox, as if they had been there for years."""
        address = f"{name}@anlass.example"
        self.dovecot.deliver(self.letter(address), to=address, sender="nele@k.example")
        folder = self.dovecot.maildir(address)
        for number, path in enumerate(self.rng.choices(mails, k=count)):
            self._put(path, folder / "cur" / f"{1_700_000_000 + number}.M{number}P1.bench:2,S")

    def one(self, name: str) -> None:
        """Deliver one letter."""
        address = f"{name}@anlass.example"
        self.dovecot.deliver(self.letter(address), to=address, sender="nele@k.example")

    def at_once(self, name: str, count: int) -> None:
        """Let so many letters lie in a mailbox at once, as after a night offline."""
        address = f"{name}@anlass.example"
        folder = self.dovecot.maildir(address)
        for _ in range(count):
            raw = self.letter(address)
            new = folder / "tmp" / f"{1_800_000_000 + self.count}.M{self.count}P2.bench"
            new.write_bytes(raw)
            self._put(new, folder / "new" / new.name)

    def _put(self, path: Path, place: Path) -> None:
        """Copy a mail to where the server finds it, owned as the mailbox is."""
        beside = place.parent.parent / "tmp" / f"{place.name}.part"
        copyfile(path, beside)
        owner = place.parent.stat()
        os.chown(beside, owner.st_uid, owner.st_gid)
        beside.rename(place)


def _one(house: live.House, post: _Post, name: str) -> tuple[float, float]:
    """Let one mail come; return the seconds until its draft lay there, and those of work."""
    begin, began = _cpu(), time.monotonic()
    post.one(name)
    _until(house, 1)
    return time.monotonic() - began, _cpu() - begin


def _until(house: live.House, cases: int) -> None:
    """Wait until so many new cases were told, with their drafts."""
    while cases > 0:
        _, looked, _ = house.looks.get(timeout=_PATIENCE)
        cases -= len(looked.cases) if looked else 0


def _cpu() -> float:
    used = os.times()
    return used.user + used.system
