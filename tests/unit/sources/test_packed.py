"""Archives that are cut off, forged or bombs: refused before they cost anything, each with its reason."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, Beside, archive
from anlass.sources.linkedin import LinkedIn
from tests.fuzz.torture import longest

BEARINGS = Bearings(frozenset(), datetime(2026, 11, 22, tzinfo=UTC))
NAME = "Complete_LinkedInDataExport_11-20-2026.zip"
CONTACTS = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROW = b"Kai,Falk,https://www.linkedin.com/in/kai,,Falk,Lotse,08 Feb 2018\n"


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def read(folder: Path, content: bytes) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the people, and what was set aside as place and reason, within a second."""
    path = folder / NAME
    path.write_bytes(content)
    began = process_time()
    told = list(LinkedIn().read(str(path), BEARINGS))
    assert process_time() - began < longest()
    asides = [one for one in told if isinstance(one, SetAside)]
    assert all(one.says.endswith(".") for one in asides)
    people = [one.name for one in told if isinstance(one, Trace)]
    return people, [(one.origin.path.partition(NAME)[2], one.reason) for one in asides]


WHOLE = zipped({"Connections.csv": CONTACTS + ROW * 500, "Profile.csv": b"First Name,Last Name\nOlga,M\n"})


def test_truncated_zip_is_set_aside_wherever_the_download_broke(tmp_path: Path) -> None:
    """Without its end a zip has no list of files; it is still known for what it is, and named."""
    for end in (len(WHOLE) - 1, len(WHOLE) - 30, len(WHOLE) // 2, 60):
        assert read(tmp_path, WHOLE[:end]) == ([], [("", "broken_zip")])
        (tmp_path / "x.zip").write_bytes(WHOLE[:end])
        assert [type(one) for one in archive(tmp_path / "x.zip")] == [Beside]


def test_damaged_file_in_a_zip_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    """Rows that were unpacked before the damage are read; the break is named with its line."""
    dice = random.Random(5)
    rows = "".join(
        f"P,N{dice.random()},https://www.linkedin.com/in/p{n},,,,08 Feb 2018\n" for n in range(20_000)
    )
    content = bytearray(zipped({"Connections.csv": CONTACTS + rows.encode()}))
    middle = len(content) // 2
    content[middle : middle + 40] = b"\xff" * 40
    people, asides = read(tmp_path, bytes(content))
    assert asides[-1] == ("/Connections.csv", "broken_file")
    assert 1_000 < len(people) < 20_000


def test_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A file packed a thousand times smaller is refused by its label alone; its neighbours are read."""
    bomb = zipped({"messages.csv": b"0" * 60_000_000, "Connections.csv": CONTACTS + ROW})
    assert read(tmp_path, bomb) == (["Kai Falk"], [("/messages.csv", "bomb")])


def test_bomb_that_lies_about_its_size_is_cut_at_the_lie(tmp_path: Path) -> None:
    """A label of twenty bytes lets twenty bytes through."""
    honest = zipped({"Connections.csv": b"0" * 60_000_000})
    lying = honest.replace(struct.pack("<L", 60_000_000), struct.pack("<L", 20))
    people, asides = read(tmp_path, lying)
    assert people == []
    assert asides[-1][1] in {"broken_file", "no_table"}


def test_file_larger_than_any_export_is_refused(tmp_path: Path) -> None:
    """Gigabytes are no list of contacts, however loosely they are packed."""
    honest = zipped({"Connections.csv": b"0" * 1_000})
    size = struct.pack("<L", 1_000)
    assert read(tmp_path, honest.replace(size, struct.pack("<L", 3_000_000_000))) == (
        [],
        [("/Connections.csv", "too_large")],
    )


def test_zip_of_countless_files_is_refused_before_its_list_is_read(tmp_path: Path) -> None:
    """Sixty thousand files are no export."""
    many = zipped({f"{number}.csv": b"" for number in range(20_000)})
    assert read(tmp_path, many) == ([], [("", "too_many_files")])


def test_names_that_lead_out_of_the_archive_are_not_read(tmp_path: Path) -> None:
    """Nothing is ever written to disk, and such names are not even opened."""
    content = CONTACTS + ROW
    people, asides = read(
        tmp_path,
        zipped(
            {
                "../../Connections.csv": content,
                "/etc/Connections.csv": content,
                "C:\\Connections.csv": content,
                "a/..\\Connections.csv": content,
                "Jobs/Connections.csv": content,
            }
        ),
    )
    assert people == ["Kai Falk"]
    assert [reason for _, reason in asides] == ["leads_out"] * 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME]


def test_locked_file_is_named(tmp_path: Path) -> None:
    """What needs a password is not guessed at."""
    content = bytearray(zipped({"Connections.csv": CONTACTS + ROW}))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert read(tmp_path, bytes(content)) == ([], [("/Connections.csv", "locked")])


def test_unknown_way_of_packing_is_named(tmp_path: Path) -> None:
    """A method that Python cannot unpack breaks nothing."""
    content = bytearray(zipped({"Connections.csv": CONTACTS + ROW}))
    content[content.rindex(b"PK\x01\x02") + 10] = 99
    assert read(tmp_path, bytes(content)) == ([], [("/Connections.csv", "broken_file")])


def test_zip_of_something_else_is_not_claimed(tmp_path: Path) -> None:
    """Photographs in a zip are nobody's export."""
    path = tmp_path / "bilder.zip"
    path.write_bytes(zipped({"a.jpg": b"\xff\xd8"}))
    assert not LinkedIn().knows(str(path), path.read_bytes())


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06", b"PK\x03\x04" + b"\xff" * 40])
def test_scraps_of_a_zip_are_set_aside(content: bytes, tmp_path: Path) -> None:
    """A few bytes are one thing set aside."""
    people, asides = read(tmp_path, content)
    assert (people, len(asides)) == ([], 1)


def test_zip_with_bytes_thrown_into_it_raises_nothing(tmp_path: Path) -> None:
    """Wherever a byte is wrong: rows come, or what is broken is named."""
    dice = random.Random(7)
    for _ in range(300):
        torn = bytearray(WHOLE)
        for _ in range(dice.randrange(1, 6)):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        people, asides = read(tmp_path, bytes(torn))
        assert people or asides or torn == WHOLE
