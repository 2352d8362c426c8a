"""The file a first card begins with: it holds as it is, and speaks the owner's language."""

from __future__ import annotations

import pytest

from anlass.desk.cards.own import beginning, begun, read_cards
from anlass.desk.voice.common import Lang


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_first_card_holds_as_it_is(lang: Lang) -> None:
    """Its tiers are those that a card begun on the pages has; the examples hold too, once uncommented."""
    text = beginning("Olga Türen", "olga@home.example", lang)
    cards = read_cards(text, "cards.toml", lang)
    assert (cards.name, cards.tiers, cards.unlock) == ("Olga Türen", begun(lang).tiers, begun(lang).unlock)
    begin = text.rindex("# [[option]]")
    example = text[begin:].replace("# ", "", 1).replace("\n# ", "\n")
    press = '\n[card.press]\ntitle = "x"\n'
    assert len(read_cards(text[:begin] + press + example, "cards.toml", lang).options) == 2
