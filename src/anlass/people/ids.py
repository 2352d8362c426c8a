"""Ids: made of what they name, the same in every run and on every machine, and found by their beginning."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable, Iterable
from hashlib import blake2b
from operator import attrgetter
from typing import TypeVar

Named = TypeVar("Named")


def digest_id(*parts: str) -> str:
    """Return a short id made of content: 16 letters and digits."""
    told = "\0".join(parts).encode("utf-8", "surrogatepass")
    return b32encode(blake2b(told, digest_size=10).digest()).decode().lower()


def called(
    id_or_prefix: str, among: Iterable[Named], *, id_of: Callable[[Named], str] = attrgetter("id")
) -> list[Named]:
    """Return those whose id begins so, in their order: one, several where too little was said, or none.

    Small and large letters are the same, and nothing is the beginning of no id. An id that is there in
    full means itself alone.
    """
    start = id_or_prefix.strip().lower()
    found = [one for one in among if start and id_of(one).startswith(start)]
    return [one for one in found if id_of(one) == start] or found


def named(
    id_or_name: str, among: Iterable[Named], *, id_of: Callable[[Named], str] = attrgetter("id")
) -> list[Named]:
    """Return those of this `name`, in their order; where none is called so, those whose id begins so."""
    all_ = list(among)
    name = id_or_name.strip().casefold()
    return [one for one in all_ if name and _name(one) == name] or called(id_or_name, all_, id_of=id_of)


def _name(one: object) -> str:
    return str(attrgetter("name")(one)).strip().casefold()
