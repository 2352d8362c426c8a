"""The laws of the house: they stand before the owner's rules and cannot be switched off.

Some letters a human must read, some the house cannot read at all, and in doubt
nothing is closed behind the owner's back. Each law appears in the trace by its name.
"""

from __future__ import annotations

from anlass.policy.cel import Compiled, compile_condition
from anlass.policy.decision import Action, Words
from anlass.policy.rules import Rule


def _condition(source: str) -> Compiled:
    compiled = compile_condition(source)
    if not isinstance(compiled, Compiled):
        raise TypeError(f"a law of the house does not compile: {source}: {compiled}")
    return compiled


LAWS: tuple[Rule, ...] = (
    Rule(
        Words("Das liest ein Mensch", "A human reads this"),
        Words(
            "Es kann um ein Amt, die Presse, eine Drohung oder Not gehen; hier antwortet kein Programm.",
            "This may be about an authority, the press, a threat or need; no program answers that.",
        ),
        Action.HOLD,
        all=(_condition("'human_must_read' in request.marks"),),
    ),
    Rule(
        Words("Verschlüsseltes liegt vor", "What is encrypted is shown"),
        Words(
            "Der Brief ist verschlüsselt und hier nicht zu lesen.",
            "The letter is encrypted and cannot be read here.",
        ),
        Action.HOLD,
        all=(_condition("'encrypted' in request.marks"),),
    ),
    Rule(
        Words("Zweifelhafter Absender", "Doubtful sender"),
        Words(
            "Der eigene Mailanbieter bestätigt nicht, dass der Brief von der genannten Adresse kommt.",
            "The owner's own mail provider does not confirm that the letter comes from the address it names.",
        ),
        Action.HOLD,
        all=(_condition("'forged' in request.marks"),),
    ),
)
"""Tried in this order before the first rule of the owner."""

CLOSING = frozenset({Action.LAPSE, Action.DECLINE_WITH_MESSAGE})
"""Actions that close a case without the owner; in doubt the law below overrules them."""

IN_DOUBT = Rule(
    Words("Im Zweifel liegt es vor", "In doubt it is shown"),
    Words(
        "Die Einschätzung ist unsicher oder der Brief nur zum Teil lesbar; da wird nichts still geschlossen.",
        "The verdict is unsure or the letter only partly readable; nothing is closed quietly then.",
    ),
    Action.HOLD,
    any=(_condition("reading.unsure"), _condition("'unreadable' in request.marks")),
)
"""Tried only when the winning rule would close the case."""

UNPROVABLE = Words("Im Zweifel liegt es vor", "In doubt it is shown")
UNPROVABLE_WHY = Words(
    "Regel „{rule}“ ließ sich nicht prüfen; bis das geklärt ist, entscheidet keine spätere Regel.",
    "Rule “{rule}” could not be checked; until that is settled no later rule decides.",
)
NO_RULE = Words("Keine Regel greift", "No rule applies")
NO_RULE_WHY = Words(
    "Keine Regel der Hausordnung passt auf diese Anfrage.",
    "No house rule fits this request.",
)

LAW_FACTS: tuple[str, ...] = tuple(
    dict.fromkeys(name for law in (*LAWS, IN_DOUBT) for c in (*law.all, *law.any) for name in c.names)
)
