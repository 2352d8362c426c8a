"""What the action `unlock` opens: which card and tier, and the link that the letter takes along.

Nothing is opened by thinking: a case only says what would be. Whoever releases the letter calls `unlocked`,
which gives the grant (once for a case) and returns the letter with its link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.cards import Occasion
from anlass.case import Case
from anlass.desk.cards.granting import PATH, Given, Wanted, give, granted_for
from anlass.desk.cards.own import cards_of
from anlass.policy import Action
from anlass.replies import Draft
from anlass.replies.draft import OutwardText
from anlass.store.book import Book

_LINK = re.compile(rf"\S*{re.escape(PATH)}\S+")


@dataclass(frozen=True, slots=True)
class Unlock:
    """What would be opened for a case: a card as far as a tier; `given` once it has been."""

    card: str
    tier: str
    given: Given | None = None


def unlock_of(book: Book, case: Case, *, at: datetime) -> Unlock | None:
    """Return what a case would open; `None` where it opens nothing, or the owner has no card to open."""
    cards = cards_of(book) if case.decision.action is Action.UNLOCK else None
    if cards is None:
        return None
    given = granted_for(book, case.request.id, at=at)
    if given is not None:
        return Unlock(given.grant.card, given.grant.tier, given)
    return Unlock(cards.cards[0].name, cards.unlock)


def unlocked(book: Book, case: Case, draft: Draft, *, now: datetime) -> Draft:
    """Open what a case opens, once, and return its letter with the link; any other letter as it is.

    A link without an address leads nowhere from outside, so a letter takes none along; the grant is not
    given either.
    """
    unlock, cards = unlock_of(book, case, at=now), cards_of(book)
    if unlock is None or cards is None or not cards.address:
        return draft
    given = unlock.given
    if given is None:
        wanted = Wanted(unlock.card, unlock.tier, occasion=Occasion.ANSWERING, case=case.request.id)
        book.meet(case.person)
        given = give(book, case.person.id, wanted, now=now)
    return with_link(draft, given.link)


def without_card(text: str) -> str:
    """Return the words of a letter without the link to a card, which is for its reader alone."""
    return _LINK.sub("…", text)


def with_link(draft: Draft, link: str) -> Draft:
    """Return a letter with a link as a paragraph of its own before its closing."""
    body, _, closing = draft.text.words.rpartition("\n\n")
    if link in draft.text.words:
        return draft
    if not body:
        return replace(draft, text=OutwardText(f"{closing}\n\n{link}"))
    body = f"{body[:-1]}:" if body.endswith(".") else body
    return replace(draft, text=OutwardText(f"{body}\n\n{link}\n\n{closing}"))
