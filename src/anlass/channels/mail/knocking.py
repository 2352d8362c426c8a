"""Knocking at a server that sends mail: does it let the owner in? Nothing is sent."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from anlass.channels.mail.account import Account, Server
from anlass.wires.trouble import Trouble, WireError, trouble_of

_SECONDS = 30.0
_WANTS_APP_PASSWORD = 534


def knock(account: Account, secret: str) -> None:
    """Log in where the letters of an account go out, and leave again; raises `WireError`."""
    there = account.smtp
    if there is None:
        return
    with _speaking(there.host), _opened(there) as smtp:
        smtp.ehlo_or_helo_if_needed()
        if account.auth == "oauth2":
            token = f"user={account.user}\1auth=Bearer {secret}\1\1"
            smtp.auth("XOAUTH2", lambda _=None: token)
        else:
            smtp.login(account.user, secret)


def _opened(there: Server) -> smtplib.SMTP:
    trust = ssl.create_default_context()
    if there.security == "tls":
        return smtplib.SMTP_SSL(there.host, there.port, timeout=_SECONDS, context=trust)
    with ExitStack() as stack:
        smtp = smtplib.SMTP(there.host, there.port, timeout=_SECONDS)
        stack.callback(smtp.close)
        if there.security == "starttls":
            smtp.starttls(context=trust)
        stack.pop_all()
    return smtp


@contextmanager
def _speaking(host: str) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        wants = error.smtp_code == _WANTS_APP_PASSWORD
        trouble = Trouble.APP_PASSWORD if wants else Trouble.PASSWORD
        raise WireError("The server lets nobody in with this.", where=host, trouble=trouble) from error
    except smtplib.SMTPServerDisconnected as error:
        raise WireError("The connection broke off.", where=host, trouble=Trouble.BROKE_OFF) from error
    except smtplib.SMTPNotSupportedError as error:
        raise WireError("The server does not speak TLS here.", where=host, trouble=Trouble.NO_TLS) from error
    except smtplib.SMTPException as error:
        raise WireError("The server turns this down.", where=host, trouble=Trouble.TURNED_DOWN) from error
    except OSError as error:
        raise WireError("The server cannot be reached.", where=host, trouble=trouble_of(error)) from error
