"""The wire to whoever holds rounds of wishes: one ticket's address, small questions, bounded answers.

Only over TLS, or on this machine; no detours, no cookies. What a server answers is checked for size before it
is believed to be anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from anlass.errors import EdgeError, UserError
from anlass.wires.hosts import is_this_machine

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of an answer: the list of half a million people."""
_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class WishLine:
    """The line to one ticket: its address, ending in a stroke."""

    address: str

    def read(self, what: str) -> bytes | None:
        """Return what is read there; `None` where it is not open. Raises `EdgeError`."""
        return self._asked("GET", what, None)

    def about(self) -> dict[str, object]:
        """Return what the server says of the event, the round and the ticket. Raises `EdgeError`."""
        return self._object(self.read("about"))

    def act(self, what: str, body: bytes) -> dict[str, object]:
        """Do something and return what came of it. Raises `EdgeError`."""
        return self._object(self._asked("POST", what, body))

    def _object(self, content: bytes | None) -> dict[str, object]:
        try:
            read = json.loads(content or b"")
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise EdgeError("No ticket belongs to this address.", where=self._host)
        return read

    def _asked(self, method: str, what: str, body: bytes | None) -> bytes | None:
        import httpx2  # noqa: PLC0415 - a tenth of a second that only asking needs

        try:
            with (
                httpx2.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client,
                client.stream(method, f"{self.address}{what}", content=body) as answer,
            ):
                content = bytearray()
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > LARGEST:
                        raise EdgeError("The answer is too large.", where=self._host)
                status = answer.status_code
        except (httpx2.HTTPError, OSError) as error:
            raise EdgeError("The server does not answer.", where=self._host, temporary=True) from error
        if status == 404:
            return None
        if status != 200:
            raise EdgeError(f"The server says {status}.", where=self._host, temporary=status in (429, 503))
        return bytes(content)

    @property
    def _host(self) -> str:
        return urlsplit(self.address).netloc


def line_to(link: str) -> WishLine:
    """Return the line to a ticket's link. Raises `UserError` for what is none, or is not encrypted."""
    try:
        parts = urlsplit(link.strip())
    except ValueError as error:
        raise UserError("That is no link of a ticket.") from error
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.username:
        raise UserError("That is no link of a ticket.", hint="It looks like https://HOST/w/LETTERS/")
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        raise UserError("That link is not encrypted, and everybody on the way could read it.")
    return WishLine(f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/")
