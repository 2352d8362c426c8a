"""Address books and contact lists against whatever lies in them: nothing raises, every row is there."""

from __future__ import annotations

import csv
import io
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, NoTrace
from anlass.sources.cards import cards_in
from anlass.sources.contacts import ContactTables
from anlass.sources.linkedin import LinkedIn
from anlass.sources.traces import TraceSource
from anlass.sources.xing import Xing

BEARINGS = Bearings(frozenset({"olga@home.example"}), datetime(2026, 11, 22, tzinfo=UTC), "DE")
Told = Trace | NoTrace | SetAside
INNER = "inner@within.example"


def lines_of(told: list[Told]) -> set[int]:
    """Return the lines of the rows that came as an entry or are listed."""
    return {
        one.origin.offset if isinstance(one, SetAside) else int(one.place.rpartition(" ")[2]) for one in told
    }


def holds_anything(row: list[str], width: int) -> bool:
    """Tell whether a row is one: not blank as a line, nor empty cells alone in every column."""
    return (bool(row[0].strip()) or not row[0]) if len(row) == 1 else any(row) or len(row) != width


CELL = st.one_of(
    st.sampled_from(
        ["Eva", "eva@s.example", "olga@home.example", "3.5.2024", "neulich", "=1+1", "0421 1", ""]
    ),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"\u2028\u2029\ufeff'), max_size=12
    ),
)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=7), max_size=12)
TABLES: tuple[tuple[TraceSource, str, str], ...] = (
    (ContactTables(), "Adressen.csv", "Name,Mail,Telefon,Seit"),
    (LinkedIn(), "Connections.csv", "First Name,Last Name,URL,Email Address,Company,Position,Connected On"),
    (Xing(), "XingNetwork.csv", "Vorname,Nachname,E-Mail,XING-Profil,Kontakt seit"),
)


