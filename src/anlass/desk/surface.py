"""The lines others build on: values turned into the JSON of `surface.schema.json`.

The command line and the API print exactly these; nothing else knows their shape.
Times are RFC 3339 in UTC, unknown is `None`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from anlass.case import Case
from anlass.ledger import Tie
from anlass.ledger import says as tie_says
from anlass.ledger.time import MonthOfYear, Times
from anlass.litmus import Finding, Question, Reading
from anlass.litmus.opinion import Claim, Opinion
from anlass.litmus.reading import Personal
from anlass.litmus.reply import SecondRound, answer_says
from anlass.people import Person

JsonLine = dict[str, object]


def moment(when: datetime | None) -> str | None:
    """`when` as RFC 3339 in UTC, to the second."""
    return f"{when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z" if when else None


def time_line(month: MonthOfYear, times: Times, cases: Sequence[str]) -> JsonLine:
    """One month of `anlass time --json`; time in minutes."""
    return {
        "month": str(month),
        **{number.value: amount for number, amount in times.numbers},
        "channels": {channel.value: count for channel, count in times.channels},
        "cases": list(cases),
    }


def person_line(person: Person) -> JsonLine:
    """A person, the same everywhere."""
    return {"id": person.id, "name": person.name, "addresses": [str(address) for address in person.addresses]}


def finding_line(finding: Finding) -> JsonLine:
    """One observation with its words."""
    return {
        "kind": finding.kind.value,
        "in": finding.place.value,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "says": finding.says,
    }


def reading_line(reading: Reading) -> JsonLine:
    """What the litmus test found; probabilities are rounded to four places."""
    return {
        "lang": reading.lang,
        "verdict": reading.verdict.value,
        "probabilities": {
            "reason": round(reading.probabilities.reason, 4),
            "ask": round(reading.probabilities.ask, 4),
            "hollow": round(reading.probabilities.hollow, 4),
        },
        "unsure": reading.unsure,
        "answers": {question.value: question in reading.answers for question in Question},
        "asks": reading.asks.value,
        "asks_minutes": reading.asks_minutes,
        "findings": [finding_line(finding) for finding in reading.findings],
        **({"personal": personal_line(reading.personal)} if reading.personal else {}),
    }


def personal_line(personal: Personal) -> JsonLine:
    """What the owner's lessons made of a reading; only there where one had a say."""
    return {
        "shipped": personal.shipped.value,
        "is_same": personal.is_same,
        "heard": [
            {"lesson": one.lesson, "case": one.case, "verdict": one.verdict.value}
            if one.verdict is not None
            else {
                "lesson": one.lesson,
                "case": one.case,
                "kind": one.kind,
                "words": one.words,
                "is": one.is_so,
            }
            for one in personal.heard
        ],
    }


def tie_line(tie: Tie, lang: str) -> JsonLine:
    """The tie as level and sentence."""
    return {"level": tie.level.value, "says": tie_says(tie, lang)}


def case_line(case: Case, *, new: bool, lang: str) -> JsonLine:
    """One case of `anlass screen --json`; spans of the reading index `text`."""
    request, draft = case.request, case.draft
    return {
        "case": request.id,
        "new": new,
        "channel": request.channel.value,
        "message_id": request.message_id,
        "date": moment(request.arrived),
        "person": person_line(case.person),
        "is_request": True,
        "subject": request.subject,
        "text": request.text,
        "reading": reading_line(case.reading),
        "tie": tie_line(case.tie, lang),
        "action": case.decision.action.value,
        "rule": case.decision.rule.in_(lang),
        "why": case.decision.why.in_(lang),
        "marks": sorted(mark.value for mark in request.marks),
        "draft": {"lang": draft.lang, "text": draft.text.words} if draft else None,
        **({"second_round": second_round_line(case.second, lang)} if case.second else {}),
        **({"opinion": opinion_line(case.opinion)} if case.opinion else {}),
    }


def second_round_line(second: SecondRound, lang: str) -> JsonLine:
    """What came of the counter-question; spans of its reading and of the answer index its own `text`."""
    reply, answer = second.reply, second.answer
    return {
        "asked": sorted(question.value for question in reply.asked),
        "asked_at": moment(reply.asked_at),
        "message_id": reply.request.message_id,
        "date": moment(reply.request.arrived),
        "text": reply.request.text,
        "reading": reading_line(second.reading),
        "outcome": answer.outcome.value,
        "unsure": answer.unsure,
        "answered": sorted(question.value for question in answer.answered),
        "open": sorted(question.value for question in answer.open),
        "start": answer.start,
        "end": answer.end,
        "quote": answer.quote,
        "says": answer_says(answer, lang),
    }


def opinion_line(opinion: Opinion) -> JsonLine:
    """The second opinion of a language model, or why there is none; `reason` is the model's own sentence."""
    return {
        "model": opinion.model,
        "host": opinion.host,
        "at": moment(opinion.at),
        "silence": opinion.silence.value if opinion.silence else None,
        "answers": sorted(question.value for question in opinion.answers),
        "claims": [_claim_line(claim) for claim in opinion.claims],
        "reason": opinion.reason,
        "dropped": opinion.dropped,
        "tokens": opinion.tokens_read + opinion.tokens_written,
        "cents": round(opinion.cents, 6),
    }


def _claim_line(claim: Claim) -> JsonLine:
    return {
        "kind": claim.kind.value,
        "in": claim.place.value,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
    }


def ledger_line(person: Person, tie: Tie, lang: str) -> JsonLine:
    """One person of `anlass ledger --json`."""
    return {
        "person": person_line(person),
        "mails_in": tie.mails_in,
        "mails_out": tie.mails_out,
        "turns": tie.turns,
        "threads": tie.threads,
        "meetings": tie.meetings,
        "cards": tie.cards,
        "introductions": tie.introductions,
        "proven": tie.proven,
        "tie": tie_line(tie, lang),
        "first": moment(tie.first),
        "last": moment(tie.last),
        "messages_in": tie.messages_in,
        "messages_out": tie.messages_out,
    }
