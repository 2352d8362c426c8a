"""A shown card as the properties of vCard, which its writers (text and JSON) put on paper.

vCard 4.0 is RFC 6350 with RFC 9554 (profiles, language) and RFC 8605 left alone; 3.0 is RFC 2426 as address
books really read it. A date of ending is no property of either: it is said in the note, and once more as
`X-ANLASS-VALID-UNTIL` for programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from anlass.cards.card import ShownCard, ShownOption
from anlass.cards.labels import label_of
from anlass.cards.option import OptionKind

Params = tuple[tuple[str, str], ...]
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """One property; a tuple of values is structured (`is_list` says it is a list), `type` jCard's own.

    Properties of one `group` belong together.
    """

    name: str
    value: Value
    params: Params = ()
    type: str = "text"
    is_list: bool = False
    group: str = ""


SERVICES: Mapping[OptionKind, str] = {
    OptionKind.XING: "XING",
    OptionKind.LINKEDIN: "LinkedIn",
    OptionKind.FLICKR: "Flickr",
    OptionKind.MASTODON: "Mastodon",
    OptionKind.SIGNAL: "Signal",
    OptionKind.THREEMA: "Threema",
    OptionKind.SKYPE: "Skype",
    OptionKind.MATRIX: "Matrix",
    OptionKind.XMPP: "Jabber",
}
"""How the services call themselves."""
_CHATS = (OptionKind.XMPP, OptionKind.MATRIX, OptionKind.SKYPE)
_PAGES = (OptionKind.WEB, OptionKind.CALENDAR)
_TOWN = re.compile(r"(?:[A-Z]{1,2}-)?(\d{4,5})\s+(\S.*)")


def properties(card: ShownCard, version: str) -> tuple[Property, ...]:
    """Return the properties of a card in vCard `version`, "3.0" or "4.0", in the order they are written."""
    is_new = version == "4.0"
    found = [*_head(card, is_new=is_new)]
    for number, option in enumerate(card.options, 1):
        lines = tuple(_new(option) if is_new else _old(option))
        label = option.label or (
            label_of(option.kind, card.lang) if option.kind is OptionKind.CALENDAR else ""
        )
        found += _labelled(lines, label, f"item{number}") if label else lines
    if card.topics:
        found.append(Property("CATEGORIES", card.topics, is_list=True))
    if note := note_of(card):
        found.append(Property("NOTE", note))
    found.append(Property("REV", stamp(card.since), type="timestamp"))
    if card.until is not None:
        found.append(Property("X-ANLASS-VALID-UNTIL", stamp(card.until), type="unknown"))
    return tuple(found)


def _labelled(lines: tuple[Property, ...], label: str, group: str) -> tuple[Property, ...]:
    """Return the properties of an option with its label beside them, as Apple's address book began it."""
    return (*(replace(one, group=group) for one in lines), Property("X-ABLabel", label, group=group))


def note_of(card: ShownCard) -> str:
    """Return the note of a card, and until when the card is meant."""
    return " ".join(part for part in (card.note, until_says(card)) if part)


def until_says(card: ShownCard) -> str:
    """Say in the language of a card until when it is meant, as a day of UTC; "" where no end is set."""
    if card.until is None:
        return ""
    day = card.until.astimezone(UTC)
    if card.lang == "de":
        return f"Gültig bis {day.day}.{day.month}.{day.year}."
    return f"Valid until {day:%Y-%m-%d}."


def stamp(when: datetime) -> str:
    """Return a moment as vCard writes it in its basic form."""
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def parts_of(name: str) -> tuple[str, str]:
    """Return family name and given names; small words before the family name belong to it (von, de la)."""
    words = name.split()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1][:1].islower():
        cut -= 1
    return " ".join(words[max(cut, 0) :]), " ".join(words[: max(cut, 0)])


def address_of(value: str) -> tuple[str, ...]:
    """Return the seven parts of a postal address in vCard's order, as far as its lines tell them."""
    street, town, code, country = [], "", "", ""
    for line in value.split("\n"):
        hit = _TOWN.fullmatch(line) if not town else None
        if hit:
            code, town = hit[1], hit[2]
        elif town:
            country = f"{country}, {line}" if country else line
        else:
            street.append(line)
    return "", "", ", ".join(street), town, "", code, country


def _head(card: ShownCard, *, is_new: bool) -> Iterator[Property]:
    family, given = parts_of(card.name)
    yield Property("VERSION", "4.0" if is_new else "3.0")
    if card.uid:
        yield Property("UID", card.uid, type="uri")
    if is_new:
        yield Property("KIND", "individual")
        yield Property("LANGUAGE", card.lang, type="language-tag")
    yield Property("FN", card.name)
    yield Property("N", (family, given, "", "", ""))
    if card.organisation:
        yield Property("ORG", card.organisation)
    if card.role:
        yield Property("TITLE", card.role)


def _places(option: ShownOption, *more: str) -> Params:
    types = [*more, *([option.place] if option.place else [])]
    return tuple(("TYPE", one) for one in types)


def _new(option: ShownOption) -> Iterator[Property]:
    """Yield what vCard 4.0 says of an option."""
    kind, uri = option.kind, option.target
    if kind is OptionKind.MAIL:
        yield Property("EMAIL", option.value, _places(option))
    elif kind in {OptionKind.PHONE, OptionKind.MOBILE}:
        types = ("voice", "cell") if kind is OptionKind.MOBILE else ("voice",)
        yield Property("TEL", uri, (("VALUE", "uri"), *_places(option, *types)), "uri")
    elif kind is OptionKind.ADDRESS:
        label = option.value.replace("\n", ", ")
        yield Property("ADR", address_of(option.value), (*_places(option), ("LABEL", label)))
    elif kind in _PAGES:
        yield Property("URL", uri, _places(option), "uri")
    elif kind in _CHATS:
        handle = uri or f"{kind.value}:{option.value}"
        service = (("SERVICE-TYPE", SERVICES[kind]), ("USERNAME", option.value))
        yield Property("IMPP", handle, (*_places(option), *service), "uri")
    else:
        service = (("SERVICE-TYPE", SERVICES[kind]), ("USERNAME", option.value))
        yield Property("SOCIALPROFILE", uri, (*_places(option), *service), "uri")


def _old(option: ShownOption) -> Iterator[Property]:
    """Yield what vCard 3.0 says of an option, in the words of common address books."""
    kind, uri = option.kind, option.target
    if kind is OptionKind.MAIL:
        yield Property("EMAIL", option.value, _places(option, "INTERNET"))
    elif kind in {OptionKind.PHONE, OptionKind.MOBILE}:
        yield Property("TEL", option.value, _places(option, "CELL" if kind is OptionKind.MOBILE else "VOICE"))
    elif kind is OptionKind.ADDRESS:
        yield Property("ADR", address_of(option.value), _places(option))
    elif kind in _PAGES:
        yield Property("URL", uri, _places(option), "uri")
    elif kind in _CHATS:
        handle = uri or f"{kind.value}:{option.value}"
        yield Property("IMPP", handle, (*_places(option), ("X-SERVICE-TYPE", SERVICES[kind])), "uri")
    else:
        yield Property("X-SOCIALPROFILE", uri, (("TYPE", kind.value), ("X-USER", option.value)), "uri")
        yield Property("URL", uri, _places(option), "uri")
