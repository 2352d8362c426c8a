"""How a second opinion is told, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter

import pytest

from anlass.desk.requests.voice_of_opinion import _SILENCES, advised, silence_says
from anlass.desk.voice.common import Lang
from anlass.litmus import FindingKind, Place
from anlass.litmus.opinion import Claim, Opinion, Silence
from anlass.litmus.opinion_asked import LONGEST_ASKED
from tests.contract.values import case_of

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ONE = Opinion("tiny", "nas:11434", NOW, tokens_read=700, tokens_written=50, cost=4_200_000)


def test_every_silence_is_said_in_both_languages() -> None:
    """No reason is without a sentence, and both sentences name the same number."""
    blanks = {
        lang: {why: [name for _, name, _, _ in Formatter().parse(said) if name] for why, said in all_.items()}
        for lang, all_ in _SILENCES.items()
    }
    assert blanks["de"] == blanks["en"]
    assert list(blanks["de"]) == list(Silence)


def test_silence_names_who_was_silent_and_why() -> None:
    """The sentence says whose opinion there is not, and the number that belongs to the reason."""
    none = replace(ONE, silence=Silence.TIMED_OUT, number=20)
    assert [silence_says(none, lang) for lang in ("en", "de")] == [
        "No second opinion of tiny at nas:11434: timed out after 20 s.",
        "Keine zweite Meinung von tiny auf nas:11434: Nach 20 s war keine Antwort da.",
    ]


@pytest.mark.parametrize(
    ("cost", "de", "en"),
    [
        (0, "etwa 0 Cent", "about 0 cents"),
        (1, "weniger als 0,01 Cent", "less than 0.01 cents"),
        (12_345, "etwa 0,01 Cent", "about 0.01 cents"),
        (500_000, "etwa 0,5 Cent", "about 0.5 cents"),
        (4_200_000, "etwa 4,2 Cent", "about 4.2 cents"),
        (23_700_000, "etwa 24 Cent", "about 24 cents"),
        (100_000_000, "etwa 100 Cent", "about 100 cents"),
    ],
)
def test_the_cost_is_said_as_one_would(cost: int, de: str, en: str) -> None:
    """Hundredths below ten cents, whole cents above, and never nothing for something."""
    case = replace(case_of("a"), opinion=replace(ONE, cost=cost))
    heads = [shown.head for lang in ("de", "en") if (shown := advised(case, NOW, lang))]
    assert heads == [
        f"Zweite Meinung von tiny auf nas:11434, am 21. November 2026, 750 Tokens, {de}.",
        f"Second opinion of tiny at nas:11434, on 21 November 2026, 750 tokens, {en}.",
    ]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_same_words_are_shown_once_under_our_name(lang: Lang) -> None:
    """Claims of one kind stand together, in the order of the questions, and what was dropped is said."""
    claims = (
        Claim(FindingKind.PITCH, Place.TEXT, 0, 1, "15 Minuten"),
        Claim(FindingKind.OCCASION, Place.TEXT, 0, 1, "heute"),
        Claim(FindingKind.WHO, Place.TEXT, 0, 1, "H. Hohl"),
        Claim(FindingKind.OCCASION, Place.TEXT, 5, 6, "heute"),
    )
    case = case_of("a", text="x" * (LONGEST_ASKED + 1))
    shown = advised(replace(case, opinion=replace(ONE, claims=claims, dropped=2)), NOW, lang)
    assert shown is not None
    names = {"de": (["Wer?", "Anlass?"], ["Werbung"]), "en": (["Who?", "Occasion?"], ["Pitch"])}
    assert ([one.name for one in shown.answers], [one.name for one in shown.findings]) == names[lang]
    assert [one.words for one in shown.answers] == [("H. Hohl",), ("heute",)]
    assert (
        shown.remarks
        == {
            "de": (
                "2 Zitate stehen so nicht im Brief und sind weggelassen.",
                "Das Modell hat nur die ersten 12.000 Zeichen gelesen.",
            ),
            "en": (
                "2 quotations do not stand in the letter like that and are left out.",
                "The model has read the first 12,000 characters only.",
            ),
        }[lang]
    )


def test_without_an_opinion_nothing_is_shown() -> None:
    """A case that nobody was asked about says nothing of second opinions."""
    assert advised(case_of("a"), NOW, "de") is None
