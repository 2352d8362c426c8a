"""The wire to a program that hears what happens: one POST, signed, to one address, following nothing.

Headers and signature are those of Standard Webhooks. Nothing of the answer is read but its status.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from anlass.wires.target import Target

SECONDS = 15.0
"""What one attempt may take, and less for finding somebody there."""
_CONNECT = 5.0


class Fate(StrEnum):
    """What became of an attempt."""

    TAKEN = "taken"
    REFUSED = "refused"
    """It was surely not taken: nobody there, or an answer that says no."""
    GONE = "gone"
    """The program says that it does not want to hear any more."""
    UNKNOWN = "unknown"
    """It was handed over, and no answer came."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """How an attempt ended: `status` is 0 where there was no answer."""

    fate: Fate
    status: int = 0


def new_secret(chance: bytes) -> str:
    """Return a secret as Standard Webhooks write it."""
    return f"whsec_{base64.b64encode(chance).decode()}"


def signed(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """Return the signature over id, timestamp and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = hmac.new(key, f"{id_}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(told).decode()}"


def headers(secret: str, id_: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers of one delivery."""
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed(secret, id_, timestamp, body),
        "content-type": "application/json",
        "user-agent": "anlass",
    }


def deliver(target: Target, body: bytes, told: dict[str, str]) -> Attempt:
    """Hand a body over; never raises for what is out there."""
    try:
        return asyncio.run(_in_time(target, body, told))
    except TimeoutError:
        return Attempt(Fate.UNKNOWN)


async def _in_time(target: Target, body: bytes, told: dict[str, str]) -> Attempt:
    import httpx2  # noqa: PLC0415 - a tenth of a second that only an owner with webhooks pays

    named = {**told, "host": f"{target.host}:{target.port}"}
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx2.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                timeout=httpx2.Timeout(SECONDS, connect=_CONNECT),
                verify=target.url.startswith("https:"),
            ) as client,
            client.stream(
                "POST",
                target.pinned,
                content=body,
                headers=named,
                extensions={"sni_hostname": target.host},
            ) as answer,
        ):
            return _ended(answer.status_code)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol, httpx2.InvalidURL):
        return Attempt(Fate.REFUSED)
    except httpx2.HTTPError:
        return Attempt(Fate.UNKNOWN)


def _ended(status: int) -> Attempt:
    if 200 <= status < 300:
        return Attempt(Fate.TAKEN, status)
    return Attempt(Fate.GONE if status == 410 else Fate.REFUSED, status)
