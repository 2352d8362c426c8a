"""The owner's own words over the shipped ones: all problems at once, and nothing indiscreet."""

from __future__ import annotations

import pytest

from anlass.desk.outgoing.previewing import previews
from anlass.errors import ConfigError
from anlass.replies import overlaid, shipped_templates
from anlass.replies.draft import Register

SHIPPED = shipped_templates()


def test_what_the_owner_says_otherwise_is_said_and_all_else_stays() -> None:
    """One word of one form of address changes; the other forms and languages keep theirs."""
    own = overlaid(SHIPPED, {"templates/de.toml": '[du]\nclosing = "Bis bald"\n'})
    assert own.of("de", Register("du")).say("closing") == "Bis bald"
    assert own.of("de", Register("du")).say("thanks") == SHIPPED.of("de", Register("du")).say("thanks")
    assert own.of("de", Register("sie")) == SHIPPED.of("de", Register("sie"))
    assert own.of("en", Register("you")) == SHIPPED.of("en", Register("you"))


def test_without_files_the_words_are_the_shipped_ones() -> None:
    """Nothing to lay over changes nothing."""
    assert overlaid(SHIPPED, {}) == SHIPPED


def test_every_problem_is_told_at_once() -> None:
    """Unknown keys, empty words, wrong fields, forms nobody has, languages nobody speaks, broken TOML."""
    texts = {
        "t/de.toml": '[du]\nclosing = ""\nclosign = "x"\ngreeting = "Hallo {nam},"\n\n[ihr]\nclosing = "x"\n',
        "t/xx.toml": "",
        "t/en.toml": "[you\n",
    }
    with pytest.raises(ConfigError) as caught:
        overlaid(SHIPPED, texts)
    said = [str(problem) for problem in caught.value.problems]
    assert said[:5] == [
        "t/de.toml: [du] closign is unknown",
        "t/de.toml: [du] closing must be a text",
        "t/de.toml: [du] greeting must have the fields ['name'] and no others",
        "t/de.toml: [ihr] is unknown; known are du, sie",
        "t/xx.toml: xx is no language that is spoken here",
    ]
    assert said[5].startswith("t/en.toml: ")
    assert len(said) == 6


@pytest.mark.parametrize(
    "words", ["Sie stehen auf meiner Merkliste.", "Meine Hausordnung sagt nein.", "Abgelehnt."]
)
def test_words_that_tell_how_the_house_decides_are_refused(words: str) -> None:
    """Also where the owner wrote them: a template goes to everybody."""
    with pytest.raises(ConfigError, match="closing must not say"):
        overlaid(SHIPPED, {"t/de.toml": f'[sie]\nclosing = "{words}"\n'})


def test_every_letter_can_be_seen_before() -> None:
    """All languages and forms, every question and answer, each whole and discreet, none twice."""
    shown = list(previews(SHIPPED, "Olga Brandt"))
    keys = [(one.draft.lang, one.draft.register, one.name) for one in shown]
    assert len(set(keys)) == len(keys)
    forms = {(phrases.lang, phrases.register) for phrases in SHIPPED.phrases}
    assert {(lang, form) for lang, form, _ in keys} == forms
    assert len(keys) % len(forms) == 0
    assert all(one.draft.text.words.endswith("Olga Brandt") for one in shown)
    assert {one.draft.lang for one in previews(SHIPPED, "", "de")} == {"de"}
