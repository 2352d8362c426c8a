"""What a list brought to an event, in whole sentences of both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anlass.desk.gatherings.events import Taken
from anlass.desk.gatherings.voice import taken_says
from anlass.desk.voice.common import Lang
from anlass.intake import Origin
from anlass.intake.message import SetAside
from anlass.outreach.event import Event

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVENT = Event("e", "Tage", NOW, NOW)
ASIDE = SetAside(Origin("list.csv"), "nobody", "Nobody stands there.")


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "de",
            (
                "Tage: niemand neu, ein Mensch schon da; ein Eintrag konnte nicht gelesen werden;"
                " 7 blieben weg, mehr als 20000 haben nicht Platz."
            ),
        ),
        (
            "en",
            (
                "Tage: nobody new, one person there already; one entry could not be read;"
                " 7 were left out, an event has room for 20000."
            ),
        ),
    ],
)
def test_a_list_says_who_came_who_was_there_and_who_found_no_room(lang: Lang, says: str) -> None:
    """Whoever found no room was not there already."""
    assert taken_says(Taken(EVENT, (), 1, (ASIDE,), 7), lang).startswith(f"{says} ")


def test_nothing_is_said_of_what_did_not_happen() -> None:
    """A list that could be read as a whole."""
    assert taken_says(Taken(EVENT, (), 0), "en").startswith("Tage: nobody new. ")
