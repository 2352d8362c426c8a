"""The data files of this room have the shape that the code expects."""

from __future__ import annotations

from dataclasses import astuple

from anlass.intake import tables
from anlass.intake.gate import FORGOTTEN
from anlass.intake.gate.table import HEADER_TABLE, TEXT_TABLE
from anlass.intake.tables import Gate, Network, Words


def phrases() -> list[str]:
    """Return every phrase of the tables that is looked for in mail."""
    known = tables()
    parts: tuple[Words | Gate | Network, ...] = (known.words, known.gate, *known.networks)
    values = [value for part in parts for value in astuple(part)]
    return [text for value in values for text in ([value] if isinstance(value, str) else value)]


def test_phrases_are_lower_case_and_not_empty() -> None:
    """A phrase with a capital or without letters could never, or always, be found."""
    assert [text for text in phrases() if text != text.lower() or not text.strip()] == []


def test_every_field_is_a_collection_or_a_word() -> None:
    """Lists became tuples or sets, as annotated."""
    known = tables()
    for part in (known.words, known.gate, *known.networks):
        for name, annotation in type(part).__annotations__.items():
            expected = {"f": frozenset, "t": tuple, "s": str}[annotation[0]]
            assert isinstance(getattr(part, name), expected), name


def test_every_rule_of_the_table_has_a_sentence_in_both_languages() -> None:
    """No rule is mute."""
    rules = {rule for rule, *_ in (*HEADER_TABLE, *TEXT_TABLE)} | {"N12", "N14", "N22", "N25", FORGOTTEN}
    sentences = tables().sentences
    assert set(sentences) == rules
    assert {lang for says in sentences.values() for lang in says} == {"de", "en"}
    mute = [rule for rule, says in sentences.items() if any("{quote}" not in one for one in says.values())]
    assert mute == ["N1", FORGOTTEN]


def test_tables_are_read_once() -> None:
    """The files are opened once in the life of the program."""
    assert tables() is tables()
