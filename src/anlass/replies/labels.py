"""The words the owner's pages need for what a request is, asks and holds; inward only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from anlass.policy.decision import Words
from anlass.policy.labels import (
    ACTIONS,
    ASKS,
    CHANNELS,
    FINDINGS,
    LEVELS,
    MARKS,
    QUESTIONS,
    STANDINGS,
    VERDICTS,
)

_PAIRS: tuple[Iterable[tuple[StrEnum, Words]], ...] = (
    *(ACTIONS.items(), ASKS.items(), CHANNELS.items(), FINDINGS.items(), LEVELS.items()),
    *(MARKS.items(), QUESTIONS.items(), STANDINGS.items(), VERDICTS.items()),
)
TABLES: tuple[Mapping[StrEnum, Words], ...] = tuple(dict(pairs) for pairs in _PAIRS)
"""One table for each kind of value, in the order of its kind."""

_BY_KIND: Mapping[type[StrEnum], Mapping[StrEnum, Words]] = {type(next(iter(t))): t for t in TABLES}


def label(value: StrEnum, lang: str) -> str:
    """Return what a verdict, finding, wish, action ... is called in the owner's language."""
    return _BY_KIND[type(value)][value].in_(lang)
