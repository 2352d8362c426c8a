"""Facts from outside of the one text: who else sent it, and what came of the question that was asked."""

from __future__ import annotations

from anlass.litmus.reply import Outcome
from anlass.policy.situation import Fact, FactType

NONE = "none"
"""The outcome where nothing was asked in this case, or nothing came back yet."""

OUTSIDE = (
    Fact(
        "request.copies",
        FactType.INT,
        "andere Absender mit fast demselben Text",
        "other senders of nearly the same text",
        lambda s: s.known.copies,
    ),
    Fact("asked.times", FactType.INT, "Nachfragen bisher", "times asked before", lambda s: s.known.asked),
    Fact(
        "answer.outcome",
        FactType.STRING,
        "Antwort auf die Nachfrage",
        "answer to the question asked back",
        lambda s: s.known.answer.outcome.value if s.known.answer else NONE,
        (NONE, *Outcome),
    ),
    Fact(
        "answer.unsure",
        FactType.BOOL,
        "unsicher, was die Antwort sagt",
        "unsure what the answer says",
        lambda s: s.known.answer is not None and s.known.answer.unsure,
    ),
)
