"""Measures the litmus test: `python -m training.evaluate` prints every figure we quote.

Every file is judged by what the other files teach, and by nothing else: moves, vocabulary,
rarity, scaling, sharpness, thresholds come from them. A bag of words runs in the same folds.
`--write FILE` puts the figures between two marks of a document and draws the picture beside it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from anlass.litmus.shipped import load_panel, panel_of
from bench.report import measured, write_into
from training import agreement, tables
from training.corpus import Item, load
from training.held_out import Judged, each_file, thinned
from training.picture import draw
from training.train import TARGET
from training.views import Letters, cut

ORDINARY = ("mixed-6", "en-10", "de-10", "en-11", "de-11", "mixed-13", "de-12", "en-12")
"""First contacts at natural rates, written by different hands."""

PUBLISHED = ("en-8", "de-8", "en-9", "de-9", "mixed-14", "mixed-15")
"""Requests through networks and by mail, as people publish them."""

CURVE = ("mixed-6", "en-10", "de-10")


def main() -> None:
    """Print everything, and write it where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--groups", type=int, metavar="N", help="judge files in so many groups: quicker")
    asked = parser.parse_args()
    target, lines = asked.write, []
    letters = cut(load())
    judged = each_file(letters, asked.groups)
    for line in figures(letters, judged):
        print(line, flush=True)
        lines.append(line)
    if target is not None:
        told = f"{measured('make evaluate')}\n\n" + "\n".join(lines)
        write_into(target, told, "litmus")
        draw(letters, judged, target.parent / "pictures" / "litmus.png")


def figures(letters: Letters, judged: Judged) -> Iterator[str]:
    """Every figure, as lines of Markdown."""
    views = {
        "Anlass": judged.read.verdicts,
        "words view": judged.read.words,
        "traits view": judged.read.traits,
        "bag of words": judged.bag,
    }
    sets = {
        "all": np.ones(len(letters.items), bool),
        "ordinary first contacts": np.isin(letters.files, ORDINARY),
        "networks and mail": np.isin(letters.files, PUBLISHED),
    }
    yield from tables.by_file(letters, views, {name: test for name, test in sets.items() if name != "all"})
    yield from tables.by_contrast(letters, views)
    yield from tables.confusions(letters, judged.read.verdicts)
    yield from tables.calibration(letters, judged.read.verdicts)
    yield from tables.coverage(letters, judged, sets)
    yield from tables.risk_by_coverage(letters, judged, sets)
    yield from tables.by_kind(letters, judged, "channel", lambda item: item.request.channel.value)
    yield from tables.by_kind(letters, judged, "asks", lambda item: item.asks)
    yield from tables.other_answers(letters, judged)
    yield from tables.minutes(letters.items)
    yield from tables.asked_for_what(letters, judged)
    yield "\n### What two annotators agree on\n"
    yield from agreement.figures(letters.items)
    yield "\n### What more letters bring"
    whole = [judged.read.verdicts[letters.files == file] for file in CURVE]
    quarter, half = thinned(letters, CURVE, (0.25, 0.5))
    yield from tables.learning_curve(letters, CURVE, {"a quarter": quarter, "a half": half, "all": whole})
    yield from speed(letters.items)


def speed(items: Sequence[Item]) -> Iterator[str]:
    """Requests a second on one core, and how long loading takes."""
    loaded = min(_took(lambda: panel_of(TARGET)) for _ in range(3))
    panel = load_panel()
    requests = [item.request for item in items]
    together = min(_took(lambda: panel.read_all(requests)) for _ in range(3))
    alone = min(_took(lambda: [panel.read(request) for request in requests]) for _ in range(3))
    rate, one_by_one = (f"{len(requests) / took:.0f}" for took in (together, alone))
    told = f"{rate} requests a second on one core, {one_by_one} one by one"
    yield f"\nSpeed: {told}, loaded in {loaded * 1000:.0f} ms."


def _took(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
