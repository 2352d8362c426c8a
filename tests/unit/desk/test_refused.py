"""What is refused is said in German too: every sentence of these rooms, with what stands in it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from anlass.cli.telling import all_told
from anlass.desk.voice.gatherings import _ALL, missing, refused
from anlass.desk.voice.refused import in_words, spoken_error
from anlass.errors import EdgeError, NotFound, Problem, UserError
from anlass.intake import Origin
from anlass.intake.message import SetAside

DESK = Path(__file__).parents[3] / "src" / "anlass" / "desk"
ROOMS = (
    "accounts/networks audit/auditing audit/contact_lists audit/network_lists cards/granting cards/own"
    " cards/vouchers cards/vouching outgoing/consent people/standing people/watch_list"
    " rules/looking rules/rulebook safekeeping/exporting safekeeping/importing"
).split()
"""Whose refusals are all there; further rooms are welcome."""
THROWN = {"Refused", "NotFound", "UserError", "ConfigError", "Problem"}
CATALOGUE: dict[str, str] = tomllib.loads((DESK / "voice" / "refusals.toml").read_text("utf-8"))


def sentence(node: ast.expr) -> str:
    """Return a sentence as it is written, {} for what is put in; "" where it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return ""


def thrown(room: str) -> Iterator[str]:
    """Yield what a room says when it refuses."""
    for node in ast.walk(ast.parse((DESK / f"{room}.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in THROWN:
            hints = (word.value for word in node.keywords if word.arg == "hint")
            for said in (*node.args[:1], *hints):
                both = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
                yield from filter(None, map(sentence, both))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_its_refusals_in_german(room: str) -> None:
    """Whoever adds a refusal adds its German; commands to type stay as they are."""
    said = {one for one in thrown(room) if not one.startswith(("pip ", "`anlass connect {}"))}
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


def test_every_reason_around_events_and_wishes_is_said_in_german() -> None:
    """The table of these reasons is English; all of it has German, with as much room in it."""
    reasons = {re.sub(r"\{[^}]*\}", "{}", one) for said in _ALL.values() for one in said if one}
    commands = {one for one in reasons if one.startswith(("anlass ", "anlass.toml", "cards.toml"))}
    assert reasons - commands - CATALOGUE.keys() == set()


@pytest.mark.parametrize(
    ("error", "german"),
    [
        (refused("no mail address", text="x@"), "„x@“ ist keine Mailadresse."),
        (refused("wishes nameless", few=1, many=9), "und für jeden zwischen 1 und 9 Wünschen."),
        (missing("several purses", text="Messe"), "Auf „Messe“ hören mehrere Veranstaltungen."),
    ],
)
def test_what_stands_in_a_reason_stands_in_its_german(error: UserError, german: str) -> None:
    """Names and figures are kept where a sentence changes its language."""
    told = spoken_error(error, "de")
    assert isinstance(told, UserError)
    assert told.problems[0].says.endswith(german)


WEB = DESK.parent / "web"
RAW = re.compile(
    r"problems\[0\]\.says|\bstr\((?:refused|wrong|error|missing)\)|\bone\.says for one in \w+\.problems"
)


def test_no_page_says_a_refusal_by_itself() -> None:
    """Pages ask `web/frame/refusals.py`, which knows both languages; the API says what was thrown."""
    pages = [path for path in sorted(WEB.rglob("*.py")) if "api" not in path.parts]
    raw = [path.name for path in pages if RAW.search(path.read_text("utf-8"))]
    assert raw == ["refusals.py"]


def test_the_command_line_says_it_in_the_owners_language() -> None:
    """Every problem, then what to do about it."""
    aside = SetAside(Origin("/x/list.csv"), "empty", "There is nothing in it.")
    error = refused("names no event", aside)
    german = all_told(spoken_error(error, "de"), "de")
    assert german[0] == "anlass: Die Datei nennt keine Veranstaltung."
    assert german[-1] == "Sag, zu welcher sie gehört: --event VERANSTALTUNG"
    assert all_told(error)[0] == "anlass: The file names no event."
    assert (len(german), error.hint) == (3, "Say which one it belongs to: --event EVENT")
