"""The JSON of an export as a stream of messages, however large or deep the file is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

import ijson

BROKEN = (ijson.JSONError, ValueError, OverflowError)
"""What reading broken JSON raises."""

TALK_NAME = "conversation's displayName"
"""Under this key a message has the name its conversation bears: that of the other side."""

_TALK, _LIST, _MESSAGE = 3, 4, 5
"""How deep the fields of a conversation lie, its list of messages, and the fields of a message."""
_CUT = 20_000
_BEGINS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})


def records(stream: IO[bytes]) -> Iterator[dict[str, str] | str | None]:
    """Yield the texts of each message, `None` for what is no message, and as a text whose export it is.

    Nothing deeper than the fields of a message is built: nesting costs nothing. Raises `BROKEN`.
    """
    place = _Place()
    for event, value in ijson.basic_parse(stream, use_float=True):
        if event == "map_key":
            place.key(value)
        elif event in _BEGINS:
            place.begins(is_map=event == "start_map")
        elif event in _ENDS:
            if place.ends():
                yield place.record
        elif place.is_in_list() and place.depth == _LIST:
            yield None
        elif owner := place.text(value):
            yield owner


@dataclass(slots=True)
class _Place:
    """Where in the file reading stands, and the message it stands in."""

    depth: int = 0
    keys: list[str] = field(default_factory=lambda: [""] * (_MESSAGE + 1))
    record: dict[str, str] | None = None
    talk_name: str = ""

    def is_in_list(self) -> bool:
        return self.depth >= _LIST and self.keys[1] == "conversations" and self.keys[3] == "MessageList"

    def key(self, name: str) -> None:
        if self.depth <= _MESSAGE:
            self.keys[self.depth] = name

    def begins(self, *, is_map: bool) -> None:
        if self.depth == _TALK - 1:
            self.talk_name = ""
        if self.depth == _LIST:
            self.record = {TALK_NAME: self.talk_name} if is_map else None
        self.depth += 1

    def ends(self) -> bool:
        """Leave a level; tell whether a record of the list of messages is over."""
        self.depth -= 1
        return self.depth == _LIST and self.is_in_list()

    def text(self, value: object) -> str:
        """Take a value in; return whose export it is, where it says that."""
        if not isinstance(value, str):
            return ""
        if self.depth == _MESSAGE and self.record is not None and self.is_in_list():
            self.record[self.keys[_MESSAGE]] = value[:_CUT]
        if self.depth == _TALK and self.keys[1] == "conversations" and self.keys[_TALK] == "displayName":
            self.talk_name = value[:_CUT]
        return value if self.depth == 1 and self.keys[1] == "userId" else ""
