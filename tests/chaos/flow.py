"""What happens in the house while faults come upon it, and what the world outside knows of it.

Every errand is a generator: it stands still where it must wait, and is taken up again later. What it was
told, and what was taken from it, is written into the truth; the program has no hand in that.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from email.utils import format_datetime
from http.client import HTTPException
from random import Random
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from anlass.desk.wishes.taking_part import Stage, roster_of, visit
from anlass.errors import AnlassError
from anlass.outreach.wish import public_of
from anlass.outreach.wish_client import Participant, upload_of
from anlass.outreach.wish_roster import Roster
from anlass.store.cases.kept import KeptCase
from anlass.web.gatherings.wish import text64
from tests.chaos.house import DOOR, GUESTS, House
from tests.unit.outreach.wishing import noise, secret

Errand = Generator[None, None, None]
T = TypeVar("T")
ADA, BO, CEM = range(3)
WISHES = {ADA: (BO, CEM), BO: (ADA,), CEM: (BO,)}
"""Who wishes whom; only Ada and Bo wish each other."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_JSON = {"Content-Type": "application/json"}
_BYTES = {"Content-Type": "application/octet-stream"}
_SHEET = re.compile(r'name="sheet" value="([^"]+)"')
_LINK = re.compile(r"https?://\S+/k/\S+")
_TEXT = (
    "Dear Ms Wend,\n\nmy name is {name} and I run the reading series in {place}. I read your book on\n"
    "waiting rooms and would like to invite you for the evening of 14 March; we pay 400 euros and the way.\n"
    "Could you tell me by Friday whether that suits you? This is letter {number}.\n\nYours\n{name}\n"
)
_PLACES = ("Kiel", "Ulm", "Graz", "Basel", "Mainz", "Jena", "Bonn", "Bern")
_NO_REQUESTS = (
    {
        "List-Id": "<news.lists.example>",
        "List-Unsubscribe": "<mailto:off@lists.example>",
        "Precedence": "bulk",
    },
    {"Auto-Submitted": "auto-replied"},
    {
        "From": "noreply@shop.example",
        "Subject": "Your order 4711 was shipped",
        "Auto-Submitted": "auto-generated",
    },
)


@dataclass
class Truth:
    """What the world outside knows: letters it delivered, and what the owner was told was done."""

    delivered: dict[str, bool] = field(default_factory=dict)
    """By Message-ID whether the letter is a request."""
    released: dict[str, str] = field(default_factory=dict)
    """By case the address its answer goes to."""
    taken_back: set[str] = field(default_factory=set)
    decided: dict[str, str] = field(default_factory=dict)
    """By case the state that the owner's last word left it in."""
    at_the_door: dict[str, str] = field(default_factory=dict)
    """By address the word that stands in the letter; each was confirmed."""
    asked_at_the_door: set[str] = field(default_factory=set)
    wished: set[int] = field(default_factory=set)
    odd: list[str] = field(default_factory=list)
    """Answers that no fault explains."""


