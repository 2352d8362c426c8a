"""What the door signs: the link in the mail, the sheet one writes on, and the files that lie beside it.

Each has a signature of its own kind, so that none passes for another. All are compared in constant time.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from anlass.intake.form import FormFile

_ID = 16
_LINK = re.compile(r"[a-z2-7]{42}", re.ASCII)
_SHEET = re.compile(r"([a-z2-7]{16})\.(\d{1,12})\.([a-z2-7]{26})", re.ASCII)
_NOBODY = "a" * _ID
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_TICKET = 4_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that was handed out: which, and when."""

    id: str
    since: datetime


def link_of(key: bytes, request: str) -> str:
    """Return what stands at the end of the link that confirms the letter with this id."""
    return request + _signed(key, b"door-link", request)


def id_in_link(key: bytes, link: str) -> tuple[str, bool]:
    """Return the id a link names, and whether this house signed it; what is no link names nobody's."""
    has_shape = _LINK.fullmatch(link) is not None
    id_ = link[:_ID] if has_shape else _NOBODY
    sign = link[_ID:] if has_shape else _signed(b"\0", b"door-link", _NOBODY)
    return id_, hmac.compare_digest(sign, _signed(key, b"door-link", id_)) and has_shape


def new_sheet(key: bytes, chance: bytes, *, now: datetime) -> str:
    """Return the token of a sheet that is handed out now; `chance` is ten random bytes."""
    return _sheet(key, b32encode(chance[:10].ljust(10, b"\0")).decode().lower(), now)


def handed_out_again(key: bytes, sheet: Sheet, *, now: datetime) -> str:
    """Return the token of the same sheet handed out now: what lies beside it stays, and it counts once."""
    return _sheet(key, sheet.id, now)


def sheet_in(key: bytes, token: str) -> Sheet | None:
    """Return the sheet of a token; `None` where this house did not hand it out."""
    found = _SHEET.fullmatch(token)
    if found is None or not hmac.compare_digest(found[3], _signed(key, b"door-sheet", found[1], found[2])):
        return None
    return Sheet(found[1], _EPOCH + timedelta(seconds=int(found[2])))


def ticket_of(key: bytes, sheet: str, file: FormFile) -> str:
    """Return what stands on a sheet for a file that was taken already."""
    told = urlsafe_b64encode(json.dumps(asdict(file)).encode()).decode()
    return f"{told}.{_signed(key, b'door-file', sheet, told)}"


def file_in(key: bytes, sheet: str, ticket: str) -> FormFile | None:
    """Return the file of a ticket; `None` where it is of another sheet or of nobody's."""
    told, _, sign = ticket[:_LONGEST_TICKET].partition(".")
    expected = _signed(key, b"door-file", sheet, told)
    if not hmac.compare_digest(sign.encode("utf-8", "replace"), expected.encode()):
        return None
    return FormFile(**json.loads(urlsafe_b64decode(told)))


def _sheet(key: bytes, id_: str, now: datetime) -> str:
    since = str((now - _EPOCH) // timedelta(seconds=1))
    return f"{id_}.{since}.{_signed(key, b'door-sheet', id_, since)}"


def _signed(key: bytes, kind: bytes, *parts: str) -> str:
    told = "\0".join(parts).encode("utf-8", "surrogatepass")
    digest = blake2b(told, key=key[:64], digest_size=16, person=kind).digest()
    return b32encode(digest).decode().lower().rstrip("=")
