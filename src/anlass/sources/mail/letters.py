"""Files that are one mail each: `.eml`, and whatever begins like a mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.sources.found import Found, Gate, Glance, Portion
from anlass.sources.mail.labels import gmail_labels
from anlass.sources.reading import glance_at, read_one, refused, set_aside

_HEADER = re.compile(
    rb"^[ \t>]*(?:from|to|cc|subject|date|received|message-id|return-path|reply-to|sender|delivered-to|"
    rb"mime-version|content-type|x-[a-z0-9-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def looks_like(beginning: bytes) -> str:
    """Name what a file seems to be by its first bytes: `mbox`, `letter`, or why it is no mail."""
    if not beginning:
        return "empty"
    if beginning.startswith(b"From "):
        return "mbox"
    if _HEADER.search(beginning):
        return "letter"
    return "binary" if b"\0" in beginning else "not_mail"


def letter(path: str, folder: str, gate: Gate, portion: Portion) -> Iterator[Found | SetAside]:
    """Yield the one mail in the file at `path`."""
    glance = glance_at(path, folder)
    if isinstance(glance, SetAside):
        yield glance
    elif gate.wants(glance):
        yield read_letter(glance, (), portion)


def read_letter(glance: Glance, labels: tuple[str, ...], portion: Portion) -> Found | SetAside:
    """Read the file that was glanced at as one mail."""
    try:
        origin, raw, is_cut = read_one(glance, portion)
    except OSError as error:
        return refused(glance.path, error)
    if not raw:
        return set_aside(glance.path, "empty")
    return Found(origin, glance.folder, labels + gmail_labels(raw), raw, is_cut, glance)


def unopened(
    glance: Glance, labels: tuple[str, ...], again: Callable[[], Found | SetAside | None] | None = None
) -> Found:
    """Hand over a mail that was not read yet; `read_letter` does."""
    return Found(Origin(glance.path, 0, glance.size), glance.folder, labels, b"", file=glance, again=again)
