"""Says how often a reply to a counter-question is read right: `python scripts/second_round.py`.

    --half tune|unseen   one half alone
    --wrong              also print what was read wrongly (do not look at the unseen half while tuning)

The triples lie in tests/second_round/triples.jsonl: a first letter, what was asked, the reply.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from anlass.intake import Channel, ContactRequest
from anlass.litmus.reading import Question
from anlass.litmus.reply import Answer, Outcome, Reply, SecondRound
from anlass.litmus.second_round import asked_in, read_second_round
from anlass.litmus.shipped import load_panel

TRIPLES = Path(__file__).parents[1] / "tests" / "second_round" / "triples.jsonl"


@dataclass(frozen=True)
class Triple:
    """One first letter, one counter-question, one reply, and what a careful reader says of it."""

    id: str
    half: str
    lang: str
    outcome: Outcome
    asked: frozenset[Question]
    first: str
    question: str
    reply: str


def triples(half: str | None = None) -> list[Triple]:
    """Read the triples of one half, or all."""
    found = []
    for line in TRIPLES.read_text("utf-8").splitlines():
        read = json.loads(line)
        read |= {
            "outcome": Outcome(read["outcome"]),
            "asked": frozenset(Question(one) for one in read["asked"]),
        }
        found.append(Triple(**read))
    return [one for one in found if half in {None, one.half}]


def judged(one: Triple) -> SecondRound:
    """Read the reply of one triple."""
    first = ContactRequest(one.id, Channel.MAIL, one.first)
    reply = Reply(
        one.question,
        one.asked,
        datetime(2026, 11, 1, tzinfo=UTC),
        ContactRequest(one.id, Channel.MAIL, one.reply),
    )
    return read_second_round(load_panel(), first, one.lang, reply)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["tune", "unseen"])
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    for half in ["tune", "unseen"] if options.half is None else [options.half]:
        found = [(one, judged(one).answer) for one in triples(half)]
        print("\n".join(figures(half, found)))
        if options.wrong:
            print("\n".join(mistakes(found)))


def figures(half: str, found: Sequence[tuple[Triple, Answer]]) -> Iterator[str]:
    """How often the outcome is right, which of the questions are understood, what would be lost quietly."""
    right = sum(answer.outcome is one.outcome for one, answer in found)
    asked = sum(asked_in(one.question) == one.asked for one, _ in found)
    yield f"{half}: {right} of {len(found)} replies right, {asked} questions understood"
    for outcome in Outcome:
        said = Counter(answer.outcome.value for one, answer in found if one.outcome is outcome)
        count = said.total()
        yield f"  {outcome.value:8} {said.pop(outcome.value, 0)} of {count} {dict(said) or ''}"
    closed = [one for one, answer in found if answer.outcome is Outcome.HOT_AIR and not answer.unsure]
    lost = [one.id for one in closed if one.outcome not in {Outcome.HOT_AIR, Outcome.REFUSED}]
    yield f"  surely called hot air: {len(closed)}, of these wrongly: {len(lost)}"


def mistakes(found: Sequence[tuple[Triple, Answer]]) -> Iterator[str]:
    """Every reply or question that was read wrongly."""
    for one, answer in found:
        if answer.outcome is not one.outcome or asked_in(one.question) != one.asked:
            odd = sorted(question.value for question in asked_in(one.question) ^ one.asked)
            yield f"  {one.id} is {one.outcome}, read as {answer.outcome} {odd}: {one.reply[:110]!r}"


if __name__ == "__main__":
    main()
