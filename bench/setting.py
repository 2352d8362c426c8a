"""What every measurement needs: the program, the archives, where scratch files lie."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from compileall import compile_dir
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import anlass
from bench.archive import write
from bench.archive.cast import OWNERS
from bench.archive.strangers import request_text, strangers
from bench.pairs import Job


@dataclass(frozen=True)
class Setting:
    """One run of the bench; archives are made when the first measurement asks for them.

    `real` is a Maildir of the machine's owner, measured in place of the made-up one.
    """

    scratch: Path
    mails: int
    peer_mails: int
    pairs: int
    seed: int = 1
    real: Path | None = None
    wishers: int = 10_000

    @cached_property
    def program(self) -> Path:
        """The installed command, beside the Python that runs us, compiled as an installer leaves it.

        Where Python is told to keep no compiled files, each start would compile the whole program anew.
        """
        compile_dir(str(Path(anlass.__file__).parent), quiet=1)
        return Path(sys.executable).with_name("anlass")

    def knows(self, command: str) -> bool:
        """Say whether the program has this command; parts of it may not be there yet."""
        done = subprocess.run([self.program, command, "--help"], capture_output=True, check=False)
        return done.returncode == 0

    @cached_property
    def archive(self) -> Path:
        """A Maildir with all mails."""
        return self.real or self._made("archive", self.mails)

    @cached_property
    def small_archive(self) -> Path:
        """A Maildir for slow peers."""
        return self.real or self._made("small", self.peer_mails)

    @cached_property
    def large_archive(self) -> Path:
        """A Maildir with 4.2 times as many mails, made up in any case: 84,000 beside 20,000."""
        return self._made("large", int(self.mails * 4.2))

    @cached_property
    def made_archive(self) -> Path:
        """The made-up Maildir that the large one is held against."""
        return self._made("archive", self.mails) if self.real else self.archive

    @cached_property
    def empty_archive(self) -> Path:
        """A Maildir without any mail: what reading it takes is the start."""
        folder = self.scratch / "empty"
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True)
        return folder

    def _made(self, name: str, mails: int) -> Path:
        write(self.scratch / name, mails=mails, seed=self.seed, mboxes=False)
        return self.scratch / name / "mail" / "Maildir"

    @cached_property
    def requests(self) -> Path:
        """A Maildir of a thousand strangers' requests, nothing else."""
        folder = self.scratch / "requests"
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True)
        wanted = 1000
        for mail in strangers(Random(f"{self.seed}:requests")):
            if mail.composed:
                wanted -= 1
                (folder / "cur" / f"{wanted:05d}.host:2,S").write_bytes(mail.raw)
            if wanted == 0:
                break
        return folder

    @cached_property
    def mixed(self) -> Path:
        """A folder of a thousand mails as they lie in an archive: letters, lists, newsletters, receipts."""
        source, folder = self.real or self._made("some", 1000), self.scratch / "mixed"
        files = sorted(one for one in source.rglob("*") if one.parent.name in {"cur", "new"})
        folder.mkdir()
        for number, file in enumerate(Random(f"{self.seed}:mixed").sample(files, min(1000, len(files)))):
            shutil.copyfile(file, folder / f"{number:05d}")
        return folder

    def texts(self, count: int) -> list[tuple[str, str]]:
        """Return subject and text of `count` requests."""
        rng = Random(f"{self.seed}:texts")
        made = (request_text(rng, rng.choice(("de", "en")), "Kim Vance") for _ in range(count))
        return [(subject, text) for subject, text, _ in made]

    def anlass(self, *words: str | Path, data: str = "data", fresh: bool = False, name: str = "") -> Job:
        """Return a job of the program, with a data folder of its own, empty before each run if `fresh`."""
        folder = self.scratch / data

        def empty() -> None:
            shutil.rmtree(folder, ignore_errors=True)

        env = {"ANLASS_DATA": str(folder)}
        return Job(name or f"anlass {words[0]}", [self.program, *words], env, empty if fresh else _nothing)

    @property
    def owners(self) -> list[str]:
        """The options that say who the owner is."""
        return [] if self.real else [word for one in OWNERS for word in ("--owner", one)]


def _nothing() -> None:
    return


def which(name: str) -> str | None:
    """Return the path of a peer, also where only root's PATH has it."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin")
