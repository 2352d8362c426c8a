"""Facts from the second opinion of a language model; empty where there is none.

They are what the model pointed at and what stands in the letter, never its own words. A
letter that gives orders to a program may have given them to the model too: where either
reader saw such orders, the model's word does not count.
"""

from __future__ import annotations

from anlass.litmus import FindingKind, Question
from anlass.litmus.opinion import EMPTYING, Opinion
from anlass.policy.situation import Fact, FactType, Situation


def _heeded(situation: Situation) -> Opinion | None:
    """Return the opinion that rules may use."""
    opinion, read = situation.opinion, {finding.kind for finding in situation.reading.findings}
    if opinion is None or FindingKind.ATTACK in read | opinion.findings:
        return None
    return opinion


def _answers(situation: Situation) -> list[str]:
    opinion = _heeded(situation)
    return sorted(question.value for question in opinion.answers) if opinion else []


def _findings(situation: Situation) -> list[str]:
    opinion = _heeded(situation)
    return sorted(kind.value for kind in opinion.findings) if opinion else []


ADVISED = (
    Fact(
        "opinion.answers",
        FactType.STRINGS,
        "Zweite Meinung: beantwortet",
        "second opinion: answers",
        _answers,
        tuple(Question),
    ),
    Fact(
        "opinion.findings",
        FactType.STRINGS,
        "Zweite Meinung: Befunde",
        "second opinion: findings",
        _findings,
        EMPTYING,
    ),
)
