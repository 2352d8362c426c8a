"""House rules: how often a second a policy can be asked, and how many past cases it can be tried on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from anlass.case import Case
from anlass.intake import Channel, ContactRequest, Requester
from anlass.ledger import Tie, TieLevel
from anlass.litmus.reading import Asks, Finding, FindingKind, Place, Probabilities, Question, Reading, Verdict
from anlass.people import Address, AddressKind, person_at
from anlass.policy import PRESETS, decide, preset
from anlass.policy.decide import judge
from anlass.policy.quick import Quick
from anlass.policy.replay import replay
from anlass.policy.situation import FactValue
from anlass.policy.sober import sober
from anlass.store import open_book
from bench.report import Row
from bench.setting import Setting

SECONDS = 1.0
CASES = 5_000
"""Past cases that are kept and tried; a hundred thousand would take minutes to be kept."""
AT = datetime(2026, 11, 21, tzinfo=UTC)


def measure(bench: Setting) -> Iterator[Row]:
    """Ask each shipped preset about ordinary requests for a second of CPU; try two on a made-up past."""
    request, reading, tie = _request(0), _reading(Verdict.ASK), Tie(TieLevel.STRANGER)
    for name in PRESETS:
        policy, facts = preset(name), _facts()
        rules = sum(len(judge(policy, one).trace) for one in facts) / len(facts)
        asked = _a_second(partial(decide, policy, request=request, reading=reading, tie=tie, at=AT))
        yield Row(f"house rules asked, {name}", f"{asked:.0f} a second of CPU", "", "with the whole trace")
        ruled = _a_second(partial(_ruled, Quick(policy), facts)) * len(facts) * rules
        yield Row(f"rule evaluations, {name}", f"{ruled:.0f} a second of CPU", "", "one core, no trace")
    yield _tried(bench)


def _ruled(quick: Quick, facts: list[dict[str, FactValue]]) -> None:
    for one in facts:
        quick.rule(one)


def _a_second(act: Callable[[], object]) -> float:
    """Return how often an act is done in a second of CPU."""
    done, begin = 0, time.process_time()
    while (used := time.process_time() - begin) < SECONDS:
        act()
        done += 1
    return done / used


def _tried(bench: Setting) -> Row:
    """Keep a past and run two policies over it, store included."""
    book = open_book(bench.scratch / "past")
    with book.together():
        for n in range(CASES):
            book.keep(_case(n), now=AT)
    policies = [preset(name) for name in PRESETS[:2]]
    begin, count = time.process_time(), 0
    for _ in replay(policies, book.past.cases()):
        count += 1
    used = time.process_time() - begin
    hundred = 100_000 * used / count
    return Row("100,000 past cases tried", f"{hundred:.0f} s of CPU", "", f"two policies, from {CASES} cases")


def _facts() -> list[dict[str, FactValue]]:
    """Return the facts of letters that end at different rules."""
    verdicts, levels = [v.value for v in Verdict], [level.value for level in TieLevel]
    return [
        {**sober(), "reading.verdict": verdict, "tie.level": level, "reading.unsure": unsure, "tie.turns": n}
        for n, (verdict, level, unsure) in enumerate(
            (verdict, level, unsure) for verdict in verdicts for level in levels for unsure in (False, True)
        )
    ]


def _request(n: int) -> ContactRequest:
    requester = Requester("A. Name", Address(AddressKind.MAIL, f"name{n}@example.org"))
    text, when = "Haben Sie 15 Minuten? " * 12, AT - timedelta(hours=n)
    return ContactRequest(str(n), Channel.MAIL, text, "Austausch", requester, arrived=when)


def _reading(verdict: Verdict) -> Reading:
    likely = Probabilities(0.2, 0.7, 0.1)
    says = "Sagt nichts darüber, worum es geht."
    found = tuple(Finding(FindingKind.HOLLOW, Place.TEXT, n, n + 5, "Haben", says) for n in range(8))
    answers = frozenset({Question.WHO})
    return Reading("de", verdict, likely, False, answers, Asks.CALL, 15, found, "bench")  # noqa: FBT003 - see Reading


def _case(n: int) -> Case:
    request, reading, tie = _request(n), _reading(list(Verdict)[n % 3]), Tie(TieLevel.STRANGER)
    decision = decide(preset(), request=request, reading=reading, tie=tie, at=AT)
    address = request.requester.address
    assert address is not None
    return Case(request, person_at(address, "A. Name"), reading, tie, decision, None)
