"""Vouchers: signed, bound to an address, short; whatever else looks like one is worth nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.people import Address, AddressKind
from anlass.people.voucher import (
    LONG,
    LONGEST,
    MOST,
    PREFIX,
    IssuerKey,
    Voucher,
    VoucherFault,
    public_key,
    sign,
    vouchers_in,
    weigh,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEED, OTHER = b"s" * 32, b"o" * 32
SAM = Address(AddressKind.MAIL, "sam@falk.example")
EVA = Address(AddressKind.MAIL, "eva@amsel.example")
KEY = IssuerKey(public_key(SEED), "ada")
VOUCHER = sign(SEED, b"0123456789", SAM, since=NOW, until=NOW + LONG)


def fault(
    voucher: Voucher,
    key: IssuerKey = KEY,
    *,
    address: Address | None = SAM,
    vouched: tuple[str, ...] = ("ada",),
    is_proven: bool = True,
    at: datetime = NOW,
) -> VoucherFault | None:
    """Return why a voucher is worth nothing."""
    return weigh(voucher, {key.id: key}, vouched, address, is_proven=is_proven, at=at).fault


def test_a_voucher_fits_one_line_and_is_read_back() -> None:
    """158 characters, wherever they stand in a letter; the address is not in them."""
    line = VOUCHER.text
    assert len(line) == 158
    assert vouchers_in(f"Hello,\n\nplease see below.\n--\nSam\nAda vouches for me: {line}\n") == (VOUCHER,)
    assert weigh(VOUCHER, {KEY.id: KEY}, ["ada"], SAM, is_proven=True, at=NOW).fault is None


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (fault(sign(OTHER, b"0123456789", SAM, since=NOW, until=NOW + LONG)), VoucherFault.UNKNOWN_KEY),
        (fault(replace(VOUCHER, until=VOUCHER.until + timedelta(days=1))), VoucherFault.FORGED),
        (fault(replace(VOUCHER, bound_to=b"\0" * 16)), VoucherFault.FORGED),
        (fault(replace(VOUCHER, signature=b"\0" * 64)), VoucherFault.FORGED),
        (fault(VOUCHER, address=EVA), VoucherFault.OTHER_ADDRESS),
        (fault(VOUCHER, address=None), VoucherFault.OTHER_ADDRESS),
        (fault(VOUCHER, at=NOW + LONG), VoucherFault.EXPIRED),
        (fault(VOUCHER, at=NOW - timedelta(seconds=1)), VoucherFault.TO_COME),
        (fault(VOUCHER, replace(KEY, revoked=frozenset({VOUCHER.id}))), VoucherFault.REVOKED),
        (fault(VOUCHER, is_proven=False), VoucherFault.UNPROVEN),
        (fault(VOUCHER, vouched=("eva",)), VoucherFault.NOT_VOUCHED),
        (
            fault(sign(SEED, b"0123456789", SAM, since=NOW, until=NOW + LONGEST + timedelta(days=1))),
            VoucherFault.TOO_LONG,
        ),
    ],
)
def test_a_voucher_that_is_wrong_has_no_effect(found: VoucherFault | None, says: VoucherFault) -> None:
    """Each way of being wrong has a name, so that the owner can be told."""
    assert found is says


def test_what_only_looks_like_a_voucher_is_none() -> None:
    """Cut off, run on, written with another last letter, under another name, or ending before it begins."""
    line = VOUCHER.text
    last = line[-1]
    twin = next(one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" if one != last)
    backwards = replace(VOUCHER, until=VOUCHER.since)
    for text in (
        line[:-1],
        line + "A",
        line[:-1] + twin,
        backwards.text,
        line.replace(PREFIX, "voucher:"),
        "",
    ):
        assert not [one for one in vouchers_in(text) if one in {VOUCHER, backwards}]


def test_a_letter_full_of_vouchers_costs_no_more_than_some() -> None:
    """The same one counts once, and no more than a few are looked at."""
    many = [sign(SEED, bytes([n]) * 10, SAM, since=NOW, until=NOW + LONG) for n in range(2 * MOST)]
    assert vouchers_in(" ".join(one.text for one in (*many[:2], *many))) == tuple(many[:MOST])
