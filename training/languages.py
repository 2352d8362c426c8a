"""Measures one language by itself: `python -m training.languages fr`.

Twice: by what the letters in all other languages teach, so that no word of it is known, and by these
together with four fifths of its own. Its letters are parted by sender and receiver, so that nobody is
in two parts. `--beside de-10 en-10` also says what its letters cost or bring those files.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np

from anlass.litmus.language import language
from anlass.litmus.shipped import load_guess
from training.chain import ask, f1, learn
from training.corpus import Item, load
from training.fit import Floats, Truth
from training.held_out import Judged, in_parallel, knows, told_of
from training.minutes import said_minutes
from training.tables import HOLLOW, REASON, macro_f1
from training.views import QUESTIONS, VERDICTS, Letters, cut

PARTS = 5


def main() -> None:
    """Print the figures of a language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("--beside", nargs="*", default=(), metavar="FILE")
    told = parser.parse_args()
    for line in figures(told.language, told.beside):
        print(line, flush=True)


def figures(lang: str, beside: Sequence[str]) -> Iterator[str]:
    """Every figure, as lines of Markdown."""
    letters = cut(parted(load(), lang))
    mine = np.array([item.lang == lang for item in letters.items])
    parts = {file: letters.files == file for file in sorted(set(letters.files[mine]))}
    work = {"unknown": (mine, ~mine), **{file: (test, ~test) for file, test in parts.items()}}
    told = dict(zip(work, in_parallel(letters, told_of, list(work.values())), strict=True))
    unknown, known = Judged.nothing(len(mine)), Judged.nothing(len(mine))
    unknown.fill(mine, told["unknown"])
    for file, test in parts.items():
        known.fill(test, told[file])
    yield f"### {mine.sum()} letters in `{lang}`\n"
    yield from _language(letters.items, lang)
    yield from _both(letters, mine, {"no word of it": unknown, "four fifths of its letters": known})
    yield from _confusions(letters.verdicts[mine], known.read.verdicts[mine].argmax(1))
    yield from _minutes(letters.items, lang)
    yield from _beside(letters, mine, beside)


def _both(letters: Letters, mine: Truth, judged: Mapping[str, Judged]) -> Iterator[str]:
    """Every measure a row, what was known of the language a column."""
    yield "| known of the language | " + " | ".join(judged) + " |\n|---" + "|---" * len(judged) + "|"
    rows = [_measures(letters, mine, one) for one in judged.values()]
    for name in rows[0]:
        yield f"| {name} | " + " | ".join(f"{row[name]:.3f}" for row in rows) + " |"


def _measures(letters: Letters, mine: Truth, judged: Judged) -> dict[str, float]:
    truth, said = letters.verdicts[mine], judged.read.verdicts[mine].argmax(1)
    sure, right = judged.is_sure[mine], said == truth
    marked = mine & letters.has_answers
    questions = {
        question.value: f1(letters.answered[marked, column], judged.answers[marked, column])
        for column, question in enumerate(QUESTIONS)
    }
    return {
        "verdict, macro-F1": macro_f1(truth, said),
        "verdict, right": right.mean(),
        "bag of words, macro-F1": macro_f1(truth, judged.bag[mine].argmax(1)),
        "sure": sure.mean(),
        "right where sure": right[sure].mean() if sure.any() else float("nan"),
        "reason called hollow": ((truth == REASON) & (said == HOLLOW)).mean(),
        **{f"answers {question}, F1": value for question, value in questions.items()},
        "asks, right": (letters.asks[mine] == judged.read.asks[mine]).mean(),
    }


def _confusions(truth: Sequence[int], said: Sequence[int]) -> Iterator[str]:
    yield "\n| truth, called | " + " | ".join(VERDICTS) + " |\n|---|---|---|---|"
    for verdict, name in enumerate(VERDICTS):
        row = [
            sum(t == verdict and s == other for t, s in zip(truth, said, strict=True)) for other in range(3)
        ]
        yield f"| {name} | " + " | ".join(map(str, row)) + " |"


def _language(items: Sequence[Item], lang: str) -> Iterator[str]:
    """How often the language is recognised, and taken for it wrongly."""
    guess = load_guess()
    found = [(item.lang, language(item.request.text, item.request.subject or "", guess)) for item in items]
    mine = [said == lang for truth, said in found if truth == lang]
    others = [said == lang for truth, said in found if truth != lang]
    yield f"Recognised: {sum(mine)} of {len(mine)}; taken for it: {sum(others)} of {len(others)} others.\n"


def _minutes(items: Sequence[Item], lang: str) -> Iterator[str]:
    said = said_minutes(items)
    mine = [(item.minutes, said.get(at)) for at, item in enumerate(items) if item.lang == lang]
    asked = [(truth, found) for truth, found in mine if truth]
    right, found = sum(a == b for a, b in mine), sum(a == b for a, b in asked)
    yield f"\nMinutes right: {right} of {len(mine)}; where some are asked: {found} of {len(asked)}."


def _beside(letters: Letters, mine: Truth, files: Sequence[str]) -> Iterator[str]:
    """What its letters cost or bring other files, held out together."""
    if not files:
        return
    test = np.isin(letters.files, files)
    work = [(test, ~test & ~mine), (test, ~test)]
    found = [verdicts.argmax(1) for verdicts in in_parallel(letters, _verdicts, work)]
    yield "\n| macro-F1 of other files | without its letters | with them |\n|---|---|---|"
    for file in files:
        inside = letters.files[test] == file
        cells = [macro_f1(letters.verdicts[test][inside], said[inside]) for said in found]
        yield f"| `{file}` | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


def _verdicts(work: tuple[Truth, Truth]) -> Floats:
    """The verdicts on the letters under test by what the known ones teach."""
    letters, (test, known) = knows(), work
    return ask(learn(letters, known), test).verdicts


def parted(items: Sequence[Item], lang: str) -> list[Item]:
    """The items, those of a language in parts of its own instead of files; people stay together."""
    people: dict[str, str] = {}

    def head(name: str) -> str:
        while people.setdefault(name, name) != name:
            name = people[name]
        return name

    def names(item: Item) -> list[str]:
        request = item.request
        said = (f"to {request.recipient.name}", f"by {request.requester.name}", item.family)
        return [name for name in said if len(name) > 3]

    mine = [item for item in items if item.lang == lang]
    for item in mine:
        first, *others = names(item)
        for other in others:
            people[head(other)] = head(first)
    return [
        replace(item, fold=f"{lang} part {crc32(head(names(item)[0]).encode()) % PARTS + 1}")
        if item.lang == lang
        else item
        for item in items
    ]


if __name__ == "__main__":
    main()
