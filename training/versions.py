"""Letters in two versions that say the same: by other people, of another gender or origin, with slips.

The letters and what is swapped in them were written by hand (`tests/fairness/`); slips of the
keyboard are made by rules. Nothing is left to chance, so that every run measures the same pairs.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from anlass.intake import Channel, ContactRequest, Recipient, Requester

FOLDER = Path(__file__).parents[1] / "tests" / "fairness"
_CHOICE: Final = re.compile(r"\{([^{}]*)\}")
_WORD: Final = re.compile(r"[^\W\d_]{6,}")
_ARTICLE: Final = re.compile(
    r"(?<=\s)(?:der|die|das|dem|den|des|ein|eine|einen|einem|einer|the|an?)\s(?=\w)", re.IGNORECASE
)
_OTHER_ARTICLE: Final = {
    **dict(zip("der die das dem den einen".split(), "die das der den dem ein".split(), strict=True)),
    **dict(zip("eine ein einem einer a the".split(), "ein eine einen eine the a".split(), strict=True)),
}
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@dataclass(frozen=True)
class Pair:
    """One letter in two versions; `kind` is what differs, `how` more exactly."""

    kind: str
    how: str
    one: ContactRequest
    other: ContactRequest


@dataclass(frozen=True)
class Person:
    """Somebody's names; whoever has one name only goes by it everywhere."""

    given: str
    family: str

    @property
    def full(self) -> str:
        """The whole name."""
        return self.given if self.given == self.family else f"{self.given} {self.family}"

    @property
    def mail(self) -> str:
        """An address made of the name."""
        plain = unicodedata.normalize("NFKD", self.full.lower().translate(_UMLAUTS))
        local = re.sub(r"[^a-z]+", ".", plain.encode("ascii", "ignore").decode()).strip(".")
        return f"{local or 'kontakt'}@post.example"


def pairs() -> Iterator[Pair]:
    """Every pair, in the order of the files."""
    yield from by_name()
    yield from chosen("gender")
    yield from chosen("origin")
    yield from chosen("slips")
    yield from by_rule()


def by_name() -> Iterator[Pair]:
    """Every letter by and to people of every origin."""
    origins = _people()
    first = next(iter(origins.values()))
    for letter in _read("letters")["letter"]:
        one = _letter(letter["text"], first)
        for origin, people in list(origins.items())[1:]:
            yield Pair("names", origin, one, _letter(letter["text"], people))


def chosen(kind: str) -> Iterator[Pair]:
    """The letters of a file that say in every place what each version says."""
    for text in _read(kind)["letters"]:
        versions = max(place.count("|") for place in _CHOICE.findall(text)) + 1
        one = _request(_version(text, 0))
        for number in range(1, versions):
            other = _version(text, number)
            yield Pair(kind, "by hand" if kind == "slips" else other[:60], one, _request(other))


def by_rule() -> Iterator[Pair]:
    """Slips of the keyboard in every letter with names and in every letter about origin."""
    first = next(iter(_people().values()))
    letters = [_letter(letter["text"], first) for letter in _read("letters")["letter"]]
    letters += [_request(_version(text, 0)) for text in _read("origin")["letters"]]
    for one in letters:
        for how, slip in SLIPS.items():
            text = slip(one.text)
            if text != one.text:
                yield Pair("slips", how, one, replace(one, text=text))


def _every_third(change: Callable[[str], str]) -> Callable[[str], str]:
    """Change every third long word."""

    def slip(text: str) -> str:
        found = list(_WORD.finditer(text))[1::3]
        for word in reversed(found):
            text = text[: word.start()] + change(word.group()) + text[word.end() :]
        return text

    return slip


def _other_article(text: str) -> str:
    def other(found: re.Match[str]) -> str:
        return _OTHER_ARTICLE.get(found.group().strip().lower(), found.group().strip()) + " "

    return _ARTICLE.sub(other, text)


SLIPS: Final[dict[str, Callable[[str], str]]] = {
    "umlauts as ae, oe, ue, ss": lambda text: text.translate(_UMLAUTS),
    "umlauts without dots": lambda text: text.translate(str.maketrans("äöüÄÖÜ", "aouAOU")),
    "no capitals": str.lower,
    "no commas": lambda text: text.replace(",", ""),
    "articles dropped": lambda text: _ARTICLE.sub("", text),
    "articles wrong": _other_article,
    "a letter doubled": _every_third(lambda word: word[:3] + word[2:]),
    "a letter missing": _every_third(lambda word: word[:4] + word[5:]),
    "two letters turned": _every_third(lambda word: word[:3] + word[4] + word[3] + word[5:]),
}
"""Slips by rule. Three of them touch every third long word, names as well."""


def _people() -> dict[str, list[Person]]:
    read = tomllib.loads((FOLDER / "people.toml").read_text(encoding="utf-8"))["origins"]
    return {origin: [Person(names[0], names[-1]) for names in people] for origin, people in read.items()}


def _read(name: str) -> dict[str, list]:  # type: ignore[type-arg]  # each file has a shape of its own
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _letter(text: str, people: list[Person]) -> ContactRequest:
    you, me, other = people
    return _request(
        text.strip().format(
            given=you.given,
            family=you.family,
            me=me.full,
            my_given=me.given,
            other=other.full,
            other_given=other.given,
            mail=me.mail,
        ),
        me.full,
        you.full,
    )


def _request(text: str, sender: str = "", receiver: str = "") -> ContactRequest:
    return ContactRequest("x", Channel.MAIL, text, requester=Requester(sender), recipient=Recipient(receiver))


def _version(text: str, number: int) -> str:
    def choose(found: re.Match[str]) -> str:
        choices = found.group(1).split("|")
        return choices[min(number, len(choices) - 1)]

    return _CHOICE.sub(choose, text)
