"""Facts from elsewhere: vouchers that came along, and what rooms that are still to be built will know.

Groups: until somebody can tell, they are empty, and a rule that names one simply does not apply.
Events are told by the owner's notes of them. Beside them the calendar day and the days the owner is
away, by the owner's clock, which rules for holidays compare.
"""

from __future__ import annotations

from anlass.ledger.outcome import CameOf
from anlass.policy.situation import Fact, FactType, Situation

LONG_AGO = 36_500
"""Days (a hundred years) that stand for "never", so that `< 30` stays false."""


def _days_since_met(situation: Situation) -> int:
    met = situation.known.elsewhere.met_at
    return LONG_AGO if met is None else min(max((situation.at - met).days, 0), LONG_AGO)


PERSONS = (
    Fact(
        "person.requests_before",
        FactType.INT,
        "frühere Anfragen dieser Person",
        "earlier requests of this person",
        lambda s: s.known.earlier,
    ),
    Fact(
        "person.groups",
        FactType.STRINGS,
        "Gruppen der Person (noch leer)",
        "groups of the person (still empty)",
        lambda s: sorted(s.known.elsewhere.groups),
    ),
    Fact(
        "person.vouchers",
        FactType.INT,
        "Menschen, für die du bürgst und die für diese Adresse bürgen",
        "people you vouch for who vouch for this address",
        lambda s: s.known.elsewhere.vouchers,
    ),
    Fact(
        "person.outcomes",
        FactType.STRINGS,
        "was aus früheren Anfragen wurde",
        "what came of earlier requests",
        lambda s: sorted(s.known.elsewhere.outcomes),
        tuple(CameOf),
    ),
    Fact(
        "event.names",
        FactType.STRINGS,
        "Veranstaltungen, auf denen ihr euch getroffen habt",
        "events where you met",
        lambda s: sorted(s.known.elsewhere.events),
    ),
    Fact(
        "event.days_since_met",
        FactType.INT,
        "Tage seit dem letzten Treffen auf einer Veranstaltung (36500: nie)",
        "days since you last met at an event (36500: never)",
        _days_since_met,
    ),
)

TIMES = (
    Fact(
        "time.date",
        FactType.STRING,
        "Tag (2026-12-24)",
        "day (2026-12-24)",
        lambda s: s.days.here(s.at).date().isoformat(),
    ),
    Fact(
        "time.month",
        FactType.INT,
        "Monat (1 bis 12)",
        "month (1 to 12)",
        lambda s: s.days.here(s.at).month,
    ),
    Fact(
        "time.is_away",
        FactType.BOOL,
        "du bist verreist (`owner.away`)",
        "you are away (`owner.away`)",
        lambda s: s.days.is_away(s.at),
    ),
)
