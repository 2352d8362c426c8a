"""The rules of silence: what forbids that a letter goes by itself, in the order in which they are asked.

| rule | an automatic letter goes only where |
|---|---|
| R22 | a house rule of the owner's says so, and the text gives no orders |
| R10 | it answers no machine's answer to one of ours |
| R1 | a person wrote, no program, list or bounce |
| R15 | no human must read it |
| R21 | nothing about the letter is doubtful |
| R19 | it came by mail, straight from the person; at the door of a chat network: from no newcomer |
| R4 | it was written to the owner, and to few |
| R2 | From, envelope and answer are one house |
| R3 | the owner's provider vouches for the sender |
| R16 | the letter is of these days |
| R17 | none of the kind went to this person on this request |
| R5 | nobody is asked twice |
| R6 | the day's, the hour's and the domain's limits hold |
| R7 | letters do not bounce |
| R12 | it waits, and leaves by day |
| R8 R9 | it bears the marks of an automatic letter, and its failures go nowhere |
| R11 R18 | it carries nothing of the stranger's, and no link |
| R13 R14 | it judges nobody and tells no decision |
| R20 | the journal and the Sent folder keep it |

One that does not hold makes the letter a draft. What came by a chat network has no headers and no envelope:
there the rules about these say nothing, R14 forbids every deed that would show a decline, and R19 looks at
who asks.
"""

from __future__ import annotations

from collections.abc import Callable

from anlass.intake.guard import clean
from anlass.intake.knock import NETWORKS
from anlass.replies.silence import came, goes, often
from anlass.replies.silence.facts import Answerable, Asked, Permission, Refusal
from anlass.replies.silence.says import SAYS

Test = Callable[[Asked], str | None]

RULES: tuple[tuple[str, Test], ...] = (
    ("R22", came.attack_or_no_rule),
    ("R10", came.loop),
    ("R1", came.machine),
    ("R15", came.for_a_human),
    ("R21", came.in_doubt),
    ("R19", came.other_door),
    ("R4", came.not_to_owner),
    ("R2", came.elsewhere),
    ("R3", came.unproven),
    ("R16", came.old),
    ("R17", often.done),
    ("R5", often.again),
    ("R6", often.too_many),
    ("R7", often.bouncing),
    ("R12", goes.hasty),
    ("R8", goes.marked),
    ("R9", goes.envelope),
    ("R11", goes.relay),
    ("R18", goes.deciding),
    ("R13", goes.judging),
    ("R14", goes.telling),
    ("R20", goes.untold),
)

RULES_AT_DOORS: tuple[tuple[str, Test], ...] = (
    ("R22", came.attack_or_no_rule),
    ("R15", came.for_a_human),
    ("R21", came.in_doubt),
    ("R19", came.young),
    ("R16", came.old),
    ("R17", often.done),
    ("R5", often.again),
    ("R6", often.too_many),
    ("R7", often.bouncing),
    ("R12", goes.hasty),
    ("R11", goes.relay),
    ("R18", goes.deciding),
    ("R13", goes.judging),
    ("R14", goes.telling),
    ("R14", goes.unasked),
    ("R20", goes.untold),
)
"""The rules for what came by a chat network, in their order."""

_QUOTE = 120


def may_answer(asked: Asked) -> Answerable:
    """Return whether this letter may go by itself: all rules hold, or the first that does not."""
    for rule, test in RULES_AT_DOORS if asked.came.request.channel in NETWORKS else RULES:
        quote = test(asked)
        if quote is not None:
            return Refusal(rule, SAYS[rule], " ".join(clean(quote).split())[:_QUOTE])
    return Permission()
