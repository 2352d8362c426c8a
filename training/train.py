"""Trains the litmus test: `python -m training.train` writes the shipped weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from anlass.litmus.moves import Spelling
from anlass.litmus.shipped import SCHEMA, load_lexicon
from anlass.litmus.traits import MOVES
from training.chain import WORDS_SHARE, Chain, learn
from training.corpus import Item, digest, load
from training.fit import gathered, plain, table, yes_or_no
from training.minutes import MINUTES_STRENGTH, observed
from training.views import ASKS, QUESTIONS, VERDICTS, cut

TARGET = Path(__file__).parents[1] / "src" / "anlass" / "litmus" / "weights.json"


def main() -> None:
    """Train on the whole corpus and write the weights."""
    weights = train(load())
    TARGET.write_text(weights, encoding="utf-8")
    print(f"{TARGET.name}: {len(weights) / 1e6:.1f} MB")


def train(items: Sequence[Item]) -> str:
    """The weights, as they are written."""
    letters = cut(items)
    chain, _ = learn(letters, np.ones(len(items), bool), Spelling(load_lexicon()))
    return json.dumps(written(chain, items), ensure_ascii=False, indent=0) + "\n"


def written(chain: Chain, items: Sequence[Item]) -> dict[str, object]:
    """All weights in one readable value."""
    words, wishes = chain.seeing.words, chain.seeing.wishes
    asks, bias = chain.views.asks
    of_words, of_wishes = np.split(asks, [len(words.names)])
    names = [f"asks {name}" for name in ASKS]
    return {
        "schema": SCHEMA,
        "trained_on": digest(),
        "sure": chain.sure,
        "answered": {question.value: at for question, at in chain.answered.items()},
        "blend": {
            "words": round(chain.sharpness * WORDS_SHARE, 4),
            "traits": round(chain.sharpness * (1 - WORDS_SHARE), 4),
        },
        "minutes": minutes_table(items),
        "traits": traits_table(chain),
        "moves": table(MOVES, *chain.moves),
        "wishes": table(
            ["square", *names],
            wishes.names,
            of_wishes * wishes.factor[:, None],
            np.zeros(len(ASKS) + 1),
            first=wishes.factor**2,
        ),
        "words": table(
            ["square", *VERDICTS, *names],
            words.names,
            np.hstack([chain.views.words[0], of_words]) * words.factor[:, None],
            np.concatenate([[0.0], chain.views.words[1], bias]),
            first=words.factor**2,
        ),
    }


def traits_table(chain: Chain) -> dict[str, object]:
    """A row a trait: its mean, its spread, then its weights."""
    views, seeing = chain.views, chain.seeing
    weights = np.round(np.hstack([views.traits[0], views.questions[0]]), 3)
    bias = np.concatenate([views.traits[1], views.questions[1]])
    return {
        "columns": [*VERDICTS, *(f"answers {q.value}" for q in QUESTIONS)],
        "bias": [round(float(b), 4) for b in bias],
        "rows": {
            name: [float(seeing.mean[at]), float(seeing.spread[at]), *map(float, weights[at])]
            for at, name in enumerate(seeing.trait_names)
        },
    }


def minutes_table(items: Sequence[Item]) -> dict[str, object]:
    """Weights on what stands around a duration."""
    _, rows, asked = observed(items)
    seen = plain(gathered(rows), np.ones(len(rows), bool), 1)
    return table(["asked"], seen.names, *yes_or_no(seen.matrix, asked, MINUTES_STRENGTH))


if __name__ == "__main__":
    main()
