"""A shown card as jCard (RFC 7095): vCard 4.0 in JSON, property by property."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.cards.card import ShownCard
from anlass.cards.properties import Property, properties

JCard = list[object]


def jcard(card: ShownCard) -> JCard:
    """Return a card as jCard, in JSON's own types."""
    return ["vcard", [_property(one) for one in properties(card, "4.0")]]


def _property(one: Property) -> list[object]:
    value: list[object]
    if isinstance(one.value, str):
        value = [_time(one.value) if one.type == "timestamp" else one.value]
    else:
        value = list(one.value) if one.is_list else [list(one.value)]
    return [one.name.lower(), _params(one), one.type, *value]


def _params(one: Property) -> Mapping[str, object]:
    """Return the parameters; VALUE is said by the type beside them."""
    found: dict[str, list[str]] = {"group": [one.group]} if one.group else {}
    for key, value in one.params:
        if key != "VALUE":
            found.setdefault(key.lower(), []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _time(basic: str) -> str:
    """Return a moment in the extended form that jCard wants."""
    return f"{basic[:4]}-{basic[4:6]}-{basic[6:8]}T{basic[9:11]}:{basic[11:13]}:{basic[13:15]}Z"
