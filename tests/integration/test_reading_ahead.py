"""An archive read by two processes: the same, in the same order, whatever becomes of the second one.

Each test runs in a process of its own, since a copy of one with threads, as a runner of tests may have, is
no safe thing.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there a second process is made")

MAILS = 700
ASKED = """
import os, sys
from anlass.desk.history import reading_ahead
from anlass.desk.history.second_reader import SecondReader
from anlass.sources import HEADS_LATER, archive

reading_ahead.has_second_core = lambda: True
given, give = [], SecondReader.give
def noted(self, part):
    given.append(len(part))
    give(self, part)
    {then}
SecondReader.give = noted
def told(is_shared):
    offered = archive(sys.argv[1], portion=HEADS_LATER)
    read = reading_ahead.read_ahead(offered, frozenset({{"olga@home.example"}}), is_shared=is_shared)
    return [one[1] if isinstance(one, tuple) else one for one in read]
alone, together = told(False), told(True)
assert len(alone) == {mails}
assert alone == together
assert given, "the second process was asked"
"""


def archive_of(folder: Path, *, recipients: int = 1) -> Path:
    """Write letters in and out, a draft's folder, an empty file and one that is no mail."""
    people = ", ".join(f"Kai Falk {n} <kai{n}@falk.example>" for n in range(recipients))
    for part in ("cur", "new", "tmp", ".Drafts/cur", ".Drafts/new", ".Drafts/tmp"):
        (folder / part).mkdir(parents=True)
    for n in range(MAILS):
        place = ".Drafts/cur" if n % 50 == 0 else "cur"
        sender, to = (
            ("Olga <olga@home.example>", people) if n % 2 else ("Kai <kai@falk.example>", "olga@home.example")
        )
        head = f"From: {sender}\nTo: {to}\nMessage-ID: <{n}@x.example>\nSubject: Das Buch {n}\n"
        text = "" if n == 300 else "\0\1\2" if n == 301 else f"{head}\nWorte {n}.\n"
        (folder / place / f"{n:04}.host:2,S").write_text(text)
    return folder


def asked(folder: Path, then: str = "pass") -> None:
    """Read the archive alone and together in another process, and hold one against the other."""
    script = ASKED.format(then=then, mails=MAILS)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, folder],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_two_processes_read_what_one_reads(tmp_path: Path) -> None:
    """Nobody can tell from what comes back who read what."""
    asked(archive_of(tmp_path))


@pytest.mark.slow
def test_what_a_second_process_took_with_it_is_read_again(tmp_path: Path) -> None:
    """It is killed with two parts in its hands."""
    asked(archive_of(tmp_path), then="len(given) == 2 and os.kill(self._process, 9)")


@pytest.mark.slow
def test_answers_larger_than_any_pipe_hold_nobody_up(tmp_path: Path) -> None:
    """Each side has more to say than the other can hear at once."""
    asked(archive_of(tmp_path, recipients=100))
