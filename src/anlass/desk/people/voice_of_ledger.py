"""The ledger of one person in words: its numbers, who introduced, and what the picture shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from anlass.desk.people.months import Months, Period
from anlass.desk.voice.common import Lang, day_and_month
from anlass.languages import capital
from anlass.ledger import EncounterKind

_COUNTS: dict[Lang, dict[EncounterKind, tuple[str, str]]] = {
    "de": {
        EncounterKind.MAIL_IN: ("ein Brief an dich", "{n} Briefe an dich"),
        EncounterKind.MAIL_OUT: ("ein Brief von dir", "{n} Briefe von dir"),
        EncounterKind.MESSAGE_IN: ("eine Nachricht an dich", "{n} Nachrichten an dich"),
        EncounterKind.MESSAGE_OUT: ("eine Nachricht von dir", "{n} Nachrichten von dir"),
        EncounterKind.MEETING: ("ein Treffen", "{n} Treffen"),
        EncounterKind.CARD: ("einmal Karten getauscht", "{n}-mal Karten getauscht"),
        EncounterKind.INTRODUCTION: ("einmal einander vorgestellt", "{n}-mal einander vorgestellt"),
    },
    "en": {
        EncounterKind.MAIL_IN: ("one letter to you", "{n} letters to you"),
        EncounterKind.MAIL_OUT: ("one letter from you", "{n} letters from you"),
        EncounterKind.MESSAGE_IN: ("one message to you", "{n} messages to you"),
        EncounterKind.MESSAGE_OUT: ("one message from you", "{n} messages from you"),
        EncounterKind.MEETING: ("one meeting", "{n} meetings"),
        EncounterKind.CARD: ("cards swapped once", "cards swapped {n} times"),
        EncounterKind.INTRODUCTION: ("introduced once", "introduced {n} times"),
    },
}
_MONTHS: dict[Lang, str] = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}

_LINE = re.compile(r", line (\d+)$")
_ON_NETWORKS = {
    "on your list": "auf deiner Liste",
    "you follow": "du folgst",
    "follows you": "folgt dir",
    "in a room for two": "in einem Raum zu zweit",
}
"""Why somebody is on a list of a chat network."""


def count_says(kind: EncounterKind, count: int, lang: Lang) -> str:
    """Say how many encounters of one kind there are, as a phrase without a full stop."""
    return _COUNTS[lang][kind][count > 1].format(n=count)


def turns_say(turns: int, threads: int, lang: Lang) -> str:
    """Say how many turns there are in how many threads, as a phrase without a full stop."""
    if lang == "de":
        times = "einmal" if turns == 1 else f"{turns}-mal"
        return f"{times} Brief und Antwort in {'einem Gespräch' if threads == 1 else f'{threads} Gesprächen'}"
    answered = "one turn" if turns == 1 else f"{turns} turns"
    return f"{answered} in {'one thread' if threads == 1 else f'{threads} threads'}"


def introduced_by(names: Iterable[str], lang: Lang) -> str:
    """Say who introduced the two to each other, "" where nobody is known to have."""
    told = ", ".join(dict.fromkeys(name for name in names if name))
    if not told:
        return ""
    return f"Vorgestellt von {told}." if lang == "de" else f"Introduced by {told}."


def contact_note(about: str, since: datetime | None, place: str, lang: Lang) -> str:
    """Say what a record notes of a person, with where it stands; `since` is midnight of a day, in UTC."""
    day = day_and_month(since, since, lang) if since else ""
    click = "" if not day else f"Kontakt seit {day}" if lang == "de" else f"a contact since {day}"
    said = "; ".join(part for part in (about, click) if part)
    return f"{capital(said)} ({place_says(place, lang)})."


def place_says(place: str, lang: Lang) -> str:
    """Say where a record lies in the owner's language: sources write "Connections.csv, line 13"."""
    account, comma, why = place.rpartition(", ")
    if lang == "de" and why in _ON_NETWORKS:
        return f"{account}{comma}{_ON_NETWORKS[why]}"
    return _LINE.sub(r", Zeile \1", place) if lang == "de" else place


def period_says(period: Period, step: int, lang: Lang) -> str:
    """Name a period: a month, a year, or the months it goes over."""
    first = f"{_MONTHS[lang].split()[period.month - 1]} {period.year}"
    if step == 1:
        return first
    end = period.year * 12 + period.month - 1 + step - 1
    last = f"{_MONTHS[lang].split()[end % 12]} {end // 12}"
    if step == 12:
        return str(period.year)
    return f"{first} bis {last}" if lang == "de" else f"{first} to {last}"


def months_say(months: Months, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Say what happened in every period that had something: its name, and the numbers in words."""
    return tuple(
        (period_says(one, months.step, lang), ", ".join(_numbers(one, lang)))
        for one in months.periods
        if one.counts
    )


def _numbers(period: Period, lang: Lang) -> Sequence[str]:
    return [count_says(kind, period.counts[kind], lang) for kind in EncounterKind if kind in period.counts]
