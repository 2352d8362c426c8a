"""The wire to a server: one question in XML, one answer in XML, both bounded.

Nothing but PROPFIND and REPORT is ever sent, so nothing there can be changed. An answer is believed in
form only: no entities, no other host, no more than it may weigh.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]  # it comes without types

from anlass.errors import SourceError
from anlass.sources.dav.account import Account

if TYPE_CHECKING:
    from httpx2 import Client, Response

DAV = "DAV:"
_SECONDS = 60.0
_LARGEST = 64 * 1024 * 1024
_REDIRECTS = 4
_SAID = {
    401: "does not know this user or password",
    403: "does not allow this",
    404: "has nothing at this address",
    405: "speaks no WebDAV at this address",
}


class Wire:
    """An open connection to the server of one account."""

    def __init__(self, account: Account) -> None:
        import httpx2  # noqa: PLC0415 - a tenth of a second that only asking needs

        self.account = account
        login = httpx2.BasicAuth(account.user, account.password) if account.user else None
        # No proxy, no netrc: the password goes to the address named, however this machine reaches others.
        self._client: Client = httpx2.Client(
            auth=login,
            timeout=_SECONDS,
            trust_env=False,
            follow_redirects=False,
            verify=account.url.startswith("https:"),
            headers={"User-Agent": "anlass", "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, method: str, url: str, body: bytes, *, depth: int = 0) -> etree._Element:
        """Return the answer to a question; raises `SourceError` with the status where it is none."""
        import httpx2  # noqa: PLC0415

        headers = {"Content-Type": "application/xml; charset=utf-8", "Depth": str(depth)}
        try:
            for _ in range(_REDIRECTS):
                with self._client.stream(method, url, content=body, headers=headers) as told:
                    if not told.is_redirect:
                        return self._read(told, url)
                    url = self.same_host(told.headers.get("location", ""), url)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise SourceError(
                "The server cannot be reached.", where=self.account.host, temporary=True
            ) from error
        raise SourceError("The server leads round in circles.", where=url)

    def same_host(self, href: str, base: str) -> str:
        """Return the address that `href` means at `base`; raises `SourceError` for one of another server."""
        try:
            url = urljoin(base, href)
            here, there = urlsplit(self.account.url), urlsplit(url)
        except ValueError as error:
            raise SourceError("The server names an address that is none.", where=base) from error
        if (there.scheme, there.netloc) != (here.scheme, here.netloc):
            raise SourceError(
                f"The server leads to another one, {there.netloc[:80]}; give that address.", where=base
            )
        return url

    def _read(self, told: Response, url: str) -> etree._Element:
        if told.status_code != 207:
            raise Turned(told.status_code, self._bounded(told, 16_384, is_cut=True), url)
        body = self._bounded(told, _LARGEST)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
        try:
            return etree.fromstring(body, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise SourceError("The server's answer cannot be read.", where=url) from error

    def _bounded(self, told: Response, limit: int, *, is_cut: bool = False) -> bytes:
        body = bytearray()
        for part in told.iter_raw():
            body += part
            if len(body) > limit:
                if is_cut:
                    break
                raise SourceError("The server's answer is too large.", where=self.account.host)
        return bytes(body)


class Turned(SourceError):
    """The server turned a question down: its status, and what it said."""

    def __init__(self, status: int, body: bytes, where: str) -> None:
        self.status, self.body = status, body
        says = _SAID.get(status, f"answered with status {status}")
        super().__init__(f"The server {says}.", where=where, temporary=status >= 500 or status == 429)


def question(root: str, namespaces: Mapping[str, str], content: str) -> bytes:
    """Return the XML of a question; `content` is the program's own."""
    names = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in namespaces.items())
    return f'<?xml version="1.0" encoding="utf-8"?><{root}{names}>{content}</{root}>'.encode()