@pytest.mark.slow  # a hundred files of each kind
@pytest.mark.parametrize(
    ("source", "file", "header"), TABLES, ids=lambda one: one if isinstance(one, str) else ""
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS, coding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]), end=st.sampled_from(["\n", "\r\n"])
)
def test_every_row_is_an_entry_or_listed(
    source: TraceSource, file: str, header: str, tmp_path: Path, rows: list[list[str]], coding: str, end: str
) -> None:
    """The rows that hold anything at all are as many as the lines that are accounted for, and the same."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end).writerows([header.split(","), *rows])
    path = tmp_path / file
    path.write_bytes(written.getvalue().encode(coding))
    full = {line for line, row in enumerate(rows, start=2) if holds_anything(row, header.count(",") + 1)}
    told = list(source.read(str(path), BEARINGS))
    places = [one.place for one in told if not isinstance(one, SetAside)]
    assert len(places) == len(set(places))
    if full:
        assert lines_of(told) == full
    else:
        assert [one.reason for one in told if isinstance(one, NoTrace)] == ["no_rows"]


@pytest.mark.slow  # a hundred files of each kind
@pytest.mark.parametrize(
    ("source", "file", "header"), TABLES, ids=lambda one: one if isinstance(one, str) else ""
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=400))
def test_any_bytes_below_a_header_raise_nothing_and_lose_no_line(
    source: TraceSource, file: str, header: str, tmp_path: Path, noise: bytes
) -> None:
    """What is no row at all is listed with its line; the row before it is read."""
    row = {7: "Eva,S,,,,,", 5: "Eva,S,,,", 4: "Eva,e@s.example,,"}[header.count(",") + 1]
    path = tmp_path / file
    path.write_bytes(f"{header}\n{row}\n".encode() + noise)
    told = list(source.read(str(path), BEARINGS))
    assert isinstance(told[0], Trace)
    assert all(line >= 2 for line in lines_of(told))
    for one in told:
        assert not isinstance(one, SetAside) or (one.origin.path == str(path) and one.says.endswith("."))


PART = st.sampled_from(
    [
        "BEGIN:VCARD", "END:VCARD", "AGENT:", "AGENT:BEGIN:VCARD", " END:VCARD", "  BEGIN:VCARD",
        "VERSION:3.0", "FN:Kai", "EMAIL:kai@falk.example", "NOTE:x", "", " folded", "broken fold",
        "RELATED:urn:uuid:1",
        "AGENT:BEGIN:VCARD\\nEMAIL:inner@within.example\\nEND:VCARD\\n", "item1.AGENT;X=1: BEGIN:VCARD",
        "\0\xff",
    ]
)  # fmt: skip


@given(st.lists(PART, max_size=24))
def test_any_order_of_lines_is_cards_or_listed(parts: list[str]) -> None:
    """Each first line of a card is an entry or stands in something listed; lines only go up within a kind."""
    told = list(cards_in("\r\n".join(parts).encode("latin-1"), "/b.vcf", BEARINGS))
    begins = sum(one == "BEGIN:VCARD" for one in parts)
    assert (begins == 0) or told
    assert all(1 <= line <= max(1, len(parts)) for line in lines_of(told))


@given(before=st.lists(PART, max_size=4), inner=st.lists(PART, max_size=6), after=st.lists(PART, max_size=4))
def test_address_of_an_inner_card_is_never_the_outer_persons(
    before: list[str], inner: list[str], after: list[str]
) -> None:
    """Whatever stands around it, no entry holds the outer person's address and the inner one's."""
    outer = ["BEGIN:VCARD", "FN:Outer", "EMAIL:outer@around.example", *before]
    within = ["AGENT:BEGIN:VCARD", f"EMAIL:{INNER}", *inner, "END:VCARD"]
    for one in cards_in(
        "\r\n".join([*outer, *within, *after, "END:VCARD"]).encode("latin-1"), "/b.vcf", BEARINGS
    ):
        if isinstance(one, Trace):
            found = {address.value for address in one.addresses}
            assert not {"outer@around.example", INNER} <= found


@pytest.mark.slow  # pictures of ten megabytes
@pytest.mark.parametrize("width", [74, 10_000_000])
def test_picture_of_ten_megabytes_costs_no_more_than_three_times_itself(width: int) -> None:
    """Folded as it should be or in one line, the picture is passed over and the person read."""
    size = 10_000_000
    picture = b"\r\n ".join(b"A" * width for _ in range(size // width))
    data = (
        b"BEGIN:VCARD\r\nFN:Kai\r\nPHOTO;ENCODING=b:" + picture + b"\r\nEMAIL:k@falk.example\r\nEND:VCARD\r\n"
    )
    list(cards_in(b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n", "/b.vcf", BEARINGS))
    tracemalloc.start()
    (one,) = cards_in(data, "/b.vcf", BEARINGS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(one, Trace)
    assert [address.value for address in one.addresses] == ["k@falk.example"]
    assert peak < 3.2 * size


def test_relations_that_lead_in_a_circle_are_followed_nowhere() -> None:
    """Two who name each other, one who names themselves, a group that holds itself: each is read once."""
    cards = (
        (
            "urn:uuid:a",
            "FN:Kai",
            "EMAIL:kai@f.example",
            "RELATED;TYPE=spouse:urn:uuid:b",
            "MEMBER:urn:uuid:a",
        ),
        (
            "urn:uuid:b",
            "FN:Nora",
            "EMAIL:nora@f.example",
            "RELATED;TYPE=spouse:urn:uuid:a",
            "RELATED:urn:uuid:b",
        ),
        ("urn:uuid:c", "FN:Alle", "KIND:group", "MEMBER:urn:uuid:c", "MEMBER:urn:uuid:a"),
        ("urn:uuid:d", "FN:Ruth", "AGENT;VALUE=uri:urn:uuid:d", "EMAIL:ruth@f.example"),
    )
    book = "".join(
        "\r\n".join(("BEGIN:VCARD", "VERSION:4.0", f"UID:{uid}", *lines, "END:VCARD", ""))
        for uid, *lines in cards
    )
    told = list(cards_in(book.encode(), "/b.vcf", BEARINGS))
    assert [(one.name, len(one.addresses)) for one in told if isinstance(one, Trace)] == [
        ("Kai", 1), ("Nora", 1), ("Ruth", 1),
    ]  # fmt: skip
    assert [one.reason for one in told if isinstance(one, NoTrace)] == ["group"]


@pytest.mark.parametrize(
    "written",
    [
        b"FN:Kai Fa\r\n lk\r\nEMAIL:kai@fa\r\n lk.example",
        b"FN:Kai Fa\r\n\tlk\r\nEMAIL:kai@fa\r\n\tlk.example",
        b"FN:Kai Fa\nlk\nEMAIL:kai@fa\nlk.example",
        b"FN;ENCODING=QUOTED-PRINTABLE:Kai =\r\nFalk\r\nEMAIL;QUOTED-PRINTABLE:kai@=\r\nfalk.example",
        b"FN;ENCODING=QUOTED-PRINTABLE:Kai =\r\n Falk\r\nEMAIL:kai@falk.example\r\n",
    ],
)
def test_folds_gone_wrong_are_mended(written: bytes) -> None:
    """By a blank, by a tab, by nothing, by quoted-printable: name and address are whole."""
    (one,) = cards_in(b"BEGIN:VCARD\r\n" + written + b"\r\nEND:VCARD\r\n", "/b.vcf", BEARINGS)
    assert isinstance(one, Trace)
    assert (one.name, [address.value for address in one.addresses]) == ("Kai Falk", ["kai@falk.example"])