@dataclass
class Flow:
    """The errands of one house, by a seed."""

    house: House
    chance: Random
    truth: Truth = field(default_factory=Truth)
    asked: int = 0
    joined: set[int] = field(default_factory=set)
    is_list_closed: bool = False
    answers: Counter[int] = field(default_factory=Counter)
    """How often it was told to try again, by status."""
    _written: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._book = self.house.book()

    def errands(self, letters: int, guests: int = 2) -> list[Errand]:
        """Return what is to be done: letters of which some are answered, words at the door, wishes."""
        acts: tuple[Callable[[int], Errand], ...] = (
            self._answered,
            self._taken_back,
            self._decided,
            self._only,
        )
        made = [acts[number % len(acts)](number) for number in range(letters)]
        made += [self._no_request(number) for number in range(len(_NO_REQUESTS))]
        made += [self._at_the_door(number) for number in range(guests)]
        made += [self._wishes(number) for number in range(len(GUESTS))]
        self.chance.shuffle(made)
        return made

    # --- letters ---

    def _only(self, number: int) -> Errand:
        self._deliver(number)
        self._deliver(number)  # the same letter twice, as servers do
        yield

    def _no_request(self, number: int) -> Errand:
        self._deliver(100 + number, _NO_REQUESTS[number])
        yield

    def _answered(self, number: int) -> Errand:
        case = yield from self._arrived(number)
        yield from self._release(case, number)

    def _taken_back(self, number: int) -> Errand:
        case = yield from self._arrived(number)
        act = yield from self._release(case, number)
        path = f"/cases/{case.id}/cancel" if number % 8 > 3 else f"/acts/{act}/undo"
        status, _ = yield from self._insist("POST", path)
        if status == 200:
            self.truth.taken_back.add(case.id)

    def _decided(self, number: int) -> Errand:
        case = yield from self._arrived(number)
        before, choice = case.state.value, self.chance.choice(("watched", "lapsed"))
        status, told = yield from self._insist("POST", f"/cases/{case.id}/decide", {"choice": choice})
        self._expect(status, f"decide {case.id}")
        self.truth.decided[case.id] = str(told.get("state"))
        if number % 3 == 0:
            status, _ = yield from self._insist("POST", f"/acts/{told.get('act')}/undo")
            self._expect(status, f"undo {case.id}")
            self.truth.decided[case.id] = before

    def _release(self, case: KeptCase, number: int) -> Generator[None, None, str]:
        """Let the answer go; return the act by which it can be taken back."""
        text = f"Dear reader,\n\nthank you, gladly. ({number})\n\nOlga Wend"
        status, _ = yield from self._insist("POST", f"/cases/{case.id}/release", {"text": text})
        self._expect(status, f"release {case.id}")
        self.truth.released[case.id] = str(case.case.request.requester.address)
        while not (acts := self._look(lambda: self._book.entries(about=case.id, act="release"))):
            yield
        return acts[0].id

    def _deliver(self, number: int, fields: Mapping[str, str] | None = None) -> str:
        place = _PLACES[number % len(_PLACES)]
        name, id_ = f"Sabine {place} {number}", f"{number}.{self.house.name}@{place.lower()}.example"
        head = {
            "From": f"{name} <sabine{number}@{place.lower()}.example>",
            "To": self.house.address,
            "Subject": f"An evening in {place}",
            "Date": format_datetime(self.house.clock.now()),
            "Message-ID": f"<{id_}>",
            "Content-Type": "text/plain; charset=utf-8",
            **(fields or {}),
        }
        if id_ not in self.truth.delivered:
            text = _TEXT.format(name=name, place=place, number=number)
            lines = [*(f"{field}: {value}" for field, value in head.items()), "", *text.split("\n")]
            self._written[id_] = "\r\n".join(lines).encode()
            self.truth.delivered[id_] = fields is None
        self.house.dovecot.deliver(self._written[id_], to=self.house.address, sender="x@example.org")
        return id_

    def _arrived(self, number: int) -> Generator[None, None, KeptCase]:
        """Let a letter arrive, and wait for its case."""
        id_ = self._deliver(number)
        while (found := self._look(lambda: self._case_of(id_))) is None:
            yield
        return found

    def _case_of(self, id_: str) -> KeptCase | None:
        kept = self._book.cases(limit=1000).cases
        return next((one for one in kept if one.case.request.message_id == id_), None)

    # --- at the door ---

    def _at_the_door(self, number: int) -> Errand:
        address, word = f"guest{number}@{_PLACES[number]}.example".lower(), f"Wartebank-{number}"
        fields = {
            "matter": f"I would like to show you a {word}.",
            "name": f"Guest {number}",
            "address": address,
        }
        page = yield from self._got("GET", f"/{DOOR}")
        sheet = _SHEET.search(page.decode())
        if sheet is None:
            self.truth.odd.append("a door without a sheet")
            return
        for _ in range(20):  # nobody writes in no time
            yield
        self.truth.asked_at_the_door.add(address)
        yield from self._sent_at_the_door({**fields, "send": "yes"}, sheet[1])
        while not (link := self._link_to(address)):
            yield
        yield from self._got("POST", urlsplit(link).path, b"", _FORM)
        self.truth.at_the_door[address] = word

    def _sent_at_the_door(self, fields: dict[str, str], sheet: str) -> Errand:
        """Send the form; where its sheet lay too long by the clock, send what comes back once more."""
        while True:
            body = urlencode({**fields, "sheet": sheet}).encode()
            page = yield from self._got("POST", f"/{DOOR}", body, _FORM, also=(422,))
            if (again := _SHEET.search(page.decode())) is None:
                return
            sheet = again[1]
            yield

    def _link_to(self, address: str) -> str:
        for one in list(self.house.sink.taken):
            if address in one.recipients:
                text = message_from_bytes(one.raw, policy=default).get_content()
                found = _LINK.search(text)
                return found[0] if found else ""
        return ""

    # --- wishes ---

    def _wishes(self, number: int) -> Errand:
        house, link = self.house, self.house.links[number]
        public = json.dumps({"public": text64(public_of(secret(number)))}).encode()
        yield from self._got("POST", f"/w/{link}/join", public, _JSON)
        self.joined.add(number)
        while (roster := self._look(lambda: self._roster(link))) is None:
            yield
        me = Participant(secret(number), roster.people[house.pids[number]], roster)
        wishes = {house.pids[one]: f"card {number}" for one in WISHES[number]}
        body = upload_of(me, wishes, noise(f"chaos {number}", 4), 4)
        told = yield from self._got("POST", f"/w/{link}/upload", body, _BYTES)
        if json.loads(told).get("upload") != "taken":
            self.truth.odd.append(f"a wish was not taken: {told!r}")
        self.truth.wished.add(number)

    def _roster(self, link: str) -> Roster | None:
        who = visit(self._book, link, now=self.house.clock.now())
        return roster_of(self._book, who) if who is not None and who.stage is Stage.WISHING else None

    # --- asking, however often it takes ---

    def _insist(
        self, method: str, path: str, body: object = None
    ) -> Generator[None, None, tuple[int, dict[str, object]]]:
        """Call the API until it answers for good: the same act, under the same key."""
        self.asked += 1
        key = f"{self.house.name}-{self.asked}"
        while True:
            try:
                status, told = self.house.call(method, path, body, key)
            except (OSError, HTTPException):
                yield
                continue
            if status < 500 and status != 429:
                return status, told
            self.answers[status] += 1
            yield

    def _got(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        also: tuple[int, ...] = (),
    ) -> Generator[None, None, bytes]:
        """Ask for a page until it is there; `also` are the refusals that are an answer as well."""
        while True:
            try:
                status, page = self.house.ask(method, path, body, headers)
            except (OSError, HTTPException):
                yield
                continue
            if status < 400 or status in also:
                return page
            if status < 500 and status != 429:
                self.truth.odd.append(f"{method} {path}: {status}")
            self.answers[status] += 1
            yield

    def _look(self, at: Callable[[], T]) -> T | None:
        """Look into the memory; `None` while that cannot be."""
        try:
            return at()
        except AnlassError:
            return None

    def _expect(self, status: int, what: str) -> None:
        if status != 200:
            self.truth.odd.append(f"{what}: {status}")
