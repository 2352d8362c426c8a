"""The door: the page under which the owner can be reached by everybody, as the owner wrote it.

What stands on it is the owner's: who they are, what they are glad about, imprint and privacy notice, a text
for each language. Until the last two are there, it opens on this machine only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest

SHAPE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])", re.ASCII)
"""What the name of a door looks like: 2 to 40 letters, digits and hyphens."""
RESERVED = frozenset(
    ".well-known about abuse access account accounts admin api app arrival assets assistant atom audit auth "
    "backup blocked c calendar card cards case cases circle confirm connect contact contacts decide demo "
    "doctor door doors draft e email enter event events favicon feed feeds grant health healthz help home "
    "host hosts house houses ical imprint inbox index invitation invitations invite journal js keys "
    "knocks leave lint login logout mail mailbox mailboxes me media metrics n network networks ninja o oidc "
    "openapi outbox outcome outcomes outside passkey passkeys people person policy post privacy "
    "private public recent register report robots rss rules search security server servers session "
    "sessions set-aside settings setup sign-in sign-out signup sitemap start static status sw time "
    "tokens tour u undo user users v vouch vouched voucher vouchers w watch webfinger webhooks "
    "well-known wish wishes www x".split()
)
"""Names that are rooms of the house, or may become some: no door bears them."""
FIELDS = ("who", "glad", "imprint", "privacy")
REQUIRED = ("imprint", "privacy")
"""Texts without which a door does not open to the world."""


@dataclass(frozen=True, slots=True)
class DoorTexts:
    """What the owner wrote for the door in one language."""

    lang: str
    who: str = ""
    glad: str = ""
    imprint: str = ""
    privacy: str = ""


@dataclass(frozen=True, slots=True)
class CodeWord:
    """A word that the owner gave away; `until` ends it, `note` says to whom it was given."""

    word: str
    until: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """One owner's door. `register` is how German strangers are addressed."""

    name: str = ""
    is_open: bool = False
    register: str = "du"
    texts: tuple[DoorTexts, ...] = ()
    words: tuple[CodeWord, ...] = ()

    def text(self, field: str, lang: str) -> tuple[str, str]:
        """Return one of `FIELDS` with its language: as wanted, else in the first language that has it."""
        found = [(str(getattr(one, field)), one.lang) for one in self.texts]
        said = [one for one in found if one[0]]
        return next((one for one in said if one[1] == lang), said[0] if said else ("", lang))

    def with_texts(self, lang: str, **said: str) -> Door:
        """Return the door with texts in one language renewed."""
        before = next((one for one in self.texts if one.lang == lang), DoorTexts(lang))
        others = tuple(one for one in self.texts if one.lang != lang)
        return replace(
            self, texts=tuple(sorted((*others, replace(before, **said)), key=lambda one: one.lang))
        )

    def lacks(self) -> tuple[str, ...]:
        """Return what is missing before the door can open to the world, in the order one writes it."""
        unsaid = tuple(field for field in REQUIRED if not self.text(field, "")[0])
        return unsaid if self.name else ("name", *unsaid)

    def welcomes(self, said: str, *, at: datetime) -> bool:
        """Tell whether somebody named a word that holds; every guess is compared with every word."""
        given = plain_word(said)
        held = [
            compare_digest(plain_word(one.word).encode(), given.encode())
            for one in self.words
            if one.until is None or at < one.until
        ]
        return bool(given) and any(held)


def is_name(name: str) -> bool:
    """Tell whether a door can bear this name."""
    return SHAPE.fullmatch(name) is not None and name not in RESERVED


def plain_word(word: str) -> str:
    """Return a code word as it is compared: case, accents' spelling, blanks and hyphens do not matter."""
    folded = unicodedata.normalize("NFKC", word.encode("utf-8", "replace").decode()).casefold()
    return "".join(char for char in folded if char.isalnum())[:200]
