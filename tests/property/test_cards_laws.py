"""Laws of cards: nothing beyond what was granted is ever shown, and what is written is read back."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.cards import (
    Card,
    CardFaults,
    Cards,
    ContactOption,
    Grant,
    GrantEnd,
    OptionKind,
    id_in,
    link_of,
    normal,
    parse_cards,
    seen,
    target,
    written,
)
from anlass.cards.jcard import jcard
from anlass.cards.jscontact import jscontact
from anlass.cards.vcard import vcard
from anlass.errors import Problem
from anlass.sources import Bearings
from anlass.sources.cards import cards_in

pytestmark = pytest.mark.slow  # each law is tried in a hundred situations

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40).map(
    lambda text: " ".join(text.split())
)
NAMES = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
MOMENTS = st.integers(-200, 200).map(lambda days: NOW + timedelta(days=days))
VALUES = {
    OptionKind.MAIL: NAMES.map(lambda name: f"{name}@{name}.example"),
    OptionKind.MOBILE: st.integers(1000000, 9999999).map(lambda number: f"+49 170 {number}"),
    OptionKind.ADDRESS: st.lists(
        WORDS.map(lambda text: text.replace(";", "")).filter(bool), min_size=1, max_size=4
    ).map("\n".join),
    OptionKind.MATRIX: NAMES.map(lambda name: f"@{name}:{name}.example"),
    OptionKind.LINKEDIN: NAMES,
    OptionKind.SKYPE: NAMES,
    OptionKind.WEB: NAMES.map(lambda name: f"https://{name}.example/{name}"),
}


@st.composite
def options(draw: st.DrawFn, tiers: tuple[str, ...], faces: tuple[str, ...]) -> ContactOption:
    """Draw an option in one of these tiers, on some of these cards."""
    kind = draw(st.sampled_from(list(VALUES)))
    on = tuple(draw(st.lists(st.sampled_from(faces), unique=True)))
    return ContactOption(
        kind,
        draw(VALUES[kind]),
        draw(st.sampled_from(tiers)),
        draw(st.sampled_from(("", "work", "home"))),
        draw(WORDS),
        on,
    )


@st.composite
def many_cards(draw: st.DrawFn) -> Cards:
    """Draw an owner's cards."""
    tiers = tuple(draw(st.lists(NAMES, min_size=1, max_size=5, unique=True)))
    faces = tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)))
    return Cards(
        name=draw(WORDS.filter(bool)),
        common=Card("main", "", draw(WORDS), draw(WORDS), draw(WORDS)),
        cards=tuple(Card(name, draw(WORDS), draw(WORDS)) for name in faces),
        options=tuple(draw(st.lists(options(tiers, faces), max_size=8))),
        tiers=tiers,
        topics=tuple(draw(st.lists(WORDS.filter(bool), max_size=3, unique=True))),
        unlock=draw(st.sampled_from(tiers)),
    )


@st.composite
def granted(draw: st.DrawFn) -> tuple[Cards, Grant]:
    """Draw cards and a grant to one of them; now and then to a tier or card that is gone since."""
    cards = draw(many_cards())
    grant = Grant(
        "a" * 16,
        "person",
        draw(st.sampled_from([*(one.name for one in cards.cards), "gone-card"])),
        draw(st.sampled_from([*cards.tiers, "gone-tier"])),
        since=draw(MOMENTS),
        given_at=draw(MOMENTS),
        until=draw(st.none() | MOMENTS),
        revoked_at=draw(st.none() | MOMENTS),
    )
    return cards, grant


@given(granted(), MOMENTS)
def test_a_page_shows_a_subset_of_what_is_granted_at_that_instant(
    drawn: tuple[Cards, Grant], at: datetime
) -> None:
    """No option of a higher tier or another card is seen, none at all before, after or once revoked."""
    cards, grant = drawn
    card = seen(cards, grant, at=at)
    holds = (
        grant.since <= at
        and (grant.until is None or at < grant.until)
        and (grant.revoked_at is None or at < grant.revoked_at)
    )
    exists = grant.tier in cards.tiers and cards.card(grant.card) is not None
    assert (card is not None) is (holds and exists)
    assert (grant.end(at) is GrantEnd.HOLDS) is holds
    if card is not None:
        reach = cards.tiers.index(grant.tier)
        allowed = [
            (one.kind, one.value, one.place, one.label)
            for one in cards.options
            if cards.tiers.index(one.tier) <= reach and (not one.cards or grant.card in one.cards)
        ]
        assert [(one.kind, one.value, one.place, one.label) for one in card.options] == allowed


