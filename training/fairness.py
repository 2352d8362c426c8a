"""Measures whether letters that say the same are read the same: `python -m training.fairness`.

By kind: pairs, how many have the same verdict, how far a probability moves at most and on
average, and the ten that move most. `--write FILE` puts it between two marks of a document.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from anlass.litmus.panel import Panel
from anlass.litmus.reading import Probabilities
from anlass.litmus.shipped import panel_of
from bench.report import measured, write_into
from training.train import TARGET
from training.versions import Pair, pairs

FAR = 0.05
"""How far a probability may move."""


@dataclass(frozen=True)
class Moved:
    """How a pair was read: whether both verdicts are one, and the greatest difference of a probability."""

    pair: Pair
    is_same: bool
    by: float
    verdicts: str


def main() -> None:
    """Print everything, and write it where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--weights", type=Path, default=TARGET, help="the folder of the weights")
    given = parser.parse_args()
    lines = list(figures([read(panel_of(given.weights), pair) for pair in pairs()]))
    print("\n".join(lines))
    if given.write is not None:
        told = f"{measured('python -m training.fairness --write docs/figures.md')}\n\n" + "\n".join(lines)
        write_into(given.write, told, "fairness")


def read(panel: Panel, pair: Pair) -> Moved:
    """Read both versions of a letter."""
    one, other = panel.read(pair.one), panel.read(pair.other)
    return Moved(
        pair,
        one.verdict is other.verdict,
        _distance(one.probabilities, other.probabilities),
        f"{one.verdict} {other.verdict}",
    )


def figures(moved: Sequence[Moved]) -> Iterator[str]:
    """Every figure, as lines of Markdown."""
    yield "| what differs | pairs | same verdict | moved by more than 0.05 | at most | mean |"
    yield "|---|---|---|---|---|---|"
    yield _row("**all**", moved)
    for kind in dict.fromkeys(found.pair.kind for found in moved):
        of_kind = [found for found in moved if found.pair.kind == kind]
        yield _row(f"**{kind}**", of_kind)
        if kind in {"names", "slips"}:
            for how in dict.fromkeys(found.pair.how for found in of_kind):
                yield _row(how, [found for found in of_kind if found.pair.how == how])
    yield "\nThe ten that move most:\n"
    for found in sorted(moved, key=lambda found: -found.by)[:10]:
        text = " ".join(found.pair.other.text.split())[:90]
        yield f"- {found.by:.2f}, {found.verdicts}, {found.pair.kind}, {found.pair.how[:40]}: {text}"


def _row(name: str, moved: Sequence[Moved]) -> str:
    same, far = sum(found.is_same for found in moved), sum(found.by > FAR for found in moved)
    most, mean = max(found.by for found in moved), sum(found.by for found in moved) / len(moved)
    return f"| {name} | {len(moved)} | {same} | {far} | {most:.3f} | {mean:.3f} |"


def _distance(one: Probabilities, other: Probabilities) -> float:
    return max(abs(one.reason - other.reason), abs(one.ask - other.ask), abs(one.hollow - other.hollow))


if __name__ == "__main__":
    main()
