"""Entering a house: a code by mail or a passkey begins a visit, and a visit is known by its cookie.

Whoever asks for a code learns nothing: for an address that nobody is known by the same is done, written and
answered. Secrets are kept as digests; a code is good once, for ten minutes, in the browser that asked for it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from anlass.people import mail_address
from anlass.store.gate.keys import GateTables, Keyholder, Role, Visit

CODE_LASTS = timedelta(minutes=10)
TRIES = 5
VISIT_LASTS, IDLE_LASTS = timedelta(days=30), timedelta(days=7)
"""How long a visit lasts at most, and how long without a look at a page."""
FRESH = timedelta(hours=1)
"""How long after logging in keys and mailboxes may be changed without logging in again."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and figures that nobody mistakes for each other."""
_CODE_LENGTH = 8
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that was asked for: `attempt` stays in the browser, the code goes by mail to `to`.

    Where the address is nobody's, `to` is empty and the code goes nowhere.
    """

    attempt: str
    code: str
    to: str


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody who has entered: who, in whose house (none yet: ""), as what, and by which visit."""

    keyholder: Keyholder
    owner: str
    role: Role | None
    visit: Visit

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether the log-in was a short time ago."""
        return now - self.visit.made_at <= FRESH


def digest(secret: str) -> str:
    """Return what is kept of a secret; these are all drawn by chance, so nobody can guess them back."""
    return blake2b(secret.encode(errors="replace"), digest_size=24, person=b"anlass-gate").hexdigest()


def ask_code(gate: GateTables, address: str, *, now: datetime) -> Asked:
    """Make a one-time code for whoever is known by this address."""
    normal = mail_address(address)
    known, to = gate.id_at(normal.value if normal else "")
    attempt, code = secrets.token_urlsafe(32), "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    gate.keep_code(digest(attempt), known, digest(attempt + code), ends=now + CODE_LASTS, now=now)
    return Asked(attempt, code, to)


def enter_with_code(gate: GateTables, attempt: str, code: str, *, now: datetime) -> Keyholder | None:
    """Return who may enter with this code; `None` where it is wrong, over, spent or was tried too often."""
    asked = digest(attempt)
    found = gate.try_code(asked, tries=TRIES, now=now)
    typed = "".join(code.upper().split()).replace("-", "")
    is_right = secrets.compare_digest(digest(attempt + typed), found[1] if found else digest(""))
    if not (found and is_right and gate.spend_code(asked)):
        return None
    return gate.keyholder(found[0]) if found[0] else None


def begin(gate: GateTables, keyholder: Keyholder, how: str, device: str, *, now: datetime) -> str:
    """Begin a visit and return the secret of its cookie; with one house only, it begins in there."""
    secret = secrets.token_urlsafe(32)
    keys = keyholder.keys or {}
    owner = next(iter(keys)) if len(keys) == 1 and not keyholder.is_host else ""
    gate.begin(Visit(digest(secret), keyholder.id, owner, how, device, now, now, now + VISIT_LASTS))
    return secret


def move(gate: GateTables, inside: Inside, owner: str, *, now: datetime) -> str | None:
    """Go to another house one has a key to, with a new cookie; `None` where there is no key to it."""
    if owner and gate.role_of(owner, inside.keyholder.id) is None:
        return None
    secret, before = secrets.token_urlsafe(32), inside.visit
    with gate.together():
        gate.end(before.id)
        gate.begin(
            Visit(digest(secret), before.keyholder, owner, before.how, before.device, before.made_at, now,
                  before.ends_at)
        )  # fmt: skip
    return secret


def inside(gate: GateTables, secret: str, *, now: datetime) -> Inside | None:
    """Return who is behind a cookie now, and as what; `None` where the visit is over."""
    visit = gate.visit(digest(secret)) if secret else None
    if visit is None:
        return None
    keyholder = gate.keyholder(visit.keyholder)
    if keyholder is None or now >= visit.ends_at or now - visit.seen_at > IDLE_LASTS:
        gate.end(visit.id)
        return None
    if now - visit.seen_at > _SEEN_EVERY:
        gate.saw(visit.id, now=now)
    role = (keyholder.keys or {}).get(visit.owner)
    return Inside(keyholder, visit.owner if role else "", role, visit)


def begins_with(id_: str, prefix: str) -> bool:
    """Tell whether a visit is the one that was named by the beginning of its id."""
    return len(prefix) >= 4 and id_.startswith(prefix)


def leave(gate: GateTables, secret: str) -> None:
    """End the visit behind a cookie."""
    gate.end(digest(secret))
