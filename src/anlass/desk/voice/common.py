"""How the owner is spoken to: whole sentences, German and English written side by side.

The rooms bring their own sentences (what a request wants, what is shared). This page
adds what only the desk knows: time as people say it, the door somebody came through,
how sure a reading is. Pages and command line say the same words.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from anlass.desk.voice.exports import BOOKS, EXPORTS, LISTS, MAILBOXES
from anlass.intake import Channel, ContactRequest, Mark, SetAside
from anlass.ledger import Encounter, EncounterKind
from anlass.litmus import Question, Reading, Verdict
from anlass.policy import Action
from anlass.policy.facts import has_own_words
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
_VERDICTS: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.REASON: "Hier steht ein Anlass.",
        Verdict.ASK: "Vielleicht gibt es einen Anlass, aber der Brief nennt ihn nicht.",
        Verdict.HOLLOW: "Ein Anlass ist nicht zu finden.",
    },
    "en": {
        Verdict.REASON: "There is a reason here.",
        Verdict.ASK: "There may be a reason, but the letter does not give it.",
        Verdict.HOLLOW: "No reason can be found.",
    },
}
_DESPITE_AN_OCCASION: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.ASK: "Ein Anlass klingt an, das Wichtigste fehlt noch.",
        Verdict.HOLLOW: "Was hier als Anlass dasteht, trägt nicht.",
    },
    "en": {
        Verdict.ASK: "A reason is hinted at, but what matters most is missing.",
        Verdict.HOLLOW: "What is offered here as a reason does not hold.",
    },
}
"""Said where some words pass for an occasion, so that verdict and underlines do not contradict each other."""
_NOTHING_READ: dict[Lang, tuple[str, str]] = {
    "de": ("Verschlüsseltes liest hier kein Programm.", "Ohne ein Wort lässt sich kein Anlass erkennen."),
    "en": ("No program here reads what is encrypted.", "Without a word no reason can be seen."),
}
_UNSAID: dict[Lang, str] = {
    "de": "Wohl ein Anlass, aber kein Satz spricht ihn aus.",
    "en": "There seems to be a reason, but no sentence states it.",
}
_IN_BRIEF: dict[Lang, dict[Verdict, str]] = {
    "de": {Verdict.REASON: "mit Anlass", Verdict.ASK: "Anlass fehlt", Verdict.HOLLOW: "hohl"},
    "en": {Verdict.REASON: "with a reason", Verdict.ASK: "reason missing", Verdict.HOLLOW: "hollow"},
}
_UNSURE: dict[Lang, str] = {"de": "unsicher", "en": "unsure"}
_UNREAD: dict[Lang, str] = {"de": "nicht zu lesen", "en": "not readable"}
_PROPOSALS: dict[Lang, dict[Action, str]] = {
    "de": {
        Action.ACCEPT: "Die Hausordnung schlägt vor, den Kontakt anzunehmen.",
        Action.ASK_BACK: "Die Hausordnung schlägt vor, nachzufragen.",
        Action.WATCH: "Die Hausordnung setzt diese Person auf die Merkliste. Das erfährt niemand.",
        Action.DECLINE_WITH_MESSAGE: "Die Hausordnung schlägt vor, zu antworten, aber nicht anzunehmen.",
        Action.UNLOCK: "Die Hausordnung schlägt vor, mehr von deiner Visitenkarte zu zeigen.",
        Action.LAPSE: "Die Hausordnung lässt das auf sich beruhen. Das erfährt niemand.",
        Action.HOLD: "Die Hausordnung legt dir das vor.",
    },
    "en": {
        Action.ACCEPT: "The house rules suggest accepting the contact.",
        Action.ASK_BACK: "The house rules suggest asking back.",
        Action.WATCH: "The house rules put this person on the watch list. Nobody will know.",
        Action.DECLINE_WITH_MESSAGE: "The house rules suggest answering without accepting the contact.",
        Action.UNLOCK: "The house rules suggest showing more of your card.",
        Action.LAPSE: "The house rules let this rest. Nobody will know.",
        Action.HOLD: "The house rules leave this to you.",
    },
}
_MARKS: dict[Lang, dict[Mark, str]] = {
    "de": {
        Mark.FAKE_REPLY: "Der Betreff tut, als wäre das eine Antwort. Du hattest aber nicht geschrieben.",
        Mark.MASS_OUTREACH: "Der Brief kam über einen Massenversand.",
        Mark.INTRODUCTION: "Jemand, den du kennst, stellt hier jemanden vor.",
        Mark.CALENDAR: "Dabei liegt ein Termin, um den du nicht gebeten hast.",
        Mark.NOTICE: "Die Anfrage kam als Meldung eines Netzwerks.",
        Mark.DEFAULT_TEXT: "Der Text ist vom Netzwerk vorgegeben. Eigene Worte stehen nicht dabei.",
        Mark.REMINDER: "Das Netzwerk erinnert nur. Die erste Meldung liegt hier nicht.",
        Mark.UNPROVEN: "Ob das vom Netzwerk kommt, bestätigt niemand. Name und Worte sind nur behauptet.",
        Mark.EMPTY: "Eigene Worte stehen nicht dabei.",
        Mark.NO_ROOM: "Für Worte lässt das Netzwerk keinen Platz. Dass keine dabeistehen, sagt nichts.",
        Mark.NOT_ADDRESSED: "Deine Adresse steht in keinem Empfängerfeld.",
        Mark.ENCRYPTED: "Der Brief ist verschlüsselt. Lesen kannst ihn nur du.",
        Mark.FORGED: "Dein Mailanbieter sagt, dass der Absender nicht stimmt.",
        Mark.HUMAN_MUST_READ: "Darüber entscheidet keine Regel, und darauf antwortet kein Programm.",
        Mark.CODE_WORD: "Wer hier schreibt, kannte ein Codewort von dir.",
        Mark.UNREADABLE: "Ein Teil war nicht zu lesen. Das Original ist unverändert.",
    },
    "en": {
        Mark.FAKE_REPLY: "The subject poses as a reply. You had not written.",
        Mark.MASS_OUTREACH: "The letter was sent by a mass mailer.",
        Mark.INTRODUCTION: "Somebody you know is introducing somebody here.",
        Mark.CALENDAR: "It comes with an appointment that you did not ask for.",
        Mark.NOTICE: "The request came as a network's notice.",
        Mark.DEFAULT_TEXT: "The text is the network's own. There is not a word from the sender.",
        Mark.REMINDER: "The network only reminds. Its first notice is not here.",
        Mark.UNPROVEN: "Nobody confirms that the network sent this. Name and words are only a claim.",
        Mark.EMPTY: "It came without a word.",
        Mark.NO_ROOM: "The network leaves no room for words. That there are none says nothing.",
        Mark.NOT_ADDRESSED: "Your address is in none of the recipient fields.",
        Mark.ENCRYPTED: "The letter is encrypted. Only you can read it.",
        Mark.FORGED: "Your mail provider says that the sender is not genuine.",
        Mark.HUMAN_MUST_READ: "No rule decides on this, and no program answers it.",
        Mark.CODE_WORD: "Whoever writes here knew a code word of yours.",
        Mark.UNREADABLE: "Part of it could not be read. The original is unchanged.",
    },
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


def verdict_says(reading: Reading, lang: Lang) -> tuple[str, str]:
    """Say whether there is a reason, and in a second sentence how far to rely on that."""
    likeliest = getattr(reading.probabilities, reading.verdict.value)
    right = min(99, max(1, round(100 * likeliest)))
    if lang == "de":
        sure = f"Von hundert Briefen, die sich so lesen, stimmt das bei etwa {right}."
        unsure = f"Das ist knapp: Es stimmt nur bei etwa {right} von hundert Briefen, die sich so lesen."
    else:
        sure = f"Of a hundred letters that read like this, that is right for about {right}."
        unsure = (
            f"It is close: that is right for only about {right} of a hundred letters that read like this."
        )
    verdict = _VERDICTS[lang][reading.verdict]
    if Question.OCCASION in reading.answers:
        verdict = _DESPITE_AN_OCCASION[lang].get(reading.verdict, verdict)
    elif reading.verdict is Verdict.REASON:
        verdict = _UNSAID[lang]
    return verdict, unsure if reading.unsure else sure


def unread_says(request: ContactRequest, lang: Lang) -> tuple[str, str] | None:
    """Say that there was nothing to read, where that is so; otherwise `None`, and the verdict speaks."""
    if Mark.ENCRYPTED in request.marks:
        return _NOTHING_READ[lang][0], ""
    return None if has_own_words(request) else (_NOTHING_READ[lang][1], "")


def in_brief(request: ContactRequest, reading: Reading, lang: Lang) -> str:
    """Say in two words how a request reads; a reading that is unsure says no more than that."""
    if Mark.ENCRYPTED in request.marks:
        return _UNREAD[lang]
    return _UNSURE[lang] if reading.unsure else _IN_BRIEF[lang][reading.verdict]


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


def proposal(action: Action, lang: Lang) -> str:
    """Say what the house rules suggest."""
    return _PROPOSALS[lang][action]


def mark_says(mark: Mark, lang: Lang) -> str:
    """Say what intake noticed beside the words."""
    return _MARKS[lang][mark]


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
    return f"{then.hour}.{then:%M} Uhr" if lang == "de" else f"{then.hour}:{then:%M}"


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