@given(granted(), WORDS)
def test_what_is_not_granted_leaves_no_trace_in_any_form(drawn: tuple[Cards, Grant], words: str) -> None:
    """Cards that differ only in what is not granted are the same letter for letter."""
    cards, grant = drawn
    grant = replace(grant, since=NOW, until=None, revoked_at=None)
    hidden = ContactOption(OptionKind.WEB, "https://hidden.example", "above", label=words)
    more = replace(cards, tiers=(*cards.tiers, "above"), options=(hidden, *cards.options))
    less, shown = seen(cards, grant, at=NOW), seen(more, grant, at=NOW)
    assert less == shown
    if less is not None and shown is not None:
        for version in ("3.0", "4.0"):
            assert vcard(less, version) == vcard(shown, version)
        assert json.dumps([jcard(less), jscontact(less)]) == json.dumps([jcard(shown), jscontact(shown)])
        assert "hidden.example" not in vcard(shown)


@given(many_cards())
def test_a_written_file_is_read_back(cards: Cards) -> None:
    """The page writes what the file means, whatever the words."""
    assert parse_cards(tomllib.loads(written(cards)), lambda _: ("", 1, 1)) == cards


@given(granted())
def test_the_reader_reads_every_card_written_here(drawn: tuple[Cards, Grant]) -> None:
    """Whatever stands on a card, the reader of address books finds its name and its mail addresses."""
    cards, grant = drawn
    card = seen(cards, replace(grant, since=NOW, until=None, revoked_at=None), at=NOW)
    for version in ("3.0", "4.0"):
        if card is None:
            continue
        told = vcard(card, version)
        assert max(len(line.encode()) for line in told.split("\r\n")) <= 75
        (trace,) = cards_in(told.encode(), "one.vcf", Bearings(frozenset(), NOW))
        mails = {one.value for one in card.options if one.kind is OptionKind.MAIL}
        assert getattr(trace, "name", "") == card.name
        assert mails <= {one.value for one in getattr(trace, "addresses", ())}


@given(
    st.binary(min_size=32, max_size=64), st.from_regex(r"[a-z2-7]{16}", fullmatch=True), st.text(max_size=60)
)
def test_only_the_owners_house_signs_a_link(key: bytes, grant: str, guess: str) -> None:
    """A link opens what it was made for; no other text, and no other house's link, opens anything."""
    link = link_of(key, grant)
    assert id_in(key, link) == (grant, True)
    assert id_in(bytes(reversed(key)) + b"x", link)[1] is False
    assert guess == link or id_in(key, guess)[1] is False
    assert id_in(key, link[:-2] + ("a2" if link[-2:] != "a2" else "b2"))[1] is False


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_KEYS = st.sampled_from(["name", "option", "card", "tiers", "topics", "lang", "address", "unlock", "note"])


@given(st.dictionaries(_KEYS | st.text(max_size=8), _JSON, max_size=8))
def test_no_file_breaks_the_reader(data: dict[str, object]) -> None:
    """Whatever tables a file holds, it is cards or a list of problems."""
    said: tuple[Problem, ...] = ()
    try:
        assert parse_cards(data, lambda path: (repr(path), 1, 1)).name
    except CardFaults as faults:
        said = faults.problems
    assert all(one.says for one in said)


@given(st.sampled_from(list(OptionKind)), st.text(max_size=80))
def test_no_text_becomes_an_option_that_runs_anything(kind: OptionKind, text: str) -> None:
    """Whatever is written for an option, what a click opens is a page, a letter, a call or a chat."""
    form = normal_or_none(kind, text)
    if form is not None:
        leads = target(kind, form)
        assert leads == "" or leads.partition(":")[0].lower() in {
            "http",
            "https",
            "mailto",
            "tel",
            "matrix",
            "xmpp",
        }
        assert not any(char.isspace() for char in leads)


def normal_or_none(kind: OptionKind, text: str) -> str | None:
    """Return the normal form; a second time it is the same."""
    form = normal(kind, text)
    assert form is None or normal(kind, form) == form
    return form
