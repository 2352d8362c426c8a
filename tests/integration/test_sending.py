"""Handing a letter over to a real mail server, and everything it may say to that."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Literal

import pytest

from anlass.channels.mail.account import Server
from anlass.channels.mail.sending import Fate, Result, Submission, Why, deliver
from anlass.channels.mail.writing import raw_of
from tests.letters_out import NOW, letter_out
from tests.mail_server import MailServer, mail_server

RAW = raw_of(letter_out(), at=NOW)
TO = "hohl@ag.example"


@pytest.fixture(scope="module")
def running() -> Iterator[MailServer]:
    """Run one server for all of these tests."""
    with mail_server() as server:
        yield server


@pytest.fixture
def server(running: MailServer) -> MailServer:
    """Return the server as if it had just started."""
    running.taken.clear()
    running.mail_says = running.rcpt_says = running.data_says = ""
    return running


def handed(
    server: MailServer, *, envelope: str = "olga@home.example", to: str = TO, passes: bool = True
) -> Result:
    """Hand the letter over."""
    return deliver(server.way(), RAW, envelope=envelope, to=to, hand_over=lambda: passes)


def test_a_letter_arrives_byte_for_byte(server: MailServer) -> None:
    """What was written is what the server has, to one recipient."""
    assert handed(server) == Result(Fate.TAKEN)
    (taken,) = server.taken
    assert (taken.sender, taken.recipients, taken.raw) == ("olga@home.example", (TO,), RAW)


def test_the_null_sender_is_really_empty(server: MailServer) -> None:
    """An automatic letter tells servers to report failures nowhere."""
    assert handed(server, envelope="").fate is Fate.TAKEN
    assert server.taken[0].sender == "<>"


@pytest.mark.parametrize(
    ("step", "says", "fate", "why"),
    [
        ("mail_says", "550 5.7.1 no null sender", Fate.NEVER, Why.REFUSED),
        ("mail_says", "451 4.3.0 later", Fate.NOT_NOW, Why.REFUSED),
        ("rcpt_says", "550 5.1.1 no such user", Fate.NEVER, Why.RECIPIENT),
        ("rcpt_says", "450 4.2.1 greylisted", Fate.NOT_NOW, Why.RECIPIENT),
        ("data_says", "554 5.6.0 no", Fate.NEVER, Why.REFUSED),
        ("data_says", "452 4.2.2 full", Fate.NOT_NOW, Why.REFUSED),
    ],
)
def test_what_the_server_says_is_its_fate(
    server: MailServer, step: str, says: str, fate: Fate, why: Why
) -> None:
    """Temporary is tried again, permanent is not; the server's own words are kept."""
    setattr(server, step, says)
    assert handed(server) == Result(fate, why, says)
    assert server.taken == []


def test_a_letter_that_is_held_back_leaves_no_byte(server: MailServer) -> None:
    """The last door says no after the addresses: the words stay here."""
    assert handed(server, passes=False) == Result(Fate.HELD)
    assert server.taken == []


@pytest.mark.parametrize(
    "to", ["", "nobody", "a b@c.example", "ü@c.example", "a@c.example>\r\nRCPT TO:<x@y.example"]
)
def test_an_address_that_is_none_is_never_written_to(server: MailServer, to: str) -> None:
    """Nothing is even tried."""
    assert handed(server, to=to).why is Why.ADDRESS
    assert server.taken == []


