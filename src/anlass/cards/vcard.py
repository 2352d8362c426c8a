"""A shown card as vCard text: 3.0 for the address books there are, 4.0 with RFC 9554 for the new ones.

vobjectx folds the lines and quotes parameters; the order of the properties is this house's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from anlass.cards.card import ShownCard
from anlass.cards.properties import Property, properties

Version = Literal["3.0", "4.0"]
_SPECIAL = re.compile(r"[\\,;]")
_NO_PARAM = re.compile(r'["\x00-\x1f\x7f]')


def vcard(card: ShownCard, version: Version = "3.0") -> str:
    """Return a card as one vCard, with the line ends and folds of its standard."""
    lines = (_line(one) for one in properties(card, version))
    return f"BEGIN:VCARD\r\n{''.join(lines)}END:VCARD\r\n"


def _line(one: Property) -> str:
    """Return a property as folded lines."""
    from vobjectx.base import ContentLine  # noqa: PLC0415 - only whoever writes cards waits for it

    named: dict[str, list[str]] = {}
    for key, value in one.params:
        named.setdefault(key, []).append(_NO_PARAM.sub(" ", value))
    params = [[key, *values] for key, values in named.items()]
    return str(ContentLine(one.name, params, _value(one), group=one.group or None).serialize())


def _value(one: Property) -> str:
    if isinstance(one.value, str):
        return one.value if one.type in {"uri", "timestamp"} else _escaped(one.value)
    return ("," if one.is_list else ";").join(_all_escaped(one.value))


def _all_escaped(values: Sequence[str]) -> list[str]:
    return [_escaped(value) for value in values]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")
