"""The form at the door, as it was sent: fields, sheet, trap, and files, read within their limits.

Whatever is wrong, what was typed comes back; files that were taken lie on the sheet with a ticket each, for a
browser does not send a file again by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http.multipartparser import MultiPartParserError

from anlass.channels.form.files import ALL_TOGETHER, LARGEST, MOST, keep
from anlass.desk.door.asking import hand_out, hand_out_again, is_stale, sheet_of
from anlass.desk.door.own import key_of
from anlass.intake.form import FIELDS, FormLetter, typed
from anlass.replies.door_token import file_in, ticket_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from anlass.intake.form import FormFile
    from anlass.replies.door_token import Sheet
    from anlass.web.door.whose import Behind

LARGEST_FORM = 12 * 1024 * 1024
"""Bytes of all that is sent at once."""
TRAP = "website"
"""A field that nobody sees, and that only machines fill in."""
_LINES = frozenset({"name", "address", "word"})
_DROPPED = "anlass.door_dropped"


class TooLargeError(Exception):
    """More was sent than is read."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent: the letter, its sheet with its token, the trap, and the files with their tickets.

    `file_faults` are keys of the words of the door.
    """

    letter: FormLetter
    sheet: Sheet | None
    token: str
    trap: str = ""
    files: tuple[tuple[FormFile, str], ...] = ()
    file_faults: tuple[str, ...] = ()
    is_look: bool = False


class DoorQuota(FileUploadHandler):
    """Lets through as many files and bytes as a letter may bring; the rest is dropped while it comes in."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._files = self._bytes = self._all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count a file; whether it is one too many is asked once its bytes come, or those before are lost."""
        super().new_file(*args, **kwargs)
        self._files, self._bytes = self._files + 1, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the bytes on; raises `SkipFile` where they are too many."""
        if self._files > MOST:
            self._drop("fault_files_many")
        self._bytes += len(raw_data)
        self._all += len(raw_data)
        if self._bytes > LARGEST or self._all > ALL_TOGETHER:
            self._drop("fault_file_large")
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Leave the file to the next handler."""
        return None

    def _drop(self, why: str) -> None:
        if self.request is not None:
            self.request.META.setdefault(_DROPPED, set()).add(why)
        raise SkipFile


def blank(behind: Behind) -> Typed:
    """Return a new sheet with nothing on it."""
    token = hand_out(behind.book, now=behind.house.now())
    return Typed(FormLetter(), sheet_of(behind.book, token), token)


def read_form(request: HttpRequest, behind: Behind) -> Typed:
    """Read what was sent, its files kept; raises `TooLargeError` where it is more than is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FORM:
        raise TooLargeError
    request.upload_handlers = [
        DoorQuota(request),
        MemoryFileUploadHandler(request),
        TemporaryFileUploadHandler(request),
    ]
    try:
        given = request.POST
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
        raise TooLargeError from error
    except (MultiPartParserError, OSError):
        return blank(behind)
    token = given.get("sheet", "")[:100]
    sheet, now = sheet_of(behind.book, token), behind.house.now()
    if sheet is None:
        token = hand_out(behind.book, now=now)
    elif is_stale(sheet, now=now):
        token = hand_out_again(behind.book, sheet, now=now)
    files, wrong = _files(request, behind, token)
    return Typed(
        letter_in(given),
        sheet,
        token,
        typed(given.get(TRAP, ""), is_line=True)[:200],
        files,
        wrong,
        "look" in given,
    )


def letter_in(given: Any) -> FormLetter:
    """Return the letter in the fields that were sent."""
    return FormLetter(**{name: typed(given.get(name, ""), is_line=name in _LINES) for name in FIELDS})


def _files(
    request: HttpRequest, behind: Behind, token: str
) -> tuple[tuple[tuple[FormFile, str], ...], tuple[str, ...]]:
    """Keep the files that came, beside those that lie there already; return them with their tickets."""
    key, on = key_of(behind.book), token.partition(".")[0]
    wrong = set(request.META.get(_DROPPED, ()))
    taken = [file_in(key, on, one) for one in request.POST.getlist("ticket")[:MOST]]
    data = behind.house.settings.data if behind.house.settings else None
    for came in request.FILES.getlist("files"):
        if data is None or not came.size:
            continue
        kept = keep(data, came.name or "", came.chunks())
        taken.append(kept)
        if kept is None:
            wrong.add("fault_file_full")
    files = list({one.digest: one for one in taken if one is not None}.values())
    while len(files) > MOST or sum(one.size for one in files) > ALL_TOGETHER:
        wrong.add("fault_files_many" if len(files) > MOST else "fault_file_large")
        files.pop()
    return tuple((one, ticket_of(key, on, one)) for one in files), tuple(sorted(wrong))
