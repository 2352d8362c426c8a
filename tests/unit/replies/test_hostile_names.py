"""A name and a subject are a stranger's choice: no link, no disguise, no word of the house goes out."""

from __future__ import annotations

import pytest

from anlass.languages import languages
from anlass.replies.address import reply_subject, salutation
from anlass.replies.discretion import reveals


@pytest.mark.parametrize(
    "name",
    [
        "Max evil.com",
        "Muster.shop",
        "Max.Muster.de",
        "Аbgelehnt Muster",
        "Frau Mаx",
        "\uff21\uff22\uff27\uff25\uff2c\uff25\uff28\uff2e\uff34",
        "Ab\u00adgelehnt",
        "Re\u200bjected",
    ],
)
@pytest.mark.parametrize("lang", list(languages().spoken))
def test_a_name_that_is_a_trap_is_not_greeted(name: str, lang: str) -> None:
    """Addresses, mixed alphabets, wide letters and hidden characters never enter a letter."""
    assert salutation(name, lang) is None


@pytest.mark.parametrize(
    "name", ["Σωκράτης Παπαδόπουλος", "Анна Иванова", "J.R.R. Tolkien", "Zoë Łukasz", "李 小龙"]
)
def test_a_name_of_any_alphabet_is_greeted(name: str) -> None:
    """One alphabet a word is a name, whichever it is."""
    assert [salutation(name, lang) for lang in ("en", "fr")] == [name, name]


@pytest.mark.parametrize(
    "subject", ["Ihre Аbsage", "Re: re\u200bjected", "\uff44\uff45\uff43\uff4c\uff49\uff4e\uff45\uff44"]
)
def test_a_subject_in_disguise_is_not_repeated(subject: str) -> None:
    """What reads like a word of the house is one, however it is spelled."""
    assert reply_subject(subject, "Ihre Nachricht") == "Re: Ihre Nachricht"


def test_words_of_the_house_are_found_behind_hidden_and_wide_letters() -> None:
    """The check reads what a human reads."""
    assert reveals("you were re\u200bjected") == "rejected"
    assert reveals("\uff52\uff45\uff4a\uff45\uff43\uff54\uff45\uff44") == "rejected"
