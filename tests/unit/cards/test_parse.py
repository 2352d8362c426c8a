"""The file of cards: what it says, and everything that is wrong with it at once."""

from __future__ import annotations

import tomllib

import pytest

from anlass.cards import Card, CardFaults, ContactOption, OptionKind, parse_cards, written
from anlass.cards.parse import Key
from tests.unit.cards.samples import cards_of


def faults(text: str, lang: str = "en") -> list[str]:
    """Return what is said against a text, each with the path it points at."""

    def where(path: Key) -> tuple[str, int, int]:
        return ".".join(map(str, path)), 1, 1

    with pytest.raises(CardFaults) as raised:
        parse_cards(tomllib.loads(text), where, "de" if lang == "de" else "en")
    return [f"{one.where}: {one.says}" for one in raised.value.problems]


def test_a_file_is_read_with_its_faces_tiers_and_options() -> None:
    """Two cards, four tiers, sixteen options in normal form."""
    cards = cards_of()
    assert cards.name == "Olga von Türen"
    assert cards.cards == (Card("conference", "Konferenz"), Card("press", "Presse", role="Pressestelle"))
    assert cards.tiers == ("card", "business", "direct", "private")
    assert cards.unlock == "business"
    assert len(cards.options) == 16
    assert cards.options[5] == ContactOption(
        OptionKind.MAIL, "presse@tueren.example", "business", cards=("press",)
    )


def test_own_tiers_keep_their_order() -> None:
    """An owner may name tiers; the first is what unlocking opens where no other is named."""
    cards = cards_of('name = "O"\ntiers = ["hallway", "desk", "kitchen table"]')
    assert cards.tiers == ("hallway", "desk", "kitchen table")
    assert cards.unlock == "hallway"


def test_a_written_file_is_the_same_cards() -> None:
    """What the page writes is what the file said, quotes and line breaks included."""
    cards = cards_of()
    assert cards_of(written(cards)) == cards
    assert cards_of(written(cards_of(r'name = "Olga \"Tür\" \\ é"'))).name == 'Olga "Tür" \\ é'


def test_every_problem_is_named_at_once_with_its_place() -> None:
    """Keys, kinds, tiers, values, cards: all are said, none stops the others."""
    text = """
adress = "x"
lang = "deutsch"
address = "nirgends"
unlock = "bisness"
topics = ["a", "a"]
[card.press]
title = 3
[[option]]
kind = "mial"
value = "x"
tier = "card"
[[option]]
kind = "phone"
value = "030 1"
tier = "card"
[[option]]
kind = "web"
value = "a.example"
tier = "privat"
place = "beach"
cards = ["press", "nobody"]
"""
    assert faults(text) == [
        "adress: 'adress' is no key. Did you mean address?",
        "card.press.title: title must be a text in quotation marks.",
        "name: name is missing: whose cards these are.",
        "address: address is where the pages of cards are reached (https://card.example), not 'nirgends'.",
        (
            "unlock: There is no tier 'bisness'. There are card, business, direct, private."
            " Did you mean business?"
        ),
        "lang: lang is a language in two letters (de, en), not 'deutsch'.",
        (
            "option.0.kind: There is no kind 'mial'. There are mail, phone, mobile, address, xing, linkedin,"
            " flickr, mastodon, matrix, xmpp, signal, threema, skype, web, calendar. Did you mean mail?"
        ),
        "option.1.value: '030 1' is no telephone number with its country code (+49 30 1234567).",
        (
            "option.2.tier: There is no tier 'privat'. There are card, business, direct, private."
            " Did you mean private?"
        ),
        "option.2.place: place is work, home or empty, not 'beach'.",
        "option.2.cards: There is no card 'nobody'. There are press.",
        "topics: topics names something twice, or too much.",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "O"\noption = 3', "option: Hier gehört eine Tabelle hin: [[option]]."),
        ('name = "O"\noption = [3]', "option.0: Hier gehört eine Tabelle hin: [[option]]."),
        ('name = "O"\ncard = 3', "card: Hier gehört eine Tabelle hin: [card.NAME]."),
        ('name = "O"\ncard = { a = 3 }', "card.a: Hier gehört eine Tabelle hin: [card.a]."),
        (
            'name = "O"\n[card."a/b"]',
            "card.a/b: „a/b“ ist kein Name: Buchstaben, Ziffern, Bindestriche.",
        ),
        ('name = "O"\ntiers = ["a", 3]', 'tiers: tiers muss eine Liste von Texten sein: ["…", "…"].'),
        ('name = "O"\ntopics = [""]', "topics: topics ist zu lang oder enthält Steuerzeichen."),
        (r'name = "O\u0007"', "name: name ist zu lang oder enthält Steuerzeichen."),
    ],
)
def test_odd_tables_are_named_in_the_owners_language(text: str, says: str) -> None:
    """Nothing in a file raises anything but its problems."""
    assert says in faults(text, "de")


def test_too_many_options_are_said_to_be_too_many() -> None:
    """A file has a limit before anything else is read of it."""
    text = 'name = "O"\n' + '[[option]]\nkind = "web"\nvalue = "a.example"\ntier = "card"\n' * 201
    assert faults(text) == ["option: 201 contact options are too many."]
