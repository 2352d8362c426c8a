"""The Message-ID of a letter of the house: made before the first attempt, known again when it comes back.

Its first half is chance, its second half is signed with the owner's key over that chance, the request
and the person. Every mail program gives it back in In-Reply-To and References, so no address of a
strange shape is needed and nothing of it can be read. A Message-ID that somebody made up, that belongs
to another request or was sent to another person, does nothing.
"""

from __future__ import annotations

import hmac
import re
from hashlib import blake2b

_HALF = 20
"""Characters of either half, in hexadecimal digits: 80 bits."""

_SHAPE = re.compile(rf"[0-9a-f]{{{_HALF}}}\.[0-9a-f]{{{_HALF}}}@")


def signed_id(key: bytes, chance: bytes, *, request: str, person: str, domain: str) -> str:
    """Return the Message-ID (without brackets) of a letter; `chance` is ten random bytes, `key` secret."""
    first = chance.hex()[:_HALF].rjust(_HALF, "0")
    return f"{first}.{_signed(key, first, request, person)}@{domain}"


def is_signed(key: bytes, message_id: str, *, request: str, person: str) -> bool:
    """Tell whether a Message-ID is of a letter of this house to this person on this request."""
    first, _, second = message_id.partition("@")[0].partition(".")
    return (
        len(first) == _HALF
        and second.isascii()
        and hmac.compare_digest(second, _signed(key, first, request, person))
    )


def looks_signed(message_id: str) -> bool:
    """Tell whether a Message-ID has the shape of ours; whether it is one, only the key tells."""
    return _SHAPE.match(message_id) is not None


def _signed(key: bytes, first: str, request: str, person: str) -> str:
    told = "\0".join((first, request, person)).encode("utf-8", "surrogatepass")
    return blake2b(told, key=key[:64], digest_size=_HALF // 2).hexdigest()
