"""How the number of a tie comes about, summand by summand, in whole sentences.

The formula is `ledger/tie.py`'s. Everything that counts is named with its weight today; what counts for
being in touch and not for the number is said to do so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anlass.desk.voice.common import Lang
from anlass.languages import capital
from anlass.ledger import EncounterKind, Tie, TieLevel
from anlass.ledger.tie import Strength


@dataclass(frozen=True, slots=True)
class Summand:
    """One part of the number: its name, and what it adds, in a sentence or two."""

    name: str
    says: str


_DE = {
    "letters": "Briefe und Nachrichten",
    "no letters": "Es zählt, was beide schreiben. Bisher wiegt davon nichts.",
    "both": "Heute wiegt, was an dich kam, {came}, und was von dir ging, {went}. "
    "Das Kleinere zählt: {letters}.",
    "unproven": "Was niemand belegt, wiegt nichts.",
    "turns": "Wechsel und Gespräche",
    "in touch": "Darauf beruht eure Verbindung. In die Zahl geht es nicht ein.",
    "with meeting": "Mit dem Treffen zusammen macht das die Verbindung. In die Zahl geht es nicht ein.",
    "not yet": "Das zählt für die Verbindung, nicht für die Zahl.",
    "meetings": "Treffen",
    "met": "{times}. Jedes wiegt am Tag selbst drei, heute sind es zusammen {weight}.",
    "cards": "Karten",
    "swapped": "{times}. Jedes Mal wiegt am Tag selbst eins, heute sind es zusammen {weight}.",
    "introductions": "Vorstellungen",
    "introduced": "{times}. Das macht bekannt, wiegt aber nichts.",
    "time": "Die Zeit",
    "decay": "Ein Brief an dich allein wiegt am selben Tag eins, nach 180 Tagen die Hälfte, nach einem "
    "Jahr ein Viertel. Ohne die Zeit wäre die Zahl {lifetime}.",
    "number": "Die Zahl",
    "score": "Zusammen {total}, das ergibt {score} von 100. Drei ergäbe 50, sechs 75; "
    "hundert erreicht niemand.",
}
_EN = {
    "letters": "Letters and messages",
    "no letters": "What both write counts. So far none of it weighs anything.",
    "both": "Today what came to you weighs {came}, and what went from you {went}. "
    "The lesser counts: {letters}.",
    "unproven": "What nothing proves weighs nothing.",
    "turns": "Turns and threads",
    "in touch": "That is why you are in touch. It is no part of the number.",
    "with meeting": "Together with having met, that makes you be in touch. It is no part of the number.",
    "not yet": "That counts for being in touch, not for the number.",
    "meetings": "Meetings",
    "met": "{times}. Each weighs three on its day; today they come to {weight}.",
    "cards": "Cards",
    "swapped": "{times}. Each time weighs one on its day; today they come to {weight}.",
    "introductions": "Introductions",
    "introduced": "{times}. That makes you acquainted and weighs nothing.",
    "time": "Time",
    "decay": "A letter to one reader weighs one on its day, half of that after 180 days, a quarter "
    "after a year. Without time the number would be {lifetime}.",
    "number": "The number",
    "score": "Together {total}, which makes {score} of 100. Three would make 50, six 75; "
    "nobody reaches a hundred.",
}


def reckoning(
    tie: Tie, strength: Strength, counts: Mapping[EncounterKind | None, str], lang: Lang
) -> tuple[Summand, ...]:
    """Explain the number of `tie`, whose weights today are `strength`.

    `counts` says of each kind that happened how often ("two meetings"), and of turns under `None`.
    """
    words = _DE if lang == "de" else _EN
    rows = [("letters", _letters(tie, strength, words, lang))]
    if turns := counts.get(None):
        how = "with meeting" if tie.meetings else "in touch"
        rows.append(
            ("turns", f"{capital(turns)}. {words[how if tie.level is TieLevel.IN_TOUCH else 'not yet']}")
        )
    for name, form, kind, weight in (
        ("meetings", "met", EncounterKind.MEETING, 3 * strength.meetings),
        ("cards", "swapped", EncounterKind.CARD, strength.cards),
        ("introductions", "introduced", EncounterKind.INTRODUCTION, 0.0),
    ):
        if times := counts.get(kind):
            rows.append((name, words[form].format(times=capital(times), weight=_one(weight, lang))))
    rows.append(("time", words["decay"].format(lifetime=round(tie.lifetime))))
    total = _one(strength.total, lang)
    rows.append(("number", words["score"].format(total=total, score=round(tie.score))))
    return tuple(Summand(words[name], says) for name, says in rows)


def _letters(tie: Tie, strength: Strength, words: dict[str, str], lang: Lang) -> str:
    came, went, letters = (_one(one, lang) for one in (strength.came, strength.went, strength.letters))
    said = words["both"].format(came=came, went=went, letters=letters)
    if not (strength.came or strength.went):
        said = words["no letters"]
    return f"{said} {words['unproven']}" if tie.proven < tie.mails_in + tie.mails_out else said


def _one(number: float, lang: Lang) -> str:
    """Write a weight with one digit behind the point."""
    return f"{number:.1f}".replace(".", ",") if lang == "de" else f"{number:.1f}"
