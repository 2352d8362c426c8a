"""Rules that look at what went before: once to a person, few a day, none while letters bounce."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from anlass.people.handles import server_of
from anlass.replies.outgoing import Kind
from anlass.replies.silence.facts import Asked, Went

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def again(asked: Asked) -> str | None:
    """R5: nobody is asked twice, ever; any other kind goes to a person once in seven days."""
    to_person = [went for went in asked.past.went if went.person == asked.letter.person]
    alike = [went for went in to_person if went.kind is asked.letter.kind]
    if asked.letter.kind is not Kind.QUESTION:
        alike = _since(alike, asked, _WEEK)
    return f"{max(went.when for went in alike):%Y-%m-%d}" if alike else None


def too_many(asked: Asked) -> str | None:
    """R6: no more than the owner allows in an hour, a day, and a day to one domain."""
    terms, domain = asked.terms, server_of(asked.letter.to)
    day = _since(asked.past.went, asked, _DAY)
    if len(_since(day, asked, _HOUR)) >= terms.per_hour:
        return str(terms.per_hour)
    if len(day) >= terms.per_day:
        return str(terms.per_day)
    return domain if sum(went.domain == domain for went in day) >= terms.per_domain else None


def bouncing(asked: Asked) -> str | None:
    """R7: once letters bounce, everything by itself stands still until the owner sets it going."""
    past = asked.past
    return str(past.bounces) if past.is_stopped or past.bounces > asked.terms.bounces else None


def done(asked: Asked) -> str | None:
    """R17: one letter of a kind to a person on a request, ever."""
    return asked.letter.kind.value if asked.past.is_answered else None


def _since(went: Iterable[Went], asked: Asked, span: timedelta) -> list[Went]:
    """Return what went within a span, and what is still to go."""
    return [one for one in went if one.when > asked.now - span]
