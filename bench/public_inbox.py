"""Turn a public-inbox repository (one commit per mail, blob `m`) into a Maildir.

For measuring on a real list archive that the owner of the machine has fetched:

    python -m bench.public_inbox GITDIR DEST

The mails belong to those who wrote them: keep them out of every commit, and name
nobody who writes there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


def commits(gitdir: Path) -> list[str]:
    """Return the commits of `gitdir`, oldest first."""
    done = subprocess.run(
        ["git", "-C", str(gitdir), "rev-list", "--reverse", "HEAD"],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def mails(gitdir: Path) -> Iterator[bytes]:
    """Yield the mail of every commit that has one, oldest first; removals have none."""
    with tempfile.TemporaryFile() as questions:
        # A file and no pipe: git answers while we would still be asking, and both would wait.
        questions.write("".join(f"{commit}:m\n" for commit in commits(gitdir)).encode())
        questions.seek(0)
        with subprocess.Popen(
            ["git", "-C", str(gitdir), "cat-file", "--batch", "--buffer"],
            stdin=questions,
            stdout=subprocess.PIPE,
        ) as git:
            if git.stdout is not None:
                yield from _blobs(git.stdout)


def _blobs(answers: IO[bytes]) -> Iterator[bytes]:
    """Yield the contents out of what `git cat-file --batch` prints."""
    while head := answers.readline():
        words = head.split()
        if words[-1] == b"missing":
            continue
        yield answers.read(int(words[2]))
        answers.read(1)


def convert(gitdir: Path, dest: Path) -> int:
    """Write every mail of `gitdir` into the Maildir `dest`, all seen; return how many."""
    for part in ("cur", "new", "tmp"):
        (dest / part).mkdir(parents=True, exist_ok=True)
    count = 0
    for count, mail in enumerate(mails(gitdir), start=1):
        (dest / "cur" / f"{count:07d}.public-inbox:2,S").write_bytes(mail)
    return count


def main() -> int:
    """Read the two folders from the command line and convert."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gitdir", type=Path, help="the repository, with or without a work tree")
    parser.add_argument("dest", type=Path, help="the Maildir to write, outside of any repository")
    given = parser.parse_args()
    print(f"{convert(given.gitdir, given.dest)} mails")
    return 0


if __name__ == "__main__":
    sys.exit(main())
