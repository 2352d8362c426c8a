"""Every mail of the torture list is read within its share of time, and accounted for."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from anlass.intake import (
    ContactRequest,
    Message,
    NoRequest,
    Oddity,
    SetAside,
    identity,
    normalise,
    parse,
    parse_headers,
)
from tests.fuzz.torture import TORTURE, cr_cr_lf, longest, many_recipients, nested_messages, nested_parts
from tests.unit.intake.mails import HERE, around, read

SET_ASIDE = {"empty": "empty", "nuls": "empty", "body_only": "no_header", "binary": "binary"}


@pytest.mark.slow
@pytest.mark.parametrize("build", TORTURE, ids=lambda build: build.__name__)
def test_torture_is_read_in_time(build: Callable[[], bytes]) -> None:
    """No exception, no more than a second, and no mail lost; slow, as some are fifty megabytes."""
    raw = build()
    begin = time.process_time()
    message = parse(raw, HERE)
    parse_headers(raw, HERE)
    if isinstance(message, SetAside):
        assert message.reason == SET_ASIDE.get(build.__name__)
        return
    found = normalise(message, around(trusted=frozenset({"mx.example.org"})))
    identity(message)
    assert time.process_time() - begin < longest()
    assert isinstance(found, ContactRequest | NoRequest)
    assert build.__name__ not in SET_ASIDE


@pytest.mark.parametrize(
    ("raw", "oddity"),
    [(nested_parts(), Oddity.CUT), (nested_messages(), Oddity.CUT), (many_recipients(10_000), Oddity.CUT)],
    ids=["nested_parts", "nested_messages", "many_recipients"],
)
def test_what_was_left_out_is_said(raw: bytes, oddity: Oddity) -> None:
    """Each cap leaves a note, and the sender stays readable."""
    message = read(raw)
    assert isinstance(message, Message)
    assert message.sender is not None
    assert (message.sender.address, oddity in message.oddities) == ("max@example.net", True)


def test_mended_mail_reads_as_it_was_written() -> None:
    """Line ends mended once too often cost nothing."""
    message = read(cr_cr_lf())
    assert (message.subject, message.text) == ("x", "Guten Tag, haben Sie 15 Minuten für mich?")
