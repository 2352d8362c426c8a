"""How far a second annotator, who saw no labels, agrees with the writers: what a program can reach.

`python -m training.agreement` prints it for every file of `corpus/second/`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import numpy as np

from anlass.litmus.reading import Question
from training.chain import f1
from training.corpus import ASPECT_OF, CORPUS, Item, load
from training.views import VERDICTS

SECOND = CORPUS / "second"


def main() -> None:
    """Print the agreement."""
    for line in figures(load()):
        print(line)


def figures(items: Sequence[Item]) -> Iterator[str]:
    """Agreement by file, as lines of Markdown."""
    yield (
        "| file | labelled twice | verdict, macro-F1 | kappa | "
        + " | ".join(f"{q.value}, F1" for q in Question)
        + " | asks | minutes |"
    )
    yield "|---" * (6 + len(Question)) + "|"
    by_id = {item.id: item for item in items}
    for path in _paths():
        said = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        pairs = [(by_id[one["id"]], one) for one in said]
        verdicts = [(item.verdict, one["verdict"]) for item, one in pairs]
        answers = [
            f1(
                np.array([question in (item.answers or ()) for item, _ in pairs]),
                np.array([one["aspects"][ASPECT_OF[question]] for _, one in pairs]),
            )
            for question in Question
        ]
        asks = np.mean([item.asks == one["asks"] for item, one in pairs])
        minutes = np.mean([item.minutes == one["asks_minutes"] for item, one in pairs])
        cells = [_macro(verdicts), kappa(verdicts), *answers, asks, minutes]
        yield f"| `{path.stem}` | {len(pairs)} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


def asked_by_others(items: Sequence[Item]) -> dict[int, str]:
    """What the second annotators say is asked, by the place of the letter; not all have one."""
    at = {item.id: place for place, item in enumerate(items)}
    lines = (line for path in _paths() for line in path.read_text(encoding="utf-8").splitlines())
    return {at[one["id"]]: one["asks"] for one in map(json.loads, lines)}


def _paths() -> Sequence[Path]:
    return sorted(SECOND.glob("*.jsonl"))


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Cohen's kappa: agreement beyond what chance would give."""
    count = len(pairs)
    one, other = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    agreed = sum(first == second for first, second in pairs) / count
    by_chance = sum(one[label] * other[label] for label in one) / count**2
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0


def _macro(pairs: Sequence[tuple[str, str]]) -> float:
    one, other = np.array(pairs).T
    return float(np.mean([f1(one == verdict, other == verdict) for verdict in VERDICTS]))


if __name__ == "__main__":
    main()
