"""Values that the contract suites share."""

from __future__ import annotations

from datetime import UTC, datetime

from anlass.case import Case
from anlass.intake import Channel, ContactRequest, Requester
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Reading, Verdict
from anlass.litmus.reading import Probabilities
from anlass.people import Address, AddressKind, person_at
from anlass.policy import Action, Decision, TriedCondition, TriedRule, Words

ARRIVED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def case_of(
    id_: str,
    *,
    text: str = "Haben Sie 15 Minuten?",
    action: Action = Action.HOLD,
    arrived: datetime = ARRIVED,
    message_id: str | None = None,
    address: str = "hohl@ag.example",
) -> Case:
    """Return a small case."""
    who = Address(AddressKind.MAIL, address)
    return Case(
        request=ContactRequest(
            id_,
            Channel.MAIL,
            text,
            requester=Requester("H. Hohl", who),
            arrived=arrived,
            message_id=message_id,
        ),
        person=person_at(who, "H. Hohl"),
        reading=Reading(
            "de", Verdict.ASK, Probabilities(0.1, 0.8, 0.1), False, frozenset(), Asks.CALL, 15, (), "v0"
        ),
        tie=Tie(TieLevel.STRANGER),
        decision=Decision(
            action,
            Words("Erst fragen", "Ask first"),
            Words("Es steht kein Anlass da.", "No occasion is named."),
            (
                TriedRule(
                    Words("Erst fragen", "Ask first"),
                    True,
                    (
                        TriedCondition(
                            "!reading.answers.occasion", True, (("reading.answers.occasion", "false"),)
                        ),
                    ),
                ),
            ),
        ),
        draft=None,
    )
