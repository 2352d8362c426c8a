"""Knocking where letters go out: the server lets the owner in or not, and nothing is sent."""

from __future__ import annotations

import socket
from contextlib import suppress

import pytest

from anlass.channels.mail.account import Account, Server
from anlass.channels.mail.knocking import knock
from anlass.wires.trouble import Trouble, WireError
from tests.imap_server import _listening
from tests.servers import HOST, free_ports

pytestmark = pytest.mark.slow  # a server of its own


class Porter:
    """A server for sending that answers a log-in as told, and writes down what it hears."""

    def __init__(self, says: bytes) -> None:
        self.says = says
        self.heard: list[bytes] = []

    def talk(self, link: socket.socket) -> None:
        """Answer one connection."""
        with link, suppress(OSError), link.makefile("rb") as questions:
            link.sendall(b"220 here\r\n")
            for question in questions:
                self.heard.append(question.split()[0].upper())
                answers = {b"EHLO": b"250-here\r\n250 AUTH PLAIN XOAUTH2\r\n", b"AUTH": self.says + b"\r\n"}
                if not self.says and question.startswith(b"AUTH"):
                    return
                link.sendall(answers.get(self.heard[-1], b"221 bye\r\n"))


def account(port: int, *, auth: str = "password") -> Account:
    """Return an account whose letters go out there."""
    there = Server(HOST, port, "none")
    is_token = auth == "oauth2"
    return Account("post", "olga@wend.example", there, there, "olga", "oauth2" if is_token else "password")


@pytest.mark.parametrize("auth", ["password", "oauth2"])
def test_whoever_is_let_in_sends_nothing(auth: str) -> None:
    """The talk is a greeting, a log-in and a farewell."""
    porter = Porter(b"235 welcome")
    with _listening(porter.talk) as port:
        knock(account(port, auth=auth), "geheim")
    assert porter.heard == [b"EHLO", b"AUTH", b"QUIT"]


@pytest.mark.parametrize(
    ("says", "trouble"),
    [
        (b"535 5.7.8 no", Trouble.PASSWORD),
        (b"534 5.7.9 Application-specific password required", Trouble.APP_PASSWORD),
        (b"", Trouble.BROKE_OFF),
    ],
)
def test_why_nobody_is_let_in_is_named(says: bytes, trouble: Trouble) -> None:
    """By the number of the answer; a server that hangs up is named too."""
    with _listening(Porter(says).talk) as port, pytest.raises(WireError) as caught:
        knock(account(port), "geheim")
    assert caught.value.trouble is trouble


def test_nobody_there_is_named() -> None:
    """A port that nobody answers."""
    (port,) = free_ports(1)
    with pytest.raises(WireError) as caught:
        knock(account(port), "geheim")
    assert caught.value.trouble is Trouble.REFUSED
