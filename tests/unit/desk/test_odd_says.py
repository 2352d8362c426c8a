"""What is strange about a letter is said in both languages."""

from __future__ import annotations

import pytest

from anlass.desk.people.voice_of_oddities import odd_says
from anlass.desk.voice.common import Lang
from anlass.intake import Oddity

LANGS: tuple[Lang, ...] = ("de", "en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("oddity", [one for one in Oddity if one is not Oddity.FALLBACK])
def test_every_oddity_has_its_words(oddity: Oddity, lang: Lang) -> None:
    """One sentence with a beginning and an end, and no name of the program's own."""
    (said,) = odd_says({oddity}, lang)
    assert (said[-1], oddity.value in said) == (".", False)


def test_several_are_one_sentence_in_a_fixed_order() -> None:
    """However they were found, they stand in the order of the letter: sender, date, subject, body."""
    said = odd_says((Oddity.CUT, Oddity.NO_SUBJECT, Oddity.SEVERAL_FROM, Oddity.BAD_DATE), "en")
    told = "it names several senders; the date is none; the subject is missing"
    assert said == (f"Odd about this letter: {told}; it is far too long or nested, and was read in part.",)


def test_ordinary_letter_and_our_own_second_look_say_nothing() -> None:
    """Which of two parsers read a letter is nobody's concern."""
    assert (odd_says((), "en"), odd_says({Oddity.FALLBACK}, "en")) == ((), ())
