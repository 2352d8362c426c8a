"""Measures what copied good sentences do to a hollow letter: `python -m training.padding`.

Sentences that carry a reason in other letters of the same language are added to hollow letters of the
corpus, drawn by lot with a fixed seed. Printed is how many are then read as a reason, and how many as a
sure one: the second is what an owner would rely on. `--write FILE` puts it between two marks of a document.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from anlass.litmus.panel import Panel
from anlass.litmus.reading import Verdict
from anlass.litmus.shipped import panel_of
from bench.report import measured, write_into
from training.corpus import Item, load
from training.train import TARGET

LETTERS = 250
ADDED = (0, 1, 2, 3, 5, 10, 20)
_GOOD = frozenset({"substance", "occasion", "why_you", "benefit"})
_LONG = 40
"""Characters of a sentence that is worth copying."""


def main() -> None:
    """Print the table, and write it where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE")
    given = parser.parse_args()
    lines = "\n".join(figures(panel_of(TARGET), load()))
    print(lines)
    if given.write is not None:
        told = f"{measured('python -m training.padding --write docs/figures.md')}\n\n" + lines
        write_into(given.write, told, "padding")


def figures(panel: Panel, items: Sequence[Item]) -> Iterator[str]:
    """The share of padded letters that are read as a reason, as lines of Markdown."""
    lot = Random(5)
    copied = good_sentences(items)
    hollow = [item for item in items if item.verdict == "hollow" and item.lang in copied]
    hollow = lot.sample(hollow, min(LETTERS, len(hollow)))
    yield "| sentences added | letters | read as a reason | as a sure one |"
    yield "|---|---|---|---|"
    for added in ADDED:
        reasons = sure = 0
        for item in hollow:
            text = " ".join([item.request.text, *lot.sample(copied[item.lang], added)])
            reading = panel.read(replace(item.request, text=text))
            if reading.verdict is Verdict.REASON:
                reasons, sure = reasons + 1, sure + (not reading.unsure)
        yield f"| {added} | {len(hollow)} | {reasons / len(hollow):.3f} | {sure / len(hollow):.3f} |"


def good_sentences(items: Sequence[Item]) -> Mapping[str, list[str]]:
    """By language, the sentences of good letters that say what a reason is made of."""
    found: dict[str, list[str]] = {"de": [], "en": []}
    for item in items:
        if item.verdict == "reason" and item.lang in found:
            text = item.request.text
            for start, end, moves in item.moves:
                if moves & _GOOD and end - start >= _LONG:
                    found[item.lang].append(text[start:end])
    return found


if __name__ == "__main__":
    main()
