"""What a house rule can speak of: one table, which is also its documentation.

Every fact has a dotted name, a type, a German and an English label, and one function
that takes it out of the situation. What a stranger may choose freely (name, grammar,
the words of the letter) is no fact; the subject is, since owners sort by it, but it
stays a string: nothing in it is ever read as a condition.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from anlass.intake import Channel, ContactRequest, Mark
from anlass.ledger import TieLevel
from anlass.litmus import Asks, FindingKind, Question, Verdict
from anlass.people import AddressKind, Standing
from anlass.policy.advised import ADVISED
from anlass.policy.elsewhere import LONG_AGO, PERSONS, TIMES
from anlass.policy.outside import OUTSIDE
from anlass.policy.situation import Fact, FactType, FactValue, Situation

LONGEST_STRING = 1_000
"""Code points of a string fact; what is beyond cannot be tested by a rule."""


def _plain(text: str | None) -> str:
    """Return `text` as every engine can hold it: valid Unicode, composed, bounded."""
    if not text:
        return ""
    return unicodedata.normalize("NFC", text[:LONGEST_STRING].encode(errors="replace").decode())


def has_own_words(request: ContactRequest) -> bool:
    """Tell whether the requester wrote anything; a network's default text is a click."""
    return bool(request.text.strip()) and Mark.DEFAULT_TEXT not in request.marks


def _days(since: datetime | None, at: datetime) -> int:
    return LONG_AGO if since is None else min(max((at - since).days, 0), LONG_AGO)


def _domain(request: ContactRequest) -> str:
    address = request.requester.address
    if address is None or address.kind is not AddressKind.MAIL:
        return ""
    return _plain(address.value.rpartition("@")[2])


def _answer(question: Question) -> Callable[[Situation], FactValue]:
    return lambda s: question in s.reading.answers


_READING = (
    Fact(
        "reading.verdict",
        FactType.STRING,
        "Urteil",
        "verdict",
        lambda s: s.reading.verdict.value,
        tuple(Verdict),
    ),
    Fact(
        "reading.unsure",
        FactType.BOOL,
        "Urteil unsicher",
        "verdict is unsure",
        lambda s: s.reading.unsure,
    ),
    Fact(
        "reading.probability.reason",
        FactType.DOUBLE,
        "Wahrscheinlichkeit: Anlass",
        "probability: reason",
        lambda s: s.reading.probabilities.reason,
    ),
    Fact(
        "reading.probability.ask",
        FactType.DOUBLE,
        "Wahrscheinlichkeit: nachfragen",
        "probability: ask",
        lambda s: s.reading.probabilities.ask,
    ),
    Fact(
        "reading.probability.hollow",
        FactType.DOUBLE,
        "Wahrscheinlichkeit: hohl",
        "probability: hollow",
        lambda s: s.reading.probabilities.hollow,
    ),
    Fact(
        "reading.answers.who",
        FactType.BOOL,
        "sagt, wer schreibt",
        "says who is writing",
        _answer(Question.WHO),
    ),
    Fact(
        "reading.answers.occasion",
        FactType.BOOL,
        "nennt den Anlass",
        "gives the occasion",
        _answer(Question.OCCASION),
    ),
    Fact(
        "reading.answers.why_me",
        FactType.BOOL,
        "sagt, warum gerade du",
        "says why you",
        _answer(Question.WHY_ME),
    ),
    Fact(
        "reading.answers.benefit",
        FactType.BOOL,
        "sagt, was du davon hast",
        "says what you get",
        _answer(Question.BENEFIT),
    ),
    Fact(
        "reading.answers.substance",
        FactType.BOOL,
        "bringt schon etwas mit",
        "already brings something",
        _answer(Question.SUBSTANCE),
    ),
    Fact(
        "reading.asks",
        FactType.STRING,
        "Wunsch",
        "what is asked for",
        lambda s: s.reading.asks.value,
        tuple(Asks),
    ),
    Fact(
        "reading.asks_minutes",
        FactType.INT,
        "erbetene Minuten",
        "minutes asked for",
        lambda s: s.reading.asks_minutes or 0,
    ),
    Fact(
        "reading.has_minutes",
        FactType.BOOL,
        "nennt eine Dauer",
        "names a duration",
        lambda s: s.reading.asks_minutes is not None,
    ),
    Fact(
        "reading.findings",
        FactType.STRINGS,
        "Befunde",
        "findings",
        lambda s: sorted({finding.kind.value for finding in s.reading.findings}),
        tuple(FindingKind),
    ),
    Fact("reading.lang", FactType.STRING, "Sprache", "language", lambda s: _plain(s.reading.lang)),
)

