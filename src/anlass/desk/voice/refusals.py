"""Why an act on persons was not done, in the owner's language; the hints are the command line's."""

from __future__ import annotations

from collections.abc import Sequence

from anlass.desk.voice.common import Lang
from anlass.people import Address, Person

_NOT: dict[Lang, dict[str, str]] = {
    "de": {
        "nobody": "Unter „{text}“ ist niemand bekannt.",
        "several": "„{text}“ heißen mehrere: {people}.",
        "nearly": "Genau so heißt niemand: „{text}“. Gemeint sein kann: {people}.",
        "one already": "{name} ist schon eine Person.",
        "lent": "{address} gehört einem Netzwerk, das die Adresse nur verleiht: Sie ist niemandes eigene.",
        "last address": "{name} hat keine andere Adresse. Nenne die, die jemand anderem gehören.",
        "same person": "Auch das ist {name}. Nenne die Adressen, die jemand anderem gehören.",
        "not theirs": "Nicht alle diese Adressen gehören {name}.",
        "no word": "Ein Wort „{text}“ gibt es nicht.",
        "several words": "Mit „{text}“ beginnen mehrere Worte.",
    },
    "en": {
        "nobody": "Nobody is known as “{text}”.",
        "several": "Several people are called “{text}”: {people}.",
        "nearly": "Nobody is called just “{text}”. Perhaps you mean: {people}.",
        "one already": "{name} is one person already.",
        "lent": "{address} belongs to a network, which lends it: it is nobody's own.",
        "last address": "{name} has no other address. Name those that belong to somebody else.",
        "same person": "That is {name} as well. Name the addresses that belong to somebody else.",
        "not theirs": "Not all of these are addresses of {name}.",
        "no word": "There is no word “{text}”.",
        "several words": "Several words begin with “{text}”.",
    },
}
_SHOWN = 5


def nobody_called(text: str, lang: Lang) -> str:
    """Say that nobody is known by this."""
    return _NOT[lang]["nobody"].format(text=text)


def several_called(text: str, people: Sequence[Person], lang: Lang) -> str:
    """Say that several are, and which, with their ids."""
    return _NOT[lang]["several"].format(text=text, people=_shown(people))


def nearly_called(text: str, people: Sequence[Person], lang: Lang) -> str:
    """Say that nobody is called so, and who nearly is, with their ids."""
    return _NOT[lang]["nearly"].format(text=text, people=_shown(people))


def _shown(people: Sequence[Person]) -> str:
    return ", ".join(f"{one.name} ({one.id})" for one in people[:_SHOWN])


def one_already(person: Person, lang: Lang) -> str:
    """Say that two are one person already."""
    return _NOT[lang]["one already"].format(name=person.name)


def only_lent(address: Address, lang: Lang) -> str:
    """Say that an address joins nobody."""
    return _NOT[lang]["lent"].format(address=address)


def last_address(person: Person, lang: Lang) -> str:
    """Say that nobody would remain."""
    return _NOT[lang]["last address"].format(name=person.name)


def same_person(person: Person, lang: Lang) -> str:
    """Say that nobody is somebody else than themselves."""
    return _NOT[lang]["same person"].format(name=person.name)


def not_theirs(person: Person, lang: Lang) -> str:
    """Say that some of the addresses are another's."""
    return _NOT[lang]["not theirs"].format(name=person.name)


def no_word(text: str, lang: Lang, *, are_several: bool) -> str:
    """Say that no one word is meant."""
    return _NOT[lang]["several words" if are_several else "no word"].format(text=text)
