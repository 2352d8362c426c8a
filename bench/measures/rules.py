"""House rules: how often a second a whole policy can be asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from anlass.intake import Channel, ContactRequest
from anlass.ledger import Tie, TieLevel
from anlass.litmus.reading import Asks, Probabilities, Question, Reading, Verdict
from anlass.policy import PRESETS, decide, preset
from bench.report import Row
from bench.setting import Setting

SECONDS = 1.0


def measure(bench: Setting) -> Iterator[Row]:  # noqa: ARG001 - every measurement is called alike
    """Ask each shipped preset about one ordinary request for a second of CPU."""
    request = ContactRequest("1", Channel.MAIL, "Haben Sie 15 Minuten?", "Austausch")
    answers = frozenset({Question.WHO})
    likely = Probabilities(0.2, 0.7, 0.1)
    reading = Reading("de", Verdict.ASK, likely, False, answers, Asks.CALL, 15, (), "bench")  # noqa: FBT003 - see Reading
    tie, at = Tie(TieLevel.STRANGER), datetime(2026, 11, 21, tzinfo=UTC)
    for name in PRESETS:
        policy, asked, begin = preset(name), 0, time.process_time()
        while (used := time.process_time() - begin) < SECONDS:
            decide(policy, request=request, reading=reading, tie=tie, at=at)
            asked += 1
        yield Row(
            f"house rules asked, {name}", f"{asked / used:.0f} a second of CPU", "", "with the whole trace"
        )
