"""What is said to the owner of persons: why two may be one, what was said of them, why somebody is close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from anlass.desk.people.circle import Close
from anlass.desk.voice.common import Lang, day_and_month
from anlass.languages import capital
from anlass.ledger import says as tie_says
from anlass.outreach.event import reachable
from anlass.people import Person
from anlass.people.matching import Evidence, Proposal, Sign
from anlass.people.names import Likeness
from anlass.people.word import Word, WordKind

_NAMES: dict[Lang, dict[Likeness, str]] = {
    "de": {
        Likeness.SAME: "beide heißen {about}",
        Likeness.SPELLING: "derselbe Name, anders geschrieben: {names}",
        Likeness.LONGER: "ein Name enthält den anderen: {names}",
        Likeness.SHORT_FORM: "ein Name ist die Kurzform des anderen: {names}",
        Likeness.INITIAL: "ein Name ist abgekürzt: {names}",
        Likeness.GIVEN: "derselbe Vorname, ein anderer Nachname: {names}",
    },
    "en": {
        Likeness.SAME: "both are called {about}",
        Likeness.SPELLING: "the same name, spelt otherwise: {names}",
        Likeness.LONGER: "one name holds the other: {names}",
        Likeness.SHORT_FORM: "one name is short for the other: {names}",
        Likeness.INITIAL: "one name is abbreviated: {names}",
        Likeness.GIVEN: "the same given name, another family name: {names}",
    },
}
_SIGNS: dict[Lang, dict[Sign, str]] = {
    "de": {
        Sign.PHONE: "dieselbe Telefonnummer: {about}",
        Sign.MAILBOX: "dasselbe Postfach: {about}",
        Sign.PAGE: "dieselbe Seite: {about}",
        Sign.LOCAL: "dieselben Worte vor dem @: {about}",
        Sign.SPELT: "die eine Adresse nennt den anderen Namen: {about}",
        Sign.THREAD: "beide kommen in einem Faden vor",
        Sign.WORK: "dieselbe Arbeit: {about}",
        Sign.MOVED: "die eine Adresse verstummte, als die andere zu schreiben begann",
    },
    "en": {
        Sign.PHONE: "the same telephone number: {about}",
        Sign.MAILBOX: "the same mailbox: {about}",
        Sign.PAGE: "the same page: {about}",
        Sign.LOCAL: "the same words before the @: {about}",
        Sign.SPELT: "one address spells the other name: {about}",
        Sign.THREAD: "both appear in one thread",
        Sign.WORK: "the same work: {about}",
        Sign.MOVED: "one address fell silent when the other began to write",
    },
}
_WORDS: dict[Lang, dict[WordKind, str]] = {
    "de": {
        WordKind.SAME: "{people}: ein und dieselbe Person.",
        WordKind.APART: "{people}: verschiedene Personen.",
        WordKind.CLOSE: "{people} gehört zum engen Kreis.",
        WordKind.DISTANT: "{people} gehört nicht zum engen Kreis.",
        WordKind.BLOCKED: "{people} ist gesperrt: Was kommt, wird aufgehoben und nie beantwortet.",
    },
    "en": {
        WordKind.SAME: "{people}: one and the same person.",
        WordKind.APART: "{people}: different people.",
        WordKind.CLOSE: "{people} belongs to the inner circle.",
        WordKind.DISTANT: "{people} does not belong to the inner circle.",
        WordKind.BLOCKED: "{people} is blocked: what comes is kept and never answered.",
    },
}
_WHY: dict[Lang, dict[WordKind | None, str]] = {
    "de": {
        WordKind.CLOSE: "Du hast es am {date} so gesagt.",
        WordKind.DISTANT: "Nicht im engen Kreis: Du hast es am {date} so gesagt. Briefe werden geprüft.",
        None: "Ihr schreibt euch, auch im letzten Jahr.",
    },
    "en": {
        WordKind.CLOSE: "You said so on {date}.",
        WordKind.DISTANT: "Not of the inner circle: you said so on {date}. Letters are screened.",
        None: "You write to each other, within the last year too.",
    },
}


def evidence_says(proposal: Proposal, evidence: Evidence, lang: Lang) -> str:
    """Say one thing that speaks for two persons being one, as part of a sentence."""
    if evidence.sign is Sign.NAME:
        names = f"{proposal.one.name}, {proposal.other.name}"
        return _NAMES[lang][proposal.names].format(about=evidence.about, names=names)
    return _SIGNS[lang][evidence.sign].format(about=evidence.about)


def proposal_says(proposal: Proposal, lang: Lang) -> str:
    """Say everything that speaks for two persons being one, in one sentence."""
    told = "; ".join(evidence_says(proposal, one, lang) for one in proposal.evidence)
    return f"{capital(told)}."


def person_says(person: Person) -> str:
    """Name a person with all addresses that are some."""
    addresses = ", ".join(map(str, reachable(person.addresses)))
    return person.name if addresses in {"", person.name} else f"{person.name} <{addresses}>"


def word_says(word: Word, people: Sequence[Person], lang: Lang) -> str:
    """Say what the owner said, with whom it is about today."""
    named = " | ".join(map(person_says, people)) or ", ".join(word.one)
    return _WORDS[lang][word.kind].format(people=named)


def close_says(close: Close, now: datetime, lang: Lang, *, alone: bool = False) -> str:
    """Say why somebody belongs to the inner circle or does not, with what is shared; `now` tells the zone.

    `alone`: without what is shared.
    """
    word = close.word
    date = day_and_month(word.said_at, now, lang) if word else ""
    why = _WHY[lang][word.kind if word else None].format(date=date)
    return why if alone else f"{why} {tie_says(close.tie, lang)}"
