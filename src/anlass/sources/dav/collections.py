"""Finding the collections of an account: the address may be one itself, or lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]  # it comes without types

from anlass.errors import SourceError
from anlass.sources.dav.kinds import Kind
from anlass.sources.dav.wire import DAV, Turned, Wire, question

_MOST = 500


@dataclass(frozen=True, slots=True)
class Collection:
    """One address book or calendar of a server: its address, which ends with a slash, and its name."""

    url: str
    name: str


def collections(wire: Wire, kind: Kind) -> tuple[Collection, ...]:
    """Return the collections at an account's address, in the order of their addresses.

    The address may be a collection, what holds some, the owner's principal, or the server itself.
    Raises `SourceError` where the server cannot be asked or has none there.
    """
    start = wire.account.url
    found = _found(wire, kind, start)
    if not found:
        home = _home(wire, kind, start)
        found = _found(wire, kind, home) if home else ()
    if not found:
        raise SourceError(f"There is no {kind.collection} at this address.", where=start)
    return tuple(sorted(found, key=lambda one: one.url))[:_MOST]


def _home(wire: Wire, kind: Kind, start: str) -> str | None:
    """Follow the principal to what holds the owner's collections."""
    known = urljoin(start, f"/.well-known/{kind.name}")
    for place in (start, known):
        try:
            told = _asked(wire, kind, place)
        except Turned as error:
            if error.status == 401 or place == known:
                raise
            continue
        home = _led(told, kind.namespace, kind.home)
        principal = _led(told, DAV, "current-user-principal")
        if not home and principal:
            home = _led(_asked(wire, kind, wire.same_host(principal, place)), kind.namespace, kind.home)
        if home:
            return wire.same_host(home, place)
    return None


def _found(wire: Wire, kind: Kind, place: str) -> tuple[Collection, ...]:
    """Return the collections at a place or directly below it."""
    try:
        told = _asked(wire, kind, place, depth=1)
    except Turned as error:
        if error.status in {404, 405} and urlsplit(place).path == "/":
            return ()
        raise
    found = []
    for response in told.iter(f"{{{DAV}}}response"):
        href = response.findtext(f"{{{DAV}}}href") or ""
        if href and response.find(f".//{{{kind.namespace}}}{kind.collection}") is not None:
            url = wire.same_host(href, place)
            name = response.findtext(f".//{{{DAV}}}displayname") or ""
            found.append(Collection(url if url.endswith("/") else url + "/", " ".join(name.split())[:200]))
    return tuple(found)


def _asked(wire: Wire, kind: Kind, place: str, *, depth: int = 0) -> etree._Element:
    names = {"d": DAV, "k": kind.namespace}
    wanted = f"<d:resourcetype/><d:displayname/><d:current-user-principal/><k:{kind.home}/>"
    return wire.ask(
        "PROPFIND", place, question("d:propfind", names, f"<d:prop>{wanted}</d:prop>"), depth=depth
    )


def _led(told: etree._Element, namespace: str, name: str) -> str | None:
    """Return where a property leads."""
    found = told.find(f".//{{{namespace}}}{name}/{{{DAV}}}href")
    return found.text.strip() if found is not None and found.text else None