def test_a_server_that_is_not_there_is_tried_again() -> None:
    """A closed port is a trouble for now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    way = Submission(Server("127.0.0.1", port, "none"), patience=2.0)
    result = deliver(way, RAW, envelope="", to=TO, hand_over=lambda: True)
    assert (result.fate, result.why) == (Fate.NOT_NOW, Why.UNREACHABLE)


@pytest.mark.parametrize(("security", "why"), [("tls", Why.NO_TLS), ("starttls", Why.NO_TLS)])
def test_no_letter_goes_over_a_wire_that_should_be_shut(
    server: MailServer, security: Literal["tls", "starttls"], why: Why
) -> None:
    """A server without encryption gets nothing where the settings want it."""
    way = replace(server.way(), server=replace(server.way().server, security=security))
    result = deliver(way, RAW, envelope="", to=TO, hand_over=lambda: True)
    assert (result.fate, result.why) == (Fate.NOT_NOW, why)
    assert server.taken == []


def test_open_wires_lead_to_this_machine_only() -> None:
    """`none` to another host is refused before a connection is made."""
    way = Submission(Server("mail.home.example", 25, "none"))
    result = deliver(way, RAW, envelope="", to=TO, hand_over=lambda: True)
    assert (result.fate, result.why) == (Fate.NOT_NOW, Why.NO_TLS)


def test_a_server_that_dies_in_the_middle_leaves_a_doubt() -> None:
    """It said to go on and then hung up: whether it took the letter nobody knows."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        way = Submission(Server("127.0.0.1", listener.getsockname()[1], "none"), patience=3.0)

        def hand_over() -> bool:
            return True

        def talk() -> None:
            link, _ = listener.accept()
            with link, link.makefile("rwb", buffering=0) as wire:
                wire.write(b"220 hello\r\n")
                for line in iter(wire.readline, b""):
                    if line.upper().startswith(b"DATA"):
                        wire.write(b"354 go on\r\n")
                        wire.readline()
                        return
                    wire.write(b"250 ok\r\n")

        thread = threading.Thread(target=talk)
        thread.start()
        result = deliver(way, RAW, envelope="", to=TO, hand_over=hand_over)
        thread.join()
    assert result.fate is Fate.UNKNOWN


def test_certificates_are_checked() -> None:
    """The machine's own authorities are asked, and names must match, unless the owner says whom to trust."""
    context = ssl.create_default_context()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert Submission(Server("h", 465)).trust is None
    assert "hunter2" not in repr(Submission(Server("h", 465), "olga", "hunter2"))


def test_the_letter_says_what_it_must_and_nothing_of_the_machine() -> None:
    """A released letter is the owner's own: threaded, plain, without a mark of any program."""
    message = message_from_bytes(RAW, policy=default)
    assert dict(message.items()) == {
        "From": "Olga Brandt <olga@home.example>",
        "To": TO,
        "Subject": "Re: 15 Minuten",
        "Date": "Mon, 02 Nov 2026 10:00:00 +0000",
        "Message-ID": "<0123456789abcdef0123.case1@home.example>",
        "In-Reply-To": "<eins@ag.example>",
        "References": "<eins@ag.example>",
        "Content-Language": "de",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert message.get_content().replace("\r\n", "\n") == letter_out().text + "\n"


def test_an_invitation_goes_as_a_calendar_beside_the_words() -> None:
    """Two parts: the letter, and the times; no reply by machine is asked for."""
    raw = raw_of(letter_out(invitation="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), at=NOW)
    message = message_from_bytes(raw, policy=default)
    parts = [part.get_content_type() for part in message.iter_parts()]
    assert parts == ["text/plain", "text/calendar"]
    assert raw == raw_of(letter_out(invitation="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), at=NOW)


@pytest.mark.parametrize("field", ["subject", "sender_name"])
def test_no_field_carries_another(field: str) -> None:
    """A line break in a subject or name is a space."""
    raw = raw_of(letter_out(**{field: "eins\r\nBcc: victim@other.example"}), at=NOW)
    assert message_from_bytes(raw, policy=default)["Bcc"] is None


def test_long_threads_name_their_first_and_their_newest() -> None:
    """References stay short; the letter answered is the last of them."""
    many = tuple(f"{number}@ag.example" for number in range(60))
    message = message_from_bytes(raw_of(letter_out(references=many), at=NOW), policy=default)
    named = message["References"].split()
    assert (len(named), named[0], named[-1]) == (20, "<0@ag.example>", "<eins@ag.example>")
