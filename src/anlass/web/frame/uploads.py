"""How much of a file the pages take: what is longer is dropped while it comes in, and the page says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST = 32 * 1024 * 1024
"""Bytes of a list of contacts; the largest that people have are a tenth of it."""
TOO_LARGE = "anlass.too_large"
"""The name in `request.META` under which it stands that a file was dropped."""


class Quota(FileUploadHandler):
    """Lets no more than `MOST` bytes of a file through."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count every file by itself."""
        super().new_file(*args, **kwargs)
        self._taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the bytes on; raises `SkipFile` where they are too many."""
        self._taken += len(raw_data)
        if self._taken > MOST:
            if self.request is not None:
                self.request.META[TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Leave the file to the next handler."""
        return None
