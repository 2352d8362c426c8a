"""Reading requests line by line: the surface by which the litmus test is measured.

One JSON line in, one JSON line out, in order. A bad line becomes an error line and
the rest goes on. Pure but for the panel it is given: a line's answer depends on that
line and the shipped weights alone. Neither the store nor the framework is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BufferedIOBase
from math import isfinite
from typing import Any, Final

from anlass.desk.surface import JsonLine, reading_line
from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus.panel import Panel

_BLOCK = 65_536
"""Bytes that are taken at once, where so many have arrived."""


class BadLine(ValueError):
    """A line that is no request; `id` is the line's own where it could be read."""

    def __init__(self, says: str, id_: object = None) -> None:
        super().__init__(says)
        self.id = id_


def read_lines(panel: Panel, lines: Iterable[bytes]) -> Iterator[JsonLine]:
    """Answer every line that is not blank with a reading or with what is wrong with it.

    All are read together, which takes less time: give it as many as there are, and not for ever.
    """
    asked = [_asked(line) for line in lines if line.strip()]
    readings = iter(panel.read_all([one for _, one in asked if isinstance(one, ContactRequest)]))
    for id_, one in asked:
        yield (
            {"id": id_, "error": one} if isinstance(one, str) else {"id": id_, **reading_line(next(readings))}
        )


def arrived(file: BufferedIOBase) -> Iterator[list[bytes]]:
    """The lines of a file, as many at a time as have arrived: whoever waits for an answer gets it."""
    begun: list[bytes] = []
    while block := file.read1(_BLOCK):
        first, *others = block.split(b"\n")
        begun.append(first)
        if others:
            *whole, rest = [b"".join(begun), *others]
            yield whole
            begun = [rest]
    yield [b"".join(begun)]


def _asked(line: bytes) -> tuple[object, ContactRequest | str]:
    """The line's own id with the request it holds, or with what is wrong with it."""
    try:
        return request_of(line)
    except BadLine as bad:
        return bad.id, str(bad)


def request_of(line: bytes) -> tuple[object, ContactRequest]:
    """Return the line's own id and the request it holds; raises `BadLine`."""
    try:
        given = _JSON.decode(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error.msg} at column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise BadLine("not JSON that can be read: nested too deep, a number too long or none") from error
    if not isinstance(given, dict):
        raise BadLine("a line must be a JSON object")
    id_ = given.get("id")
    if "id" not in given:
        raise BadLine("the field id is missing")
    if not isinstance(given.get("text"), str):
        raise BadLine("the field text is missing or no string", id_)
    return id_, ContactRequest(
        id=str(id_),
        channel=_channel(given, id_),
        text=given["text"],
        subject=_string(given, "subject", id_),
        requester=Requester(_string(given, "sender", id_) or ""),
        recipient=_recipient(given.get("recipient"), id_),
    )


def _no_number(word: str) -> float:
    """Refuse what Python writes and JSON does not know: an id goes out as it came in."""
    raise ValueError(word)


def _finite(digits: str) -> float:
    return number if isfinite(number := float(digits)) else _no_number(digits)


_JSON: Final = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)


def _string(given: dict[str, Any], field: str, id_: object) -> str | None:
    value = given.get(field)
    if value is None or isinstance(value, str):
        return value
    raise BadLine(f"the field {field} must be a string", id_)


def _channel(given: dict[str, Any], id_: object) -> Channel:
    name = _string(given, "channel", id_)
    try:
        return Channel(name) if name else Channel.OTHER
    except ValueError:
        return Channel.OTHER  # a door we do not know is still a door


def _recipient(value: object, id_: object) -> Recipient:
    if value is None:
        return Recipient()
    if isinstance(value, str):
        return Recipient(name=value)
    if isinstance(value, dict):
        return Recipient(name=_string(value, "name", id_) or "", about=_string(value, "about", id_) or "")
    raise BadLine("the field recipient must be a string or an object with name and about", id_)
