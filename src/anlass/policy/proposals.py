"""What the owner's own answers suggest: "you answered 9 of 10 students; add a rule?" Nothing more.

A proposal is a kind of request that the owner nearly always answered, or never, and that the rules in
force treat otherwise. It is never applied by itself, and none lets anything lapse: where the owner never
answered, people are proposed for the watch list, where they can be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.litmus import Asks, FindingKind
from anlass.litmus.lessons import ANSWERING
from anlass.policy.cel import Compiled, activate, compile_condition
from anlass.policy.decision import Action, Words
from anlass.policy.labels import ASKS, FINDINGS
from anlass.policy.past import Past, facts_before
from anlass.policy.quick import Quick
from anlass.policy.replay import YOUNG, Share
from anlass.policy.rules import Policy, Rule
from anlass.policy.situation import FactValue

FEWEST = 8
"""Requests of a kind below which nothing is proposed."""
_MOSTLY, _NEVER = 0.8, 0.0
_LEAST_SURE, _MOST_SURE = 0.5, 0.33
"""The true share must lie above the one, or below the other, 95 times in 100."""
_WIDEST = 0.6
"""A kind that covers more of the past than this is no kind."""
_OTHERWISE = 3
"""So many of them the rules must treat otherwise."""

STUDENTS = (
    "person.domain.matches('(^|[.])(uni|tu|fh|hs|hochschule|university|college)[-.]|[.]edu$|[.]ac[.][a-z]+$')"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: what it is called, and the conditions that tell it."""

    name: Words
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule the past suggests: how often the owner answered such requests, and the rule itself."""

    kind: Kind
    answered: Share
    rule: Rule


def propose(policy: Policy, past: Iterable[Past], *, now: datetime) -> tuple[Proposal, ...]:
    """Return what the past suggests, the best founded first."""
    tests = [(kind, [compiled(one) for one in kind.conditions]) for kind in kinds()]
    quick = Quick(policy)
    names = {name for _, conditions in tests for one in conditions for name in one.names}
    names |= set(quick.facts)
    counts: dict[str, list[int]] = {kind.name.en: [0, 0, 0, 0] for kind, _ in tests}
    total = 0
    for case in past:
        if now - case.came < YOUNG and not case.became.answered:
            continue
        total += 1
        facts = facts_before(case, names, policy.days)
        action = quick.rule(facts).action
        for kind, conditions in tests:
            if _is(facts, conditions):
                count = counts[kind.name.en]
                count[0] += 1
                count[1] += case.became.answered
                count[2] += action not in {Action.ACCEPT, Action.UNLOCK}
                count[3] += action not in {Action.WATCH, Action.LAPSE}
    found = [p for kind, tested in tests if (p := _proposal(kind, tested, counts[kind.name.en], total))]
    return tuple(sorted(found, key=lambda one: (-one.answered.of, one.kind.name.en)))


def kinds() -> Iterator[Kind]:
    """Yield the kinds of requests that are looked at; none judges by a name or by the words of a letter."""
    yield Kind(
        Words("Studierende mit einer Frage", "students with a question"),
        (STUDENTS, "reading.asks == 'answer'"),
    )
    for asks, words in ASKS.items():
        if asks is not Asks.OTHER:
            for verdict, adds in _VERDICTS.items():
                name = Words(f"{words.de}, {adds.de}", f"{words.en}, {adds.en}")
                yield Kind(name, (f"reading.asks == '{asks.value}'", f"reading.verdict == '{verdict}'"))
    for finding in FindingKind:
        if finding not in ANSWERING and finding is not FindingKind.ATTACK:
            yield Kind(FINDINGS[finding], (f"'{finding.value}' in reading.findings",))
    yield Kind(
        Words("mehr als 30 Minuten", "more than 30 minutes"),
        ("reading.has_minutes", "reading.asks_minutes > 30"),
    )
    yield Kind(Words("Klick ohne Worte", "click without words"), ("!request.has_text",))
    yield Kind(Words("Karten getauscht", "cards swapped"), ("tie.cards >= 1",))
    yield Kind(Words("zweiter Brief", "second letter"), ("person.requests_before >= 1",))


_VERDICTS = {
    "reason": Words("mit Anlass", "with a reason"),
    "ask": Words("ohne Anlass", "reason missing"),
    "hollow": Words("hohl", "hollow"),
}


def compiled(source: str) -> Compiled:
    """Return a condition of this page, which always compiles."""
    made = compile_condition(source)
    if not isinstance(made, Compiled):
        raise TypeError(f"{source}: {made}")
    return made


def _is(facts: Mapping[str, FactValue], conditions: list[Compiled]) -> bool:
    activation = activate(facts)
    return all(one.holds(activation) is True for one in conditions)


def _proposal(kind: Kind, conditions: list[Compiled], count: list[int], total: int) -> Proposal | None:
    cases, answered, not_accepted, not_silent = count
    share = Share(answered, cases)
    if cases < FEWEST or cases > _WIDEST * total:
        return None
    low, high = share.bounds
    if answered >= _MOSTLY * cases and low >= _LEAST_SURE and not_accepted >= _OTHERWISE:
        return Proposal(kind, share, _rule(kind, conditions, Action.ACCEPT))
    if answered <= _NEVER * cases and high <= _MOST_SURE and not_silent >= _OTHERWISE:
        return Proposal(kind, share, _rule(kind, conditions, Action.WATCH))
    return None


def _rule(kind: Kind, conditions: list[Compiled], do: Action) -> Rule:
    why = {
        Action.ACCEPT: Words(
            "Solche Anfragen hast du fast immer beantwortet.", "You nearly always answered such requests."
        ),
        Action.WATCH: Words("Solche Anfragen hast du nie beantwortet.", "You never answered such requests."),
    }[do]
    name = Words(f"Vorschlag: {kind.name.de}", f"Proposal: {kind.name.en}")
    return Rule(name, why, do, all=tuple(conditions))
