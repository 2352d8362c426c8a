"""The owner's own lists on chat networks: whatever a server tells, each entry is told or named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.channels.networks.lists import FOLLOWERS, on_mastodon, on_matrix, on_xmpp, too_many
from anlass.desk.people.voice_of_ledger import place_says
from anlass.desk.voice.common import set_aside_says
from anlass.intake import SetAside
from anlass.ledger.trace import Trace

ME = "olga@wend.example"
_ODD: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
"""Whatever JSON can say."""


def test_a_roster_names_who_is_seen_or_sees() -> None:
    """Who only asks, the owner's own programs and servers without a person are no contacts."""
    rows = [
        ("Max@ag.example", "Max  Krohn\x07", "both"),
        ("eva@ag.example", "", "to"),
        ("sam@ag.example", "Sam", "none"),
        (ME, "Ich", "both"),
        ("irc.ag.example", "IRC", "both"),
    ]
    assert list(on_xmpp(ME, rows)) == [
        Trace("Max Krohn", told("max@ag.example", rows), f"{ME}, on your list"),
        Trace("", told("eva@ag.example", rows), f"{ME}, on your list"),
    ]


def told(jid: str, rows: list[tuple[str, str, str]]) -> Any:
    """Return the addresses of the entry with this name on XMPP."""
    entries = (one for one in on_xmpp(ME, rows) if isinstance(one, Trace))
    return next(one.addresses for one in entries if one.addresses[0].value == jid)


def test_a_room_that_was_left_puts_nobody_on_the_list() -> None:
    """Of the list of rooms for two those count in which the owner is; what is no entry is named."""
    rooms: dict[str, Any] = {"@max:ag.example": ["!a"], "@eva:ag.example": ["!b"], "@sam:ag.example": 3}
    found = list(on_matrix("@olga:wend.example", {**rooms, "max": ["!a"]}, ["!a"]))
    assert [one.addresses[0].value for one in found if isinstance(one, Trace)] == ["@max:ag.example"]
    assert [one.reason for one in found if isinstance(one, SetAside)] == ["list_entry", "list_entry"]


def test_an_account_that_cannot_be_read_is_named_with_its_number() -> None:
    """The rest of the list goes on, and its place is said in both languages."""
    rows = [{"acct": "max", "display_name": "Max"}, {"acct": None}, None, {"acct": "a b@c"}]
    found = list(on_mastodon("@olga@wend.example", "wend.example", rows, FOLLOWERS))
    assert isinstance(found[0], Trace)
    assert place_says(found[0].place, "de") == "@olga@wend.example, folgt dir"
    assert place_says(found[0].place, "en") == "@olga@wend.example, follows you"
    asides = [one for one in found if isinstance(one, SetAside)]
    assert [one.says for one in asides] == [
        f"Entry {number} of a list of accounts cannot be read." for number in (2, 3, 4)
    ]
    assert set_aside_says(asides[0], "de") == "Ein Eintrag dieser Liste ließ sich nicht lesen."
    assert set_aside_says(too_many(ME, 5), "de") == "Die Liste ist länger; gelesen wurde ihr Anfang."


@given(st.lists(_ODD, max_size=5))
def test_every_row_is_told_or_named(rows: list[Any]) -> None:
    """Whatever a server answers, nothing is raised and nothing is dropped."""
    assert len(list(on_mastodon(ME, "wend.example", rows, FOLLOWERS))) == len(rows)


@given(st.dictionaries(st.text(), _ODD, max_size=5))
def test_odd_rooms_are_told_or_named(rooms: dict[str, Any]) -> None:
    """A list of rooms is written by programs of the owner's, in whatever shape."""
    assert len(list(on_matrix(ME, rooms, ()))) <= len(rooms)


@pytest.mark.parametrize("place", ["Connections.csv, line 3", "a, b", ""])
def test_other_places_stay(place: str) -> None:
    """What is no list of a network is said as before."""
    assert place_says(place, "en") == place
