"""The XML of an export as a stream of posts, each with its comments; one post at a time is in memory.

No entity is resolved, no definition loaded, nothing fetched; what libxml2 holds for too
large or too deep it refuses. Characters that XML forbids, which old blogs are full of,
are passed over, and the file is read on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree  # type: ignore[import-untyped]  # ships no types

_CUT = 400
_TAIL = 1_000


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as the export names it; `number` counts them through the file."""

    number: int
    id: str
    parent: str
    author: str
    mail: str
    user: str
    date: str
    approved: str
    kind: str


@dataclass(frozen=True, slots=True)
class Author:
    """One of those who write in the blog."""

    login: str
    id: str
    mail: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post or page with its comments in order; `blog` is the address of what it stands in."""

    blog: str
    id: str
    title: str
    creator: str
    comments: tuple[Comment, ...]


@dataclass(slots=True)
class Flaw:
    """In which line the XML is broken; 0 where it is not."""

    line: int = 0


def is_whole(stream: IO[bytes]) -> bool:
    """Tell whether an export was written to its end; the stream stands at its beginning again."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    stream.seek(0)
    return b"</rss" in tail.replace(b"\0", b"").lower()


def posts(stream: IO[bytes], flaw: Flaw) -> Iterator[Post | Author]:
    """Yield authors and posts in the order of the file; `flaw` is filled where the XML is broken."""
    events = etree.iterparse(
        stream,
        events=("end",),
        tag=("{*}author", "{*}comment", "{*}base_blog_url", "item"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    comments: list[Comment] = []
    number = 0
    blog = ""
    try:
        for _, element in events:
            name = _local(element)
            if name == "comment":
                number += 1
                comments.append(_comment(element, number))
            elif name == "item":
                yield _post(element, blog, tuple(comments))
                comments = []
            elif name == "author":
                told = _texts(element)
                yield Author(*(told.get(f"author_{one}", "") for one in ("login", "id", "email")))
            else:
                blog = blog or _own_text(element)
                continue
            _forget(element)
    except etree.XMLSyntaxError as error:
        flaw.line = error.lineno or 1
    errors = (one.line or 1 for one in events.error_log if one.level >= etree.ErrorLevels.ERROR)
    flaw.line = flaw.line or next(errors, 0)


def _post(element: etree._Element, blog: str, comments: tuple[Comment, ...]) -> Post:
    told = _texts(element)
    return Post(blog, told.get("post_id", ""), told.get("title", ""), told.get("creator", ""), comments)


def _comment(element: etree._Element, number: int) -> Comment:
    told = _texts(element)
    date = told.get("comment_date_gmt", "")
    return Comment(
        number=number,
        id=told.get("comment_id", ""),
        parent=told.get("comment_parent", ""),
        author=told.get("comment_author", ""),
        mail=told.get("comment_author_email", ""),
        user=told.get("comment_user_id", ""),
        date=told.get("comment_date", "") if date.startswith("0000") or not date else date,
        approved=told.get("comment_approved", "").casefold(),
        kind=told.get("comment_type", "").casefold(),
    )


def _texts(element: etree._Element) -> dict[str, str]:
    """Return the beginnings of the texts of all children by their local names."""
    return {_local(child): _own_text(child) for child in element if isinstance(child.tag, str)}


def _local(element: etree._Element) -> str:
    name: str = element.tag
    return name.rpartition("}")[2].rpartition(":")[2]


def _own_text(element: etree._Element) -> str:
    text = (element.text or "") if len(element) == 0 else "".join(element.itertext())
    return " ".join(text[:_CUT].split())


def _forget(element: etree._Element) -> None:
    """Give the memory of an element back that was read, and of those of its kind before it."""
    element.clear(keep_tail=False)
    before = element.getprevious()
    while before is not None and before.tag == element.tag:
        element.getparent().remove(before)
        before = element.getprevious()
