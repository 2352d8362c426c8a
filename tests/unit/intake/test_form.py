"""A letter written at the door: its text, its limits, its marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake import Channel, Mark, Recipient
from anlass.intake.form import ASKED, FIELDS, LONGEST, FormLetter, request_of, too_long, typed, written

SAID = {"who": "Wer ich bin:", "occasion": "Der Anlass:", "why_me": "Warum Sie:", "benefit": "Für Sie:"}


def test_answers_stand_below_the_matter_behind_their_words() -> None:
    """Only what was filled, in the order of the form."""
    letter = FormLetter(matter=" Eine Frage. ", benefit="Fotos", who="Tischler")
    assert written(letter, SAID) == "Eine Frage.\n\nWer ich bin: Tischler\n\nFür Sie: Fotos"


def test_a_letter_becomes_a_request_of_its_channel() -> None:
    """Name and address are the writer's; there is no Message-ID, and no subject that nobody wrote."""
    letter = FormLetter(matter="Eine Frage.", name="Kai Falk", address=" Kai@Falk.example ")
    request = request_of(letter, SAID, id="x", arrived=None, recipient=Recipient("Olga"))
    assert (request.channel, request.subject, request.message_id) == (Channel.FORM, None, None)
    assert (request.requester.name, str(request.requester.address)) == ("Kai Falk", "kai@falk.example")
    assert request.marks == frozenset()


@pytest.mark.parametrize(
    ("letter", "is_welcome", "mark"),
    [
        (FormLetter(), False, Mark.EMPTY),
        (FormLetter(matter="Eine Frage."), True, Mark.CODE_WORD),
        (
            FormLetter(matter="Ich bin Redakteurin der Zeitung.", name="Redaktion"),
            False,
            Mark.HUMAN_MUST_READ,
        ),
    ],
)
def test_what_is_noticed_is_marked(letter: FormLetter, is_welcome: bool, mark: Mark) -> None:
    """No words, a code word that holds, a letter that a human must read."""
    request = request_of(letter, SAID, id="x", arrived=None, recipient=Recipient(), is_welcome=is_welcome)
    assert mark in request.marks


def test_fields_that_are_too_long_are_counted_not_cut() -> None:
    """The letter stays as it is."""
    letter = FormLetter(matter="x" * (LONGEST["matter"] + 1), name="y" * LONGEST["name"])
    assert too_long(letter) == (("matter", LONGEST["matter"] + 1),)


@given(st.text(max_size=300), st.booleans())
def test_what_was_typed_can_be_kept_and_steers_nothing(text: str, is_line: bool) -> None:
    """Any text becomes one without zero bytes and halves of characters; doing it again changes nothing."""
    kept = typed(text, is_line=is_line)
    kept.encode()
    assert not any(char < " " and char not in "\n\t" for char in kept)
    assert typed(kept, is_line=is_line) == kept
    assert not (is_line and "\n" in kept)


def test_every_field_has_a_limit() -> None:
    """Nothing of a form is endless."""
    assert set(LONGEST) == set(FIELDS)
    assert set(ASKED) <= set(FIELDS)
