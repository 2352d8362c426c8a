"""Measures the litmus test: `python -m training.evaluate` prints every figure we quote.

Every file is judged by what the other files teach, and by nothing else: moves, vocabulary,
rarity, scaling, sharpness, thresholds come from them. A bag of words runs in the same folds.
`--write FILE` puts the figures between two marks of a document.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anlass.litmus.shipped import load_panel, panel_of
from bench.report import write_into
from training.baseline import bag_of_words
from training.chain import Chain, Read, ask, f1, learn
from training.corpus import Item, load
from training.fit import Floats, Truth
from training.minutes import said_minutes
from training.train import TARGET
from training.views import QUESTIONS, VERDICTS, Letters, cut

Labels = NDArray[np.int_]
Views = dict[str, Floats]
REASON, ASK, HOLLOW = range(3)
BEGIN, END = "<!-- litmus: begin -->", "<!-- litmus: end -->"
NAMED = ("mixed-6", "mixed-3", "en-4")
YOUNG = frozenset(["de-7", "de-8", "en-7", "en-8"])
"""Files by other hands, written after the program could read."""


@dataclass
class Judged:
    """What was said about every letter by a chain that never saw its file."""

    read: Read
    is_sure: Truth
    answers: Truth

    @classmethod
    def nothing(cls, count: int) -> Judged:
        """Room for so many letters."""
        return cls(Read.nothing(count), np.zeros(count, bool), np.zeros((count, len(QUESTIONS)), bool))

    def fill(self, test: Truth, chain: Chain) -> None:
        """Ask a chain about the letters under test."""
        found = ask(chain, test)
        for name in ("words", "traits", "verdicts", "questions", "asks"):
            getattr(self.read, name)[test] = getattr(found, name)
        self.is_sure[test] = found.verdicts.max(1) >= chain.sure
        self.answers[test] = found.questions >= [chain.answered[question] for question in QUESTIONS]


def main() -> None:
    """Print everything, and write it where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE")
    target = parser.parse_args().write
    lines = []
    for line in figures(load()):
        print(line, flush=True)
        lines.append(line)
    if target is not None:
        day = date.today()  # noqa: DTZ011 (an entry point, and a day is enough)
        told = f"Measured on {day.isoformat()} with `make evaluate`, {os.cpu_count()} cores.\n"
        write_into(target, told + "\n" + "\n".join(lines), begin=BEGIN, end=END)


def figures(items: Sequence[Item]) -> Iterator[str]:
    """Every figure, as lines of Markdown."""
    letters = cut(items)
    judged = each_file(letters)
    views = {
        "Anlass": judged.read.verdicts,
        "words view": judged.read.words,
        "moves view": judged.read.traits,
        "bag of words": bag_of_words(items, letters.files),
    }
    yield from by_file(letters, views)
    yield from by_contrast(letters, views)
    yield from young(letters)
    yield from confusions(letters, judged.read.verdicts)
    yield from calibration(letters, judged.read.verdicts)
    yield from coverage(letters, judged)
    yield from other_answers(letters, judged)
    yield from minutes(items)
    yield from speed(items)


def each_file(letters: Letters) -> Judged:
    """Every file judged by what the others teach."""
    judged = Judged.nothing(len(letters.items))
    for file in sorted(set(letters.files)):
        test = letters.files == file
        judged.fill(test, learn(letters, ~test)[0])
    return judged


def macro_f1(truth: Labels, said: Labels) -> float:
    """The mean of the F1 of the three verdicts."""
    return float(np.mean([f1(truth == verdict, said == verdict) for verdict in range(3)]))


def by_file(letters: Letters, views: Views) -> Iterator[str]:
    """Transfer from file to file."""
    files = sorted(set(letters.files))
    truth, langs = letters.verdicts, np.array([item.lang for item in letters.items])

    def row(test: Truth) -> list[float]:
        return [macro_f1(truth[test], found[test].argmax(1)) for found in views.values()]

    rows = {file: row(letters.files == file) for file in files}
    yield "### Verdict\n\n| macro-F1, each file held out | " + " | ".join(views) + " |"
    yield "|---" * (len(views) + 1) + "|"
    every = np.array(list(rows.values()))
    yield _row("mean of the files", every.mean(0))
    yield _row("worst file", every.min(0))
    for lang, name in (("de", "German"), ("en", "English")):
        yield _row(name, row(langs == lang))
    for file in [*NAMED, *(file for file in files if file not in NAMED)]:
        if file in rows:
            yield _row(f"`{file}`", rows[file])


def _row(name: str, values: Sequence[float] | Floats) -> str:
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"


def by_contrast(letters: Letters, views: Views) -> Iterator[str]:
    """Groups of one situation with and without its reason: how often every version is right."""
    family = np.array([item.family for item in letters.items])
    contrast = sorted({item.family for item in letters.items if item.is_contrast})
    shares = []
    for found in views.values():
        right = found.argmax(1) == letters.verdicts
        shares.append(float(np.mean([right[family == name].all() for name in contrast])))
    yield _row(f"all versions right, of {len(contrast)} contrast groups", shares)


