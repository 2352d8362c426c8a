"""What a line of the journal tells beside the act is said in the owner's language."""

from __future__ import annotations

import pytest

from anlass.desk.decisions.deciding import Choice
from anlass.desk.house.voice_of_journal import particulars
from anlass.desk.voice.common import Lang
from anlass.people import Standing
from anlass.people.standing import StandingBy


@pytest.mark.parametrize(
    ("content", "german", "english"),
    [
        ({"choice": Choice.LAPSED.value, "before": "waiting"}, "verfallen gelassen", "let go"),
        (
            {"standing": Standing.VOUCHED_FOR.value, "by": StandingBy.OWNER.value},
            "du bürgst",
            "you vouch for them",
        ),
        (
            {"standing": Standing.CONTACT.value, "by": "evidence"},
            "Kontakt · von selbst",
            "contact · by itself",
        ),
        ({"minutes": 1, "before": 0}, "1 Minute", "1 minute"),
        ({"minutes": 20}, "20 Minuten", "20 minutes"),
        (
            {"address": "ben@home.example", "role": "assistant"},
            "ben@home.example · als Assistenz",
            "ben@home.example · as assistant",
        ),
        ({"tier": "owner", "by": "ben@home.example"}, "owner · ben@home.example", "owner · ben@home.example"),
        ({"choice": "of another day"}, "of another day", "of another day"),
        ({"text": "words of a letter"}, "", ""),
    ],
)
def test_particulars_are_said_in_both_languages(
    content: dict[str, object], german: str, english: str
) -> None:
    """The program's own names become words; names and addresses that people gave stay as they are."""
    said: dict[Lang, str] = {"de": german, "en": english}
    assert {lang: particulars(content, lang) for lang in said} == said


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_standing_has_words_of_its_own(lang: Lang) -> None:
    """No standing is shown twice the same, and none is left out."""
    said = [particulars({"standing": one.value}, lang) for one in Standing]
    assert len({*said} - {""}) == len(Standing)
