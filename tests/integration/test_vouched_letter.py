"""A letter with a voucher through the whole `anlass screen`: believed where it is proven alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from anlass.people.voucher import VoucherFault
from anlass.store import open_book
from tests.commands import Shell, a_lived_in_house

Weighty = tuple[str, VoucherFault | None]

pytestmark = pytest.mark.slow  # a house with all its tables

LETTER = """\
Return-Path: <{sender}>
Delivered-To: olga@tueren.example
Received: from mail.{domain} (mail.{domain} [192.0.2.7]) by mx.tueren.example; {date}
Authentication-Results: mx.tueren.example; dmarc={dmarc} header.from={domain}
From: Kai Falk <{sender}>
To: Olga Tueren <olga@tueren.example>
Subject: A talk about doors
Message-ID: <{n}@{domain}>
Date: {date}

Dear Olga,

I read your essay on waiting rooms and would like to invite you to a talk in Bremen in March.

Kai Falk
--
{voucher}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Return a house that believes Eva's, which vouches for Kai."""
    return a_lived_in_house(tmp_path_factory.mktemp("built"))


def screened(house: Shell, folder: Path, *, sender: str, dmarc: str) -> Weighty:
    """Screen one letter with Kai's voucher in it; return who vouches in it, and what is against that."""
    (folder / "post").mkdir()
    letter = LETTER.format(
        sender=sender,
        domain=sender.partition("@")[2],
        dmarc=dmarc,
        date=format_datetime(datetime.now(UTC) - timedelta(hours=1)),
        n=1,
        voucher=house.ids["for kai"],
    )
    (folder / "post" / "1.eml").write_text(letter, encoding="utf-8")
    words = ("screen", str(folder / "post"), "--owner", "olga@tueren.example")
    before = house.dump()
    assert house.run(*words, "--dry-run").code == 0
    assert house.dump() == before
    (line,) = house.run(*words, "--json").lines("screen_case")
    book = open_book(house.data)
    (weighed,) = book.vouching.seen(str(line["case"]))
    person = book.person(weighed.person)
    return (person.name if person else "", weighed.fault)


def test_voucher_is_believed_of_whom_it_was_signed_for(built: Shell, tmp_path: Path) -> None:
    """The owner's own provider proves the sender: the case keeps who vouches, and nothing against it."""
    house = built.copy(tmp_path / "house")
    assert screened(house, tmp_path, sender="kai@falk.example", dmarc="pass") == ("Eva Amsel", None)


@pytest.mark.parametrize(
    ("sender", "dmarc", "act", "fault"),
    [
        ("kai@falk.example", "fail", (), VoucherFault.UNPROVEN),
        ("kai@else.example", "pass", (), VoucherFault.OTHER_ADDRESS),
        ("kai@falk.example", "pass", ("vouch", "remove", "Eva Amsel"), VoucherFault.NOT_VOUCHED),
        ("kai@falk.example", "pass", ("vouch", "forget", "{key}"), VoucherFault.UNKNOWN_KEY),
    ],
)
def test_voucher_is_not_believed_without_proof(
    built: Shell, tmp_path: Path, sender: str, dmarc: str, act: tuple[str, ...], fault: VoucherFault
) -> None:
    """A forged sender, another address, a signer the owner vouches for no more, a key that was forgotten."""
    house = built.copy(tmp_path / "house")
    if act:
        assert house.run(*act).code == 0
    assert screened(house, tmp_path, sender=sender, dmarc=dmarc)[1] is fault
