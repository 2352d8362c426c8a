"""The wire to a Matrix server: logging in, the house's own device, and what its troubles are called."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import nio
from nio.exceptions import ProtocolError

from anlass.channels.networks.account import NetworkAccount, page_of
from anlass.channels.networks.loop import Loop
from anlass.wires.trouble import Trouble, WireError, trouble_of

SECONDS = 30.0
OFFLINE = (aiohttp.ClientError, OSError, asyncio.TimeoutError, ProtocolError)
GARBLED = (ValueError, TypeError, KeyError, AttributeError, LookupError)
# The library logs what it cannot read, words of strangers among it.
logging.getLogger("nio").addHandler(logging.NullHandler())
logging.getLogger("nio").propagate = False


class RefusedError(Exception):
    """The server refused, and why."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        code = str(getattr(answer, "status_code", "") or "")
        means = {
            "M_UNKNOWN_TOKEN": Trouble.PASSWORD,
            "M_MISSING_TOKEN": Trouble.PASSWORD,
            "M_FORBIDDEN": Trouble.PASSWORD,
            "M_USER_DEACTIVATED": Trouble.PASSWORD,
            "M_LIMIT_EXCEEDED": Trouble.BUSY,
        }
        self.trouble = means.get(code, Trouble.TURNED_DOWN if code.startswith("M_") else Trouble.UNREADABLE)


def answered(answer: Any) -> Any:
    """Return an answer; raises `RefusedError` where it is none."""
    if isinstance(answer, nio.ErrorResponse) or not isinstance(answer, nio.Response):
        raise RefusedError(answer)
    return answer


@contextmanager
def speaking(account: NetworkAccount) -> Iterator[None]:
    """Raise what goes wrong on the wire as `WireError`."""
    try:
        yield
    except RefusedError as error:
        raise _trouble(account, error.trouble) from error
    except TimeoutError as error:
        raise _trouble(account, Trouble.SILENT) from error
    except aiohttp.ClientConnectorCertificateError as error:
        raise _trouble(account, trouble_of(error.certificate_error)) from error
    except aiohttp.ClientConnectorSSLError as error:
        raise _trouble(account, Trouble.NO_TLS) from error
    except aiohttp.ClientConnectorError as error:
        raise _trouble(account, Trouble.REFUSED) from error
    except OFFLINE as error:
        raise _trouble(account, Trouble.BROKE_OFF) from error
    except GARBLED as error:
        raise _trouble(account, Trouble.UNREADABLE) from error


def _trouble(account: NetworkAccount, trouble: Trouble) -> WireError:
    return WireError("The Matrix server cannot be used.", where=account.house, trouble=trouble)


def token_for(account: NetworkAccount, password: str) -> tuple[str, str]:
    """Log in with a password, as a device of the house's own; return its access token and its name.

    Raises `WireError`.
    """
    loop = Loop("anlass matrix")
    try:
        with speaking(account):
            return loop.call(_token(account, password, page_of(account)), SECONDS)
    finally:
        loop.close()


async def _token(account: NetworkAccount, password: str, page: str) -> tuple[str, str]:
    client = _client(account, page)
    try:
        answer = await client.login(password, device_name="Anlass")
        if not isinstance(answer, nio.LoginResponse):
            raise RefusedError(answer)
        return answer.access_token, answer.device_id
    finally:
        await client.close()


async def logged_in(account: NetworkAccount, secret: str, page: str) -> nio.AsyncClient:
    """Return a client that is the house's own device; nothing is asked of the server yet."""
    client = _client(account, page)
    client.restore_login(account.address, account.device or "ANLASS", secret)
    return client


def _client(account: NetworkAccount, page: str) -> nio.AsyncClient:
    terms = nio.AsyncClientConfig(
        max_limit_exceeded=0,
        max_timeouts=0,
        request_timeout=SECONDS,
        encryption_enabled=False,
        store_sync_tokens=False,
    )
    return nio.AsyncClient(page, account.address, config=terms, ssl=ssl.create_default_context())
