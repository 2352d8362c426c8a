"""Fetching what another house publishes: one address that the owner named, no password, no proxy, bounded.

A name that leads into the house leads nowhere, unless the owner named that host for its programs; only the
address that was looked up is spoken to. Redirects are not followed: the owner named this place and no other.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection
from typing import TYPE_CHECKING

from anlass.errors import EdgeError, Refused
from anlass.wires.target import NoTarget, Target, found

if TYPE_CHECKING:
    import httpx2

SECONDS = 20.0
"""What it may take from the first step to the last byte."""
_CONNECT = 5.0
_JSON = ("application/json", "text/json")
_SAYS = {
    "no_address": "{url!r} is no address.",
    "in_the_clear": "{url!r} must begin with https://, or anybody can write what is read there.",
    "inside": "{url!r} leads to a machine in your own network; nothing is asked there.",
}
_HINT = "`[webhooks] local_hosts` in anlass.toml names hosts of your own house."


def fetch(
    url: str,
    *,
    most: int,
    local_hosts: Collection[str] = (),
    seconds: float = SECONDS,
    tls: ssl.SSLContext | None = None,
) -> str:
    """Return the JSON text at an address, of `most` bytes at most; `tls` are certificates other than usual.

    Raises `Refused` for an address that others could read along or that leads into the house, `EdgeError`
    where nothing can be had there: for now (no answer, too slow, status 429 or 5xx) or at all.
    """
    try:
        target = found(url, local_hosts)
    except NoTarget as wrong:
        raise Refused(_SAYS[wrong.kind].format(url=url[:200]), hint=_HINT) from wrong
    except OSError as error:
        raise EdgeError("The other house cannot be reached.", where=url, temporary=True) from error
    try:
        body = asyncio.run(_in_time(target, most, seconds, tls))
    except TimeoutError as error:
        raise EdgeError("The other house is too slow.", where=url, temporary=True) from error
    return body.decode("utf-8", "replace")


async def _in_time(target: Target, most: int, seconds: float, tls: ssl.SSLContext | None) -> bytes:
    import httpx2  # noqa: PLC0415 - only who fetches waits for it

    headers = {
        "host": f"{target.host}:{target.port}",
        "user-agent": "anlass",
        "accept": "application/json",
        "accept-encoding": "identity",
    }
    try:
        async with (
            asyncio.timeout(seconds),
            httpx2.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                timeout=httpx2.Timeout(seconds, connect=min(_CONNECT, seconds)),
                verify=tls or True,
            ) as client,
            client.stream(
                "GET", target.pinned, headers=headers, extensions={"sni_hostname": target.host}
            ) as told,
        ):
            _check(told, target.url)
            return await _body(told, target.url, most)
    except httpx2.TimeoutException as error:
        raise TimeoutError from error
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise EdgeError("The other house cannot be reached.", where=target.url, temporary=True) from error


def _check(told: httpx2.Response, url: str) -> None:
    """Raise `EdgeError` where an answer is not what was asked for."""
    status, kind = told.status_code, told.headers.get("content-type", "").partition(";")[0].strip().lower()
    if 300 <= status < 400:
        raise EdgeError("This address leads on to another; name that one.", where=url)
    if status != 200:
        is_passing = status == 429 or status >= 500
        raise EdgeError(f"There is nothing at this address ({status}).", where=url, temporary=is_passing)
    if kind not in _JSON or told.headers.get("content-encoding", "identity") != "identity":
        raise EdgeError("What lies at this address is no JSON.", where=url)


async def _body(told: httpx2.Response, url: str, most: int) -> bytes:
    body = bytearray()
    async for part in told.aiter_raw():
        body += part
        if len(body) > most:
            raise EdgeError("What lies at this address is too large.", where=url)
    return bytes(body)
