"""What is shown of the owner: contact options, in tiers, on cards, and who was granted to see them.

A card is offered, never pushed. A `ShownCard` holds what one person may see at one instant and nothing
else: no tier, no grant, no count of what was left out, so that no writer of a card could show it. This room
must not know who a person is (`people`) nor what the house thinks of one (`policy`).
"""

from anlass.cards.card import Card, Cards, ShownCard, ShownOption, shown
from anlass.cards.grant import Grant, GrantEnd, Occasion, seen
from anlass.cards.link import id_in, link_of
from anlass.cards.option import ContactOption, OptionKind, normal, target
from anlass.cards.parse import CardFaults, parse_cards
from anlass.cards.written import written

__all__ = [
    "Card",
    "CardFaults",
    "Cards",
    "ContactOption",
    "Grant",
    "GrantEnd",
    "Occasion",
    "OptionKind",
    "ShownCard",
    "ShownOption",
    "id_in",
    "link_of",
    "normal",
    "parse_cards",
    "seen",
    "shown",
    "target",
    "written",
]
