"""What the other side sees of each act at a door of a chat network: the visibility matrix, in sentences.

Doing nothing is the one decline that nobody sees, on every network. An act that shows a decline is done
by the owner's explicit word alone, and this is the sentence that the owner is told before.
"""

from __future__ import annotations

from collections.abc import Mapping

from anlass.intake.knock import KnockKind
from anlass.policy import Words
from anlass.replies.outgoing import Deed

SILENT = Words(
    "Die andere Seite sieht nichts: Die Anfrage bleibt offen, wie sie ist.",
    "The other side sees nothing: the request stays open as it is.",
)
"""Watching, lapsing, holding, and every decline that is not said out loud."""

_SAID = Words(
    "Die andere Seite bekommt deine Worte. Über die Anfrage ist damit nichts entschieden; sie bleibt offen.",
    "The other side gets your words. Nothing is decided about the request by that; it stays open.",
)
_SAID_IN_ROOM = Words(
    "Die andere Seite wird in einen Raum für euch beide eingeladen und liest dort deine Worte."
    " Ihre Anfrage bleibt offen.",
    "The other side is invited to a room for the two of you and reads your words there."
    " Their request stays open.",
)
_WORDS_ONLY = Words(
    "Die andere Seite bekommt deine Worte und sonst nichts.", "The other side gets your words, nothing else."
)
_NOTHING_TO_DO = Words(
    "Hier gibt es nichts abzulehnen: Wer nicht antwortet, lehnt ab, und niemand sieht es.",
    "There is nothing to turn down here: whoever does not answer declines, and nobody sees it.",
)

SEES: Mapping[tuple[KnockKind, Deed], Words] = {
    (KnockKind.SUBSCRIPTION, Deed.SAY): _SAID,
    (KnockKind.SUBSCRIPTION, Deed.ACCEPT): Words(
        "Die andere Seite erfährt sofort, dass du zustimmst, und sieht von da an, wann du da bist.",
        "The other side learns at once that you agree, and sees from then on when you are there.",
    ),
    (KnockKind.SUBSCRIPTION, Deed.DECLINE): Words(
        "Die andere Seite bekommt eine Ablehnung zugestellt; ihr Programm zeigt sie an.",
        "A refusal is delivered to the other side; their program shows it.",
    ),
    (KnockKind.KNOCK, Deed.SAY): _SAID_IN_ROOM,
    (KnockKind.KNOCK, Deed.ACCEPT): Words(
        "Die andere Seite wird in deinen Raum eingeladen und sieht es sofort.",
        "The other side is invited into your room and sees it at once.",
    ),
    (KnockKind.KNOCK, Deed.DECLINE): Words(
        "Das Anklopfen der anderen Seite endet sichtbar: Ihr Programm zeigt, dass du sie entfernt hast.",
        "The other side's knock ends visibly: their program shows that you removed them.",
    ),
    (KnockKind.INVITATION, Deed.SAY): _SAID_IN_ROOM,
    (KnockKind.INVITATION, Deed.ACCEPT): Words(
        "Die andere Seite und alle im Raum sehen, dass du ihn betrittst.",
        "The other side and everybody in the room see you come in.",
    ),
    (KnockKind.INVITATION, Deed.DECLINE): Words(
        "Die andere Seite und alle im Raum sehen, dass du die Einladung ausschlägst.",
        "The other side and everybody in the room see you turn the invitation down.",
    ),
    (KnockKind.FOLLOW, Deed.SAY): _SAID,
    (KnockKind.FOLLOW, Deed.ACCEPT): Words(
        "Die andere Seite erfährt, dass du zustimmst, und liest von da an, was du für Folgende schreibst.",
        "The other side learns that you agree, and reads from then on what you write for followers.",
    ),
    (KnockKind.FOLLOW, Deed.DECLINE): Words(
        "Eine Nachricht bekommt die andere Seite nicht, aber ihr Knopf springt zurück auf „Folgen“.",
        "The other side gets no message, but their button goes back to “Follow”.",
    ),
    (KnockKind.MESSAGE, Deed.SAY): _WORDS_ONLY,
    (KnockKind.MESSAGE, Deed.ACCEPT): _WORDS_ONLY,
    (KnockKind.MESSAGE, Deed.DECLINE): _NOTHING_TO_DO,
}


def sees(kind: KnockKind, deed: Deed) -> Words:
    """Return what the other side sees of this act, in one sentence or two for the owner."""
    return SEES[kind, deed]


def can_decline(kind: KnockKind) -> bool:
    """Tell whether there is anything that could be turned down where the other sees it."""
    return kind is not KnockKind.MESSAGE
