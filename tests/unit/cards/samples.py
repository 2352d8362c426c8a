"""The cards of the tests: Olga's, in four tiers and two faces."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

from anlass.cards import Cards, ShownCard, parse_cards, shown

SINCE = datetime(2026, 11, 22, 9, tzinfo=UTC)
UNTIL = datetime(2026, 12, 24, 9, tzinfo=UTC)

TEXT = '''
name = "Olga von Türen"
organisation = "Türen & Söhne; Verlag"
role = "Autorin, Vorträge"
note = "Wer mag, wählt einen Weg. Keine Antwort nötig."
topics = ["Türen", "Schlösser, alte"]
address = "https://karte.tueren.example"

[card.conference]
title = "Konferenz"

[card.press]
title = "Presse"
role = "Pressestelle"

[[option]]
kind = "mail"
value = "karte@tueren.example"
tier = "card"
place = "work"

[[option]]
kind = "xing"
value = "https://www.xing.com/profile/Olga_Tueren?sc_o=x"
tier = "card"

[[option]]
kind = "mastodon"
value = "https://social.example/@olga"
tier = "card"

[[option]]
kind = "phone"
value = "+49 30 901820"
tier = "business"
place = "work"

[[option]]
kind = "address"
value = """
Torweg 3
10117 Berlin
Deutschland"""
tier = "business"

[[option]]
kind = "mail"
value = "presse@tueren.example"
tier = "business"
cards = ["press"]

[[option]]
kind = "mobile"
value = "+49 170 1234567"
tier = "direct"

[[option]]
kind = "matrix"
value = "@olga:chat.example"
tier = "direct"

[[option]]
kind = "calendar"
value = "zeit.example/olga"
tier = "direct"
label = "Zwanzig Minuten"

[[option]]
kind = "xmpp"
value = "olga@chat.example"
tier = "private"

[[option]]
kind = "skype"
value = "olga.tueren"
tier = "private"

[[option]]
kind = "signal"
value = "+49 170 1234567"
tier = "private"

[[option]]
kind = "threema"
value = "ABCD1234"
tier = "private"

[[option]]
kind = "flickr"
value = "https://www.flickr.com/photos/olga-t/"
tier = "private"

[[option]]
kind = "linkedin"
value = "olga-von-tueren"
tier = "private"

[[option]]
kind = "web"
value = "https://tueren.example/"
tier = "private"
'''


def cards_of(text: str = TEXT, lang: str = "de") -> Cards:
    """Return the cards of a text; every problem stands in line 1."""
    return parse_cards(tomllib.loads(text), lambda _: ("cards.toml", 1, 1), "de" if lang == "de" else "en")


def all_of_it(*, card: str = "conference", until: datetime | None = UNTIL) -> ShownCard:
    """Return a card with all its tiers."""
    found = shown(cards_of(), card, "private", since=SINCE, until=until)
    assert found is not None
    return found
