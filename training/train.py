"""Trains the litmus test: `python -m training.train` writes the shipped weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anlass.litmus.context import SURROUNDINGS
from anlass.litmus.shipped import SCHEMA
from anlass.litmus.traits import TRAITS
from anlass.litmus.weights import COLUMNS, MOVES, SAID, columns, in_order
from training.chain import WORDS_SHARE, Chain, learn
from training.corpus import Item, digest, load
from training.fit import Floats, Seen, gathered, plain, yes_or_no
from training.minutes import LEANING, MINUTES_STRENGTH, observed
from training.views import QUESTIONS, cut

TARGET = Path(__file__).parents[1] / "src" / "anlass" / "litmus"
_FINEST = 0.01
_MOST = 32_767
_SAID, _ASKS = columns(SAID[0], SAID[-1]), columns("asks contact", "asks other")
_MOVES, _WISH = columns("move greeting", "move other"), columns("wish contact", "wish other")


def main() -> None:
    """Train on the whole corpus and write the weights."""
    train(load(), TARGET)
    print(f"{len((TARGET / 'names.txt').read_text(encoding='utf-8').splitlines())} rows")


def train(items: Sequence[Item], folder: Path) -> None:
    """Learn from these letters and write the weights into a folder."""
    chain = learn(cut(items), np.ones(len(items), bool))
    write(chain, items, folder)


def write(chain: Chain, items: Sequence[Item], folder: Path) -> None:
    """Write everything learned: names of the rows, the matrix, and what is read beside them."""
    found = merged(chain)
    names, pairs, first = in_order(found)
    whole = np.array([found[name] for name in names])
    scale = np.maximum(np.abs(whole).max(0) / _MOST, _FINEST)
    matrix = np.vstack([np.round(whole / scale), np.zeros(len(COLUMNS))]).astype(np.int16)
    (folder / "names.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    np.savez(folder / "weights.npz", matrix=matrix, pairs=pairs)
    rows = {name: sha256((folder / name).read_bytes()).hexdigest() for name in ("names.txt", "weights.npz")}
    told = {**written(chain, items), "scale": scale.tolist(), "first_pair": first, "rows": rows}
    (folder / "weights.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def merged(chain: Chain) -> dict[str, NDArray[np.float64]]:
    """One row of all columns for every observation that any view knows."""
    words, wishes, names = chain.words, chain.wishes, chain.sentences.names
    of_words, of_wishes = np.split(chain.asks[0], [len(words.names)])
    rows: dict[str, NDArray[np.float64]] = {}

    def put(seen: Sequence[str], part: slice, values: Floats) -> None:
        for name, row in zip(seen, values, strict=True):
            rows.setdefault(str(name), np.zeros(len(COLUMNS)))[part] = row

    put(names, _MOVES, chain.moves[0])
    put(names, columns("move seen", "move seen"), np.ones((len(names), 1)))
    put(words.names, _SAID, chain.said[0] * words.factor[:, None])
    put(words.names, _ASKS, of_words * words.factor[:, None])
    put(words.names, columns("square", "square"), words.factor[:, None] ** 2)
    put(wishes.names, _WISH, of_wishes * wishes.factor[:, None])
    put(wishes.names, columns("wish square", "wish square"), wishes.factor[:, None] ** 2)
    return rows


def written(chain: Chain, items: Sequence[Item]) -> dict[str, object]:
    """All that is not a row of the matrix, readable."""
    bias = np.zeros(len(COLUMNS))
    bias[_MOVES], bias[_SAID], bias[_ASKS] = chain.moves[1], chain.said[1], chain.asks[1]
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
        "context": context_table(chain),
        "traits": traits_table(chain),
        "bias": [round(float(b), 4) for b in bias],
    }


def context_table(chain: Chain) -> dict[str, object]:
    """Weights of what stands around a sentence, by name and as it is read."""
    weights, bias = chain.told.around.as_read(chain.context)
    return {
        "names": list(SURROUNDINGS),
        "moves": list(MOVES),
        "weights": weights.tolist(),
        "bias": bias.tolist(),
    }


def traits_table(chain: Chain) -> dict[str, object]:
    """Weights of every trait, by name and as they are read."""
    verdicts, questions = chain.verdicts, chain.questions
    both = np.hstack([verdicts[0], questions[0]]), np.concatenate([verdicts[1], questions[1]])
    weights, bias = chain.traits.as_read(both)
    return {
        "names": list(TRAITS),
        "answers": [question.value for question in QUESTIONS],
        "weights": weights.tolist(),
        "bias": bias.tolist(),
    }


def minutes_table(items: Sequence[Item]) -> dict[str, object]:
    """Weights on what stands around a duration."""
    _, rows, asked = observed(items)
    seen: Seen = plain(gathered(rows), np.ones(len(rows), bool), 1)
    weights, bias = yes_or_no(seen.matrix, asked, MINUTES_STRENGTH)
    told = {
        str(name): round(float(weight), 2) for name, weight in zip(seen.names, weights[:, 0], strict=True)
    }
    return {"bias": round(float(bias[0]) + LEANING, 4), "rows": {name: told[name] for name in sorted(told)}}


if __name__ == "__main__":
    main()
