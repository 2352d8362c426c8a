"""The patterns: a few small archives, read and judged by the installed program, each an owner of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from bench.archive.cast import OWNERS
from bench.archive.making import make
from bench.archive.post import Kind
from bench.archive.writing import utf7

PATTERNS = 6
"""Archives that differ in everybody and everything."""
_MAILS = 1_000
_SELDOM = frozenset({Kind.LIST_PLAIN, Kind.LIST_MODERN, Kind.NEWSLETTER, Kind.RECEIPT, Kind.NETWORK_NOTICE})
_KEPT, _ASKED = 0.1, 0.65
"""Shares of mass mail and of strangers' requests: a row that means nothing says nothing about scale."""
_ADDRESSES = [word for one in OWNERS for word in ("--owner", one)]


def names() -> tuple[str, ...]:
    """Return the owners of the patterns."""
    return tuple(f"pattern-{number}" for number in range(PATTERNS))


def make_patterns(folder: Path, database: str, *, seed: int = 1) -> None:
    """Let the program read and judge every archive, in a database of its own."""
    (folder / "anlass.toml").write_text(f'[store]\ndatabase = "{database}"\n', encoding="utf-8")
    for number, name in enumerate(names()):
        maildir = folder / "mail" / name
        write_maildir(maildir, seed=100 * seed + number)
        anlass("owners", "add", name, "--data", folder)
        home = folder / "owners" / name
        anlass("screen", maildir, *_ADDRESSES, "--data", home)


def write_maildir(maildir: Path, *, seed: int, mails: int = _MAILS) -> int:
    """Write an archive with little mass mail in it; return how many mails it has."""
    dice, count = Random(f"{seed}:kept"), 0
    for mail in make(mails, seed):
        share = _KEPT if mail.kind in _SELDOM else _ASKED if mail.kind is Kind.REQUEST else 1.0
        if mail.kind is Kind.JUNK or dice.random() >= share:
            continue
        folder = maildir if mail.folder == "INBOX" else maildir / f".{utf7(mail.folder).replace('/', '.')}"
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        count += 1
        (folder / "cur" / f"{int(mail.when.timestamp())}.M{count:06d}.host:2,S").write_bytes(mail.raw)
    return count


def anlass(*words: str | Path) -> str:
    """Run the installed program to its end and return what it printed; its errors are shown."""
    program = Path(sys.executable).with_name("anlass")
    told = {name: value for name, value in os.environ.items() if name != "ANLASS_DATA"}
    done = subprocess.run([program, *words], stdout=subprocess.PIPE, text=True, check=True, env=told)
    return done.stdout
