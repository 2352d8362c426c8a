"""Events in whole sentences, German and English side by side; pages and command line say the same."""

from __future__ import annotations

from anlass.desk.gatherings.events import MOST, Taken
from anlass.desk.surface import JsonLine, person_line
from anlass.desk.surface import moment as json_moment
from anlass.desk.voice.common import Lang, day_and_month
from anlass.outreach.event import Event, Met, Sort
from anlass.people import Address, Person

SORTS: dict[Lang, dict[Sort, str]] = {
    "de": {
        Sort.INTERESTING: "interessant",
        Sort.BUSINESS: "geschäftlich",
        Sort.NEITHER: "weder noch",
        Sort.NOT_MET: "nicht getroffen",
    },
    "en": {
        Sort.INTERESTING: "interesting",
        Sort.BUSINESS: "business",
        Sort.NEITHER: "neither",
        Sort.NOT_MET: "not met",
    },
}
_HAPPENED: dict[Lang, dict[tuple[bool, bool], str]] = {
    "de": {
        (True, True): "gesprochen, Karten getauscht",
        (True, False): "gesprochen",
        (False, True): "Karten getauscht",
        (False, False): "steht auf der Liste",
    },
    "en": {
        (True, True): "talked, swapped cards",
        (True, False): "talked",
        (False, True): "swapped cards",
        (False, False): "on the list",
    },
}


def when_says(event: Event, lang: Lang) -> str:
    """Say on which days an event is: one day, or from the first to the last."""
    first, last = event.begins, event.ends
    if first.date() == last.date():
        return day_and_month(first, first, lang)
    begins = f"{first.day}." if lang == "de" else f"{first.day}"
    if (first.year, first.month) != (last.year, last.month):
        begins = day_and_month(first, first, lang)
        begins = begins.removesuffix(f" {first.year}") if first.year == last.year else begins
    return f"{begins} {'bis' if lang == 'de' else 'to'} {day_and_month(last, last, lang)}"


def happened_says(met: Met, lang: Lang) -> str:
    """Say in two words what happened with somebody."""
    return _HAPPENED[lang][met.somebody.has_talked, met.somebody.has_card]


def met_says(met: Met, lang: Lang) -> str:
    """Say what is noted of somebody: what happened, how they are sorted, what was spoken about."""
    sorted_as = (
        SORTS[lang][met.sort] if met.sort else {"de": "noch nicht einsortiert", "en": "not sorted yet"}[lang]
    )
    topic = f": {met.topic}" if met.topic else ""
    if met.sort is Sort.NOT_MET:
        return sorted_as
    return f"{sorted_as}; {happened_says(met, lang)}{topic}"


def taken_says(taken: Taken, lang: Lang) -> str:
    """Say what a list brought."""
    new, known, aside, left_out = len(taken.new), taken.known, len(taken.set_aside), taken.left_out
    if lang == "de":
        says = f"{taken.event.name}: {counted_people(new, 'de')} neu"
        says += f", {counted_people(known, 'de')} schon da" if known else ""
        says += f"; {_entries(aside, 'de')} nicht gelesen werden" if aside else ""
        says += f"; {left_out} blieben weg, mehr als {MOST} haben nicht Platz" if left_out else ""
        return says + ". Getroffen ist damit niemand: Das sagst du beim Einsortieren."
    says = f"{taken.event.name}: {counted_people(new, 'en')} new"
    says += f", {counted_people(known, 'en')} there already" if known else ""
    says += f"; {_entries(aside, 'en')} not be read" if aside else ""
    says += f"; {left_out} were left out, an event has room for {MOST}" if left_out else ""
    return says + ". Nobody is met by that: you say so when you sort."


def event_line(event: Event, people: int, unsorted: int) -> JsonLine:
    """One event of `anlass event list --json`."""
    return {
        "event": event.id,
        "name": event.name,
        "begins": json_moment(event.begins),
        "ends": json_moment(event.ends),
        "place": event.place or None,
        "people": people,
        "unsorted": unsorted,
    }


def met_line(event: Event, met: Met, person: Person) -> JsonLine:
    """One person of `anlass event show --json`; `person` is who they are in the ledger."""
    return {
        "event": event.id,
        "met": met.id,
        "person": person_line(person),
        "about": met.somebody.about or None,
        "card": met.somebody.has_card,
        "talked": met.somebody.has_talked,
        "sort": met.sort.value if met.sort else None,
        "topic": met.topic or None,
        "note": met.note or None,
        "noted_at": json_moment(met.noted_at),
    }


def _entries(count: int, lang: Lang) -> str:
    if lang == "de":
        return "ein Eintrag konnte" if count == 1 else f"{count} Einträge konnten"
    return "one entry could" if count == 1 else f"{count} entries could"


def namesake_says(met: Met, address: Address, name: str, lang: Lang) -> str:
    """Say that somebody of this name is known already, and how the two become one person."""
    order = f'anlass same {address} "{name}"'
    if met.somebody.addresses:
        if lang == "de":
            return f"So heißt auch jemand, von dem du keine Adresse hast. Ist es derselbe Mensch: {order}"
        return f"Somebody without an address bears this name too. If it is the same person: {order}"
    if lang == "de":
        return f"{address} heißt auch so. Ist es derselbe Mensch: {order}"
    return f"{address} bears this name too. If it is the same person: {order}"


def counted_people(count: int, lang: Lang) -> str:
    """Say how many people, in words."""
    if lang == "de":
        return "niemand" if not count else "ein Mensch" if count == 1 else f"{count} Menschen"
    return "nobody" if not count else "one person" if count == 1 else f"{count} people"
