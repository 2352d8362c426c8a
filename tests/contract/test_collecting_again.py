"""The second run: what nothing happened to is passed over, and nothing that happened is overlooked."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.desk.history.collecting import Counts, collect
from anlass.sources.listing import listing
from anlass.store.book import Book

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OLGA, KAI = "olga@home.example", "kai@falk.example"


def put(maildir: Path, name: str, text: str = "", part: str = "cur") -> Path:
    """Write one letter of Kai's into a Maildir and return its file."""
    for one in ("cur", "new", "tmp"):
        (maildir / one).mkdir(parents=True, exist_ok=True)
    file = maildir / part / name
    file.write_text(
        f"From: Kai <{KAI}>\nTo: {OLGA}\nMessage-ID: <{name}{len(text)}@x.example>\n"
        f"Date: Mon, 02 Mar 2026 10:00:00 +0000\nSubject: Das Buch\n\nWorte. {text}\n"
    )
    return file


def run(book: Book, maildir: Path) -> Counts:
    """Collect once more and return what was counted."""
    return collect(book, [maildir], owner=[OLGA], now=NOW).counts


@pytest.fixture
def maildir(book: Book, tmp_path: Path) -> Path:
    """Return a Maildir of four letters, two of them in a folder, that was collected."""
    for number in range(2):
        put(tmp_path / "Maildir", f"{number}.host:2,S")
        put(tmp_path / "Maildir" / ".Archiv", f"{number + 2}.host:2,S")
    run(book, tmp_path / "Maildir")
    return tmp_path / "Maildir"


def known(book: Book, directory: Path) -> bool:
    """Tell whether the book knows a directory as it looks now."""
    now = listing(str(directory))
    return now is not None and book.listing_of(str(directory)) == now.number


def test_second_run_passes_over_directories_that_look_the_same(book: Book, maildir: Path) -> None:
    """All files count as unchanged, none is read, and both directories are known by one number."""
    assert known(book, maildir / "cur")
    assert known(book, maildir / ".Archiv" / "cur")
    assert run(book, maildir) == Counts(unchanged=4)
    assert run(book, maildir) == Counts(unchanged=4)


def test_second_run_reads_a_letter_that_was_rewritten_in_its_place(book: Book, maildir: Path) -> None:
    """The directory's own time did not change, the file's did; even where its length stays."""
    file = maildir / "cur" / "0.host:2,S"
    text = file.read_text().replace("<0.host", "<9.host")
    before = file.parent.stat().st_mtime_ns
    with file.open("r+") as same:
        same.write(text)
    os.utime(file, ns=(1, 1))
    assert file.parent.stat().st_mtime_ns == before
    assert run(book, maildir) == Counts(read=1, new=1, letters_in=1, unchanged=3)
    assert known(book, maildir / "cur")


def test_second_run_notices_what_came_and_what_went(book: Book, maildir: Path) -> None:
    """New files are read, files that are gone are forgotten, a changed flag makes no new letter."""
    put(maildir, "5.host", part="new")
    (maildir / "cur" / "1.host:2,S").rename(maildir / "cur" / "1.host:2,RS")
    (maildir / ".Archiv" / "cur" / "2.host:2,S").unlink()
    assert run(book, maildir) == Counts(read=2, new=1, copies=1, letters_in=2, unchanged=2)
    assert run(book, maildir) == Counts(unchanged=4)


def test_second_run_tells_again_what_could_not_be_read(book: Book, maildir: Path) -> None:
    """A directory in which something was set aside is never passed over."""
    (maildir / "cur" / "7.host:2,S").touch()
    for _ in range(3):
        assert run(book, maildir) == Counts(set_aside=1, unchanged=4)
        assert not known(book, maildir / "cur")


def test_what_was_forgotten_is_read_again(book: Book, maildir: Path) -> None:
    """Where the owner names another address, every letter is looked at once more."""
    found = collect(book, [maildir], owner=[KAI], now=NOW).counts
    assert found == Counts(read=4, copies=4, letters_out=4)


def test_directory_with_more_than_files_has_no_listing(tmp_path: Path) -> None:
    """A folder within, or a directory that is gone, says nothing; hidden files do not count."""
    put(tmp_path, "1.host:2,S")
    (tmp_path / "cur" / ".hidden").touch()
    assert listing(str(tmp_path / "gone")) is None
    assert listing(str(tmp_path)) is None
    found = listing(str(tmp_path / "cur"))
    assert found is not None
    assert found[:2] == (1, (tmp_path / "cur" / "1.host:2,S").stat().st_size)
