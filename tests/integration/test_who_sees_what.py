"""Who sees what: each thing is planted, each viewer goes wherever they can, and every cell holds."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from anlass.desk.cards.granting import Wanted, give
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.vouchers import give_voucher, published
from anlass.desk.cards.vouching import agree, note_asked, vouch, vouched_person
from anlass.desk.cases.outcomes import say_outcome
from anlass.desk.house.keys import keep_private
from anlass.desk.outgoing.consent import consent_letter
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.people.standing import say_standing
from anlass.desk.people.watch_list import put_on
from anlass.desk.voice.requests import proposal
from anlass.ledger.outcome import CameOf
from anlass.people import Address, AddressKind, Person, Standing, person_at
from anlass.policy import Action, Words
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from tests.characters import NOW, SAM, case_of
from tests.gates import KAI as KAI_ASSISTS
from tests.gates import gate_before, served
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # makes a database with all its tables

ROOT = Path(__file__).parents[2]
TABLE = tomllib.loads((ROOT / "scripts" / "who_sees_what.toml").read_text(encoding="utf-8"))
VIEWERS = [one["id"] for one in TABLE["viewers"]]
CELLS = [
    (thing["id"], viewer, letter)
    for thing in TABLE["thing"]
    for viewer, letter in zip(VIEWERS, thing["cells"], strict=True)
    if letter != "-"
]
OLGA = Writer("Olga von Türen", "olga@tueren.example")
RULE = "Regel-Die-Niemand-Kennt"


def somebody(name: str) -> Person:
    """Return a person of this name."""
    first, last = name.lower().split()
    return person_at(Address(AddressKind.MAIL, f"{first}@{last}.example"), name)


_NAMES = ("Kai Falk", "Eva Amsel", "Ida Lund", "Leo Specht", "Uwe Geheim")
KAI, EVA, IDA, LEO, UWE = map(somebody, _NAMES)


@dataclass(frozen=True)
class Seen:
    """What gives each thing away, what gives a viewer's own away, and all that each viewer can get."""

    planted: Mapping[str, str]
    own: Mapping[str, str]
    of: Mapping[str, str]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Plant everything once, and let every viewer go everywhere."""
    with pages_configured():
        book = book_on_disk(tmp_path_factory.mktemp("who"), [])
        planted, own = _plant(book)
        yield Seen(planted, own, _everywhere(book))
        book.close()


def _plant(book: Book) -> tuple[dict[str, str], dict[str, str]]:
    """Plant every thing of the table; return the words that give it away, and those of a viewer's own."""
    take_in(book, TEXT, FILE, "en", now=NOW - timedelta(days=9))
    for person in (KAI, EVA, IDA, LEO, UWE):
        book.meet(person)
    case = case_of(SAM)
    declined = replace(case.decision, action=Action.DECLINE_WITH_MESSAGE, rule=Words(RULE, RULE))
    book.keep(replace(case, decision=declined), SAM.encounters, now=NOW)
    book.set_state(SAM.id, CaseState.DONE)
    for encounter in SAM.encounters:
        book.add_encounter(case.person.addresses[0], replace(encounter, is_proven=True, id="m1"))
    keep_private(book, person=UWE.id, now=NOW)
    for person in (KAI, EVA, IDA):
        vouch(book, person.name, why=f"Warum-{person.id}", now=NOW)
        note_asked(book, person, now=NOW)
    agree(book, KAI, "Kai, der Listenname", now=NOW)
    say_standing(book, "Leo Specht", Standing.CONTACT, now=NOW)
    put_on(book, "Leo Specht", why="Merkliste-Geheimnis", now=NOW)
    give(book, "Leo Specht", Wanted(tier="card", until=NOW + timedelta(days=77)), now=NOW)
    say_outcome(book, SAM.id, CameOf.FRIENDSHIP, now=NOW, lang="de")
    vouchers = {one.id: give_voucher(book, one.name, now=NOW).text for one in (KAI, EVA)}
    told = json.loads(json.dumps(published(book, at=NOW)))
    planted = {
        "name": "Olga von Türen",
        "mail": "karte@tueren.example",
        "phone": "901820",
        "mobile": "1234567",
        "home": "ABCD1234",
        "tiers": ">private",
        "grants": "6. Februar 2027",
        "listed": "Kai, der Listenname",
        "unlisted": "Ida Lund",
        "vouched": "Für diesen Menschen bürgst du",
        "why": f"Warum-{KAI.id}",
        "voucher": vouchers[KAI.id],
        "key": told["keys"][0]["ed25519"],
        "standing": "Gehört zu deinen Kontakten",
        "tie": "INBOX/cur/1800.eml",
        "rule": RULE,
        "decline": proposal(Action.DECLINE_WITH_MESSAGE, "de"),
        "watch": "Merkliste-Geheimnis",
        "private": "Uwe Geheim",
        "outcome": 'value="friendship" selected',
    }
    return planted, {"unlisted": "Eva Amsel", "voucher": vouchers[EVA.id]}


