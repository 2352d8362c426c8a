"""How a second opinion is told: whose it is, what it took, what it points at, its words as a quotation.

What the model wrote itself is never said in the house's voice: it stands in quotation marks
below the model's name. The words it points at are the letter's own, and what they are
called is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.case import Case
from anlass.desk.voice.common import Lang, day_and_month
from anlass.languages import capital
from anlass.litmus import FindingKind, Question
from anlass.litmus.opinion import NOT_SENT, Opinion, Silence
from anlass.litmus.opinion_asked import LONGEST_ASKED, asked
from anlass.policy.labels import FINDINGS, QUESTIONS

_SILENCES: dict[Lang, dict[Silence, str]] = {
    "de": {
        Silence.NO_WORDS: "Es gibt nichts zu lesen.",
        Silence.NO_KEY: "Der Schlüssel fehlt, oder andere auf diesem Rechner können ihn lesen.",
        Silence.CENTS_SPENT: "Die {number} Cent für diesen Monat reichen nicht für noch einen Brief.",
        Silence.LETTERS_SPENT: "Die {number} Briefe für diesen Monat sind verschickt.",
        Silence.PAUSED: "Zuvor ging es {number}-mal nacheinander schief.",
        Silence.UNREACHABLE: "Dort meldet sich niemand.",
        Silence.TIMED_OUT: "Nach {number} s war keine Antwort da.",
        Silence.REFUSED: "Die Gegenstelle lehnte ab (HTTP {number}).",
        Silence.REDIRECTED: "Die Adresse verweist auf eine andere. Dorthin geht kein Brief.",
        Silence.TOO_LARGE: "Die Antwort war größer als {number} KiB.",
        Silence.EMPTY: "Die Antwort war leer.",
        Silence.MISSHAPEN: "Die Antwort hatte nicht die verlangte Form.",
        Silence.UNFINISHED: "Die Antwort brach mittendrin ab.",
        Silence.INDISCREET: "Die Antwort enthielt deinen Schlüssel.",
    },
    "en": {
        Silence.NO_WORDS: "there is nothing to read.",
        Silence.NO_KEY: "the key is missing, or others on this machine can read it.",
        Silence.CENTS_SPENT: "the {number} cents for this month do not cover one more letter.",
        Silence.LETTERS_SPENT: "the {number} letters for this month have been sent.",
        Silence.PAUSED: "it had failed {number} times in a row.",
        Silence.UNREACHABLE: "nobody answers there.",
        Silence.TIMED_OUT: "timed out after {number} s.",
        Silence.REFUSED: "the other side refused (HTTP {number}).",
        Silence.REDIRECTED: "the address points to another one, and no letter goes there.",
        Silence.TOO_LARGE: "the answer was larger than {number} KiB.",
        Silence.EMPTY: "the answer was empty.",
        Silence.MISSHAPEN: "the answer did not have the shape that was asked for.",
        Silence.UNFINISHED: "the answer broke off in the middle.",
        Silence.INDISCREET: "the answer held your key.",
    },
}


@dataclass(frozen=True, slots=True)
class Pointed:
    """What words of the letter are to the model: our word for it, and the words."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advised:
    """A second opinion, ready to be shown. `reason` is the model's own sentence, to be quoted."""

    head: str
    answers: tuple[Pointed, ...] = ()
    findings: tuple[Pointed, ...] = ()
    reason: str = ""
    remarks: tuple[str, ...] = ()
    was_sent: bool = True


def advised(case: Case, now: datetime, lang: Lang) -> Advised | None:
    """Return the second opinion on a case as it is shown; `None` where there is none."""
    opinion = case.opinion
    if opinion is None:
        return None
    if opinion.silence is not None:
        return Advised(silence_says(opinion, lang), was_sent=opinion.silence not in NOT_SENT)
    return Advised(
        head=_head(opinion, now, lang),
        answers=_pointed(opinion, lang, are_answers=True),
        findings=_pointed(opinion, lang, are_answers=False),
        reason=opinion.reason,
        remarks=tuple(_remarks(case, opinion, lang)),
    )


def silence_says(opinion: Opinion, lang: Lang) -> str:
    """Say why there is no second opinion."""
    if opinion.silence is None:
        return ""
    why = _SILENCES[lang][opinion.silence].format(number=opinion.number)
    if lang == "de":
        return f"Keine zweite Meinung von {opinion.model} auf {opinion.host}: {why}"
    return f"No second opinion of {opinion.model} at {opinion.host}: {why}"


def _head(opinion: Opinion, now: datetime, lang: Lang) -> str:
    day = day_and_month(opinion.at, now, lang)
    count = opinion.tokens_read + opinion.tokens_written
    tokens = f"{count} {_TOKENS[lang]}"
    cost = _cents(opinion.cents, lang)
    if lang == "de":
        return f"Zweite Meinung von {opinion.model} auf {opinion.host}, am {day}, {tokens}, {cost}."
    return f"Second opinion of {opinion.model} at {opinion.host}, on {day}, {tokens}, {cost}."


_TOKENS: dict[Lang, str] = {"de": "Tokens", "en": "tokens"}


def _cents(amount: float, lang: Lang) -> str:
    """Say about how much it was: whole cents from ten on, hundredths below."""
    if 0 < amount < 0.01:
        return "weniger als 0,01 Cent" if lang == "de" else "less than 0.01 cents"
    number = f"{amount:.0f}" if amount >= 10 else f"{amount:.2f}".rstrip("0").rstrip(".")
    return f"etwa {number.replace('.', ',')} Cent" if lang == "de" else f"about {number} cents"


def _pointed(opinion: Opinion, lang: Lang, *, are_answers: bool) -> tuple[Pointed, ...]:
    questions = {FindingKind(question.value): question for question in Question}
    quotes: dict[FindingKind, list[str]] = {}
    for claim in opinion.claims:
        if (claim.kind in questions) is are_answers:
            quotes.setdefault(claim.kind, []).append(claim.quote)
    names = {kind: QUESTIONS[questions[kind]] if are_answers else FINDINGS[kind] for kind in quotes}
    order = sorted(quotes, key=list(FindingKind).index)
    return tuple(
        Pointed(capital(names[kind].in_(lang)), tuple(dict.fromkeys(quotes[kind]))) for kind in order
    )


def _remarks(case: Case, opinion: Opinion, lang: Lang) -> list[str]:
    said = []
    if not opinion.claims:
        said.append("Das Modell zeigt auf keine Stelle." if lang == "de" else "The model points at no words.")
    if opinion.dropped == 1:
        said.append(_DROPPED_ONE[lang])
    elif opinion.dropped:
        said.append(_DROPPED[lang].format(count=opinion.dropped))
    if asked(case.request).is_cut:
        said.append(_CUT[lang].format(count=f"{LONGEST_ASKED:,}".replace(",", "." if lang == "de" else ",")))
    return said


_DROPPED_ONE: dict[Lang, str] = {
    "de": "Ein Zitat steht so nicht im Brief und ist weggelassen.",
    "en": "One quotation does not stand in the letter like that and is left out.",
}
_DROPPED: dict[Lang, str] = {
    "de": "{count} Zitate stehen so nicht im Brief und sind weggelassen.",
    "en": "{count} quotations do not stand in the letter like that and are left out.",
}
_CUT: dict[Lang, str] = {
    "de": "Das Modell hat nur die ersten {count} Zeichen gelesen.",
    "en": "The model has read the first {count} characters only.",
}
