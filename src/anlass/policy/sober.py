"""A stranger's sober letter, as facts: what the examples in rule files start from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from anlass.intake import Channel
from anlass.ledger import TieLevel
from anlass.litmus import Asks, Verdict
from anlass.people import Standing
from anlass.policy.elsewhere import LONG_AGO
from anlass.policy.facts import FACTS
from anlass.policy.outside import NONE
from anlass.policy.situation import FactType, FactValue

_SOBER: Mapping[str, FactValue] = {
    "reading.verdict": Verdict.ASK.value,
    "reading.asks": Asks.CONTACT.value,
    "reading.lang": "de",
    "reading.probability.ask": 1.0,
    "tie.level": TieLevel.STRANGER.value,
    "tie.days_since_last": LONG_AGO,
    "event.days_since_met": LONG_AGO,
    "time.date": "2026-01-01",
    "time.month": 1,
    "time.weekday": 4,
    "request.weekday": 4,
    "request.channel": Channel.MAIL.value,
    "request.has_text": True,
    "person.standing": Standing.STRANGER.value,
    "answer.outcome": NONE,
}
_EMPTY: Mapping[FactType, FactValue] = {
    FactType.BOOL: False,
    FactType.INT: 0,
    FactType.DOUBLE: 0.0,
    FactType.STRING: "",
    FactType.STRINGS: [],
    FactType.TIMESTAMP: datetime(2026, 1, 1, tzinfo=UTC),
}


def sober() -> dict[str, FactValue]:
    """Return every fact of that letter, to be changed where an example differs."""
    return {name: _SOBER.get(name, _EMPTY[fact.type]) for name, fact in FACTS.items()}