def young(letters: Letters) -> Iterator[str]:
    """The young files by what the old ones teach: how far the corpus reaches by itself."""
    test = np.isin(letters.files, sorted(YOUNG))
    if not test.any() or test.all():
        return
    found = ask(learn(letters, ~test)[0], test).verdicts.argmax(1)
    truth, files = letters.verdicts[test], letters.files[test]
    parts = [(file, files == file) for file in sorted(YOUNG & set(files))]
    scores = (f"`{file}` {macro_f1(truth[part], found[part]):.3f}" for file, part in parts)
    yield "\nFiles by other hands, judged by the older files alone: " + ", ".join(scores) + "."


def confusions(letters: Letters, found: Floats) -> Iterator[str]:
    """What is called what, and how many reasons are called hollow."""
    said = found.argmax(1)
    yield "\n| truth, called | " + " | ".join(VERDICTS) + " |\n|---|---|---|---|"
    for verdict in range(3):
        row = [int(((letters.verdicts == verdict) & (said == other)).sum()) for other in range(3)]
        yield f"| {VERDICTS[verdict]} | " + " | ".join(map(str, row)) + " |"
    hollow = (said[letters.verdicts == REASON] == HOLLOW).mean()
    yield f"\nReasons called hollow: {1000 * hollow:.0f} in 1000."


def calibration(letters: Letters, found: Floats) -> Iterator[str]:
    """Whether a probability of nine in ten is right nine times in ten."""
    confidence, right = found.max(1), found.argmax(1) == letters.verdicts
    error, told = 0.0, []
    for low in np.arange(0.3, 1.0, 0.1):
        inside = (confidence > low) & (confidence <= low + 0.1)
        if inside.any():
            said, was = confidence[inside].mean(), right[inside].mean()
            error += inside.mean() * abs(said - was)
            told.append(f"{said:.2f} was {was:.2f}")
    yield f"Expected calibration error {error:.3f}; said and was: {', '.join(told)}."


def coverage(letters: Letters, judged: Judged) -> Iterator[str]:
    """Where it is sure: how often is it right, and on how many; thresholds from the other files."""
    right = judged.read.verdicts.argmax(1) == letters.verdicts
    bad = (judged.read.verdicts.argmax(1) == HOLLOW) & (letters.verdicts == REASON)
    yield "\n### Where it is sure\n\n| file | sure | right there | reason called hollow |\n|---|---|---|---|"
    everything = np.ones(len(right), bool)
    files = sorted(set(letters.files))
    tests = {"all": everything, **{f"`{file}`": letters.files == file for file in files}}
    for name, test in tests.items():
        sure = judged.is_sure & test
        yield _row(name, [sure.sum() / test.sum(), right[sure].mean(), bad[sure].mean()])
    order = np.argsort(-judged.read.verdicts.max(1), kind="stable")
    surest = ((share, order[: int(share * len(order))]) for share in (0.2, 0.4, 0.6, 0.8))
    shares = (f"{share:.0%} {right[first].mean():.3f}" for share, first in surest)
    yield "\nRight among the surest: " + ", ".join(shares) + "."


def other_answers(letters: Letters, judged: Judged) -> Iterator[str]:
    """The five questions and what is asked."""
    marked = letters.has_answers
    yield "\n### Answers\n\n| question | F1 | accuracy |\n|---|---|---|"
    for column, question in enumerate(QUESTIONS):
        truth, said = letters.answered[marked, column], judged.answers[marked, column]
        yield f"| {question.value} | {f1(truth, said):.3f} | {(truth == said).mean():.3f} |"
    right = letters.asks == judged.read.asks
    yield f"| asks | | {right.mean():.3f} |"


def minutes(items: Sequence[Item]) -> Iterator[str]:
    """The minutes asked, each file held out."""
    said = said_minutes(items)
    marked = [index for index, item in enumerate(items) if item.answers is not None]
    right = [said.get(index) == items[index].minutes for index in marked]
    written = [said.get(index) == items[index].minutes for index in marked if items[index].minutes]
    yield f"| minutes | | {np.mean(right):.3f} |"
    yield f"| minutes, where some are asked | | {np.mean(written):.3f} of {len(written)} |"


def speed(items: Sequence[Item]) -> Iterator[str]:
    """Requests a second on one core, and how long loading takes."""
    loaded = min(_took(lambda: panel_of(TARGET)) for _ in range(3))
    panel = load_panel()
    requests = [item.request for item in items]
    took = min(_took(lambda: [panel.read(request) for request in requests]) for _ in range(3))
    told = f"{len(requests) / took:.0f} requests a second on one core"
    yield f"\nSpeed: {told}, loaded in {loaded * 1000:.0f} ms."


def _took(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
