"""Requests, readings and ties made by hand: a stranger's sober letter, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from anlass.intake import Channel, ContactRequest, Mark, Recipient, Requester
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Finding, FindingKind, Place, Question, Reading, Verdict
from anlass.litmus.reading import Probabilities
from anlass.people import mail_address

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
STRANGER = Tie(TieLevel.STRANGER)
CARD = Tie(TieLevel.ACQUAINTED, cards=1)


def request(
    text: str = "Können wir telefonieren? Martina Vogel",
    *,
    name: str = "Martina Vogel",
    subject: str | None = "Austausch",
    channel: Channel = Channel.MAIL,
    marks: Iterable[Mark] = (),
) -> ContactRequest:
    """Return a request to Hanna Berg."""
    requester = Requester(name, mail_address("vogel@example.org"))
    recipient = Recipient("Hanna Berg", "Autorin")
    return ContactRequest(
        "r1", channel, text, subject, requester, recipient, NOW, "m1@example.org", frozenset(marks)
    )


def reading(
    verdict: Verdict = Verdict.ASK,
    *,
    asks: Asks = Asks.CALL,
    minutes: int | None = None,
    answers: Iterable[Question] = (),
    lang: str = "de",
) -> Reading:
    """Return a sure reading without findings."""
    chances = {kind: 0.94 if kind is verdict else 0.03 for kind in Verdict}
    likely = Probabilities(chances[Verdict.REASON], chances[Verdict.ASK], chances[Verdict.HOLLOW])
    return Reading(lang, verdict, likely, False, frozenset(answers), asks, minutes, (), "test")


def found(read: Reading, *kinds: FindingKind) -> Reading:
    """Return the reading with one finding of each kind."""
    findings = tuple(Finding(kind, Place.TEXT, 0, 3, "Kön", "Ein Befund.") for kind in kinds)
    return replace(read, findings=findings)


def unsure(read: Reading) -> Reading:
    """Return the reading with less confidence."""
    return replace(read, unsure=True)
