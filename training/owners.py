"""Measures what teaching does: `python -m training.owners` prints how owners with a taste fare.

An owner reads letters from files that the weights never saw. Each has a taste: letters of one
kind are to them what nobody else would say. They correct what reads wrongly of that kind, and
what reads wrongly since they began to correct. After 1, 3, 10 and 30 corrections the reading is
compared with their own truth on letters that they have not met. `--write FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from anlass.intake import ContactRequest
from anlass.litmus.lessons import Lesson
from anlass.litmus.panel import Panel
from anlass.litmus.reading import Verdict
from anlass.litmus.shipped import panel_of
from bench.report import measured, write_into
from training.corpus import Item, load
from training.train import train

UNSEEN = frozenset(["de-7", "en-7", "mixed-6", "mixed-7"])
COUNTS = (0, 1, 3, 10, 30)
ROUNDS = 3
"""Every owner meets the letters in three orders; the figures are means."""

_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Owner:
    """Somebody for whom letters that ask this are of this verdict, whatever they say."""

    says: str
    asks: frozenset[str]
    verdict: Verdict

    def is_theirs(self, item: Item) -> bool:
        """Whether a letter is of the kind of their taste."""
        return item.asks in self.asks

    def truth(self, item: Item) -> Verdict:
        """What a letter is to them."""
        return self.verdict if self.is_theirs(item) else Verdict(item.verdict)


OWNERS = (
    Owner("letters about jobs are hollow", frozenset(["job"]), Verdict.HOLLOW),
    Owner("no link requests", frozenset(["link"]), Verdict.HOLLOW),
    Owner("no calls and no meetings", frozenset(["call", "meeting"]), Verdict.HOLLOW),
    Owner("glad about everybody who wants to connect", frozenset(["contact"]), Verdict.REASON),
    Owner("likes letters that want nothing (fan mail)", frozenset(["other"]), Verdict.REASON),
    Owner("likes offers", frozenset(["sale"]), Verdict.REASON),
    Owner("speaks nowhere", frozenset(["event"]), Verdict.HOLLOW),
)


def main() -> None:
    """Train without some files, let owners correct what reads wrongly in them, and print how they fare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE")
    target = parser.parse_args().write
    items = load()
    with TemporaryDirectory() as folder:
        train([item for item in items if item.fold not in UNSEEN], Path(folder))
        panel = panel_of(Path(folder))
    lines = []
    for line in figures(panel, [item for item in items if item.fold in UNSEEN]):
        print(line, flush=True)
        lines.append(line)
    if target is not None:
        told = f"{measured('python -m training.owners --write docs/figures.md')}\n\n" + "\n".join(lines)
        write_into(target, told, "owners")


def figures(panel: Panel, items: Sequence[Item]) -> Iterator[str]:
    """Every figure, as lines of Markdown."""
    yield f"Letters never seen: {len(items)}, one half to learn from, the other to be judged, {ROUNDS} times."
    yield "Each figure: right among letters of the owner's kind / right among all others.\n"
    yield "| owner | " + " | ".join(f"{count} corrections" for count in COUNTS) + " |"
    yield "|---" * (len(COUNTS) + 1) + "|"
    rows = [[_fare(panel, owner, items, order) for order in range(ROUNDS)] for owner in OWNERS]
    means = [_mean(row) for row in rows]
    for owner, row in zip(OWNERS, means, strict=True):
        yield f"| {owner.says} | " + " | ".join(map(_shown, row)) + " |"
    yield "| **mean** | " + " | ".join(map(_shown, _mean(means))) + " |"
    yield ""
    yield from copying(panel, items)
    yield from quickness(panel, items)


Right = tuple[float, float]


def _fare(panel: Panel, owner: Owner, items: Sequence[Item], order: int) -> list[Right]:
    """How right the reading is for one owner after so many corrections."""
    mixed = sorted(items, key=lambda item: sha256(f"{order} {item.id}".encode()).digest())
    learning, judged = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
    found: list[Right] = []
    lessons: list[Lesson] = []
    steps = corrections(panel, owner, learning)
    for count in COUNTS:
        lessons += islice(steps, count - len(lessons))
        taught = panel.personal(lessons)
        hits: dict[bool, list[bool]] = {True: [], False: []}
        for item in judged:
            hits[owner.is_theirs(item)].append(taught.read(item.request).verdict is owner.truth(item))
        found.append((_share(hits[True]), _share(hits[False])))
    return found


def corrections(panel: Panel, owner: Owner, items: Sequence[Item]) -> Iterator[Lesson]:
    """The lessons of an owner who goes through letters and corrects what reads wrongly."""
    lessons: list[Lesson] = []
    taught = panel
    for item in items:
        truth = owner.truth(item)
        if taught.read(item.request).verdict is truth:
            continue
        if not owner.is_theirs(item) and panel.read(item.request).verdict is not truth:
            continue  # the shipped reading's own mistakes are not what is measured
        lessons.append(_lesson(panel, item.request, truth, len(lessons)))
        yield lessons[-1]
        taught = panel.personal(lessons)


def _lesson(panel: Panel, request: ContactRequest, verdict: Verdict, number: int) -> Lesson:
    said_at = _BEGAN + timedelta(hours=number)
    return Lesson(said_at, request.id, verdict=verdict, gist=panel.gist(request))


def copying(panel: Panel, items: Sequence[Item]) -> Iterator[str]:
    """What a stranger gains who puts sentences of a praised letter into a hollow one."""
    praised = [item for item in items if item.verdict == "reason"][:60]
    hollow = [item for item in items if item.verdict == "hollow"][:60]
    bought = fooled = total = 0
    for good, bad in zip(praised, hollow, strict=False):
        taught = panel.personal([_lesson(panel, good.request, Verdict.REASON, 0)])
        for share in (3, 2, 1):
            text = f"{good.request.text[: len(good.request.text) // share]}\n\n{bad.request.text}"
            pasted = replace(bad.request, text=text)
            before, after = panel.read(pasted).verdict, taught.read(pasted).verdict
            total += 1
            fooled += before is Verdict.REASON
            bought += before is not Verdict.REASON and after is Verdict.REASON
    yield f"A third, half or all of a praised letter pasted before a hollow one, {total} times: `reason` by"
    yield f"the shipped reading {fooled} times, by the lesson alone {bought} times."


def quickness(panel: Panel, items: Sequence[Item]) -> Iterator[str]:
    """How long it takes until a correction shows."""
    requests = [item.request for item in items[:301]]
    lessons = [_lesson(panel, request, Verdict.HOLLOW, at) for at, request in enumerate(requests[1:])]
    for count in (0, 30, 300):
        began = time.perf_counter()
        lesson = _lesson(panel, requests[0], Verdict.HOLLOW, 1000)
        reading = panel.personal([*lessons[:count], lesson]).read(requests[0])
        took = 1000 * (time.perf_counter() - began)
        assert reading.verdict is Verdict.HOLLOW
        yield f"One more correction beside {count} others, and the letter read again: {took:.0f} ms."


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def _mean(rows: Sequence[Sequence[Right]]) -> list[Right]:
    columns = zip(*rows, strict=True)
    return [(_average([a for a, _ in column]), _average([b for _, b in column])) for column in columns]


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _shown(right: Right) -> str:
    return f"{right[0]:.2f} / {right[1]:.3f}"


if __name__ == "__main__":
    main()
