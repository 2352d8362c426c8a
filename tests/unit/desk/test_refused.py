"""What is refused is said in German too: every sentence of these rooms, with what stands in it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from anlass.desk.refused import in_words, spoken_error
from anlass.errors import EdgeError, NotFound, Problem

DESK = Path(__file__).parents[3] / "src" / "anlass" / "desk"
ROOMS = (
    "auditing cards cases consent contact_lists exporting granting importing network_accounts network_lists"
    " rulebook rules_read standing vouchers vouching watch_list"
).split()
"""Whose refusals are all there; further rooms are welcome."""
THROWN = {"Refused", "NotFound", "UserError", "ConfigError", "Problem"}
CATALOGUE: dict[str, str] = tomllib.loads((DESK / "refusals.toml").read_text("utf-8"))


def sentence(node: ast.expr) -> str:
    """Return a sentence as it is written, {} for what is put in; "" where it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return ""


def thrown(room: str) -> Iterator[str]:
    """Yield what a room says when it refuses."""
    path = DESK / f"{room}.py"
    if not path.exists():
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in THROWN:
            hints = (word.value for word in node.keywords if word.arg == "hint")
            for said in (*node.args[:1], *hints):
                both = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
                yield from filter(None, map(sentence, both))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_its_refusals_in_german(room: str) -> None:
    """Whoever adds a refusal adds its German; commands to type stay as they are."""
    said = {one for one in thrown(room) if not one.startswith(("pip ", "`anlass connect xmpp"))}
    assert said - CATALOGUE.keys() == set()


def test_german_has_room_for_as_much_as_english() -> None:
    """Nothing that stands in a sentence is lost, and nobody is shouted at."""
    rows = CATALOGUE.items()
    assert [english for english, german in rows if english.count("{}") != german.count("{}")] == []
    assert [german for german in CATALOGUE.values() if "!" in german or "leider" in german.lower()] == []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("There is no grant 'zz'.", "Eine Freigabe „zz“ gibt es nicht."),
        ("There is no card 'a' with a tier 'b'.", "Eine Karte „a“ mit einer Stufe „b“ gibt es nicht."),
        ("You do not vouch for {} {0} Kai.", "Du bürgst nicht für {} {0} Kai."),
        ("There are: card, business.", "Es gibt: card, business."),
        (
            "x.jsonl, line 3: that is no row of a table.",
            "x.jsonl, Zeile 3: Das ist keine Zeile einer Tabelle.",
        ),
        ("Nobody wrote this down.", "Nobody wrote this down."),
        ("", ""),
    ],
)
def test_what_stands_in_a_sentence_stands_in_the_other(english: str, german: str) -> None:
    """A name may hold whatever it wants; what nobody translated is said as it is."""
    assert in_words(english, "de") == german
    assert in_words(english, "en") == english


def test_an_error_keeps_its_places_and_its_hint() -> None:
    """Place, line and number of problems stay."""
    error = NotFound(Problem("That day is past.", "a", 3), "You have no card yet.", hint="Name another one.")
    told = spoken_error(error, "de")
    assert str(told) == "a:3: Dieser Tag ist vorbei.\nDu hast noch keine Karte."
    assert spoken_error(error, "en") is error
    edge = spoken_error(EdgeError("LinkedIn cannot be reached.", where="x", temporary=True), "de")
    assert (str(edge), getattr(edge, "temporary", None)) == ("x: LinkedIn ist nicht zu erreichen.", True)
