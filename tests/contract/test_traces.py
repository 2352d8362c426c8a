"""Every source beside mail obeys the same laws, whatever lies in its files."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.people import AddressKind, mail_address
from anlass.sources import Bearings, Beside, NoTrace, archive
from anlass.sources.known import SOURCES, source_of
from anlass.sources.reading import glance_at
from tests.contract.trace_samples import SAMPLES, Sample
from tests.fuzz.torture import longest

OLGA = "olga@home.example"
BEARINGS = Bearings(frozenset({OLGA}), datetime(2026, 11, 21, tzinfo=UTC))
Told = Trace | NoTrace | SetAside

samples = pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.id)


def put(sample: Sample, folder: Path, content: bytes | None = None) -> str:
    """Write a sample's file with what lies beside it; return its path."""
    folder.mkdir(exist_ok=True)
    for name, neighbour in sample.beside.items():
        (folder / name).write_bytes(neighbour)
    path = folder / sample.file
    path.write_bytes(sample.content if content is None else content)
    return str(path)


def read(sample: Sample, folder: Path, content: bytes | None = None) -> list[Told]:
    """Return what the source tells of the sample's file, or of other bytes in its place."""
    return list(sample.source.read(put(sample, folder, content), BEARINGS))


def traces(told: list[Told]) -> list[Trace]:
    """Return the traces alone."""
    return [one for one in told if isinstance(one, Trace)]


def accounted(told: list[Told]) -> int:
    """Return how many records are accounted for."""
    places = {one.place for one in told if not isinstance(one, SetAside)}
    return len(places) + sum(isinstance(one, SetAside) for one in told)


def decent(told: list[Told], path: str) -> None:
    """Assert that whatever came is in order: normal forms, whole sentences, places, no future, no owner."""
    for one in told:
        if isinstance(one, SetAside):
            assert one.origin.path.startswith(path)
            assert one.reason.replace("_", "").isalpha()
            assert one.says.endswith(".")
        elif isinstance(one, NoTrace):
            assert one.place
            assert one.reason
        else:
            assert one.place
            assert len(one.name) <= 1_000
            assert len(one.addresses) <= 100
            for address in one.addresses:
                assert address.value not in BEARINGS.owner
                if address.kind is AddressKind.MAIL:
                    assert mail_address(address.value) == address
            for met in one.encounters:
                assert met.when.utcoffset() is not None
                assert met.when <= BEARINGS.now
                assert met.id
                assert met.source
                assert met.others >= 1


def test_every_source_has_a_sample() -> None:
    """Nothing is read that this suite does not run."""
    assert {one.source.name for one in SAMPLES} == {one.name for one in SOURCES}


@samples
def test_source_knows_its_own_file_and_no_other_source_claims_it(sample: Sample, tmp_path: Path) -> None:
    """The file is handed over by the archive as its source's; an ordinary mail is nobody's."""
    path = put(sample, tmp_path)
    found = [one for one in archive(Path(path)) if isinstance(one, Beside)]
    assert [(one.glance.path, one.source.name) for one in found] == [(path, sample.source.name)]
    mail = b"From: kai@falk.example\nX-Folder: a\nTo: olga@home.example\n\n" + sample.content
    assert source_of("/post/17.eml", mail[:16_384]) is None


@samples
def test_every_record_is_accounted_for(sample: Sample, tmp_path: Path) -> None:
    """The sample's records come, with the people in them, each with a place of its own."""
    told = read(sample, tmp_path)
    assert [one for one in told if isinstance(one, SetAside)] == []
    assert accounted(told) == sample.records
    assert tuple(one.name for one in traces(told)) == sample.people
    decent(told, str(tmp_path))


@samples
def test_broken_record_is_set_aside_and_the_rest_comes(sample: Sample, tmp_path: Path) -> None:
    """One record that cannot be read is named with its place; the people of the others are all there."""
    told = read(sample, tmp_path, sample.broken)
    assert sum(isinstance(one, SetAside) for one in told) == 1
    assert accounted(told) == sample.records + 1
    assert tuple(one.name for one in traces(told)) == sample.people
    decent(told, str(tmp_path))


@samples
def test_reading_twice_gives_equal_values(sample: Sample, tmp_path: Path) -> None:
    """Nothing depends on chance or on what was read before."""
    assert read(sample, tmp_path) == read(sample, tmp_path)