def _everywhere(book: Book) -> dict[str, str]:
    """Return all that each viewer can get: pages in every form, what is published, what they were sent."""
    house = replace(a_house(book), writer=OLGA)
    public = ["/v/", "/.well-known/anlass-vouchers.json", "/c/" + "a" * 42, "/v/" + "a" * 42]
    inner = ["/", "/cards/", "/watch/", "/vouched/", "/outcomes/", "/people/", "/rules/", f"/case/{SAM.id}/"]
    inner += [f"/person/{one.id}/" for one in (KAI, EVA, IDA, LEO, UWE, case_of(SAM).person)]
    stranger = _read(visitor(house), [*public, *inner])
    found = {"stranger": stranger, "house": stranger}
    with served():
        found["assistant"] = _read(gate_before(house, book).inside(KAI_ASSISTS, "de"), [*public, *inner])
    for tier in ("card", "business", "direct", "private"):
        link = give(book, "ben@holder.example", Wanted(tier=tier), now=NOW).link.rpartition("/")[2]
        forms = [f"/c/{link}{end}" for end in ("", ".vcf", ".v4.vcf", ".jcard", ".json", ".svg")]
        found[tier] = stranger + _read(visitor(house), forms)
    consent = "/v/" + vouched_person(book, EVA, at=NOW).link.rpartition("/")[2]
    letter = consent_letter(book, OLGA, "Eva Amsel", lang="de", now=NOW)
    handed = next(one.text for one in book.vouching.given(EVA.id))
    sent = f"{letter.subject.words}{letter.text.words}{handed}"
    found["vouched"] = stranger + _read(visitor(house), [consent]) + sent
    found["owner"] = _read(owner(house), [*public, *inner])
    return found


def _read(client: Client, paths: list[str]) -> str:
    return "\n".join(client.get(path).content.decode() for path in paths)


@pytest.mark.parametrize(("thing", "viewer", "letter"), CELLS)
def test_a_viewer_sees_a_thing_or_does_not(seen: Seen, thing: str, viewer: str, letter: str) -> None:
    """Each cell of docs/reference/who-sees-what.md."""
    is_there = seen.planted[thing] in seen.of[viewer]
    has_own = seen.own.get(thing, seen.planted[thing]) in seen.of[viewer]
    assert (is_there, has_own) == {"y": (True, True), "n": (False, False), "o": (False, True)}[letter]


def test_every_law_of_the_table_is_a_test_that_exists() -> None:
    """A cell that names a test nobody can run would be a promise without anybody behind it."""
    for law in [law for thing in TABLE["thing"] for law in thing.get("laws", ())]:
        file, _, name = law.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, law


def test_every_row_has_a_letter_for_every_viewer() -> None:
    """And what is written nowhere has a law of its own."""
    for thing in TABLE["thing"]:
        assert len(thing["cells"]) == len(VIEWERS)
        assert set(thing["cells"]) <= set("yno-")
        assert "-" not in thing["cells"] or thing["laws"]
