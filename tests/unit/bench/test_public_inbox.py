"""A public-inbox repository becomes a Maildir."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bench.public_inbox import convert


@pytest.mark.slow  # git runs nine times
def test_every_commit_with_a_mail_becomes_one_file_in_order(tmp_path: Path) -> None:
    """Removals have no mail; bytes are kept as they are, also where they are no text."""
    repository, dest = tmp_path / "list", tmp_path / "Maildir"

    def git(*words: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@list.example")
        subprocess.run(["git", *who, "-C", str(repository), *words], check=True, capture_output=True)

    repository.mkdir()
    git("init", "--quiet")
    mails = [b"Subject: one\n\nfirst\n", b"", b"Subject: \xff\xfe\n\nm missing\n"]
    for mail in mails:
        (repository / "m").write_bytes(mail)
        git("add", "m")
        git("commit", "--quiet", "-m", "mail")
    git("rm", "--quiet", "m")
    git("commit", "--quiet", "-m", "removed")
    assert convert(repository, dest) == 3
    assert [path.read_bytes() for path in sorted((dest / "cur").iterdir())] == mails
