"""One question to a server that somebody of the house named, and its answer: bounded in bytes and in time.

The time is that of the whole answer, from the first step to the last byte: a server that gives a byte now and
then holds nobody up. Redirects are not followed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx2

_HEADERS = {"accept": "application/json", "accept-encoding": "identity"}


def answer_of(
    url: str,
    form: Mapping[str, str] | None = None,
    *,
    seconds: float,
    most: int,
    is_by_proxy: bool = False,
) -> tuple[int, bytes]:
    """Return the status and the body of an answer; a `form` is posted, without one the address is read.

    `is_by_proxy`: the proxy that the environment names is used. Raises `TimeoutError` where it takes longer
    than `seconds`, `ConnectionError` where there is none, `ValueError` where it is longer than `most` bytes.
    """
    try:
        return asyncio.run(_in_time(url, form, seconds, most, is_by_proxy=is_by_proxy))
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise ConnectionError(str(error)) from error


async def _in_time(
    url: str, form: Mapping[str, str] | None, seconds: float, most: int, *, is_by_proxy: bool
) -> tuple[int, bytes]:
    body = bytearray()
    async with (
        asyncio.timeout(seconds),
        httpx2.AsyncClient(timeout=None, follow_redirects=False, trust_env=is_by_proxy) as client,
        client.stream("POST" if form else "GET", url, data=form, headers=_HEADERS) as told,
    ):
        async for part in told.aiter_raw():
            body += part
            if len(body) > most:
                raise ValueError("The answer is too long.")
        return told.status_code, bytes(body)
