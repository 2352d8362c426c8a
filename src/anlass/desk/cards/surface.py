"""Lines of the surface about cards: what stands on them, and who may see it."""

from __future__ import annotations

from anlass.cards import Cards
from anlass.cards.option import ContactOption
from anlass.desk.cards.granting import Given
from anlass.desk.surface import JsonLine, moment, person_line


def card_line(option: ContactOption, cards: Cards) -> JsonLine:
    """One contact option of the owner's."""
    return {
        "kind": option.kind.value,
        "value": option.value,
        "tier": option.tier,
        "place": option.place or None,
        "label": option.label or None,
        "cards": list(option.cards) or [one.name for one in cards.cards],
    }


def grant_line(one: Given, *, link: bool = True) -> JsonLine:
    """Who may see which card, as far as which tier."""
    grant = one.grant
    return {
        "grant": grant.id,
        "person": person_line(one.person),
        "card": grant.card,
        "tier": grant.tier,
        "since": moment(grant.since),
        "until": moment(grant.until),
        "given_at": moment(grant.given_at),
        "revoked_at": moment(grant.revoked_at),
        "occasion": grant.occasion.value,
        "case": grant.case if grant.person and grant.case else None,
        "state": one.end.value,
        **({"link": one.link} if link else {}),
    }
