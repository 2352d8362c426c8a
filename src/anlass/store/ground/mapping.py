"""The one place where rows become the rooms' values, and values rows.

A value is written as JSON by the shape of its own types and read back by them, without
loss: escapes keep what PostgreSQL would refuse in text (zero bytes, halves of
characters). Fields that are missing in old rows take their defaults, unknown ones are
passed over, and a channel or kind of address that only another version knows is read as
"other": a book survives its program's growth, and the way back.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache, partial
from hashlib import blake2b
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def written(value: object) -> str:
    """Return a value of the rooms as JSON in ASCII."""
    return json.dumps(_plain(value), separators=(",", ":"))


def read(shape: type[T], text: str) -> T:
    """Return the value of type `shape` that `written` made `text` of."""
    return made(shape, json.loads(text))


def made(shape: type[T], plain: object) -> T:
    """Return the value of type `shape` that lies in JSON's own types."""
    return cast("T", _reader(cast("Any", shape))(plain))


def _plain(value: object) -> object:
    """Return a value in JSON's own types."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value.value if isinstance(value, Enum) else value


_Reader = Callable[[Any], object]


@cache
def _reader(shape: Any) -> _Reader:
    """Return the function that reads one type; each is worked out once."""
    origin, inner = get_origin(shape), get_args(shape)
    if origin in {Union, types.UnionType}:
        (known,) = (one for one in inner if one is not types.NoneType)
        return _optional(_reader(known))
    if origin is tuple:
        return _tuple(inner)
    if origin is frozenset:
        return _frozenset(_reader(inner[0]))
    if isinstance(shape, type) and is_dataclass(shape):
        return _dataclass(shape)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return partial(member, shape)
    return _SIMPLE.get(shape) or (_same if origin is Literal else cast("_Reader", shape))


def _same(plain: Any) -> object:
    return plain


_SIMPLE: dict[object, _Reader] = {datetime: datetime.fromisoformat}


def _optional(reader: _Reader) -> _Reader:
    return lambda plain: None if plain is None else reader(plain)


def _tuple(inner: tuple[Any, ...]) -> _Reader:
    if inner[-1] is Ellipsis:
        reader = _reader(inner[0])
        return lambda plain: tuple(reader(one) for one in plain)
    readers = tuple(_reader(one) for one in inner)
    return lambda plain: tuple(reader(one) for reader, one in zip(readers, plain, strict=True))


def _frozenset(reader: _Reader) -> _Reader:
    return lambda plain: frozenset(reader(one) for one in plain)


def _dataclass(shape: type) -> _Reader:
    hints = get_type_hints(shape)
    known = {field.name: _reader(hints[field.name]) for field in fields(shape)}
    required = {f.name for f in fields(shape) if f.default is MISSING and f.default_factory is MISSING}

    def reads(plain: dict[str, Any]) -> object:
        missing = required - plain.keys()
        if missing:
            raise ValueError(f"{shape.__name__} lacks {', '.join(sorted(missing))}")
        return shape(**{name: known[name](one) for name, one in plain.items() if name in known})

    return reads


# --- small things that columns hold ---


@cache
def member(shape: type[E], name: str) -> E:
    """Return the member of an enum that a row names; a name that is none is `OTHER`, where there is that."""
    try:
        return shape(name)
    except ValueError:
        if "OTHER" in shape.__members__:
            return shape["OTHER"]
        raise


def seconds(moment: datetime) -> int:
    """Return a moment as whole seconds since 1970, as columns hold it."""
    return (moment - _EPOCH) // _SECOND


def moment(count: int) -> datetime:
    """Return the moment of a column of seconds."""
    return _EPOCH + timedelta(seconds=count)


def digest64(text: str) -> int:
    """Return a 64-bit digest for a column that is only ever compared, as a signed number."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def storable(text: str) -> str:
    """Return text as both databases take it: without zero bytes and halves of characters."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


_BYTE_NAMES = 0x10FF00
"""Bytes of a file name that are no UTF-8 are kept as characters from here on, in the private plane."""


def path_text(path: str) -> str:
    """Return a file name as a column holds it; `text_path` gives back the very name."""
    if path.isascii():
        return path
    return "".join(chr(ord(c) - 0xDC00 + _BYTE_NAMES) if "\udc80" <= c <= "\udcff" else c for c in path)


def text_path(text: str) -> str:
    """Return the file name that `path_text` wrote."""
    if text.isascii():
        return text
    return "".join(chr(ord(c) - _BYTE_NAMES + 0xDC00) if ord(c) >= _BYTE_NAMES + 0x80 else c for c in text)
