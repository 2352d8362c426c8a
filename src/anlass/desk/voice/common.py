"""How the owner is spoken to: whole sentences, German and English written side by side.

The rooms bring their own sentences (what a request wants, what is shared). This page
adds what only the desk knows: time as people say it, the door somebody came through.
Pages and command line say the same words.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from anlass.desk.voice.exports import BOOKS, EXPORTS, LISTS, MAILBOXES
from anlass.intake import Channel, SetAside
from anlass.ledger import Encounter, EncounterKind
from anlass.policy.labels import CHANNELS

Lang = Literal["de", "en"]

_NUMBERS: dict[Lang, tuple[str, ...]] = {
    "de": ("null", "einem", "zwei", "drei", "vier", "fünf", "sechs"),
    "en": ("no", "a", "two", "three", "four", "five", "six"),
}
_MONTHS: dict[Lang, str] = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_DAYS: dict[Lang, str] = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_MET: dict[Lang, dict[EncounterKind, str]] = {
    "de": {
        EncounterKind.MAIL_IN: "{name} schrieb dir.",
        EncounterKind.MAIL_OUT: "Du schriebst {name}.",
        EncounterKind.MESSAGE_IN: "{name} schickte dir eine Nachricht.",
        EncounterKind.MESSAGE_OUT: "Du schicktest {name} eine Nachricht.",
        EncounterKind.MEETING: "Ihr habt euch getroffen.",
        EncounterKind.CARD: "Ihr habt Visitenkarten getauscht.",
        EncounterKind.INTRODUCTION: "Ihr wurdet einander vorgestellt.",
    },
    "en": {
        EncounterKind.MAIL_IN: "{name} wrote to you.",
        EncounterKind.MAIL_OUT: "You wrote to {name}.",
        EncounterKind.MESSAGE_IN: "{name} sent you a message.",
        EncounterKind.MESSAGE_OUT: "You sent {name} a message.",
        EncounterKind.MEETING: "You met.",
        EncounterKind.CARD: "You swapped cards.",
        EncounterKind.INTRODUCTION: "You were introduced to each other.",
    },
}
_BROUGHT: dict[Lang, str] = {
    "de": "{name} hat euch einander vorgestellt.",
    "en": "{name} introduced you to each other.",
}


_SET_ASIDE: dict[str, str] = {
    "gone": "Die Datei verschwand, während sie gelesen wurde.",
    "no_rights": "Diese Datei darf Anlass nicht lesen.",
    "not_a_file": "Das ist keine Datei, sondern ein Socket, eine Pipe oder ein Gerät.",
    "unreadable": "Die Datei ließ sich nicht lesen.",
    "empty": "Darin steht nichts.",
    "binary": "Das ist keine Mail: Der Anfang ist kein Text.",
    "not_mail": "Das ist keine Mail: Am Anfang steht kein Kopffeld.",
    "no_header": "Darin steht kein Kopffeld, also weder ein Absender noch ein Datum.",
    "loop": "Dieser Ordner war schon dran; ein Verweis führt zu ihm zurück.",
    "too_deep": "Hier liegen zu viele Ordner ineinander.",
    "broken": "An dieser Mail ist Anlass gescheitert und hat sie liegen lassen.",
    "odd_ask": "Die Tür hat etwas gemeldet, das keine Anfrage ist.",
}


def set_aside_says(aside: SetAside, lang: Lang) -> str:
    """Say why something could not be read; English is what was kept with it."""
    if lang != "de":
        return aside.says
    return (_SET_ASIDE | EXPORTS | BOOKS | MAILBOXES | LISTS).get(aside.reason, aside.says)


def door(channel: Channel, lang: Lang) -> str:
    """Say through which door a request came."""
    return CHANNELS[channel].in_(lang)


def answered_says(when: datetime | None, now: datetime, lang: Lang) -> str:
    """Say that the owner has answered, and when; nothing where that did not happen."""
    if when is None:
        return ""
    day = day_and_month(when, now, lang)
    return f"Du hast am {day} geantwortet." if lang == "de" else f"You answered on {day}."


def asked_says(when: datetime, now: datetime, lang: Lang) -> str:
    """Say when the owner asked back."""
    day = day_and_month(when, now, lang)
    return f"Du hast am {day} gefragt:" if lang == "de" else f"You asked on {day}:"


def replied_says(when: datetime | None, now: datetime, lang: Lang) -> str:
    """Say when the answer to that came."""
    if when is None:
        return "Ohne Datum kam:" if lang == "de" else "Undated came:"
    day = day_and_month(when, now, lang)
    return f"Am {day} kam:" if lang == "de" else f"On {day} came:"


def encounter_says(encounter: Encounter, name: str, lang: Lang) -> str:
    """Say what happened: with the person's name where it was a letter, with the place where one is known."""
    if encounter.kind is EncounterKind.INTRODUCTION and encounter.where:
        return _BROUGHT[lang].replace("{name}", encounter.where)
    sentence = _MET[lang][encounter.kind].replace("{name}", name)
    return f"{sentence[:-1]} ({encounter.where})." if encounter.where else sentence


