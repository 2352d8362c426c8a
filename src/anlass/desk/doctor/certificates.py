"""A check of the servers' certificates: does one end before anybody looks again?"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from anlass.desk.accounts.mail import accounts
from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice_of_running import says

_SOON = timedelta(days=14)
_SECONDS = 10.0


def certificates(patient: Patient) -> Iterator[Result]:
    """Does the certificate of each mail server that speaks TLS from the start hold for a while yet?

    A server that cannot be reached is told by another check.
    """
    servers = {
        (one.host, one.port)
        for account in accounts(patient.book)
        for one in (account.imap, account.smtp)
        if one is not None and one.security == "tls"
    }
    for host, port in sorted(servers):
        until = ends(host, port)
        if until is None:
            continue
        is_well = until - patient.now > _SOON
        key = "certificate_well" if is_well else "certificate_soon"
        told = says(patient.lang, key, host=host, until=f"{until:%Y-%m-%d}")
        yield Result("certificates", is_well=is_well, says=told, about=host)


def ends(host: str, port: int, context: ssl.SSLContext | None = None) -> datetime | None:
    """Return when the certificate of a server ends; `None` where it shows none that holds."""
    try:
        with (
            socket.create_connection((host, port), timeout=_SECONDS) as line,
            (context or ssl.create_default_context()).wrap_socket(line, server_hostname=host) as shut,
        ):
            shown = shut.getpeercert() or {}
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
    except (OSError, ValueError, KeyError):
        return None
