"""Files that came through the door: kept by digest, named plainly, never opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.channels.form import files
from anlass.channels.form.files import FOLDER, keep, label_of, open_file, plain_name, sweep


def test_a_file_is_kept_once_under_its_digest(tmp_path: Path) -> None:
    """The same bytes under two names are one file; nobody else may read the folder."""
    one, two = (keep(tmp_path, name, [b"%PDF-", b"1.4"]) for name in ("a.pdf", "b.exe"))
    assert one
    assert two
    assert (one.digest, one.size, one.label) == (two.digest, 8, "PDF")
    folder = tmp_path / FOLDER
    assert [found.name for found in folder.iterdir()] == [one.digest]
    assert folder.stat().st_mode & 0o077 == 0
    assert next(folder.iterdir()).stat().st_mode & 0o077 == 0
    assert open_file(tmp_path, one.digest) == b"%PDF-1.4"


def test_a_full_folder_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers cannot fill the owner's disk."""
    monkeypatch.setattr(files, "ROOM", 3)
    assert keep(tmp_path, "a", [b"four"]) is not None
    assert keep(tmp_path, "b", [b"more"]) is None


@pytest.mark.parametrize("digest", ["../anlass.toml", "", "0" * 64, "0" * 63 + "/", "ü" * 64, "\0" * 64])
def test_what_is_no_digest_opens_nothing(tmp_path: Path, digest: str) -> None:
    """No path leads out of the folder."""
    (tmp_path / "anlass.toml").write_text("secret")
    assert open_file(tmp_path, digest) is None


def test_files_that_belong_to_nobody_are_removed_in_time(tmp_path: Path) -> None:
    """What a letter still has stays; what is young stays, too."""
    kept, gone = (keep(tmp_path, "x", [content]) for content in (b"kept", b"gone"))
    assert kept
    assert gone
    assert sweep(tmp_path, frozenset({kept.digest}), older_than=0) == 0
    assert sweep(tmp_path, frozenset({kept.digest}), older_than=2**33) == 1
    assert [one.name for one in (tmp_path / FOLDER).iterdir()] == [kept.digest]
    assert sweep(tmp_path / "nowhere", frozenset(), older_than=0) == 0


@given(st.text(max_size=400))
def test_a_name_is_one_line_without_folders(name: str) -> None:
    """Whatever a browser sends as a name can be shown and saved."""
    plain = plain_name(name)
    assert plain.isprintable()
    assert "/" not in plain
    assert 1 <= len(plain) <= 120


@pytest.mark.parametrize(
    ("begins", "label"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04", "ZIP"),
        (b"<html>", "Text"),
        (b"\x00\x01", ""),
        (b"MZ\x90", "Windows"),
        (b"", ""),
        (b"\xff\xd8\xff\xe0", "JPEG"),
    ],
)
def test_what_a_file_seems_to_be_is_read_off_its_first_bytes(begins: bytes, label: str) -> None:
    """Its name says nothing, and what it seems is a label only."""
    assert label_of(begins) == label


def test_a_long_name_keeps_its_ending() -> None:
    """One sees what it claims to be."""
    assert plain_name("x" * 300 + ".pdf") == "x" * 116 + ".pdf"