@samples
def test_ids_of_encounters_do_not_depend_on_where_the_file_lies(sample: Sample, tmp_path: Path) -> None:
    """A copy of the file in another folder tells the same encounters."""

    def ids(folder: Path) -> list[str]:
        return [met.id for one in traces(read(sample, folder)) for met in one.encounters]

    assert ids(tmp_path / "here") == ids(tmp_path / "there")


@samples
def test_stamp_changes_with_the_file(sample: Sample, tmp_path: Path) -> None:
    """An unchanged file has an equal stamp, a changed one another."""
    path = put(sample, tmp_path)

    def stamp() -> str:
        glance = glance_at(path, "")
        assert not isinstance(glance, SetAside)
        return sample.source.stamp(glance, BEARINGS)

    before = stamp()
    assert stamp() == before
    Path(path).write_bytes(sample.content + b"\n")
    assert stamp() != before


@samples
@pytest.mark.slow  # sixty places
def test_file_that_is_cut_off_anywhere_raises_nothing(sample: Sample, tmp_path: Path) -> None:
    """What is whole comes, what is half is set aside, wherever a download broke."""
    step = max(1, len(sample.content) // 60)
    for end in range(0, len(sample.content), step):
        told = read(sample, tmp_path, sample.content[:end])
        decent(told, str(tmp_path))
        assert told


def hostile(sample: Sample) -> Iterator[bytes]:
    """Yield what no program wrote: empty, binary, endless, nested, in the wrong coding."""
    dice = random.Random(11)
    yield from (b"", b"\0" * 5_000, b"\n" * 50_000, b"\xff\xfe\xff", b"\xef\xbb\xbf", bytes(range(256)) * 40)
    half = len(sample.content) // 2
    yield sample.content[:half] + b"\0\xff\xfe" * 500 + sample.content[half:]
    yield sample.content[:half] + b"x" * 400_000 + sample.content[half:]
    yield sample.content.replace(b"\n", b"\r")
    yield sample.content.replace(b"\n", b"\r\r\n")
    yield sample.content.decode("latin-1").encode("utf-16")
    yield sample.content.replace(b":", b"::").replace(b",", b";")
    yield sample.content[::-1]
    yield b"".join(sample.content.splitlines(keepends=True)[:1]) * 3_000
    for _ in range(20):
        torn = bytearray(sample.content)
        for _ in range(30):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        yield bytes(torn)


@samples
@pytest.mark.slow  # dozens of files
def test_hostile_bytes_raise_nothing_and_say_something(sample: Sample, tmp_path: Path) -> None:
    """Whatever is in the file, something comes of it, in order, within a second."""
    for content in hostile(sample):
        began = process_time()
        told = read(sample, tmp_path, content)
        assert process_time() - began < longest()
        assert told
        decent(told, str(tmp_path))


@samples
@pytest.mark.slow  # a hundred files
@given(noise=st.binary(max_size=200), at=st.floats(0, 1))
def test_noise_within_a_file_raises_nothing(
    sample: Sample, noise: bytes, at: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any bytes put anywhere leave values in order."""
    folder = tmp_path_factory.getbasetemp() / "noise"
    cut = int(at * len(sample.content))
    decent(read(sample, folder, sample.content[:cut] + noise + sample.content[cut:]), str(folder))


@samples
def test_file_that_is_gone_or_forbidden_is_set_aside(sample: Sample, tmp_path: Path) -> None:
    """What cannot be opened is one thing set aside."""
    path = put(sample, tmp_path)
    shutil.rmtree(tmp_path)
    assert [one.reason for one in sample.source.read(path, BEARINGS) if isinstance(one, SetAside)] == ["gone"]


@samples
@pytest.mark.slow  # many records of each source
def test_quarter_of_a_megabyte_costs_less_than_a_second(sample: Sample, tmp_path: Path) -> None:
    """As many records as that holds are read, all of them, within a second of one core."""
    each = max(1, len(sample.many(101)) - len(sample.many(1))) / 100
    count = int(250_000 / each)
    path = put(sample, tmp_path, sample.many(count))
    began = process_time()
    told = list(sample.source.read(path, BEARINGS))
    assert process_time() - began < longest()
    assert accounted(told) == count
