"""The public page of house rules: kind words, and nothing to steer around."""

from __future__ import annotations

import pytest

from anlass.policy import PRESETS, Policy, parse_policy, preset
from anlass.policy.recipes import recipe, recipe_texts
from anlass.replies.discretion import reveals
from anlass.replies.house_page import edited_page, gives_away, house_page

POLICIES = {**{name: preset(name) for name in PRESETS}, **{name: recipe(name) for name in recipe_texts()}}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", POLICIES)
def test_page_says_nothing_of_the_rules(name: str, lang: str) -> None:
    """No word of the house's own, no number, nothing that a condition compares, no mark of haste."""
    page = house_page(POLICIES[name], lang)
    told = page.title.words + page.text
    assert reveals(told) is None
    assert gives_away(page, POLICIES[name]) == ()
    assert not any(char.isdigit() or char == "!" for char in told)


@pytest.mark.parametrize(
    "name", ["code-word", "holidays", "press-always-through", "my-patients", "colleagues"]
)
def test_personal_rules_leave_the_page_as_it_is(name: str) -> None:
    """With or without a rule on code words, days, newsrooms, groups or domains it reads the same."""
    assert house_page(POLICIES[name], "de") == house_page(Policy(), "de")


def test_thresholds_leave_the_page_as_it_is() -> None:
    """Three letters or thirty: the page is the same."""
    rule = '[[rule]]\nname = "n"\nwhy = "w"\nall = ["tie.mails_in >= {n}"]\ndo = "accept"\n'
    three, thirty = (house_page(parse_policy(rule.format(n=n)), "en") for n in (3, 30))
    assert three == thirty
    assert len(three.paragraphs) == len(house_page(Policy(), "en").paragraphs) + 1


def test_german_and_english_pages_say_the_same_things() -> None:
    """Both languages have every paragraph."""
    for policy in POLICIES.values():
        assert len(house_page(policy, "de").paragraphs) == len(house_page(policy, "en").paragraphs)


def test_owner_learns_what_an_edited_page_gives_away() -> None:
    """A code word, a domain or a word of the house's own is named; the text stays the owner's."""
    page = edited_page("Schreib Kornblume in den Betreff.\n\nIch  lese\nalles.", "de")
    assert page.text == "Schreib Kornblume in den Betreff.\n\nIch lese alles."
    assert gives_away(page, POLICIES["code-word"]) == ("kornblume",)
    assert gives_away(page, POLICIES["colleagues"]) == ()
