"""The pen: an entry is read with its mark (ETag) and written back only where it still bears that mark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING

from anlass.errors import ChannelError

if TYPE_CHECKING:
    from httpx2 import Client, Response

_SECONDS = 60.0
_LARGEST = 16 * 1024 * 1024


class Put(StrEnum):
    """What became of an entry that was to be written."""

    DONE = "done"
    CHANGED = "changed"
    """Somebody wrote it meanwhile, or it is gone: it was not touched."""
    REFUSED = "refused"
    """The server lets nobody write there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an address book as the server has it now; without a mark nothing is written there."""

    url: str
    mark: str
    data: bytes


class Pen:
    """An open connection to a server, for reading and writing single entries."""

    def __init__(self, url: str, user: str, password: str) -> None:
        import httpx2  # noqa: PLC0415 - only who writes waits for it

        login = httpx2.BasicAuth(user, password) if user else None
        self._client: Client = httpx2.Client(
            auth=login,
            timeout=_SECONDS,
            trust_env=False,
            follow_redirects=False,
            verify=url.startswith("https:"),
            headers={"User-Agent": "anlass", "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> Pen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def read(self, url: str) -> Entry | None:
        """Return an entry as it is now; `None` where it is gone. Raises `ChannelError`."""
        told = self._ask("GET", url)
        if told.status_code in {404, 410}:
            return None
        if told.status_code != 200 or len(told.content) > _LARGEST:
            raise ChannelError(f"The entry cannot be read ({told.status_code}).", where=url)
        return Entry(url, told.headers.get("etag", "").strip(), told.content)

    def write(self, entry: Entry, data: bytes) -> Put:
        """Write an entry where it still is what it was; raises `ChannelError` where nobody can tell."""
        if not entry.mark or entry.mark.startswith("W/"):
            return Put.REFUSED  # nobody could say whether it is still the same
        told = self._ask("PUT", entry.url, data, entry.mark)
        if told.status_code in {200, 201, 204}:
            return Put.DONE
        if told.status_code in {404, 409, 410, 412}:
            return Put.CHANGED
        if told.status_code in {401, 403, 405, 415, 507}:
            return Put.REFUSED
        raise ChannelError(f"The server answered with status {told.status_code}.", where=entry.url)

    def _ask(self, method: str, url: str, data: bytes | None = None, mark: str = "") -> Response:
        import httpx2  # noqa: PLC0415

        headers = {"Content-Type": "text/vcard; charset=utf-8", "If-Match": mark} if data is not None else {}
        try:
            return self._client.request(method, url, content=data, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise ChannelError("The server cannot be reached.", where=url, temporary=True) from error
