"""What stands beside a person: their standing, whether they are watched, what they were granted to see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anlass.desk.cards.granting import grants
from anlass.desk.cards.own import cards_of
from anlass.desk.cards.unlocking import unlock_of
from anlass.desk.cards.voice import grant_says, unlock_says
from anlass.desk.people.standing import stands
from anlass.desk.people.voice_of_standing import standing_says, watch_says
from anlass.desk.people.watch_list import watched
from anlass.people import Standing
from anlass.people.standing import GIVEN, StandingBy
from anlass.policy import Action
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.telling import told
from anlass.web.gate.entrance import is_the_owner

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.desk.people.standing import Stands
    from anlass.people import Person
    from anlass.store.book import Book


def beside(request: HttpRequest, book: Book, somebody: Person) -> dict[str, object]:
    """Return what the page of a person shows of standing and watch list, and to the owner alone of grants."""
    now, lang = house_of(request).now(), lang_of()
    if book.person(somebody.id) is None:
        return {}
    found = stands(book, somebody, at=now)
    can_say = is_the_owner(request) or found.standing is not Standing.VOUCHED_FOR
    on_list = watched(book, somebody, at=now)
    return {
        "standing_says": standing_says(_as_seen(request, found), now, lang),
        "can_vouch": found.standing is not Standing.VOUCHED_FOR and is_the_owner(request),
        "can_be_contact": found.standing is not Standing.CONTACT and can_say,
        "can_be_put_back": found.standing in GIVEN[1:] and can_say,
        "watch_says": watch_says(on_list, now, lang) if on_list else "",
        "just_done": told(request),
        **(_granted(request, book, somebody) if is_the_owner(request) else {}),
    }


def _as_seen(request: HttpRequest, found: Stands) -> Stands:
    """Return a standing as it may be read: why the owner said so stands there for the owner alone."""
    if found.word is None or found.word.by is not StandingBy.OWNER or is_the_owner(request):
        return found
    return replace(found, word=replace(found.word, why=""))


def _granted(request: HttpRequest, book: Book, somebody: Person) -> dict[str, object]:
    now, lang, cards = house_of(request).now(), lang_of(), cards_of(book)
    return {
        "can_grant": True,
        "grants": [
            (one, grant_says(one, now, lang), one.end.value in {"holds", "to come"})
            for one in grants(book, somebody, at=now)
        ],
        "own_cards": cards,
        "own_tiers": [(tier, tier == cards.unlock) for tier in cards.tiers] if cards else [],
    }


def unlocking(request: HttpRequest, case_id: str) -> dict[str, object]:
    """Return what the owner is shown of a case whose proposal is to unlock; nothing elsewhere."""
    house = house_of(request)
    if house.classroom is None or not is_the_owner(request):
        return {}
    book, now = house.classroom.book, house.now()
    case = book.case(case_id).case
    if case.decision.action is not Action.UNLOCK:
        return {}
    return {"unlock_says": unlock_says(unlock_of(book, case, at=now), now, lang_of())}
