"""The wire to a language model of the owner's choice: one question out, one bounded answer back.

An address of the kind that OpenAI began and that Ollama, llama.cpp and vLLM speak as well.
Whatever happens out there is a value: no answer takes longer than it may, none is larger,
none is fetched from another place, and a failure is tried once more at most. Nothing is
logged. The library that speaks HTTP is loaded when the first question is asked.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from anlass.errors import ConfigError, Problem
from anlass.litmus.opinion import Silence, Silent

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response

LARGEST: Final = 256 * 1024
"""Bytes of an answer that are read."""

_AT_ONCE: Final = 1.0
"""Seconds that a thread is waited for beyond its time; a name that resolves slowly can hold it up."""

_MISHAPS: Final = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What a library may stumble over; whatever it is, there is no answer."""

_TRY_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_NOT_UNDERSTOOD: Final = Silent(Silence.REFUSED, 400)
_IN_THE_HOUSE: Final = (".local", ".lan", ".internal", ".home.arpa", ".localhost")


@dataclass(frozen=True, slots=True)
class Key:
    """The owner's key to the address; it never shows, whoever prints what holds it. Empty for none."""

    value: str = field(default="", repr=False)

    def stands_in(self, words: str) -> bool:
        """Whether somebody's words hold it."""
        return bool(self.value) and self.value in words

    @property
    def can_be_sent(self) -> bool:
        """Whether it is empty, or text that fits into a header."""
        return self.value.isascii() and self.value.isprintable() and " " not in self.value


@dataclass(frozen=True, slots=True)
class Adviser:
    """A language model at an address. `key` is `None` where the owner named one that cannot be had."""

    address: str
    model: str
    key: Key | None = None
    seconds: int = 20

    @property
    def host(self) -> str:
        """The name and port of the other side, as the owner is shown it."""
        return urlsplit(self.address).netloc

    def send(self, question: bytes, otherwise: bytes = b"") -> bytes | Silent:
        """Send a question and return the answer, or why there is none. Never raises.

        `otherwise` is the same question in other words, for whoever does not understand the first.
        """
        if self.key is None or not self.key.can_be_sent:
            return Silent(Silence.NO_KEY)
        came: list[bytes | Silent] = []
        thread = Thread(
            target=lambda: came.append(self._waited(question, otherwise or question)), daemon=True
        )
        thread.start()  # of its own, for the caller may be within a loop already
        thread.join(self.seconds + _AT_ONCE)
        return came[0] if came else Silent(Silence.TIMED_OUT, self.seconds)

    def _waited(self, question: bytes, otherwise: bytes) -> bytes | Silent:
        import httpx2  # noqa: PLC0415 - a tenth of a second that only asking needs

        try:
            return asyncio.run(self._in_time(question, otherwise))
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, *_MISHAPS):
            return Silent(Silence.UNREACHABLE)

    async def _in_time(self, question: bytes, otherwise: bytes) -> bytes | Silent:
        try:
            async with asyncio.timeout(self.seconds):
                return await self._asked(question, otherwise)
        except TimeoutError:
            return Silent(Silence.TIMED_OUT, self.seconds)

    async def _asked(self, question: bytes, otherwise: bytes) -> bytes | Silent:
        """Ask, and once more where that fails in passing or the question was not understood."""
        import httpx2  # noqa: PLC0415

        headers = {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",  # nothing that unfolds
            "User-Agent": "anlass",
        }
        if self.key is not None and self.key.value:
            headers["Authorization"] = f"Bearer {self.key.value}"
        # No proxy, no netrc: letters go to the address named, however this machine reaches others.
        # Certificates are always checked; loading those of the system takes its time where none is met.
        is_secret = self.address.startswith("https:")
        async with httpx2.AsyncClient(
            headers=headers, timeout=None, trust_env=False, follow_redirects=False, verify=is_secret
        ) as client:
            answer = await self._once(client, question)
            if answer == _NOT_UNDERSTOOD and otherwise != question:
                return await self._once(client, otherwise)
            return await self._once(client, question) if _may_pass(answer) else answer

    async def _once(self, client: AsyncClient, question: bytes) -> bytes | Silent:
        import httpx2  # noqa: PLC0415

        try:
            async with client.stream("POST", f"{self.address}/chat/completions", content=question) as told:
                return _turned_away(told) or await _bounded(told)
        except httpx2.TransportError:
            return Silent(Silence.UNREACHABLE)


def adviser(address: str, model: str, key: Key | None, seconds: int) -> Adviser:
    """Return the model at an address; raises `ConfigError` for one that letters must not go to."""
    problems = [*_problems(address)]
    if not model or not model.isprintable() or len(model) > 200:
        problems.append("opinion.model must name the model to ask")
    if not 1 <= seconds <= 600:
        problems.append("opinion.seconds must lie between 1 and 600")
    if problems:
        raise ConfigError(*(Problem(says, "anlass.toml") for says in problems))
    address = address.rstrip("/")
    return Adviser(address if urlsplit(address).path else f"{address}/v1", model, key, seconds)


def _problems(address: str) -> list[str]:
    """Say what is wrong with an address; in the clear only within the house."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ["opinion.address is no address"]
    if parts.scheme not in {"http", "https"} or not host or not address.isprintable() or " " in address:
        return ["opinion.address must begin with https:// or, within the house, http://"]
    if parts.username or parts.password or parts.query or parts.fragment:
        return ["opinion.address must hold no key: name it by opinion.key_variable or opinion.key_file"]
    if parts.scheme == "http" and not _is_in_the_house(host):
        return ["opinion.address must begin with https://, for letters would travel in the clear"]
    return []


def _is_in_the_house(host: str) -> bool:
    try:
        return not ip_address(
            host
        ).is_global  # also a network of one's own over others, such as 100.64.0.0/10
    except ValueError:
        return "." not in host or host.endswith(_IN_THE_HOUSE)


def _turned_away(told: Response) -> Silent | None:
    """Say what an answer is that is none; `None` for one that can be read."""
    if 300 <= told.status_code < 400:
        return Silent(Silence.REDIRECTED)
    if told.status_code != 200:
        return Silent(Silence.REFUSED, told.status_code)
    packed = told.headers.get("Content-Encoding", "identity").strip().lower()
    return None if packed in {"", "identity"} else Silent(Silence.MISSHAPEN)


async def _bounded(told: Response) -> bytes | Silent:
    """Read an answer as far as it may go."""
    read = bytearray()
    async for part in told.aiter_raw():
        read += part
        if len(read) > LARGEST:
            return Silent(Silence.TOO_LARGE, LARGEST // 1024)
    return bytes(read)


def _may_pass(answer: bytes | Silent) -> bool:
    """Whether asking again may help: nobody there, or too busy."""
    if isinstance(answer, bytes):
        return False
    return answer.why is Silence.UNREACHABLE or (
        answer.why is Silence.REFUSED and answer.number in _TRY_AGAIN
    )
