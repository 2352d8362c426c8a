"""A voucher: one signed line by which an owner says of an address "I could give a reference for this person".

It is 158 characters that fit under a letter or into a form. Whoever has the owner's public key can check it
without asking anybody. It is bound to one address and names nobody in clear, it ends soon, and a copy in
somebody else's letter says nothing. What it is worth, the rules of whoever receives it decide.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from hmac import compare_digest
from struct import Struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from anlass.people.person import Address

PREFIX = "anlass-voucher:"
LONG = timedelta(days=30)
"""How long a voucher holds where the owner names no day."""
LONGEST = timedelta(days=92)
"""A voucher that claims to hold longer than this is none."""
MOST = 8
"""Vouchers that are looked at in one letter."""

_BODY = Struct(">B8s10sII16s")
_SIGNATURE = 64
_SIGNED = b"anlass voucher 1\0"
_LETTERS = (_BODY.size + _SIGNATURE) * 8 // 6 + 1
_SHAPE = re.compile(rf"{PREFIX}([A-Za-z0-9_-]{{{_LETTERS}}})(?![A-Za-z0-9_-])")


class VoucherFault(StrEnum):
    """Why a voucher has no effect."""

    UNKNOWN_KEY = "unknown key"
    """It is signed by a house whose key the owner has not taken in."""
    FORGED = "forged"
    """It names a key that did not sign it."""
    TO_COME = "to come"
    EXPIRED = "expired"
    TOO_LONG = "too long"
    """It claims to hold longer than any voucher may."""
    REVOKED = "revoked"
    OTHER_ADDRESS = "other address"
    """It is for somebody else than the sender."""
    UNPROVEN = "unproven"
    """It is for the sender's address, but nobody proves that this is the sender."""
    NOT_VOUCHED = "not vouched"
    """Its key is known, but the owner does not vouch for whose it is."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a voucher says; `id` and `key` are hexadecimal, moments in UTC and whole seconds."""

    id: str
    key: str
    since: datetime
    until: datetime
    bound_to: bytes
    signature: bytes

    @property
    def body(self) -> bytes:
        """The bytes that are signed."""
        since, until = (int(one.timestamp()) for one in (self.since, self.until))
        ids = (bytes.fromhex(self.key), bytes.fromhex(self.id))
        return _BODY.pack(1, *ids, since, until, self.bound_to)

    @property
    def text(self) -> str:
        """The line that is handed over."""
        return PREFIX + urlsafe_b64encode(self.body + self.signature).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """The public key of another house, as the owner took it in; `person` is the id of whose it is.

    `revoked` are the ids of vouchers that this house took back.
    """

    public: bytes
    person: str
    revoked: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The id by which vouchers name the key."""
        return key_id(self.public)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one voucher is worth: `person` who vouches ("" where nobody known), and why it has no effect."""

    voucher: str
    person: str
    until: datetime
    fault: VoucherFault | None = None


def key_id(public: bytes) -> str:
    """Return the id of a public key."""
    return blake2b(public, digest_size=8, person=b"anlass-voucher").hexdigest()


def public_key(seed: bytes) -> bytes:
    """Return the public key of a secret of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, id_: bytes, address: Address, *, since: datetime, until: datetime) -> Voucher:
    """Return a voucher for an address; `id_` are ten random bytes, `seed` is the secret of 32."""
    key = key_id(public_key(seed))
    bare = Voucher(id_.hex(), key, _whole(since), _whole(until), _bound(id_, address), b"")
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_SIGNED + bare.body)
    return Voucher(bare.id, key, bare.since, bare.until, bare.bound_to, signature)


def vouchers_in(text: str) -> tuple[Voucher, ...]:
    """Return the vouchers that stand in a text, each once; what has only the look of one is none."""
    found = {one: made for one in _SHAPE.findall(text) if (made := _read(one)) is not None}
    return tuple({one.id: one for one in reversed(found.values())}.values())[::-1][:MOST]


def weigh(
    voucher: Voucher,
    keys: Mapping[str, IssuerKey],
    vouched: Iterable[str],
    address: Address | None,
    *,
    is_proven: bool,
    at: datetime,
) -> Weighed:
    """Say what a voucher is worth in a request from `address`; `vouched` are those the owner vouches for.

    `is_proven` tells whether the owner's own provider, or an answered letter, proves the address.
    """
    key = keys.get(voucher.key)
    if key is None:
        return Weighed(voucher.id, "", voucher.until, VoucherFault.UNKNOWN_KEY)
    if not _is_signed(voucher, key):
        return Weighed(voucher.id, "", voucher.until, VoucherFault.FORGED)
    fault = _fault(voucher, key, address, at) or (None if is_proven else VoucherFault.UNPROVEN)
    if fault is None and key.person not in frozenset(vouched):
        fault = VoucherFault.NOT_VOUCHED
    return Weighed(voucher.id, key.person, voucher.until, fault)


def _fault(voucher: Voucher, key: IssuerKey, address: Address | None, at: datetime) -> VoucherFault | None:
    """Return what is wrong with a voucher that its key did sign."""
    bound = address is not None and compare_digest(voucher.bound_to, _bound(_id(voucher), address))
    faults = (
        (voucher.until - voucher.since > LONGEST, VoucherFault.TOO_LONG),
        (not bound, VoucherFault.OTHER_ADDRESS),
        (voucher.id in key.revoked, VoucherFault.REVOKED),
        (at >= voucher.until, VoucherFault.EXPIRED),
        (at < voucher.since, VoucherFault.TO_COME),
    )
    return next((fault for is_so, fault in faults if is_so), None)


def _is_signed(voucher: Voucher, key: IssuerKey) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(key.public)
        public.verify(voucher.signature, _SIGNED + voucher.body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(letters: str) -> Voucher | None:
    """Return the voucher that these letters write, `None` where they write none or write it otherwise."""
    data = urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    if urlsafe_b64encode(data).decode().rstrip("=") != letters:
        return None
    version, key, id_, since, until, bound = _BODY.unpack(data[: _BODY.size])
    if version != 1 or since >= until:
        return None
    begins, ends = (datetime.fromtimestamp(one, UTC) for one in (since, until))
    return Voucher(id_.hex(), key.hex(), begins, ends, bound, data[_BODY.size :])


def _bound(id_: bytes, address: Address) -> bytes:
    """Return what binds a voucher to an address without naming it to whoever does not know it."""
    told = f"{address.kind}:{address.value}".encode("utf-8", "surrogatepass")
    return blake2b(told, key=id_, digest_size=16, person=b"anlass-voucher").digest()


def _id(voucher: Voucher) -> bytes:
    return bytes.fromhex(voucher.id)


def _whole(when: datetime) -> datetime:
    return datetime.fromtimestamp(int(when.timestamp()), UTC)
