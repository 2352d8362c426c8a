"""Letters go to the server that the settings name and to no other: its certificate is held to its name."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from anlass.channels.mail.account import Server
from anlass.channels.mail.sending import Fate, Result, Submission, Why, deliver
from anlass.channels.mail.writing import raw_of
from tests.certificates import certificate
from tests.letters_out import NOW, letter_out
from tests.mail_server import mail_server

RAW = raw_of(letter_out(), at=NOW)


def handed(folder: Path, *, host: str = "localhost", is_over: bool = False, is_known: bool = True) -> Result:
    """Hand a letter to a server that shows a certificate of `host`; whether anything arrived is checked."""
    shown, known = certificate(folder, host, is_over=is_over)
    trust = ssl.create_default_context(cafile=str(known)) if is_known else None
    with mail_server(shown) as server:
        way = Submission(Server("localhost", server.port, "tls"), trust=trust, patience=5.0)
        result = deliver(way, RAW, envelope="", to="hohl@ag.example", hand_over=lambda: True)
        assert bool(server.taken) is (result.fate is Fate.TAKEN)
    return result


def test_a_letter_goes_to_a_server_that_proves_its_name(tmp_path: Path) -> None:
    """Its certificate is known, of these days and of this host."""
    assert handed(tmp_path) == Result(Fate.TAKEN)


@pytest.mark.parametrize(
    ("host", "is_over", "is_known"),
    [("localhost", False, False), ("localhost", True, True), ("other.example", False, True)],
    ids=["nobody knows it", "it is over", "it is another host's"],
)
def test_a_letter_goes_to_nobody_else(tmp_path: Path, host: str, is_over: bool, is_known: bool) -> None:
    """Not a byte of it; it waits, and the owner is told that the certificate is not right."""
    result = handed(tmp_path, host=host, is_over=is_over, is_known=is_known)
    assert (result.fate, result.why) == (Fate.NOT_NOW, Why.CERTIFICATE)
