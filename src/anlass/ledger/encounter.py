"""One thing that really happened between the owner and a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The moment of an encounter whose source names none: it counts, but starts and ends nothing."""


class EncounterKind(StrEnum):
    """What happened."""

    MAIL_IN = "mail_in"
    MAIL_OUT = "mail_out"
    MESSAGE_IN = "message_in"
    """A message on a network or chat, or a comment on the owner's blog."""
    MESSAGE_OUT = "message_out"
    MEETING = "meeting"
    CARD = "card"
    INTRODUCTION = "introduction"


@dataclass(frozen=True, slots=True)
class Encounter:
    """One letter, message, meeting, card or introduction, with its source and how sure it is.

    `when` is aware, in UTC. `others` is the number of humans on the other side of a
    letter or meeting (at least 1). `is_turn` is true for a letter that answers a letter
    of the other side (In-Reply-To or References; of messages, a change of sides).
    `is_proven` is true when the owner's own provider or the network authenticated it, or
    the owner's own act proves it. `where` names the occasion of a meeting or card
    ("re:publica"), or what a message came through ("LinkedIn"). `source` names where the
    evidence can be opened.
    """

    kind: EncounterKind
    when: datetime
    thread: str = ""
    others: int = 1
    is_turn: bool = False
    is_proven: bool = False
    source: str = ""
    id: str = ""
    where: str = ""