_TIE = (
    Fact("tie.level", FactType.STRING, "Verbindung", "tie", lambda s: s.tie.level.value, tuple(TieLevel)),
    Fact(
        "tie.turns",
        FactType.INT,
        "Wechsel von Brief und Antwort",
        "turns of letter and answer",
        lambda s: s.tie.turns,
    ),
    Fact("tie.threads", FactType.INT, "Gespräche", "threads", lambda s: s.tie.threads),
    Fact("tie.mails_in", FactType.INT, "Briefe an dich", "letters to you", lambda s: s.tie.mails_in),
    Fact("tie.mails_out", FactType.INT, "Briefe von dir", "letters from you", lambda s: s.tie.mails_out),
    Fact(
        "tie.messages_in", FactType.INT, "Nachrichten an dich", "messages to you", lambda s: s.tie.messages_in
    ),
    Fact(
        "tie.messages_out",
        FactType.INT,
        "Nachrichten von dir",
        "messages from you",
        lambda s: s.tie.messages_out,
    ),
    Fact("tie.meetings", FactType.INT, "Treffen", "meetings", lambda s: s.tie.meetings),
    Fact("tie.cards", FactType.INT, "Visitenkarten", "cards", lambda s: s.tie.cards),
    Fact("tie.introductions", FactType.INT, "Empfehlungen", "introductions", lambda s: s.tie.introductions),
    Fact("tie.proven", FactType.INT, "belegte Briefe", "proven letters", lambda s: s.tie.proven),
    Fact(
        "tie.score",
        FactType.DOUBLE,
        "Nähe heute (0 bis 100)",
        "closeness now (0 to 100)",
        lambda s: float(s.tie.score),
    ),
    Fact(
        "tie.lifetime",
        FactType.DOUBLE,
        "Nähe je (0 bis 100)",
        "closeness ever (0 to 100)",
        lambda s: float(s.tie.lifetime),
    ),
    Fact("tie.is_dormant", FactType.BOOL, "lange still", "silent for long", lambda s: s.tie.is_dormant),
    Fact(
        "tie.days_since_last",
        FactType.INT,
        "Tage seit der letzten Begegnung (36500: nie)",
        "days since the last encounter (36500: never)",
        lambda s: _days(s.tie.last, s.at),
    ),
)

_REQUEST = (
    Fact(
        "request.channel", FactType.STRING, "Tür", "door", lambda s: s.request.channel.value, tuple(Channel)
    ),
    Fact("request.subject", FactType.STRING, "Betreff", "subject", lambda s: _plain(s.request.subject)),
    Fact(
        "request.has_subject",
        FactType.BOOL,
        "hat einen Betreff",
        "has a subject",
        lambda s: bool((s.request.subject or "").strip()),
    ),
    Fact(
        "request.has_text",
        FactType.BOOL,
        "hat eigene Worte",
        "has words of its own",
        lambda s: has_own_words(s.request),
    ),
    Fact(
        "request.marks",
        FactType.STRINGS,
        "Vermerke",
        "marks",
        lambda s: sorted(mark.value for mark in s.request.marks),
        tuple(Mark),
    ),
    Fact(
        "request.weekday",
        FactType.INT,
        "Wochentag der Ankunft (1 Montag bis 7, 0 unbekannt)",
        "weekday of arrival (1 Monday to 7, 0 unknown)",
        lambda s: s.days.here(s.request.arrived).isoweekday() if s.request.arrived else 0,
    ),
    Fact(
        "request.hour",
        FactType.INT,
        "Stunde der Ankunft (0 bis 23, -1 unbekannt)",
        "hour of arrival (0 to 23, -1 unknown)",
        lambda s: s.days.here(s.request.arrived).hour if s.request.arrived else -1,
    ),
    Fact(
        "request.days_old",
        FactType.INT,
        "Tage seit der Ankunft (36500: unbekannt)",
        "days since arrival (36500: unknown)",
        lambda s: _days(s.request.arrived, s.at),
    ),
)

_REST = (
    Fact(
        "person.standing",
        FactType.STRING,
        "Stand",
        "standing",
        lambda s: s.known.standing.value,
        tuple(Standing),
    ),
    Fact(
        "person.domain",
        FactType.STRING,
        "Domain der Adresse, ungeprüft",
        "domain of the address, unverified",
        lambda s: _domain(s.request),
    ),
    *PERSONS,
    Fact("time.now", FactType.TIMESTAMP, "jetzt", "now", lambda s: s.at),
    Fact(
        "time.weekday",
        FactType.INT,
        "Wochentag (1 Montag bis 7)",
        "weekday (1 Monday to 7)",
        lambda s: s.days.here(s.at).isoweekday(),
    ),
    Fact(
        "time.hour",
        FactType.INT,
        "Stunde (0 bis 23)",
        "hour (0 to 23)",
        lambda s: s.days.here(s.at).hour,
    ),
    *TIMES,
)

FACTS: Mapping[str, Fact] = {
    fact.name: fact for fact in (*_READING, *ADVISED, *_TIE, *_REQUEST, *OUTSIDE, *_REST)
}
"""The catalogue, in the order in which it is documented."""


def facts_of(situation: Situation, names: Iterable[str]) -> dict[str, FactValue]:
    """Return the named facts; one that cannot be had is left out and so never holds."""
    found: dict[str, FactValue] = {}
    for name in names:
        with suppress(TypeError, ValueError, OverflowError):
            found[name] = FACTS[name].of(situation)
    return found


def shown(value: FactValue) -> str:
    """Return `value` as the trace keeps it: one line, the same for the same value."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | str():
            return str(value)
        case float():
            return f"{value:.4g}"
        case datetime():
            return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
        case _:
            return ", ".join(value)
