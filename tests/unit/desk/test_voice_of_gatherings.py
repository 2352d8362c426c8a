"""Why something was not done is said in both languages, with the same facts in each."""

from __future__ import annotations

from string import Formatter

import pytest

from anlass.cli.telling import all_told
from anlass.desk import voice_of_gatherings as voice
from anlass.errors import Problem, Refused
from anlass.intake import Origin
from anlass.intake.message import SetAside


def fields(text: str) -> set[str]:
    """Return what is filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("why", voice._ALL)
def test_a_reason_is_there_twice(why: str) -> None:
    """English and German are two texts, end as sentences do, and name the same facts."""
    said = voice._ALL[why]
    assert said.english != said.german
    assert (said.english[-1], said.german[-1]) == (".", ".")
    assert fields(said.english) == fields(said.german)
    assert bool(said.do) == bool(said.german_do)
    assert "!" not in said.german


def test_the_command_line_says_it_in_the_owners_language() -> None:
    """Every problem, then what to do about it."""
    aside = SetAside(Origin("/x/list.csv"), "empty", "There is nothing in it.")
    error = voice.refused("names no event", aside)
    german = all_told(error, "de")
    assert german[0] == "anlass: Die Datei nennt keine Veranstaltung."
    assert german[-1] == "Sag, zu welcher sie gehört: --event VERANSTALTUNG"
    assert all_told(error)[0] == "anlass: The file names no event."
    assert (len(german), error.hint) == (3, "Say which one it belongs to: --event EVENT")


def test_what_is_there_in_one_language_is_said_in_it() -> None:
    """Most refusals are made in the reader's own language already."""
    error = Refused("Nein.", Problem("No.", german="Nein."), hint="Do.")
    assert (all_told(error, "de"), error.hint_in("de")) == (("anlass: Nein.", "anlass: Nein.", "Do."), "Do.")
