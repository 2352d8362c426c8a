"""What changed in a collection, and the entries themselves.

With a token the server tells what is new and what is gone since then. A token that it does not know
any more, or a server without tokens, means a whole list: the marks of the entries (ETags) then show
what is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from lxml import etree  # type: ignore[import-untyped]  # it comes without types

from anlass.errors import SourceError
from anlass.sources.dav.collections import Collection
from anlass.sources.dav.kinds import Kind
from anlass.sources.dav.wire import DAV, Turned, Wire, question

_NO_TOKEN = frozenset({400, 403, 404, 405, 409, 410, 412, 415, 422, 501, 507})
"""What servers answer to a token they do not know, or to a question for changes they do not understand."""
_ROUNDS = 100
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Changes:
    """What a collection holds that is new: names of entries with their marks, and names that are gone.

    `is_whole` says that `entries` is all there is. `token` is what to ask with next time, or empty.
    """

    entries: dict[str, str]
    gone: frozenset[str]
    token: str
    is_whole: bool


def changes(wire: Wire, collection: Collection, token: str) -> Changes:
    """Return what changed since `token`, all there is where it is empty or not known any more."""
    for asked in dict.fromkeys((token, "")):
        try:
            return _synced(wire, collection, asked)
        except Turned as error:
            if error.status not in _NO_TOKEN:
                raise
    return Changes(_listed(wire, collection), frozenset(), "", is_whole=True)


def contents(
    wire: Wire, collection: Collection, kind: Kind, names: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the entries of these names with what is in them; one that is gone meanwhile is left out."""
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        path = urlsplit(collection.url).path
        hrefs = "".join(f"<d:href>{escape(path + name)}</d:href>" for name in some)
        body = question(
            f"k:{kind.multiget}",
            {"d": DAV, "k": kind.namespace},
            f"<d:prop><d:getetag/><k:{kind.data}/></d:prop>{hrefs}",
        )
        told = wire.ask("REPORT", collection.url, body, depth=1)
        for response in told.iter(f"{{{DAV}}}response"):
            name = _name(response, wire, collection)
            data = response.findtext(f".//{{{kind.namespace}}}{kind.data}")
            if name and data is not None:
                yield name, data.encode("utf-8")


def _synced(wire: Wire, collection: Collection, token: str) -> Changes:
    """Ask for changes until the server says that these are all."""
    entries: dict[str, str] = {}
    gone: set[str] = set()
    now = token
    for _ in range(_ROUNDS):
        content = f"<d:sync-token>{escape(now)}</d:sync-token><d:sync-level>1</d:sync-level>"
        body = question("d:sync-collection", {"d": DAV}, f"{content}<d:prop><d:getetag/></d:prop>")
        told = wire.ask("REPORT", collection.url, body, depth=0)
        is_cut = _take(told, wire, collection, entries, gone)
        after = (told.findtext(f"{{{DAV}}}sync-token") or "").strip()
        if not after:
            raise Turned(501, b"", collection.url)
        if not is_cut or after == now:
            return Changes(entries, frozenset(gone), after, is_whole=not token)
        now = after
    raise SourceError("The server does not come to an end.", where=collection.url)


def _take(
    told: etree._Element, wire: Wire, collection: Collection, entries: dict[str, str], gone: set[str]
) -> bool:
    """Take in one answer; return whether the server cut it off."""
    is_cut = False
    for response in told.iter(f"{{{DAV}}}response"):
        status = _status(response.findtext(f"{{{DAV}}}status"))
        name = _name(response, wire, collection)
        if status == 507:
            is_cut = True
        elif name and status in {404, 410}:
            gone.add(name)
            entries.pop(name, None)
        elif name:
            entries[name] = _mark(response)
            gone.discard(name)
    return is_cut


def _listed(wire: Wire, collection: Collection) -> dict[str, str]:
    """Return all entries of a server without tokens."""
    names = {"d": DAV}
    body = question("d:propfind", names, "<d:prop><d:getetag/><d:resourcetype/></d:prop>")
    told = wire.ask("PROPFIND", collection.url, body, depth=1)
    entries: dict[str, str] = {}
    _take(told, wire, collection, entries, set())
    return entries


def _mark(response: etree._Element) -> str:
    return (response.findtext(f".//{{{DAV}}}getetag") or "").strip()[:500]


def _name(response: etree._Element, wire: Wire, collection: Collection) -> str | None:
    """Return the name of an entry within its collection; `None` for the collection and what is elsewhere."""
    href = (response.findtext(f"{{{DAV}}}href") or "").strip()
    if not href:
        return None
    path = urlsplit(wire.same_host(href, collection.url)).path
    base = urlsplit(collection.url).path
    if unquote(path).startswith(unquote(base)):
        name = path[len(base) :] if path.startswith(base) else path.rpartition("/")[2]
        return name if name and "/" not in name else None
    return None


def _status(line: str | None) -> int:
    words = (line or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
