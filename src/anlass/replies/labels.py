"""The words the owner's pages need for what a request is, asks and holds; inward only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

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
from anlass.policy.rules import Words

TABLES: tuple[Mapping[StrEnum, Words], ...] = tuple(
    {**table} for table in (ACTIONS, ASKS, CHANNELS, FINDINGS, LEVELS, MARKS, QUESTIONS, STANDINGS, VERDICTS)
)
_BY_KIND: Mapping[type[StrEnum], Mapping[StrEnum, Words]] = {
    type(next(iter(table))): table for table in TABLES
}


def label(value: StrEnum, lang: str) -> str:
    """Return what a verdict, finding, wish, action ... is called in the owner's language."""
    return _BY_KIND[type(value)][value].in_(lang)
