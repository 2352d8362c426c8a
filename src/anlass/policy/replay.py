"""Try house rules on the past: what they would have done, and how that fits what the owner did.

The owner's own answers are the truth, as far as they go. No answer is no "no": the letter may have
been answered by telephone, or was never seen. So the figures count what was written, nothing else,
and young cases, which the owner may still answer, are left out of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from anlass.litmus import Asks, Verdict
from anlass.policy.days import UNKNOWN_DAYS
from anlass.policy.decision import Action
from anlass.policy.past import Became, Past, facts_after, facts_before
from anlass.policy.quick import Quick, Ruled
from anlass.policy.rules import Policy

YOUNG = timedelta(days=14)
"""So long the owner may take to answer; a younger case proves nothing yet."""

SPEAKING = frozenset({Action.ACCEPT, Action.UNLOCK, Action.ASK_BACK, Action.DECLINE_WITH_MESSAGE})
"""Actions that write to the person."""

SILENT = frozenset({Action.LAPSE, Action.WATCH})
"""Actions after which nobody hears anything."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One past case under some rules: what they do when it comes, and when an answer to a question came.

    `then` is `None` where the rules ask nothing, or the past has no answer to it.
    """

    id: str
    name: str
    came: datetime
    asks: Asks
    verdict: Verdict
    done: Action
    became: Became
    first: Ruled
    then: Ruled | None = None

    @property
    def last(self) -> Ruled:
        """What the rules do in the end, as far as the past tells."""
        return self.then or self.first


@dataclass(frozen=True, slots=True)
class Sum:
    """How many cases, how many of them the owner answered, with how many both have written on since."""

    cases: int = 0
    answered: int = 0
    in_letters: int = 0


def replay(policies: Sequence[Policy], past: Iterable[Past]) -> Iterator[tuple[Replayed, ...]]:
    """Yield each past case as each of the policies, all of one owner, would have treated it."""
    quick = [Quick(policy) for policy in policies]
    names = tuple(dict.fromkeys(name for one in quick for name in one.facts))
    days = policies[0].days if policies else UNKNOWN_DAYS
    for case in past:
        before, after = facts_before(case, names, days), None
        first = [one.rule(before) for one in quick]
        if case.told.second is not None and any(one.action is Action.ASK_BACK for one in first):
            after = facts_after(case, names, days)
        yield tuple(
            _replayed(case, ruled, one.rule(after) if after and ruled.action is Action.ASK_BACK else None)
            for one, ruled in zip(quick, first, strict=True)
        )


def _replayed(case: Past, first: Ruled, then: Ruled | None) -> Replayed:
    told = case.told
    request = told.request
    name = told.person.name or request.requester.name or str(request.requester.address or "")
    reading = told.reading
    return Replayed(
        case.id, name, case.came, reading.asks, reading.verdict, case.done, case.became, first, then
    )


def sums(cases: Iterable[Replayed]) -> Mapping[Action, Sum]:
    """Count what the rules do when a request comes, by action, in the order of the actions."""
    found = {action: [0, 0, 0] for action in Action}
    for one in cases:
        count = found[one.first.action]
        count[0] += 1
        count[1] += one.became.answered
        count[2] += one.became.in_letters
    return {action: Sum(*count) for action, count in found.items() if count[0]}


# --- the truth, and its limits ---


@dataclass(frozen=True, slots=True)
class Share:
    """So many `of` so many, with the range in which the true share lies 95 times in 100."""

    count: int
    of: int

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson's interval, from 0 to 1; all of it where there is nothing to count."""
        if not self.of:
            return 0.0, 1.0
        z, share = 1.96, self.count / self.of
        middle = share + z * z / (2 * self.of)
        reach = z * sqrt(share * (1 - share) / self.of + z * z / (4 * self.of**2))
        width = 1 + z * z / self.of
        return max(0.0, (middle - reach) / width), min(1.0, (middle + reach) / width)


@dataclass(frozen=True, slots=True)
class Truth:
    """How rules fit the owner's own answers, on cases old enough to have one.

    `speaks`: of those the rules write to, the owner wrote to. `spoken`: of those the owner wrote to, the
    rules write to. `silent` and `silenced` say the same of those without a word. `missed` were
    passed over in silence, although the owner answered them; those with whom both have written on come
    first. `left` are held for the owner, who decides then as before. `young` are not counted.
    """

    speaks: Share
    spoken: Share
    silent: Share
    silenced: Share
    missed: tuple[Replayed, ...]
    left: int
    young: int


def truth(cases: Iterable[Replayed], *, now: datetime) -> Truth:
    """Hold what the rules would have done against what the owner did."""
    speaks = spoken = silent = silenced = left = young = answered = unanswered = 0
    missed: list[Replayed] = []
    for one in cases:
        if now - one.came < YOUNG and not one.became.answered:
            young += 1
            continue
        action, wrote = one.last.action, one.became.answered
        answered, unanswered = answered + wrote, unanswered + (not wrote)
        is_speaking = one.first.action in SPEAKING
        speaks, spoken = speaks + is_speaking, spoken + (is_speaking and wrote)
        is_silent = not is_speaking and action in SILENT
        silent, silenced = silent + is_silent, silenced + (is_silent and not wrote)
        left += not is_speaking and not is_silent
        if is_silent and wrote:
            missed.append(one)
    missed.sort(key=lambda one: (not one.became.in_letters, one.came, one.id))
    return Truth(
        Share(spoken, speaks), Share(spoken, answered), Share(silenced, silent), Share(silenced, unanswered),
        tuple(missed), left, young,
    )  # fmt: skip
