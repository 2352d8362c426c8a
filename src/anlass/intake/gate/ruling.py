"""What the gate is told about a message, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from anlass.intake.contact_request import Recipient
from anlass.intake.gate.taught import Recipe
from anlass.intake.guard import clean
from anlass.intake.tables import tables
from anlass.people import Person

FORGOTTEN = "N26"
"""A case that was over for as long as the owner keeps them, and is deleted."""
_QUOTE_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was looked up about one message before anybody thinks.

    `owner` holds the owner's addresses in normal form, `trusted` the authserv-ids of the
    owner's own provider. `answers_owner`: In-Reply-To or References name a letter the
    owner sent (N12). `in_owners_thread`: the owner began the thread with this person in
    it (N14). `is_known`: in touch or closer by the ledger, or of the inner circle (N25).
    `introducer`: the known person who wrote this to the owner and a stranger (N15).
    `recipes`: how to read notices that the owner taught (N18).
    """

    owner: frozenset[str]
    recipient: Recipient
    trusted: frozenset[str] = frozenset()
    answers_owner: bool = False
    in_owners_thread: bool = False
    is_known: bool = False
    introducer: Person | None = None
    in_junk: bool = False
    recipes: tuple[Recipe, ...] = ()


@dataclass(frozen=True, slots=True)
class NoRequest:
    """The rule that makes a message none, one English sentence, and the value that hit.

    `ruling_says` gives the sentence in German too.
    """

    rule: str
    says: str
    quote: str = ""


Ruling: TypeAlias = NoRequest
"""What the header alone decides. The rule N18 is the one after which a request follows all the same."""


@lru_cache(maxsize=1_024)  # an archive is full of the same lists and robots
def ruling(rule: str, quote: str) -> Ruling:
    """Return the ruling of `rule`, with the value that hit fit to be shown."""
    shown = " ".join(clean(quote).split())[:_QUOTE_LIMIT]
    return NoRequest(rule, _filled(tables().sentences[rule]["en"], shown), shown)


def ruling_says(said: Ruling, lang: str) -> str:
    """Return the sentence of a ruling in `lang` (`de` or `en`, English for any other)."""
    sentence = tables().sentences[said.rule]
    return _filled(sentence.get(lang, sentence["en"]), said.quote)


def _filled(sentence: str, quote: str) -> str:
    """Put the value into the sentence; without one the sentence ends before it."""
    return sentence.replace("{quote}", quote) if quote else sentence.replace(": {quote}", "")
