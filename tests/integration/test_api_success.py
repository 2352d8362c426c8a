"""Every operation of the API once, with what it is made for: it succeeds, in the shape it promises."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from anlass.desk.programs.tokens import Scope
from anlass.desk.requests.advising import SecondReader
from anlass.litmus.opinion import Opinion
from tests.pages import pages_configured
from tests.programs import CARDS, DOCUMENT, Program, a_reached_house, somebody_knocks

pytestmark = pytest.mark.slow  # makes a database with all its tables

DOC: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8"))
OWN_RULES = """\
[[rule]]
name.de = "Anrufe"
name.en = "Calls"
why.de = "Ein Anruf wird vorgelegt."
why.en = "A call is shown to me."
do = "hold"
all = ['reading.asks == "call"']
"""
Step = tuple[str, str, dict[str, Any] | None]


STEPS: tuple[Step, ...] = (
    ("GET", "/token", None),
    ("POST", "/read", {"id": 7, "text": "Could we have a 15-minute call this week?"}),
    ("GET", "/cases", None),
    ("GET", "/cases/{case}", None),
    ("POST", "/cases/{case}/explain", {}),
    ("PUT", "/cases/{case}/draft", {"text": "Dear Sam.", "subject": "Waiting"}),
    ("DELETE", "/cases/{case}/draft", None),
    ("POST", "/cases/{case}/release", {"text": "Hello Sam."}),
    ("GET", "/outbox", None),
    ("POST", "/outbox/{letter}/send", None),
    ("POST", "/cases/{case}/cancel", None),
    ("POST", "/outbox/hold", None),
    ("POST", "/outbox/resume", None),
    ("POST", "/cases/{case}/decide", {"choice": "watched"}),
    ("GET", "/acts", None),
    ("POST", "/acts/{act}/undo", None),
    ("POST", "/decide", {"choice": "lapsed", "cases": [{"case": "hohl"}, {"case": "nobody"}]}),
    ("POST", "/cases/{case}/second-opinion", None),
    ("PUT", "/cases/{case}/time", {"minutes": 15}),
    ("GET", "/time", None),
    ("DELETE", "/cases/{case}/time", None),
    ("POST", "/cases/{case}/words", {"words": "Mrs Dunlop, who is ninety", "kind": "substance"}),
    ("POST", "/cases/{case}/verdict", {"verdict": "hollow"}),
    ("GET", "/lessons", None),
    ("DELETE", "/lessons/{lesson}", None),
    ("GET", "/people", None),
    ("GET", "/people/{person}", None),
    ("GET", "/people/{person}/encounters", None),
    ("GET", "/proposals", None),
    ("POST", "/people/{person}/same", {"other": "@other"}),
    ("GET", "/words", None),
    ("DELETE", "/words/{word}", None),
    ("POST", "/people/{person}/apart", {"addresses": ["@other"]}),
    ("PUT", "/people/{person}/standing", {"standing": "vouched-for", "why": "Kassel"}),
    ("GET", "/people/{person}/standing", None),
    ("PUT", "/people/{person}/watch", {"until": "2099-12-24T12:00:00Z"}),
    ("GET", "/watch", None),
    ("DELETE", "/people/{person}/watch", None),
    ("PUT", "/people/{person}/circle", {"is_in": True}),
    ("GET", "/circle", None),
    ("PUT", "/cards", {"text": CARDS.replace("Brandt", "Brandt-Maier")}),
    ("GET", "/cards", None),
    ("POST", "/people/{person}/grants", {"tier": "business"}),
    ("POST", "/grants", {"name": "Badge", "tier": "card"}),
    ("GET", "/grants", None),
    ("DELETE", "/grants/{grant}", None),
    ("GET", "/rules", None),
    ("POST", "/rules/check", {"text": OWN_RULES}),
    ("POST", "/rules/replay", {"text": OWN_RULES}),
    ("POST", "/rules/sums", {"text": OWN_RULES, "since": "2020-01-01T00:00:00Z"}),
    ("PUT", "/rules/text", {"text": OWN_RULES}),
    ("GET", "/rules/text", None),
    ("GET", "/rules/shared", None),
    ("GET", "/rules/versions", None),
    ("POST", "/rules/undo", None),
    ("POST", "/rules/choose", {"preset": "open-door"}),
    ("GET", "/rules/cookbook", None),
    ("POST", "/rules/add", {"recipe": "@recipe"}),
    ("POST", "/audit", {"name": "a.csv", "text": "@contacts"}),
    ("GET", "/door", None),
    ("PUT", "/door/name", {"name": "olga", "register": "sie"}),
    ("PUT", "/door/texts", {"lang": "de", "imprint": "Olga Brandt", "privacy": "Nichts geht weiter."}),
    ("POST", "/door/open", None),
    ("PUT", "/door/words", {"word": "Kassel 2026", "until": "2099-12-24T12:00:00Z", "note": "Sam"}),
    ("GET", "/door/words", None),
    ("POST", "/door/words/remove", {"word": "kassel 2026"}),
    ("POST", "/door/close", None),
    ("GET", "/knocks", None),
    ("POST", "/knocks/{case}/let-in", {"text": "Hello."}),
    ("POST", "/knocks/{case}/turn-down", {"seen": True}),
    ("POST", "/events", {"name": "Book fair", "begins": "2026-11-20T09:00:00Z", "place": "Kassel"}),
    ("GET", "/events", None),
    ("POST", "/events/{event}/people", {"name": "Ada Quist", "mail": "ada@quist.example", "card": True}),
    ("POST", "/events/{event}/list", {"name": "a.csv", "text": "name,email\nBo Lind,bo@lind.example\n"}),
    ("PUT", "/events/{event}/people/{met}", {"sort": "interesting", "topic": "Bindings"}),
    ("GET", "/events/{event}/people", None),
    ("POST", "/events/{event}/mailing/preview", {"sorts": ["interesting"]}),
    ("POST", "/events/{event}/mailing", {"sorts": ["interesting"]}),
    ("DELETE", "/events/{event}/mailing", None),
    ("DELETE", "/events/{event}/people/{met}/sort", None),
    ("DELETE", "/events/{event}/people/{met}", None),
    ("DELETE", "/events/{event}", None),
    ("PUT", "/people/{person}/vouching", {"why": "Kassel"}),
    ("GET", "/vouching", None),
    ("DELETE", "/people/{person}/vouching", None),
    ("PUT", "/people/{person}/block", None),
    ("GET", "/blocks", None),
    ("GET", "/people/{person}/report", None),
    ("DELETE", "/people/{person}/block", None),
    ("POST", "/hostings", {"name": "Book fair", "begins": "2027-11-20T09:00:00Z"}),
    (
        "POST",
        "/hostings/{hosting}/people",
        {"name": "a.csv", "text": "name,email\nBo Lind,bo@lind.example\n"},
    ),
    ("POST", "/hostings/{hosting}/link", {"who": "bo@lind.example"}),
    (
        "POST",
        "/hostings/{hosting}/round",
        {
            "freeze": "2027-11-20T18:00:00Z",
            "match": "2027-11-21T18:00:00Z",
            "release": "2027-11-22T18:00:00Z",
            "wishes": 3,
        },
    ),
    ("GET", "/hostings", None),
    ("DELETE", "/hostings/{hosting}/round", None),
    ("DELETE", "/hostings/{hosting}", None),
    ("PUT", "/cases/{case}/outcome", {"outcome": "talk"}),
    ("GET", "/outcomes", None),
    ("DELETE", "/cases/{case}/outcome", None),
    ("POST", "/lint", {"text": "Dear Ada, do you have 15 minutes?", "to": "ada@quist.example"}),
    ("GET", "/export", None),
    ("GET", "/journal", None),
    ("GET", "/settings", None),
    ("GET", "/doctor", None),
)
"""Each with a body it is made for, in an order in which each finds something to do; "@..." is an id."""


def test_every_operation_succeeds_and_keeps_to_its_shape(tmp_path_factory: pytest.TempPathFactory) -> None:
    """None is left out; each answers 200 with what the document says of it, whatever was done before.

    Each is asked by a token with its scope alone; an act tells that token no name and no word of a letter.
    """
    folder = tmp_path_factory.mktemp("success")
    reader = SecondReader("m", "h", lambda _case, now: Opinion("m", "h", now))
    with pages_configured(), a_reached_house(folder, second_reader=reader) as reached:
        program = reached.program()
        here = _here(program, (folder / "Connections.csv").read_text("utf-8"))
        here |= {name: somebody_knocks(reached, name) for name in ("let-in", "turn-down")}
        asked = set()
        alone, told_of = {one.value: reached.program(one) for one in Scope}, _words(program)
        for method, path, body in STEPS:
            asked.add((method, path))
            filled: dict[str, object] = {
                name: here.get(str(one)[1:], one) for name, one in (body or {}).items()
            }
            if "addresses" in filled:
                filled = {"addresses": [here["other"]]}
            scope = DOC["paths"][f"/api/v1{path}"][method.lower()]["x-scope"]
            made, asks = _now(program, here), alone[scope or "judge"]
            knock = path.rpartition("/")[2]
            place = path.format(**{**made, "case": here[knock]} if knock in here else made)
            if path == "/export":
                _is_everything(asks, place)
                continue
            if path.endswith("/report"):
                wrote = program.told("GET", f"/cases/{here['let-in']}")["person"]["id"]
                _is_a_pack(asks, f"/people/{wrote}/report")
                continue
            told = asks.told(method, place, filled if body is not None else None)
            _keeps_its_shape(method, path, told)
            given = json.dumps(filled)
            if scope != Scope.READ:
                said = [one for one in told_of if one in json.dumps(told) and one not in given]
                assert (path, said) == (path, [])
    known = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, operations in DOC["paths"].items()
        for method in operations
    }
    assert asked == known


def _words(program: Program) -> list[str]:
    """Return what only a token with `read` learns: names, addresses, and how letters begin."""
    people = [one["person"] for one in program.told("GET", "/people?order=name")["lines"]]
    cases = program.told("GET", "/cases")["lines"]
    found = {one["name"] for one in people}.union(*(one["addresses"] for one in people))
    found |= {json.dumps(one["text"])[1:30] for one in cases}
    assert len(found) > 20
    return sorted(one for one in found if len(one) > 3)


def _here(program: Program, contacts: str) -> dict[str, str]:
    """Return ids that lead somewhere."""
    people = [one["person"] for one in program.told("GET", "/people?order=name")["lines"]]
    own = [one["id"] for one in people if "Amsel" in one["name"]]
    recipe = program.told("GET", "/rules/cookbook")["lines"][0]["recipe"]
    return {
        "case": "sam",
        "person": own[0],
        "other": own[1],
        "recipe": recipe,
        "contacts": contacts,
    }


def _now(program: Program, here: dict[str, str]) -> dict[str, str]:
    """Return the ids of what was made on the way, the newest."""
    made = {}
    for name, path, key in (
        ("letter", "/outbox", "letter"),
        ("lesson", "/lessons", "lesson"),
        ("word", "/words", "word"),
        ("grant", "/grants", "grant"),
        ("act", "/acts", "act"),
        ("event", "/events", "event"),
        ("hosting", "/hostings", "hosting"),
    ):
        lines = program.told("GET", path)["lines"]
        made[name] = lines[0][key] if lines else "none"
    met = program.told("GET", f"/events/{made['event']}/people")["lines"] if made["event"] != "none" else []
    made["met"] = next((one["met"] for one in met if one["card"]), "none")
    return {**here, **made}


def _is_everything(program: Program, path: str) -> None:
    """Look into the file that comes: what `anlass export` writes, and no key of the house."""
    answer = program.ask("GET", path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        about = json.loads(pack.read("anlass.json"))
        assert (about["keys"], {*about["files"], "anlass.json"}) == (False, {*pack.namelist()})


def _is_a_pack(program: Program, path: str) -> None:
    """Look whether the file that comes is one, whole."""
    answer = program.ask("GET", path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert pack.testzip() is None
        assert pack.namelist()


def _keeps_its_shape(method: str, path: str, told: dict[str, Any]) -> None:
    answer = DOC["paths"][f"/api/v1{path}"][method.lower()]["responses"]["200"]
    shape = answer["content"]["application/json"]["schema"]
    Draft202012Validator({**shape, "components": DOC["components"]}).validate(told)
