"""Fetching what another house publishes: one address that the owner named, no password, no proxy, bounded."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from anlass.errors import EdgeError, Refused

_SECONDS = 20.0


def fetch(url: str, *, most: int) -> str:
    """Return the text at an address; raises `Refused` for an address that others could read along.

    Raises `EdgeError` where nothing can be had there. Redirects are not followed: the owner named this place.
    """
    import httpx2  # noqa: PLC0415 - only who fetches waits for it

    _check(url)
    try:
        with (
            httpx2.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "GET", url, headers={"User-Agent": "anlass", "Accept-Encoding": "identity"}
            ) as told,
        ):
            if told.status_code != 200:
                raise EdgeError(f"There is nothing at this address ({told.status_code}).", where=url)
            body = bytearray()
            for part in told.iter_raw():
                body += part
                if len(body) > most:
                    raise EdgeError("What lies at this address is too large.", where=url)
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise EdgeError("The other house cannot be reached.", where=url, temporary=True) from error
    return bytes(body).decode("utf-8", "replace")


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as wrong:
        raise Refused(f"{url!r} is no address.") from wrong
    if parts.scheme == "https" and host:
        return
    if parts.scheme != "http" or not _is_here(host):
        raise Refused(f"{url!r} must begin with https://, or anybody can write what is read there.")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
