"""The XML of an export as a stream of posts, each with its comments; one post at a time is in memory.

No entity is resolved, no definition loaded, nothing fetched; what libxml2 holds for too
large or too deep it refuses. Characters that XML forbids, which old blogs are full of,
are passed over, and the file is read on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from lxml import etree  # type: ignore[import-untyped]  # ships no types

_CUT = 400


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
    """Where and that the XML is broken; `is_end` says that nothing could be read after it."""

    line: int = 0
    is_end: bool = field(default=False)


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
            name = element.tag.rpartition("}")[2].rpartition(":")[2]
            if name == "comment":
                number += 1
                comments.append(_comment(element, number))
            elif name == "item":
                id_, title, creator = (_text(element, one) for one in ("post_id", "title", "creator"))
                yield Post(blog, id_, title, creator, tuple(comments))
                comments = []
            elif name == "author":
                yield Author(*(_text(element, one) for one in ("author_login", "author_id", "author_email")))
            else:
                blog = blog or _own_text(element)
                continue
            _forget(element)
    except etree.XMLSyntaxError as error:
        flaw.line, flaw.is_end = error.lineno or 1, True
    errors = [one for one in events.error_log if one.level >= etree.ErrorLevels.ERROR]
    if errors and not flaw.line:
        flaw.line, flaw.is_end = errors[0].line or 1, errors[-1].level == etree.ErrorLevels.FATAL


def _comment(element: etree._Element, number: int) -> Comment:
    date = _text(element, "comment_date_gmt")
    return Comment(
        number=number,
        id=_text(element, "comment_id"),
        parent=_text(element, "comment_parent"),
        author=_text(element, "comment_author"),
        mail=_text(element, "comment_author_email"),
        user=_text(element, "comment_user_id"),
        date=_text(element, "comment_date") if date.startswith("0000") or not date else date,
        approved=_text(element, "comment_approved").casefold(),
        kind=_text(element, "comment_type").casefold(),
    )


def _text(element: etree._Element, name: str) -> str:
    """Return the text of a child by its local name, the first `_CUT` characters of it."""
    found = element.find(f"{{*}}{name}")
    return "" if found is None else _own_text(found)


def _own_text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext())[:_CUT].split())


def _forget(element: etree._Element) -> None:
    """Give the memory of an element back that was read, and of those of its kind before it."""
    element.clear(keep_tail=False)
    before = element.getprevious()
    while before is not None and before.tag == element.tag:
        element.getparent().remove(before)
        before = element.getprevious()
