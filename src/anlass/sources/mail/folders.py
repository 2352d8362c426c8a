"""Which folder is what: sent, drafts, junk, trash, by names in German and English."""

from __future__ import annotations

import binascii
import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

_ENCODED = re.compile(r"&([^-]*)-")
_ORDER = ("junk", "drafts", "trash", "sent")


class FolderUse(StrEnum):
    """What a mail folder is for."""

    SENT = "sent"
    DRAFTS = "drafts"
    JUNK = "junk"
    TRASH = "trash"
    OTHER = "other"


@lru_cache(maxsize=4_096)
def folder_uses(folder: str, labels: tuple[str, ...] = ()) -> FolderUse:
    r"""Tell what the folder named `folder` ("Archive/Sent", "INBOX.Gesendet") or the labels are for.

    What a mail server says by a word of its own (`\Sent`, RFC 6154) comes before every name. Of several
    uses the weightiest wins: junk before drafts, drafts before trash, trash before sent.
    """
    told = (label for label in labels if label.startswith("\\"))
    uses = _all_parts(told) or _all_parts((folder, *labels))
    return next((FolderUse(use) for use in _ORDER if use in uses), FolderUse.OTHER)


def _all_parts(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(_parts, names))


@cache
def _parts(folder: str) -> frozenset[str]:
    """Return what any part of a folder's name stands for."""
    names = _names()
    parts = re.split(r"[/\\]|(?<=^INBOX)\.", folder, flags=re.IGNORECASE)
    return frozenset(use for part in parts if (use := names.get(part.strip().strip("[]").casefold())))


@cache
def _names() -> Mapping[str, str]:
    """Read `folders.toml`: folder name to use."""
    uses = tomllib.loads(files("anlass.sources.mail").joinpath("folders.toml").read_text("utf-8"))
    return {name.casefold(): use for use, names in uses.items() for name in names}


def readable(name: str) -> str:
    """Decode the modified UTF-7 that IMAP servers use for folder names: `Gel&APY-scht`."""
    return _ENCODED.sub(_decoded, name) if "&" in name else name


def _decoded(hit: re.Match[str]) -> str:
    code = hit.group(1)
    if not code:
        return "&"
    try:
        padded = code.replace(",", "/") + "=" * (-len(code) % 4)
        return binascii.a2b_base64(padded.encode("ascii"), strict_mode=True).decode("utf-16-be")
    except (ValueError, UnicodeError):
        return hit.group(0)
