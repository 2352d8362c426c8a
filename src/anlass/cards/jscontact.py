"""A shown card as JSContact (RFC 9553, version 1.0): written only; nothing here reads one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC

from anlass.cards.card import ShownCard, ShownOption
from anlass.cards.option import OptionKind
from anlass.cards.properties import SERVICES, address_of, note_of, parts_of

Json = dict[str, object]
_CONTEXTS = {"work": "work", "home": "private"}
_ADDRESS = ("", "", "name", "locality", "region", "postcode", "country")
"""What RFC 9553 calls the parts of vCard's ADR; the first two have been given up."""


def jscontact(card: ShownCard) -> Json:
    """Return a card as a JSContact object, in JSON's own types."""
    family, given = parts_of(card.name)
    components = [{"kind": "given", "value": given}, {"kind": "surname", "value": family}]
    made: Json = {
        "@type": "Card",
        "version": "1.0",
        "uid": card.uid,
        "kind": "individual",
        "language": card.lang,
        "updated": f"{card.since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "name": {
            "full": card.name,
            "components": [one for one in components if one["value"]],
            "isOrdered": True,
        },
    }
    if card.organisation:
        made["organizations"] = {"o1": {"name": card.organisation}}
    if card.role:
        made["titles"] = {"t1": {"kind": "title", "name": card.role}}
    for key, (kinds, make) in _GROUPS.items():
        if several := _numbered(key[:1], (make(one) for one in card.options if one.kind in kinds)):
            made[key] = several
    if card.topics:
        made["keywords"] = dict.fromkeys(card.topics, True)
    if note := note_of(card):
        made["notes"] = {"n1": {"note": note}}
    return made


def _numbered(letter: str, several: Iterable[Json]) -> Json:
    return {f"{letter}{number}": one for number, one in enumerate(several, 1)}


def _beside(option: ShownOption) -> Json:
    """Return what every kind of option may have beside its value."""
    told: Json = {"contexts": {_CONTEXTS[option.place]: True}} if option.place else {}
    return {**told, "label": option.label} if option.label else told


def _mail(option: ShownOption) -> Json:
    return {"address": option.value, **_beside(option)}


def _phone(option: ShownOption) -> Json:
    features = {"voice": True, "mobile": True} if option.kind is OptionKind.MOBILE else {"voice": True}
    return {"number": option.target, "features": features, **_beside(option)}


def _address(option: ShownOption) -> Json:
    parts = zip(_ADDRESS, address_of(option.value), strict=True)
    components = [{"kind": kind, "value": value} for kind, value in parts if kind and value]
    return {"components": components, "full": option.value, **_beside(option)}


def _service(option: ShownOption) -> Json:
    found: Json = {"service": SERVICES[option.kind], "user": option.value}
    return {**found, **({"uri": option.target} if option.target else {}), **_beside(option)}


def _link(option: ShownOption) -> Json:
    return {"uri": option.target, **_beside(option)}


_GROUPS: Mapping[str, tuple[frozenset[OptionKind], Callable[[ShownOption], Json]]] = {
    "emails": (frozenset({OptionKind.MAIL}), _mail),
    "phones": (frozenset({OptionKind.PHONE, OptionKind.MOBILE}), _phone),
    "addresses": (frozenset({OptionKind.ADDRESS}), _address),
    "onlineServices": (frozenset(SERVICES), _service),
    "links": (frozenset({OptionKind.WEB, OptionKind.CALENDAR}), _link),
}
