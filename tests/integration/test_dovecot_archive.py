"""An archive is read from the disk of a mail server that keeps running, and nothing is lost or read twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes
from itertools import islice
from pathlib import Path

from anlass.sources import Everything, Found, Gate, archive
from bench.archive import make
from bench.archive.writing import utf7
from tests.servers import Dovecot

FOLDERS = ("INBOX", "Gesendet", "Entwürfe", "Archiv/2023", "Post & Co")


def letters(count: int) -> tuple[bytes, ...]:
    """Return mails of every shape as they go over the wire; NUL and bare line ends do not."""
    some = islice(make(40 * count, seed=5), 0, None, 40)
    return tuple(mail.raw.replace(b"\n", b"\r\n") for mail in some)


def digest(raw: bytes) -> str:
    """Return what tells one mail from another, whatever the server did to its line ends and head."""
    message = message_from_bytes(raw)
    return hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()


def fill(dovecot: Dovecot, account: str, mails: tuple[bytes, ...]) -> Counter[tuple[str, str]]:
    """Put the mails into all folders in turn, by LMTP and IMAP; return where each one lies."""
    placed: Counter[tuple[str, str]] = Counter()
    for number, raw in enumerate(mails):
        folder = FOLDERS[number % len(FOLDERS)]
        placed[folder, digest(raw)] += 1
        if folder == "INBOX":
            dovecot.deliver(raw, to=account)
    with dovecot.login(account) as session:
        for folder in FOLDERS[1:]:
            session.create(quoted(folder))
        for number, raw in enumerate(mails):
            folder = FOLDERS[number % len(FOLDERS)]
            if folder != "INBOX":
                flags = r"(\Seen \Answered)" if number % 2 else r"(\Flagged)"
                answer, _ = session.append(quoted(folder), flags, None, raw)
                assert answer == "OK"
    return placed


def quoted(folder: str) -> str:
    """Return the name of a folder as an IMAP string."""
    return f'"{utf7(folder)}"'


def found_in(path: Path, gate: Gate | None = None) -> Iterator[Found]:
    """Yield the mails of the archive at `path`; nothing of a healthy one is set aside."""
    for one in archive(path, gate=gate):
        assert isinstance(one, Found), one
        yield one


def lying(found: Iterable[Found]) -> Counter[tuple[str, str]]:
    """Count mails by their folder and identity; the account's own folder is the inbox."""
    return Counter((one.folder.partition("/")[2] or "INBOX", digest(one.raw)) for one in found)


def test_every_mail_of_every_folder_is_found_once(dovecot: Dovecot) -> None:
    """Maildir++ as Dovecot writes it: German folder names, folders in folders, flags in names."""
    account = "whole@anlass.example"
    placed = fill(dovecot, account, letters(25))
    assert (dovecot.maildir(account) / ".Entw&APw-rfe").is_dir()
    assert lying(found_in(dovecot.maildir(account))) == placed


def test_flags_become_labels_and_a_change_of_flags_no_second_mail(dovecot: Dovecot) -> None:
    """Dovecot renames a file when a flag changes; the mail stays the same one."""
    account = "flags@anlass.example"
    placed = fill(dovecot, account, letters(10))
    before = {digest(one.raw): one.labels for one in found_in(dovecot.maildir(account))}
    with dovecot.login(account) as session:
        session.select("INBOX")
        session.store("1:*", "+FLAGS", r"(\Flagged)")
        session.close()
    after = list(found_in(dovecot.maildir(account)))
    assert lying(after) == placed
    inbox = [key for folder, key in placed if folder == "INBOX"]
    changed = {digest(one.raw): one.labels for one in after}
    assert [key for key in inbox if changed[key] == before[key]] == []
    assert [key for key in changed if key not in inbox and changed[key] != before[key]] == []


def delivered(dovecot: Dovecot, account: str) -> Counter[tuple[str, str]]:
    """Deliver twenty mails that no program has looked at yet; all lie in `new`."""
    mails = letters(20)
    for raw in mails:
        dovecot.deliver(raw, to=account)
    assert len(list((dovecot.maildir(account) / "new").iterdir())) == len(mails)
    return Counter({("INBOX", digest(raw)): 1 for raw in mails})


def look_at(dovecot: Dovecot, account: str) -> None:
    """Open the inbox as a mail program does: every file of `new` moves to `cur`, some get flags."""
    with dovecot.login(account) as session:
        session.select("INBOX")
        session.store("1:10", "+FLAGS", r"(\Seen)")
        session.close()
    assert list((dovecot.maildir(account) / "new").iterdir()) == []


def test_mails_that_move_from_new_to_cur_while_reading_are_read_once(dovecot: Dovecot) -> None:
    """The owner opens the inbox while we have read three of its mails."""
    account = "moving@anlass.example"
    placed = delivered(dovecot, account)
    reading = found_in(dovecot.maildir(account))
    seen = list(islice(reading, 3))
    look_at(dovecot, account)
    seen += reading
    assert lying(seen) == placed


class LooksBetween(Everything):
    """A gate at which the owner opens the inbox as soon as the first of its two folders was read."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look: Callable[[], None] | None = look

    def leave(self, directory: str) -> None:
        """Open the inbox, once."""
        look, self._look = self._look, None
        if look:
            look()


def test_mails_that_move_between_the_two_folders_of_a_maildir_are_read_once(dovecot: Dovecot) -> None:
    """What was in `new` when `cur` was listed, and in `cur` when `new` was, is not overlooked."""
    account = "between@anlass.example"
    placed = delivered(dovecot, account)
    gate = LooksBetween(lambda: look_at(dovecot, account))
    assert lying(found_in(dovecot.maildir(account), gate)) == placed


def test_mails_that_get_flags_while_reading_are_read_once(dovecot: Dovecot) -> None:
    """A change of flags renames the file; the mail is found under its new name."""
    account = "renamed@anlass.example"
    placed = delivered(dovecot, account)
    look_at(dovecot, account)
    reading = found_in(dovecot.maildir(account))
    seen = list(islice(reading, 3))
    with dovecot.login(account) as session:
        session.select("INBOX")
        session.store("1:20", "+FLAGS", r"(\Answered)")
        session.close()
    seen += reading
    assert lying(seen) == placed