def spoken(when: datetime | None, now: datetime, lang: Lang) -> str:
    """Say `when` as people do, seen from `now`; both aware, spoken in the time zone of `now`."""
    if when is None:
        return "ohne Datum" if lang == "de" else "undated"
    then = when.astimezone(now.tzinfo)
    days = (now.date() - then.date()).days
    if days == 0 and then <= now:
        return _today(then, now - then, lang)
    if days == 1:
        return _yesterday(then.hour, lang)
    if 2 <= days < 7:
        number = _NUMBERS[lang][days]
        return f"vor {number} Tagen" if lang == "de" else f"{number} days ago"
    if 7 <= days < 39:
        return _weeks((days + 3) // 7, lang)
    return _date(then, lang, with_day=abs(days) < 300)


def month_name(month: int, lang: Lang) -> str:
    """Name a month, 1 to 12."""
    return _MONTHS[lang].split()[month - 1]


def today(now: datetime, lang: Lang) -> str:
    """Write the day it is, as at the head of a page."""
    day = _DAYS[lang].split()[now.weekday()]
    return f"{day}, {day_and_month(now, now, lang)}"


def written_out(when: datetime | None, zone_of: datetime, lang: Lang) -> str:
    """Write a date in full, as at the head of a letter, in the time zone of `zone_of`."""
    if when is None:
        return "ohne Datum" if lang == "de" else "undated"
    then = when.astimezone(zone_of.tzinfo)
    return f"{today(then, lang)}, {_clock(then, lang)}"


def day_and_month(when: datetime | None, zone_of: datetime, lang: Lang) -> str:
    """Write the day, month and year of something that happened."""
    if when is None:
        return "ohne Datum" if lang == "de" else "undated"
    then = when.astimezone(zone_of.tzinfo)
    month = _MONTHS[lang].split()[then.month - 1]
    return f"{then.day}. {month} {then.year}" if lang == "de" else f"{then.day} {month} {then.year}"


def _today(then: datetime, ago: timedelta, lang: Lang) -> str:
    minutes = int(ago.total_seconds() // 60)
    if minutes < 2:
        return "gerade eben" if lang == "de" else "just now"
    if minutes < 60:
        return f"vor {minutes} Minuten" if lang == "de" else f"{minutes} minutes ago"
    return f"heute um {_clock(then, lang)}" if lang == "de" else f"today at {_clock(then, lang)}"


def _clock(then: datetime, lang: Lang) -> str:
    """Write the time of day."""
    return f"{then.hour}:{then:%M} Uhr" if lang == "de" else f"{then.hour}:{then:%M}"


def at_clock(when: datetime, now: datetime, lang: Lang) -> str:
    """Write when something happens or happened, to the minute; the day goes without saying if it is today."""
    local = when.astimezone(now.tzinfo)
    at = f"um {_clock(local, lang)}" if lang == "de" else f"at {_clock(local, lang)}"
    if local.date() == now.date():
        return at
    day = day_and_month(local, now, lang)
    return f"am {day} {at}" if lang == "de" else f"on {day} {at}"


def _yesterday(hour: int, lang: Lang) -> str:
    parts = (
        ("früh", "Vormittag", "Nachmittag", "Abend") if lang == "de" else ("morning", "afternoon", "evening")
    )
    if lang == "de":
        return f"gestern {parts[(hour >= 9) + (hour >= 12) + (hour >= 18)]}"
    return f"yesterday {parts[(hour >= 12) + (hour >= 18)]}"


def _weeks(weeks: int, lang: Lang) -> str:
    if lang == "de":
        return "vor einer Woche" if weeks == 1 else f"vor {_NUMBERS[lang][weeks]} Wochen"
    return "a week ago" if weeks == 1 else f"{_NUMBERS[lang][weeks]} weeks ago"


def _date(then: datetime, lang: Lang, *, with_day: bool) -> str:
    month = _MONTHS[lang].split()[then.month - 1]
    if lang == "de":
        return f"am {then.day}. {month}" if with_day else f"im {month} {then.year}"
    return f"on {then.day} {month}" if with_day else f"in {month} {then.year}"


def ended(text: str) -> str:
    """Return words of the owner as a sentence: with a full stop, where they have no end."""
    return text if not text or text[-1] in ".!?…" else f"{text}."
