"""The friend who reads along at the door helps with what is missing, and tells nothing of decisions."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake.form import ASKED, FormLetter
from anlass.litmus import Asks, Finding, FindingKind, Place, Question, Reading, Verdict
from anlass.litmus.reading import Probabilities
from anlass.replies.discretion import reveals
from anlass.replies.door_help import MOST, door_help
from anlass.replies.door_words import door_words, spoken
from anlass.replies.draft import OutwardText

LETTER = FormLetter(
    matter="Guten Tag, hätten Sie Zeit für ein Telefonat?", name="Kai", address="kai@falk.example"
)
EMPTY = Reading(
    "de", Verdict.ASK, Probabilities(0.1, 0.8, 0.1), False, frozenset(), Asks.OTHER, None, (), "1"
)
DU = door_words("de", "du")
FORMS = [("de", "du"), ("de", "sie"), ("en", "you")]


def says(letter: FormLetter = LETTER, **changed: object) -> list[str]:
    """Return what is said to a letter that reads so."""
    return [one.words for one in door_help(DU, letter, replace(EMPTY, **changed)).says]  # type: ignore[arg-type]


def test_who_asks_for_a_call_is_asked_what_it_is_about() -> None:
    """The kindest answer to "could we have a call" is that it may not be needed."""
    assert says(asks=Asks.CALL) == [
        "Du bittest um ein Telefonat. Schreib doch gleich, worum es geht, dann braucht es das oft gar nicht.",
        "Mir fehlt noch, was dich gerade jetzt darauf bringt.",
    ]
    assert says(asks=Asks.CALL, asks_minutes=15)[0].startswith("Du bittest um 15 Minuten am Telefon.")


@pytest.mark.parametrize("asks", list(Asks))
def test_every_wish_has_its_sentence(asks: Asks) -> None:
    """Whatever is asked for, two sentences at most, each in a language that is spoken."""
    assert 1 <= len(says(asks=asks)) <= MOST


def test_what_is_answered_is_not_asked_again() -> None:
    """A field that was filled counts as an answer, whatever the reading thinks of it."""
    filled = replace(LETTER, who="x", occasion="y", why_me="z", benefit="w")
    assert says(filled, answers=frozenset({Question.SUBSTANCE})) == [
        "Ich verstehe, worum es geht. Schick es gern ab."
    ]
    assert door_help(DU, filled, EMPTY).open == ()
    assert door_help(DU, LETTER, replace(EMPTY, asks=Asks.CALL)).open == ASKED


def test_before_there_is_anything_to_read_one_is_encouraged() -> None:
    """An empty sheet gets no question."""
    assert says(replace(LETTER, matter="Hallo")) == [
        (
            "Fang einfach an: Während du schreibst, liest diese Seite mit und sagt, was noch hilft. "
            "Ich bekomme nur, was du abschickst."
        )
    ]


def test_whoever_names_a_code_word_is_asked_nothing() -> None:
    """Whether it holds makes no difference, so nobody can try words out."""
    assert says(replace(LETTER, word="anything")) == []


READINGS = st.builds(
    Reading,
    st.just("de"),
    st.sampled_from(Verdict),
    st.builds(Probabilities, *[st.floats(0, 1)] * 3),
    st.booleans(),
    st.frozensets(st.sampled_from(Question)),
    st.sampled_from(Asks),
    st.none() | st.integers(-5, 10_000),
    st.lists(
        st.builds(
            Finding,
            st.sampled_from(FindingKind),
            st.just(Place.TEXT),
            st.just(0),
            st.just(5),
            st.text(),
            st.text(),
        ),
        max_size=4,
    ).map(tuple),
    st.text(max_size=5),
)


@given(READINGS, READINGS)
def test_only_what_is_missing_and_what_is_wished_for_can_speak(one: Reading, other: Reading) -> None:
    """Verdict, probabilities, doubt, findings and version change no word of the help: they never enter it."""
    same = replace(other, answers=one.answers, asks=one.asks, asks_minutes=one.asks_minutes)
    assert door_help(DU, LETTER, one) == door_help(DU, LETTER, same)


@pytest.mark.parametrize(("lang", "register"), FORMS)
def test_nothing_on_the_door_speaks_of_decisions(lang: str, register: str) -> None:
    """No word of the house's own, no verdict, no exclamation mark; every text there in every form."""
    words = door_words(lang, register)
    assert words.lang == lang
    for key, text in words.words.items():
        assert reveals(re.sub("[Dd]er Anlass", "", text)) is None, key  # here it is the word, not the program
        assert "!" not in text
        assert OutwardText(text).words.strip()


def test_there_is_a_door_in_german_and_english() -> None:
    """Whoever speaks another language gets the fallback's words."""
    assert set(spoken()) == {"de", "en"}
    assert door_words("fr").lang == door_words("en").lang
    assert door_words("de", "thou") == door_words("de", "du")
