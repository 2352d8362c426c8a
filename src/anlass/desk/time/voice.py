"""The time ledger in words: what each number is called, how long minutes are, what a month came to."""

from __future__ import annotations

from dataclasses import dataclass

from anlass.desk.time.ledger import GivenTime, TimeSheet
from anlass.desk.voice.common import Lang, month_name
from anlass.ledger.time import PIECES, MonthOfYear, Number, Times
from anlass.policy.labels import CHANNELS


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The fixed words of the time ledger in one language; a pair is the form for one and for several."""

    title: str
    nothing: str
    since: str
    numbers: dict[Number, str]
    remarks: dict[Number, str]
    behind: dict[Number, str]
    months: str
    month: str
    picture: str
    pieces: str
    caption: str
    asks: str
    gave: str
    request: str
    silent: str
    older: str
    say: str
    gave_minutes: str
    keep: str
    minutes: tuple[str, str]
    hours: tuple[str, str]
    no_time: str
    said: str
    again: str
    taken: str
    none: str


_DE = TimeWords(
    title="Zeit",
    nothing="Es hat noch niemand um etwas gebeten.",
    since="Seit {month}",
    numbers={
        Number.REQUESTS: "Anfragen",
        Number.STRANGERS: "von Fremden",
        Number.UNSAID: "ohne Zeitangabe",
        Number.ASKED: "erbeten",
        Number.GIVEN: "gegeben",
        Number.SPARED: "nicht gegeben",
        Number.OPEN: "noch offen",
    },
    remarks={
        Number.REQUESTS: "{doors}.",
        Number.STRANGERS: "Nichts Belegtes verband euch, als sie fragten.",
        Number.UNSAID: "Was sie gekostet hätten, weiß niemand. Hier wird nichts geschätzt.",
        Number.ASKED: "So viel steht in den Briefen.",
        Number.GIVEN: "So viel hast du nach deinem eigenen Wort gegeben.",
        Number.SPARED: "Das wurde erbeten, und die Anfragen sind beantwortet oder erledigt. Ob du "
        "diese Zeit sonst gegeben hättest, weiß niemand.",
        Number.OPEN: "Diese Anfragen sind noch nicht beantwortet und nicht erledigt.",
    },
    behind={
        Number.REQUESTS: "Alle Anfragen",
        Number.STRANGERS: "Anfragen von Fremden",
        Number.UNSAID: "Anfragen ohne Zeitangabe",
        Number.ASKED: "Erbetene Zeit",
        Number.GIVEN: "Gegebene Zeit",
        Number.SPARED: "Nicht gegebene Zeit",
        Number.OPEN: "Noch offene Zeit",
    },
    months="Monat für Monat",
    month="Monat",
    picture="Minuten je Monat",
    pieces="Anfragen je Monat",
    caption="Leerer Balken: erbetene Minuten. Voller Balken darin: gegebene Minuten.",
    asks="bittet um {time}",
    gave="gegeben: {time}",
    request="Anfrage",
    silent="nennt keine Zeit",
    older="Ältere stehen hier nicht: {n}.",
    say="Sagen, wie viel du gegeben hast",
    gave_minutes="Gegebene Minuten",
    keep="Aufschreiben",
    minutes=("1 Minute", "{n} Minuten"),
    hours=("1 Stunde", "{n} Stunden"),
    no_time="nichts",
    said="Aufgeschrieben: {name}, {time}. `anlass time --take-back {case}` nimmt es zurück.",
    again="Vorher stand da: {time}.",
    taken="Zurückgenommen: {name}, {time}.",
    none="Über diese Anfrage hattest du nichts gesagt.",
)
_EN = TimeWords(
    title="Time",
    nothing="Nobody has asked for anything yet.",
    since="Since {month}",
    numbers={
        Number.REQUESTS: "requests",
        Number.STRANGERS: "from strangers",
        Number.UNSAID: "naming no time",
        Number.ASKED: "asked for",
        Number.GIVEN: "given",
        Number.SPARED: "not given",
        Number.OPEN: "still open",
    },
    remarks={
        Number.REQUESTS: "{doors}.",
        Number.STRANGERS: "Nothing proven connected you when they asked.",
        Number.UNSAID: "What they would have taken nobody knows. Nothing is guessed here.",
        Number.ASKED: "This much stands in the letters.",
        Number.GIVEN: "This much you gave, by your own word.",
        Number.SPARED: "It was asked for, and the requests are answered or done. Whether you would have "
        "given this time otherwise, nobody knows.",
        Number.OPEN: "These requests are neither answered nor done yet.",
    },
    behind={
        Number.REQUESTS: "All requests",
        Number.STRANGERS: "Requests from strangers",
        Number.UNSAID: "Requests that name no time",
        Number.ASKED: "Time asked for",
        Number.GIVEN: "Time given",
        Number.SPARED: "Time not given",
        Number.OPEN: "Time still open",
    },
    months="Month by month",
    month="Month",
    picture="Minutes by month",
    pieces="Requests by month",
    caption="Empty bar: minutes asked for. Full bar within: minutes given.",
    asks="asks for {time}",
    gave="given: {time}",
    request="request",
    silent="names no time",
    older="Older ones are not shown here: {n}.",
    say="Say how much you gave",
    gave_minutes="Minutes given",
    keep="Write down",
    minutes=("1 minute", "{n} minutes"),
    hours=("1 hour", "{n} hours"),
    no_time="nothing",
    said="Written down: {name}, {time}. `anlass time --take-back {case}` takes it back.",
    again="Before, it said {time}.",
    taken="Taken back: {name}, {time}.",
    none="You had said nothing of this request.",
)


def time_words(lang: Lang) -> TimeWords:
    """Return the fixed words of the time ledger."""
    return _DE if lang == "de" else _EN


def duration_says(minutes: int, lang: Lang) -> str:
    """Say how long some minutes are: `2 hours 15 minutes`, `nothing`."""
    words = time_words(lang)
    hours, rest = divmod(minutes, 60)
    parts = [
        forms[count != 1].format(n=count)
        for forms, count in ((words.hours, hours), (words.minutes, rest))
        if count
    ]
    return " ".join(parts) or words.no_time


def brief_says(number: Number, amount: int, lang: Lang) -> str:
    """Say a number where there is little room: `6 h 28 min`."""
    if number in PIECES:
        return amount_says(number, amount, lang)
    hours, rest = divmod(amount, 60)
    parts = [f"{count}\u00a0{unit}" for count, unit in ((hours, "h"), (rest, "min")) if count]
    return " ".join(parts) or "–"


def amount_says(number: Number, amount: int, lang: Lang) -> str:
    """Say a number: pieces as a figure, time as hours and minutes."""
    return str(amount) if number in PIECES else duration_says(amount, lang)


def month_says(month: MonthOfYear, lang: Lang) -> str:
    """Say a month: `October 2026`."""
    return f"{month_name(month.month, lang)} {month.year}"


def doors_say(times: Times, lang: Lang) -> str:
    """Say through which doors requests came: `8 by mail, 3 through LinkedIn`."""
    return ", ".join(f"{count} {CHANNELS[channel].in_(lang)}" for channel, count in times.channels)


def number_says(number: Number, amount: int, lang: Lang) -> str:
    """Say what a number counts: `request` after a 1, `requests` after any other."""
    words = time_words(lang)
    return words.request if number is Number.REQUESTS and amount == 1 else words.numbers[number]


def remark_says(number: Number, times: Times, lang: Lang) -> str:
    """Say what a number means, and what it does not."""
    return time_words(lang).remarks[number].format(doors=doors_say(times, lang))


def since_says(sheet: TimeSheet, lang: Lang) -> str:
    """Say since when there are numbers."""
    return time_words(lang).since.format(month=month_says(sheet.months[0][0], lang)) if sheet.months else ""


def given_says(told: GivenTime, lang: Lang) -> str:
    """Say what was written down, or taken back."""
    words, name, case = time_words(lang), told.line.name, told.line.id
    if told.minutes is None:
        if told.before is None:
            return words.none
        return words.taken.format(name=name, time=duration_says(told.before, lang))
    said = words.said.format(name=name, time=duration_says(told.minutes, lang), case=case[:8])
    if told.before is None or told.before == told.minutes:
        return said
    return f"{said} {words.again.format(time=duration_says(told.before, lang))}"
