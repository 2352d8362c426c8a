"""Tables with everything that goes wrong in tables: each row comes, or is named by its line."""

from __future__ import annotations

import io
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.sources.tables import Row, Torn, header_in, table
from tests.fuzz.torture import longest

COLUMNS = {"name": frozenset({"name", "full name"}), "note": frozenset({"note"}), "on": frozenset({"on"})}
REQUIRED = frozenset({"name", "on"})
Told = list[tuple[int, str, str, str] | tuple[int, str]]


def read(content: bytes | str) -> Told:
    """Return rows as line, name, note and date, torn ones as line and reason."""
    data = content.encode() if isinstance(content, str) else content
    return [
        (one.line, one["name"], one["note"], one["on"]) if isinstance(one, Row) else (one.line, one.reason)
        for one in table(io.BytesIO(data), COLUMNS, REQUIRED)
    ]


PLAIN = "Name,Note,On\nKai,ja,2026\nNora,,2025\n"
ROWS: Told = [(2, "Kai", "ja", "2026"), (3, "Nora", "", "2025")]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.rstrip("\n"),
        "\ufeff" + PLAIN,
        PLAIN.replace("Name", '"FULL_NAME"'),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.replace("On\n", "ON\n").encode("utf-8-sig"),
    ],
)
def test_table_is_the_same_however_it_is_written(content: bytes | str) -> None:
    """Delimiters, line ends, marks at the beginning and spellings of columns do not show."""
    assert read(content) == ROWS


def test_header_is_found_below_notes_and_empty_rows() -> None:
    """Whatever stands above the header is passed over, however its quotes stand."""
    above = 'Notes:\n"A sentence,\nin two lines"\n,,,,\n\n"never closed\n'
    assert read(above + PLAIN) == [(line + 6, *rest) for line, *rest in ROWS]


def test_columns_unknown_missing_and_moved_do_not_matter() -> None:
    """Columns are known by name; what is not there is empty, a second of the same name is not looked at."""
    assert read("X,On,Name,On\n1,2026,Kai,9\n") == [(2, "Kai", "", "2026")]


def test_line_breaks_and_quotes_within_cells_are_kept() -> None:
    """A cell may run over lines and hold quotes; the next row stands where it stands."""
    assert read('Name,Note,On\nKai,"ja, ""gern""\n\nbis, dann",2026\nNora,,2025\n') == [
        (2, "Kai", 'ja, "gern"\n\nbis, dann', "2026"),
        (5, "Nora", "", "2025"),
    ]


def test_quotation_mark_within_an_open_cell_is_a_letter() -> None:
    """A 5" pipe is no quotation."""
    assert read('Name,Note,On\nKai,5" Rohr,2026\nHans "Jo" Li,;"x,2025\n') == [
        (2, "Kai", '5" Rohr', "2026"),
        (3, 'Hans "Jo" Li', ';"x', "2025"),
    ]


def test_lost_quotation_mark_costs_one_row() -> None:
    """What is never closed, or closed far behind, swallows no row but its own."""
    assert read('Name,Note,On\nKai,"ja,2026\nNora,,2025\nRuth,"gut",2024\n') == [
        (2, "broken_quotes"),
        (3, "Nora", "", "2025"),
        (4, "Ruth", "gut", "2024"),
    ]


def test_rows_of_other_widths_are_torn() -> None:
    """Too few and too many columns are named; empty rows are no rows."""
    assert read("Name,Note,On\nKai,ja\n\n,,\nNora,a,b,2025\nRuth,,2024\n") == [
        (2, "too_few_columns"),
        (5, "too_many_columns"),
        (6, "Ruth", "", "2024"),
    ]


def test_separators_of_lines_that_are_none_are_letters() -> None:
    """Only line ends end lines; what Unicode calls one, or an old printer, stays within its cell."""
    assert read("Name,Note,On\nK\u2028ai,a\x0bb\x1cc\x85,1\n") == [(2, "K\u2028ai", "abc", "1")]


def test_mixed_codings_are_read_line_by_line() -> None:
    """A file glued together of UTF-8 and windows-1252 shows every umlaut."""
    content = "Name,Note,On\nJürgen,,1\n".encode() + "Jörg,,2\n".encode("cp1252") + "Łukasz,,3\n".encode()
    assert [one[1] for one in read(content)] == ["Jürgen", "Jörg", "Łukasz"]


def test_formulas_and_control_characters_are_only_text() -> None:
    """Nothing is computed; what no page takes is left out."""
    assert read("Name,Note,On\n\"=cmd|'/C calc'!A0\",@x,\x00+1\x07\n") == [
        (2, "=cmd|'/C calc'!A0", "@x", "+1")
    ]


def test_file_without_a_header_is_one_thing() -> None:
    """A table of something else, and an empty file, are named once."""
    assert read("a,b\n1,2\n") == [(1, "no_table")]
    assert read(b"") == [(1, "empty")]
    assert header_in(PLAIN.encode(), COLUMNS, REQUIRED)
    assert not header_in(b"a,b\n1,2\n", COLUMNS, REQUIRED)


HOSTILE = {
    "open quotes on every line": b'"x\n' * 300_000,
    "one open quote, then endless rows": b'"x\n' + b"a,b,c\n" * 150_000,
    "open quotes far from each other": (b'"x\n' + b"a,b\n" * 600) * 300,
    "one endless line": b"x" * 3_000_000,
    "endless cells": b"," * 3_000_000,
    "endless quotes": b'"' * 3_000_000,
    "empty lines": b"\n" * 3_000_000,
    "nothing but zeros": b"\0" * 3_000_000,
    "no UTF-8 at all": b"\xff\xfd\n" * 500_000,
    "short rows": b"a\n" * 500_000,
}


@pytest.mark.slow  # megabytes of each kind
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_tables_cost_less_than_a_second(kind: str) -> None:
    """Reading gives up where nothing more can be expected, and says from where on."""
    began = process_time()
    told = read(b"Name,Note,On\nKai,,1\n" + HOSTILE[kind])
    assert process_time() - began < longest()
    assert told[0] == (2, "Kai", "", "1")
    assert len(told) > 1


@given(st.lists(st.tuples(st.text(min_size=1), st.text(), st.text(min_size=1)), max_size=8))
def test_any_table_that_is_written_properly_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    """Whatever cells hold, each row comes; nothing is torn."""
    import csv  # noqa: PLC0415  # the writer is only needed here

    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([("Name", "Note", "On"), *rows])
    told = list(table(io.BytesIO(written.getvalue().encode("utf-8", "replace")), COLUMNS, REQUIRED))
    assert [one for one in told if isinstance(one, Torn)] == []
    assert len(told) == len(rows)


@given(st.binary(max_size=300))
def test_any_bytes_below_a_header_raise_nothing(noise: bytes) -> None:
    """Whatever follows, lines go up and nothing is lost before it."""
    told = read(b"Name,Note,On\nKai,,1\n" + noise)
    assert told[0] == (2, "Kai", "", "1")
    assert [one[0] for one in told] == sorted(one[0] for one in told)
