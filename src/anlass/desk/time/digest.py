"""The month in one letter to the owner: who asked for how much, what was given, who still waits.

It is composed here and sent by nobody here (`digest_mail.py` does). It is for the owner alone: it names
people and what the house made of their letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.desk.cases.inbox import Line, line_of
from anlass.desk.cases.outcomes import ripe
from anlass.desk.time.ledger import asked_in
from anlass.desk.time.voice import doors_say, duration_says, month_says
from anlass.desk.voice.common import Lang
from anlass.ledger.time import MonthOfYear, Number, Times, times
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState

_MOST = 20
"""People who still wait that are named; of more, their number is told."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A plain letter to the owner."""

    subject: str
    text: str


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "subject": "Dein {month} an der Tür",
        "hello": "Das war dein {month}.",
        "nobody": "Es hat niemand angeklopft. Im Monat davor waren es {before}.",
        "came": "{count} kamen: {doors}. {strangers} Im Monat davor waren es {before}.",
        "one": "Eine Anfrage",
        "several": "{n} Anfragen",
        "strangers_0": "Niemand davon war dir fremd.",
        "strangers_1": "Eine davon kam von jemandem, den du nicht kanntest.",
        "strangers_n": "{n} davon kamen von Menschen, die du nicht kanntest.",
        "asked": "Erbeten: {asked}. Gegeben: {given}.",
        "unsaid_1": "Eine Anfrage nennt keine Zeit.",
        "unsaid_n": "{n} Anfragen nennen keine Zeit.",
        "spared": "Nicht gegeben, weil beantwortet oder erledigt: {spared}. Ob du diese Zeit sonst "
        "gegeben hättest, weiß niemand.",
        "open": "Noch offen: {open}.",
        "waiting": "Auf dich warten noch:",
        "more": "… und {n} weitere.",
        "came_of": "Es ist eine Weile her. Was ist daraus geworden?",
        "came_line": "- {name}, {when} (anlass outcome {case} …)",
        "came_end": "Du kannst es auf der Seite der Anfrage sagen oder lassen; danach fragt niemand wieder.",
        "end": "Dieser Brief geht nur an dich.",
    },
    "en": {
        "subject": "Your {month} at the door",
        "hello": "This was your {month}.",
        "nobody": "Nobody knocked. In the month before it was {before}.",
        "came": "{count} came: {doors}. {strangers} In the month before it was {before}.",
        "one": "One request",
        "several": "{n} requests",
        "strangers_0": "None of them was from a stranger.",
        "strangers_1": "One of them was from somebody you did not know.",
        "strangers_n": "{n} of them were from people you did not know.",
        "asked": "Asked: {asked}. Given: {given}.",
        "unsaid_1": "One request names no time.",
        "unsaid_n": "{n} requests name no time.",
        "spared": "Not given, because answered or done: {spared}. Whether you would have given this time "
        "otherwise, nobody knows.",
        "open": "Still open: {open}.",
        "waiting": "Still waiting for you:",
        "more": "… and {n} more.",
        "came_of": "It has been a while. What came of it?",
        "came_line": "- {name}, {when} (anlass outcome {case} …)",
        "came_end": "Say it on the page of the request or leave it; nobody asks about it again.",
        "end": "This letter goes to you alone.",
    },
}


def digest(book: Book, month: MonthOfYear, *, now: datetime, lang: Lang) -> Digest:
    """Return the letter about a month, in the time zone of `now`."""
    words, found = _WORDS[lang], asked_in(book, month, now=now)
    before = len(asked_in(book, month.before, now=now))
    name = month_says(month, lang)
    waiting = [
        line
        for one in found
        if not one.is_settled and (line := line_of(book.case(one.case), now, lang)).state is CaseState.WAITING
    ]
    parts = [words["hello"].format(month=name), _sums(times(found), before, lang)]
    if waiting:
        parts.append("\n".join([words["waiting"], *_waiting(waiting, words)]))
    if asks := [line_of(book.case(id_), now, lang) for id_ in ripe(book, now=now)]:
        parts.append("\n".join([words["came_of"], *_asked(asks, words), words["came_end"]]))
    parts.append(words["end"])
    return Digest(words["subject"].format(month=name), "\n\n".join(parts) + "\n")


def _sums(month: Times, before: int, lang: Lang) -> str:
    """Say in one paragraph what a month came to."""
    words, count = _WORDS[lang], month.of(Number.REQUESTS)
    if not count:
        return words["nobody"].format(before=before)
    said = [
        words["came"].format(
            count=words["one"] if count == 1 else words["several"].format(n=count),
            doors=doors_say(month, lang),
            strangers=_counted("strangers", month.of(Number.STRANGERS), words),
            before=before,
        ),
        words["asked"].format(
            asked=duration_says(month.of(Number.ASKED), lang),
            given=duration_says(month.of(Number.GIVEN), lang),
        ),
    ]
    if month.of(Number.UNSAID):
        said.append(_counted("unsaid", month.of(Number.UNSAID), words))
    said += [
        words[number].format(**{number.value: duration_says(month.of(number), lang)})
        for number in (Number.SPARED, Number.OPEN)
        if month.of(number)
    ]
    return " ".join(said)


def _counted(what: str, count: int, words: dict[str, str]) -> str:
    return words.get(f"{what}_{count}", words[f"{what}_n"]).format(n=count)


def _asked(lines: list[Line], words: dict[str, str]) -> list[str]:
    """Return a line for each request that is asked about; a name of a stranger stays on its line."""
    return [
        words["came_line"].format(name=" ".join(one.name.split()), when=one.when, case=one.id[:8])
        for one in lines
    ]


def _waiting(lines: list[Line], words: dict[str, str]) -> list[str]:
    """Return a line for each who waits, newest first; a name of a stranger stays on its line."""
    shown = [
        f"- {' '.join(one.name.split())}: {' '.join(one.says.split())}" for one in lines[: -_MOST - 1 : -1]
    ]
    more = len(lines) - len(shown)
    return [*shown, words["more"].format(n=more)] if more else shown
