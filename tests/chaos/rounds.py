"""One round of faults: a house, its errands, a monkey; then all is mended, settles, and is compared."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from anlass.errors import AnlassError
from anlass.outreach.wish_times import Phase
from anlass.store.book import Book
from tests.chaos.flow import Errand, Flow
from tests.chaos.house import GUESTS, LIST_CLOSES, House, house
from tests.chaos.memories import restarted_postgres
from tests.chaos.monkey import Monkey, small_disk
from tests.chaos.truth import is_quiet, wrong
from tests.servers import Dovecot

PATIENCE = 240.0
"""Seconds of the machine that a house may take to settle when all faults are over."""
_STEP = 0.15


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round is made of."""

    seed: int
    memory: str = "sqlite"
    letters: int = 8
    faults: int = 8
    pause: float = 1.0
    """Seconds between two faults, about."""


@dataclass
class Round:
    """What became of a round: what is wrong, which faults there were, and what the house said at last."""

    plan: Plan
    wrong: list[str] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)
    restarts: int = 0
    letters: int = 0
    sent: int = 0
    refused: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0
    logs: str = ""


def play(plan: Plan, dovecot: Dovecot) -> Round:
    """Play a round."""
    began, done = time.monotonic(), Round(plan)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="anlass-chaos-")))
        disk = stack.enter_context(small_disk(folder / "house")) if plan.memory == "sqlite" else None
        memory = stack.enter_context(restarted_postgres()) if plan.memory == "postgres" else None
        database = memory.start().create("chaos") if memory else ""
        name = f"chaos{plan.seed}-{plan.memory}"
        world = stack.enter_context(house(folder, name, dovecot, database))
        flow = Flow(world, Random(plan.seed))
        monkey = Monkey(world, Random(plan.seed + 1), memory, disk)
        errands = flow.errands(plan.letters)
        try:
            _storm(world, flow, monkey, errands, plan)
            done.wrong += _settle(world, flow, monkey, errands) or wrong(world, flow.truth)
        finally:
            done.logs = "\n".join(f"--- {' '.join(one.words)}\n{one.said()}" for one in world.starts.all)
        done.wrong += [
            f"a traceback: {line}" for line in done.logs.splitlines() if line.startswith("Traceback")
        ]
        done.faults, done.story, done.restarts = dict(monkey.done), monkey.story, world.restarts
        done.letters, done.sent = len(flow.truth.delivered), len(world.sink.taken)
        done.refused = dict(flow.answers)
    done.seconds = time.monotonic() - began
    return done


def _storm(world: House, flow: Flow, monkey: Monkey, errands: list[Errand], plan: Plan) -> None:
    """Run the errands while faults come; a fault is mended after a while, then comes the next."""
    world.keep_going()
    chance, next_fault, mends_at = Random(plan.seed + 2), time.monotonic() + plan.pause, 0.0
    while len(monkey.story) < plan.faults:
        _go_on(flow, errands, chance)
        if flow.truth.wished == set(range(len(GUESTS))):
            monkey.moves_clock = True
        _close_list(world, flow)
        if mends_at and time.monotonic() > mends_at:
            monkey.mend()
            world.keep_going()
            mends_at, next_fault = 0.0, time.monotonic() + plan.pause * chance.uniform(0.2, 1.8)
        elif not mends_at and time.monotonic() > next_fault:
            monkey.act()
            mends_at = time.monotonic() + plan.pause * chance.uniform(0.1, 1.5)
        time.sleep(_STEP)
    monkey.mend()


def _close_list(world: House, flow: Flow) -> None:
    """Let so much time pass, once all have joined, that the list of the round is closed."""
    if len(flow.joined) == len(GUESTS) and not flow.is_list_closed:
        flow.is_list_closed = True
        world.clock.jump(LIST_CLOSES.total_seconds())


def _go_on(flow: Flow, errands: list[Errand], chance: Random) -> None:
    """Take one errand up; one that is done is gone."""
    if not errands:
        return
    one = chance.choice(errands)
    try:
        next(one)
    except StopIteration:
        errands.remove(one)


def _settle(world: House, flow: Flow, monkey: Monkey, errands: list[Errand]) -> list[str]:
    """Let everything come to an end without faults; return what does not."""
    monkey.mend()
    chance, end = Random(0), time.monotonic() + PATIENCE
    while errands and time.monotonic() < end:
        world.keep_going()
        _go_on(flow, errands, chance)
        _close_list(world, flow)
        time.sleep(_STEP)
    if errands:
        return [f"does not come to its end: {_where(one)}" for one in errands]
    planned = max(world.clock.now(), world.clock.furthest) + timedelta(days=1)
    for until in (planned, world.releases_at + timedelta(hours=1)):
        world.clock.jump((until - world.clock.now()).total_seconds())
        if not _is_settled(world, flow, end):
            return ["the house does not come to rest", *_restless(world, flow)]
    world.clock.walk()
    unwell = world.stop()
    world.running.clear()
    told = [f"{one} did not end in order" for one in unwell]
    world.keep_going("work")
    return told + list(_unwell(world, end)) + [f"{one} did not end in order" for one in world.stop()]


def _where(errand: Errand) -> str:
    """Return the line at which an errand waits."""
    frame = getattr(errand, "gi_frame", None)
    return f"{frame.f_code.co_name}, line {frame.f_lineno}" if frame else "nowhere"


def _is_settled(world: House, flow: Flow, end: float) -> bool:
    while time.monotonic() < end:
        world.keep_going()
        try:
            with closing(world.book()) as book:
                if is_quiet(book, flow.truth) and _round_is_over(world, book):
                    return True
        except AnlassError:
            pass
        time.sleep(0.5)
    return False


def _round_is_over(world: House, book: Book) -> bool:
    """Tell whether the round of wishes is where the clock wants it."""
    (one,) = book.wishes.rounds(world.event.id)
    return bool(one.phase is Phase.RELEASED or world.clock.now() < one.times.release)


def _restless(world: House, flow: Flow) -> Iterator[str]:
    with closing(world.book()) as book:
        yield from (f"{one.state}: {one.says}" for one in book.outbox.all() if one.state != "sent")
        rounds = [(one.phase, one.times) for one in book.wishes.rounds(world.event.id)]
        yield f"{rounds} at {world.clock.now()}"
        yield f"{flow.truth}"


def _unwell(world: House, end: float) -> Iterator[str]:
    """Ask the doctor until all is well."""
    said = ""
    while time.monotonic() < end:
        doctor = world.starts.start("doctor", "--data", str(world.data))
        doctor.wait(60)
        if doctor.code == 0:
            return
        said = doctor.said()
        time.sleep(1.0)
    yield f"the doctor is not content: {said}"
