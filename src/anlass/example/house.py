"""What the owner of the example did beside reading mail: her door, events, her word on people, outcomes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from anlass.ledger.outcome import CameOf
from anlass.outreach.event import Somebody, Sort
from anlass.people import mail_address
from anlass.replies.door import CodeWord, Door, DoorTexts

_FILE = Path(__file__).with_name("house.toml")
_LANGS = ("de", "en")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at an event: `sort` is `None` where the owner has not sorted them yet."""

    somebody: Somebody
    sort: Sort | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event the owner went to, and whom they noted there."""

    name: str
    place: str
    begins: datetime
    ends: datetime
    met: tuple[Guest, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with a place at the hosted event; `seen` puts them on its list, with their line."""

    name: str
    mail: str
    line: str = ""
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Hosted:
    """The event the owner hosts for others."""

    name: str
    place: str
    begins: datetime
    ends: datetime
    contact: str
    people: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody the owner vouches for: whether they agreed to be named, and whether they have a voucher."""

    who: str
    why: str
    agrees: bool = False
    voucher: bool = False


@dataclass(frozen=True, slots=True)
class ExampleHouse:
    """All of it. `came` and `watched` are pairs of a name and a word; `circle` holds names."""

    door: Door
    events: tuple[Gathering, ...]
    hosted: Hosted
    vouched: tuple[Reference, ...]
    came: tuple[tuple[str, CameOf], ...]
    watched: tuple[tuple[str, str], ...]
    circle: tuple[str, ...]


def example_house() -> ExampleHouse:
    """Read what the example's owner did in her house."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    door = told["door"]
    texts = tuple(DoorTexts(lang, **door[lang]) for lang in _LANGS)
    words = tuple(CodeWord(**one) for one in told["word"])
    return ExampleHouse(
        door=Door(door["name"], is_open=True, register=door["register"], texts=texts, words=words),
        events=tuple(map(_gathering, told["event"])),
        hosted=_hosted(told["hosted"]),
        vouched=tuple(Reference(**one) for one in told["vouched"]),
        came=tuple((one["who"], CameOf(one["of"])) for one in told["came"]),
        watched=tuple((one["who"], one["why"]) for one in told["watched"]),
        circle=tuple(one["who"] for one in told["circle"]),
    )


def _gathering(told: Mapping[str, Any]) -> Gathering:
    return Gathering(
        told["name"], told["place"], told["begins"], told["ends"], tuple(map(_guest, told["met"]))
    )


def _guest(told: Mapping[str, Any]) -> Guest:
    address = mail_address(told["mail"])
    somebody = Somebody(
        told["name"],
        (address,) if address else (),
        told["about"],
        has_card=told.get("card", False),
        has_talked=told.get("talked", False),
    )
    return Guest(somebody, Sort(told["sort"]) if "sort" in told else None, told.get("topic", ""))


def _hosted(told: Mapping[str, Any]) -> Hosted:
    people = tuple(Participant(**one) for one in told["person"])
    return Hosted(told["name"], told["place"], told["begins"], told["ends"], told["contact"], people)
