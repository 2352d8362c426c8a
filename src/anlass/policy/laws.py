"""The laws of the house: they stand before the owner's rules and cannot be switched off.

Who threatens is not answered, some letters a human must read, some the house cannot read at all, and in doubt
nothing is closed behind the owner's back. Each law appears in the trace by its name.
"""

from __future__ import annotations

from collections.abc import Mapping

from anlass.intake import Mark
from anlass.policy.cel import Compiled, compile_condition
from anlass.policy.decision import Action, Words
from anlass.policy.rules import Rule
from anlass.policy.situation import FactValue


def _condition(source: str) -> Compiled:
    compiled = compile_condition(source)
    if not isinstance(compiled, Compiled):
        raise TypeError(f"a law of the house does not compile: {source}: {compiled}")
    return compiled


LAWS: tuple[Rule, ...] = (
    Rule(
        Words("Das liest ein Mensch", "A human reads this"),
        Words(
            "Es kann um ein Amt, die Presse, eine Drohung oder Not gehen; da antwortet kein Programm.",
            "It may be about an authority, the press, a threat or somebody in need; no program answers.",
        ),
        Action.HOLD,
        all=(_condition("'human_must_read' in request.marks"),),
    ),
    Rule(
        Words("Verschlüsseltes kommt zu dir", "Encrypted letters come to you"),
        Words(
            "Der Brief ist verschlüsselt; lesen kannst ihn nur du.",
            "The letter is encrypted; only you can read it.",
        ),
        Action.HOLD,
        all=(_condition("'encrypted' in request.marks"),),
    ),
    Rule(
        Words("Zweifelhafter Absender", "Doubtful sender"),
        Words(
            "Dein Mailanbieter bestätigt nicht, dass der Brief von der genannten Adresse kommt.",
            "Your mail provider does not confirm that the letter comes from the address it names.",
        ),
        Action.HOLD,
        all=(_condition("'forged' in request.marks"),),
    ),
)
"""Tried in this order before the first rule of the owner."""

BLOCKED = Words("Von dir gesperrt", "Blocked by you")
BLOCKED_WHY = Words(
    "Du hast diese Person gesperrt. Der Brief ist aufgehoben, und niemand antwortet.",
    "You blocked this person. The letter is kept, and nobody answers.",
)
"""The first law of all: of whom it speaks nothing else is asked, and no rule is tried."""

CLOSING = frozenset({Action.LAPSE, Action.DECLINE_WITH_MESSAGE})
"""Actions that close a case without the owner; in doubt the law below overrules them."""

IN_DOUBT = Rule(
    Words("Im Zweifel entscheidest du", "In doubt, you decide"),
    Words(
        "Das Urteil ist unsicher oder der Brief nur zum Teil lesbar; so wird nichts still geschlossen.",
        "The verdict is unsure or the letter only partly readable; nothing closes quietly on that.",
    ),
    Action.HOLD,
    any=(_condition("reading.unsure"), _condition("'unreadable' in request.marks")),
)
"""Tried only when the winning rule would close the case."""

HURT = Rule(
    Words("Gekränktes kommt zu dir", "Hurt feelings come to you"),
    Words(
        "Die Antwort auf die Nachfrage ist verletzt oder verärgert; darauf antwortet ein Mensch.",
        "The answer to the question is hurt or angry; a human answers that.",
    ),
    Action.HOLD,
    all=(_condition("answer.outcome == 'hurt'"),),
)
"""Tried after the other laws where an answer to a counter-question came."""

ANSWER_IN_DOUBT = Rule(
    IN_DOUBT.name,
    Words(
        "Was die Antwort sagt, ist unsicher oder nur zum Teil lesbar; so wird nichts still geschlossen.",
        "What the answer says is unsure or only partly readable; nothing closes quietly on that.",
    ),
    Action.HOLD,
    any=(_condition("answer.unsure"), _condition("'unreadable' in request.marks")),
)
"""Tried in place of `IN_DOUBT` where an answer came: the case closes by what the answer says."""

ASKED_ALREADY = Rule(
    Words("Gefragt wird nur einmal", "One question only"),
    Words(
        "In diesem Vorgang wurde schon nachgefragt; ein zweites Mal fragt das Haus nicht.",
        "The question was asked in this case already; the house does not ask twice.",
    ),
    Action.HOLD,
    all=(_condition("answer.outcome != 'none'"),),
)
"""Tried only when the winning rule would ask back although an answer came."""

WELCOME = Rule(
    Words("Wer das Codewort nennt, wird nicht gefragt", "Whoever names the code word is not asked"),
    Words(
        "An der Tür wurde ein Codewort von dir genannt; was daraus wird, entscheidest du.",
        "A code word of yours was named at the door; what becomes of it is for you to decide.",
    ),
    Action.HOLD,
    all=(_condition("'code_word' in request.marks"),),
)
"""Tried only where a code word was named and the winning rule would ask back or close the case."""


def is_welcome(do: Action, facts: Mapping[str, FactValue]) -> bool:
    """Tell whether the law of the code word stands before an action."""
    marks = facts.get("request.marks")
    asks_or_closes = do in CLOSING or do is Action.ASK_BACK
    return asks_or_closes and isinstance(marks, list) and Mark.CODE_WORD.value in marks


UNPROVABLE = Words("Im Zweifel entscheidest du", "In doubt, you decide")
UNPROVABLE_WHY = Words(
    "Regel „{rule}“ ließ sich nicht prüfen; bis das geklärt ist, entscheidet keine spätere Regel.",
    "Rule “{rule}” could not be checked; until that is settled no later rule decides.",
)
NO_RULE = Words("Keine Regel greift", "No rule applies")
NO_RULE_WHY = Words(
    "Keine Regel der Hausordnung passt auf diese Anfrage.",
    "None of the house rules fits this request.",
)

LAW_FACTS: tuple[str, ...] = tuple(
    dict.fromkeys(
        name
        for law in (*LAWS, HURT, IN_DOUBT, ANSWER_IN_DOUBT)
        for c in (*law.all, *law.any)
        for name in c.names
    )
)
