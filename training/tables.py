"""The figures of the litmus test as tables: what is right, how sure it is, and where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from training.agreement import asked_by_others
from training.chain import f1
from training.corpus import Item
from training.fit import Floats, Truth
from training.held_out import Judged
from training.minutes import said_minutes
from training.views import ASKS, QUESTIONS, VERDICTS, Letters

Labels = NDArray[np.int_]
Views = dict[str, Floats]
REASON, ASK, HOLLOW = range(3)
NAMED = ("mixed-6", "mixed-3", "en-4")


def macro_f1(truth: Labels, said: Labels) -> float:
    """The mean of the F1 of the three verdicts."""
    return float(np.mean([f1(truth == verdict, said == verdict) for verdict in range(3)]))


def by_file(letters: Letters, views: Views, sets: Mapping[str, Truth]) -> Iterator[str]:
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
    for name, test in sets.items():
        yield _row(name, row(test))
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


def coverage(letters: Letters, judged: Judged, sets: Mapping[str, Truth]) -> Iterator[str]:
    """Where it is sure: how often is it right, and on how many; thresholds from the other files."""
    right = judged.read.verdicts.argmax(1) == letters.verdicts
    bad = (judged.read.verdicts.argmax(1) == HOLLOW) & (letters.verdicts == REASON)
    yield "\n### Where it is sure\n\n| file | sure | right there | reason called hollow |\n|---|---|---|---|"
    files = sorted(set(letters.files))
    tests = {**sets, **{f"`{file}`": letters.files == file for file in files}}
    for name, test in tests.items():
        sure = judged.is_sure & test
        yield _row(name, [sure.sum() / test.sum(), right[sure].mean(), bad[sure].mean()])


def other_answers(letters: Letters, judged: Judged) -> Iterator[str]:
    """The five questions and what is asked."""
    marked = letters.has_answers
    yield "\n### Answers\n\n| question | F1 | accuracy |\n|---|---|---|"
    for column, question in enumerate(QUESTIONS):
        truth, said = letters.answered[marked, column], judged.answers[marked, column]
        yield f"| {question.value} | {f1(truth, said):.3f} | {(truth == said).mean():.3f} |"
    right = letters.asks == judged.read.asks
    yield f"| asks | | {right.mean():.3f} |"
    others = asked_by_others(letters.items)
    told = [(ASKS[judged.read.asks[at]], asks, letters.items[at].asks) for at, asks in others.items()]
    for name, agreed in (
        ("writers", [said == writer for said, _, writer in told]),
        ("other annotators", [said == asks for said, asks, _ in told]),
        ("either", [said in both for said, *both in told]),
        ("both annotators agree", [asks == writer for _, asks, writer in told]),
    ):
        yield f"| asks, of {len(told)} labelled twice: {name} | | {np.mean(agreed):.3f} |"


def minutes(items: Sequence[Item]) -> Iterator[str]:
    """The minutes asked, each file held out."""
    said = said_minutes(items)
    marked = [index for index, item in enumerate(items) if item.answers is not None]
    right = [said.get(index) == items[index].minutes for index in marked]
    written = [said.get(index) == items[index].minutes for index in marked if items[index].minutes]
    yield f"| minutes | | {np.mean(right):.3f} |"
    yield f"| minutes, where some are asked | | {np.mean(written):.3f} of {len(written)} |"


def by_kind(letters: Letters, judged: Judged, name: str, kind_of: Callable[[Item], str]) -> Iterator[str]:
    """Right and sure by a kind of letters, the frequent ones first."""
    kinds = np.array([kind_of(item) for item in letters.items])
    right = judged.read.verdicts.argmax(1) == letters.verdicts
    yield f"\n| {name} | letters | macro-F1 | right | sure | right there |\n|---|---|---|---|---|---|"
    found, counts = np.unique(kinds, return_counts=True)
    for kind, count in sorted(zip(found, counts, strict=True), key=lambda pair: -pair[1]):
        test = kinds == kind
        if count < _FEW:
            continue
        sure = judged.is_sure & test
        score = macro_f1(letters.verdicts[test], judged.read.verdicts[test].argmax(1))
        cells = [score, right[test].mean(), sure.sum() / count, right[sure].mean()]
        yield f"| {kind} | {count} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


_FEW = 30
"""Of fewer letters no figure is given."""


def risk_by_coverage(letters: Letters, judged: Judged, sets: Mapping[str, Truth]) -> Iterator[str]:
    """The whole curve: right among the surest tenth, two tenths and so on, for several sets of letters."""
    yield "\n| right among the surest | " + " | ".join(f"{share}0 %" for share in range(1, 11)) + " |"
    yield "|---" * 11 + "|"
    for name, test in sets.items():
        right = (judged.read.verdicts.argmax(1) == letters.verdicts)[test]
        order = np.argsort(-judged.read.verdicts[test].max(1), kind="stable")
        shares = [right[order][: max(1, round(share * len(order) / 10))].mean() for share in range(1, 11)]
        yield _row(name, shares)


def learning_curve(
    letters: Letters, files: Sequence[str], rows: Mapping[str, Sequence[Floats]]
) -> Iterator[str]:
    """What a half or a quarter of the corpus would have come to."""
    yield "\n| macro-F1 by what part of the other files | " + " | ".join(f"`{file}`" for file in files) + " |"
    yield "|---" * (len(files) + 1) + "|"
    for name, found in rows.items():
        tests = [letters.verdicts[letters.files == file] for file in files]
        yield _row(name, [macro_f1(truth, one.argmax(1)) for truth, one in zip(tests, found, strict=True)])


def asked_for_what(letters: Letters, judged: Judged) -> Iterator[str]:
    """How often each thing that is asked is recognised."""
    yield "\n| what is asked | letters | recognised | right when said |\n|---|---|---|---|"
    truth, said = letters.asks, judged.read.asks
    for place, name in enumerate(ASKS):
        is_so, is_said = truth == place, said == place
        count, both = is_so.sum(), (is_so & is_said).sum()
        yield f"| {name} | {count} | {both / max(1, count):.3f} | {both / max(1, is_said.sum()):.3f} |"
