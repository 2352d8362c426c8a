"""The forged-sender rehearsal: everything that ever made a machine answer the wrong person comes at once.

A house of its own in a folder of its own, with the most talkative rules there can be: it answers every
letter by itself. The letters take the way that real ones take, from the archive to the mail server, and the
mail server is a sink on this machine. Nothing may even knock there. Then one honest letter comes, twice,
and is answered once: so the silence before was no accident.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from anlass.channels.mail.sink import Sink
from anlass.desk.history.collecting import collect
from anlass.desk.house.rehearsal_letters import HONEST, OWNER, TRUSTED, Scene, replies_to_ours, scenes
from anlass.desk.outgoing.answering import Answering
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.outgoing.posting import PostOffice, post
from anlass.desk.requests.screening import Desk, Judged, Passed, screen
from anlass.doorman import Doorman
from anlass.intake import Recipient, SetAside
from anlass.replies.silence import USUAL
from anlass.store.book import Book

_DAY = timedelta(days=1)
TALKATIVE = """
[[rule]]
name = "Everybody is asked"
why = "The rehearsal wants it so."
all = ["true"]
do = "ask_back"
send = "automatically"
"""
"""House rules that answer everything by themselves: only silence stands between them and the world."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One letter of the rehearsal: its name, what kept the house silent, and whether it was.

    `rule` is one of the gate (N), one of silence (R), or `hold` where a law gave the letter to the owner.
    """

    name: str
    rule: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it. `knocks` counts connections to the mail server before the honest letter came.

    `honest` is how many letters the honest one brought, which must be one.
    """

    letters: tuple[Rehearsed, ...]
    knocks: int
    honest: int

    @property
    def is_passed(self) -> bool:
        """Tell whether the house was silent where it must be, and spoke where it may."""
        return self.knocks == 0 and self.honest == 1 and all(one.is_silent for one in self.letters)


def rehearse(book: Book, doorman: Doorman, folder: Path, sink: Sink, *, now: datetime) -> Rehearsal:
    """Play it through in an empty book; `doorman` must answer everything by itself, `now` is aware."""
    day = _by_day(now)
    stage = _Stage(book, doorman, folder, sink)
    letters = [stage.play(scene, day) for scene in scenes()]
    knocks = sink.knocks
    for number in (1, 2):
        stage.deliver(HONEST, day, number)
    stage.post(day)
    letters += [stage.play(scene, day + timedelta(hours=1)) for scene in replies_to_ours(_ours(sink))]
    return Rehearsal(tuple(letters), knocks, len(sink.letters))


class _Stage:
    """The house of the rehearsal: letters come in, and what is due goes out a day later."""

    def __init__(self, book: Book, doorman: Doorman, folder: Path, sink: Sink) -> None:
        self.book, self.doorman, self.folder, self.sink = book, doorman, folder, sink
        self.answering = Answering(Writer("Olga Brandt", OWNER), USUAL, UTC, frozenset({TRUSTED}))
        self.count = 0

    def play(self, scene: Scene, now: datetime) -> Rehearsed:
        """Deliver one letter, twice, post what is due, and say whether anything left."""
        before = self.sink.knocks
        rules = [rule for number in (1, 2) for rule in self.deliver(scene, now, number)]
        self.post(now)
        return Rehearsed(scene.name, rules[0] if rules else "", self.sink.knocks == before)

    def deliver(self, scene: Scene, now: datetime, number: int) -> tuple[str, ...]:
        """Let one copy of a letter come in; return the rules that spoke against an answer."""
        self.count += 1
        path = self.folder / f"{self.count:03}-{number}.eml"
        path.write_bytes(scene.raw(format_datetime(now - scene.age)))
        collect(self.book, [path], owner=[OWNER], trusted=[TRUSTED], now=now)
        desk = Desk(self.book, self.doorman, Recipient("Olga Brandt"), now, answering=self.answering)
        return tuple(_rules(self.book, screen(desk, [path], with_others=True)))

    def post(self, now: datetime) -> None:
        """Hand over whatever the outbox has, as of a day later."""
        office = PostOffice(self.sink.way(), "rehearsal", lambda: now + _DAY)
        for _ in post(self.book, office):
            pass


def _rules(book: Book, outcomes: Iterable[Judged | Passed | SetAside]) -> Iterable[str]:
    for one in outcomes:
        if isinstance(one, Passed):
            yield one.ruling.rule
        elif isinstance(one, Judged):
            notes = book.entries(about=one.case.request.id)
            refused = [str(note.content["rule"]) for note in notes if note.act == "kept_as_draft"]
            yield refused[0] if refused else one.case.decision.action.value


def _ours(sink: Sink) -> bytes:
    return sink.letters[0].raw if sink.letters else b""


def _by_day(now: datetime) -> datetime:
    """Return noon of that day: the rehearsal comes out the same at night."""
    return now.astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
