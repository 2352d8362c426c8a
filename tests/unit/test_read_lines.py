"""`anlass read`, without a process: one line in, one line out."""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from anlass.desk.requests.reading import arrived, read_lines
from anlass.litmus.panel import Panel
from anlass.litmus.shipped import load_panel

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/surface.schema.json").read_text("utf-8"))


def validator(name: str) -> Draft202012Validator:
    """A validator for one definition of the surface."""
    return Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"})


@pytest.fixture(scope="module")
def panel() -> Panel:
    """The shipped panel."""
    return load_panel()


GOOD: list[dict[str, object]] = [
    {"id": "1", "text": "Haben Sie am Pfingstmontag offen?"},
    {"id": "2", "text": ""},
    {
        "id": 3,
        "channel": "linkedin",
        "subject": None,
        "text": "I'd like to add you to my professional network.",
    },
    {
        "id": "4",
        "channel": "mail",
        "subject": "15 Minuten?",
        "sender": "A. B. <a@b.example>",
        "recipient": {"name": "Ruth Amsel", "about": "Autorin, schreibt über Kliniken."},
        "text": "Liebe Frau Amsel,\nich würde gern 15 Minuten telefonieren. Impulse \U0001f600.",
    },
    {
        "id": "5",
        "recipient": "somebody",
        "channel": "pigeon",
        "text": "\u202eevil \u200btext\x00 with \ud800 in it",
    },
    {"id": "6", "text": "a" * 200_000},
]


@pytest.mark.parametrize("given", GOOD, ids=lambda g: str(g["id"]))
def test_a_good_line_gets_a_reading_that_keeps_the_contract(panel: Panel, given: dict[str, object]) -> None:
    """Every field is there and of its kind, every quote is the slice it names, probabilities sum to one."""
    [out] = read_lines(panel, [json.dumps(given).encode()])
    validator("read_out").validate(out)
    assert out["id"] == given["id"]
    probabilities = out["probabilities"]
    assert isinstance(probabilities, dict)
    assert sum(probabilities.values()) == pytest.approx(1, abs=2e-4)
    assert out["verdict"] == max(probabilities, key=lambda v: probabilities[v])
    findings = out["findings"]
    assert isinstance(findings, list)
    for finding in findings:
        field = given[finding["in"]]
        assert isinstance(field, str)
        assert field[finding["start"] : finding["end"]] == finding["quote"]
        assert finding["quote"]
    answers = out["answers"]
    assert isinstance(answers, dict)
    assert {q for q, yes in answers.items() if yes} <= {f["kind"] for f in findings}


BAD = {
    b"{": None,
    b"[1, 2]": None,
    b'"text"': None,
    b'{"text": "no id"}': None,
    b'{"id": "a"}': "a",
    b'{"id": "b", "text": 7}': "b",
    b'{"id": "c", "text": "x", "subject": []}': "c",
    b'{"id": "d", "text": "x", "recipient": 5}': "d",
    b"\xff\xfe": None,
    b"[" * 100_000: None,
    b'{"id": ' + b"9" * 5000 + b', "text": "x"}': None,
    b'{"id": NaN, "text": "x"}': None,
    b'{"id": {"a": [-Infinity]}, "text": "x"}': None,
    b'{"id": 1e999, "text": "x"}': None,
}


@pytest.mark.parametrize("line", BAD, ids=lambda line: line[:20].decode("latin-1"))
def test_a_bad_line_says_what_is_wrong_and_the_next_line_is_read(panel: Panel, line: bytes) -> None:
    """A line that is no request becomes an error line with its id where it has one."""
    bad, good = read_lines(panel, [line, b"  \n", b'{"id": "next", "text": "Hallo"}'])
    validator("read_error").validate(bad)
    assert bad["id"] == BAD[line]
    assert good["id"] == "next"


def test_a_line_depends_on_nothing_but_itself(panel: Panel) -> None:
    """The same line gets the same answer, whatever was read before."""
    lines = [json.dumps({**given, "id": "x"}).encode() for given in GOOD]
    together = list(read_lines(panel, [*lines, *reversed(lines)]))
    alone = [next(read_lines(load_panel(), [line])) for line in lines]
    assert together == alone + alone[::-1]


def test_lines_that_have_arrived_are_answered_before_the_next_comes() -> None:
    """A program that writes one line and waits gets its answer: nobody waits for a second line."""
    out, into = os.pipe()
    with os.fdopen(out, "rb") as reader, os.fdopen(into, "wb", buffering=0) as writer:
        lines = arrived(reader)
        for sent in (b"one\n", b"two\nthree\n"):
            writer.write(sent)
            assert next(lines) == sent.split(b"\n")[:-1]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (b"", [b""]),
        (b"a\nb", [b"a", b"b"]),
        (b"a\r\n\nb\n", [b"a\r", b"", b"b", b""]),
        (b"x" * 70_000 + b"\n" + b"y" * 70_000, [b"x" * 70_000, b"y" * 70_000]),
    ],
    ids=["nothing", "no end", "blank", "long"],
)
def test_every_line_of_a_file_arrives_whole(file: bytes, expected: list[bytes]) -> None:
    """Lines are cut at their ends alone, wherever a block ends."""
    assert [line for lines in arrived(BytesIO(file)) for line in lines] == expected
