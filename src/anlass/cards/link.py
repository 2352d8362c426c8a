"""The link of a grant: the grant's id, signed with the owner's secret. Nobody guesses one.

A link is 16 characters of id and 26 of signature, in letters and digits that can be read aloud. The
signature is compared in constant time, and before it is believed nothing is looked up by it that could
answer differently.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from hashlib import blake2b

_ID = 16
_BYTES = 16
_SHAPE = re.compile(r"[a-z2-7]{42}", re.ASCII)
_NOBODY = "a" * _ID
CARD = b"anlass-card"
"""What links of cards are signed for; a link of another use is none of a card."""


def link_of(key: bytes, grant: str, use: bytes = CARD) -> str:
    """Return the link of the grant with this id; `key` is the owner's secret, `use` what it opens."""
    return grant + _signed(key, grant, use)


def id_in(key: bytes, link: str, use: bytes = CARD) -> tuple[str, bool]:
    """Return the id of a grant that a link names, and whether the owner's house signed it.

    What has not the shape of a link names the id of nobody, so that the work is the same for all.
    """
    has_shape = _SHAPE.fullmatch(link) is not None
    grant = link[:_ID] if has_shape else _NOBODY
    sign = link[_ID:] if has_shape else _signed(b"\0", _NOBODY, use)
    is_signed = hmac.compare_digest(sign, _signed(key, grant, use))
    return grant, is_signed and has_shape


def _signed(key: bytes, grant: str, use: bytes) -> str:
    digest = blake2b(grant.encode(), key=key[:64], digest_size=_BYTES, person=use).digest()
    return b32encode(digest).decode().lower().rstrip("=")
