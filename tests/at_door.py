"""A door for tests: a house that has one, a clock that is set by hand, and somebody who writes there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from anlass.bootstrap import Home
from anlass.case import Case
from anlass.config import load_settings
from anlass.desk.door.asking import path_of
from anlass.desk.door.taking import porter_of, take_in
from anlass.store.book import Book
from anlass.web.frame.house import House
from anlass.web.frame.limiter import DoorLimits, Limiter
from tests.characters import NOW
from tests.pages import a_house_with_rules, book_on_disk, visitor, with_a_door

MATTER = "Guten Tag, hätten Sie diese Woche 15 Minuten für ein kurzes Telefonat?"
LETTER = {"matter": MATTER, "name": "Kai Falk", "address": "kai@falk.example"}
_SHEET = re.compile(r'name="sheet" value="([^"]+)"')


@dataclass
class AtDoor:
    """A house with a door, and its clock."""

    house: House
    home: Home
    now: datetime = NOW

    @property
    def book(self) -> Book:
        """The owner's memory."""
        return self.home.book

    def visitor(self, lang: str = "de", host: str = "") -> Client:
        """Return a browser of somebody without a key."""
        client = visitor(self.house, lang)
        if host:
            client.defaults["HTTP_HOST"] = host
        return client

    def passes(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def sheet(self, client: Client) -> str:
        """Open the door and return the token of the sheet on it."""
        found = _SHEET.search(client.get("/henrike").content.decode())
        assert found
        return found[1]

    def writes(self, client: Client | None = None, **fields: object) -> HttpResponse:
        """Open the door, write, and send after half a minute."""
        client = client or self.visitor()
        sheet = fields.pop("sheet", None) or self.sheet(client)
        self.passes(seconds=30)
        answer: HttpResponse = client.post("/henrike", {**LETTER, "send": "yes", **fields, "sheet": sheet})  # type: ignore[assignment] # the test client's answer is one
        return answer

    def link(self) -> str:
        """Return the path of the link to the newest letter that waits."""
        return path_of(self.book, self.book.door.waiting()[0].id, "henrike")

    def takes_in(self) -> list[Case]:
        """Make cases of what is confirmed; return those that are new."""
        assert self.house.classroom
        return list(take_in(porter_of(self.home, self.house.classroom.wits()), now=self.now))


def at_door(folder: Path, rules: str = "", *, is_open: bool = True, settings: str = "") -> AtDoor:
    """Return a house with an open door at /henrike, and own house rules."""
    (folder / "anlass.toml").write_text(f'[owner]\nname = "Henrike Solbach"\n{settings}', encoding="utf-8")
    (folder / "house-rules.toml").write_text(rules, encoding="utf-8")
    home = with_a_door(Home(load_settings(folder), "de", book_on_disk(folder, (), ())), is_open=is_open)
    made = AtDoor(a_house_with_rules(home), home)
    generous = DoorLimits(*(Limiter(10_000, 10_000) for _ in range(3)))
    made.house = replace(made.house, now=lambda: made.now, door_limits=generous)
    return made


def rule(domain: str, action: str) -> str:
    """Return a house rule for letters from a domain, with words that must not leak."""
    return (
        f'[[rule]]\nname = "PLANTED-{action}-{domain}"\nwhy = "PLANTED-why"\n'
        f'all = ["person.domain == \'{domain}\'"]\ndo = "{action}"\n'
    )
