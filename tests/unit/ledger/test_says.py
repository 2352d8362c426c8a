"""The tie in one sentence, in two good languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import product

import pytest

from anlass.ledger import Tie, TieLevel, says

MARCH, AUGUST = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 8, 9, tzinfo=UTC)


def tie(**facts: object) -> Tie:
    """Return a tie with these facts."""
    return Tie(**{"level": TieLevel.ACQUAINTED, **facts})  # type: ignore[arg-type]


SENTENCES = [
    (tie(), "Bisher verbindet euch nichts.", "So far you share nothing."),
    (
        tie(mails_in=2, mails_out=2, proven=4, first=MARCH, last=AUGUST, meetings=1, places=("re:publica",)),
        "Ihr habt euch seit März 2026 vier Briefe geschrieben und einmal getroffen (re:publica).",
        "You have exchanged four letters since March 2026 and met once (re:publica).",
    ),
    (
        tie(meetings=9, places=("Café", "Raum 3", "re:publica", "Messe")),
        "Ihr habt euch neunmal getroffen (Raum 3, re:publica, Messe).",
        "You have met nine times (Raum 3, re:publica, Messe).",
    ),
    (
        tie(mails_in=1, proven=1, first=MARCH, last=MARCH),
        "Du hast im März 2026 einen Brief bekommen und nicht beantwortet.",
        "You have received one letter in March 2026 and not answered it.",
    ),
    (
        tie(mails_in=3, first=MARCH, last=AUGUST),
        "Du hast seit März 2026 drei Briefe bekommen und keinen beantwortet; belegt ist davon keiner.",
        "You have received three letters since March 2026 and answered none; none of them is proven.",
    ),
    (
        tie(mails_in=1, first=MARCH, last=MARCH),
        "Du hast im März 2026 einen Brief bekommen und nicht beantwortet; belegt ist er nicht.",
        "You have received one letter in March 2026 and not answered it; it is not proven.",
    ),
    (
        tie(mails_out=1, proven=1, first=MARCH, last=MARCH),
        "Du hast im März 2026 einen Brief geschrieben, eine Antwort kam nicht.",
        "You have written one letter in March 2026, and no answer came.",
    ),
    (
        tie(mails_in=20, mails_out=9, proven=26, first=MARCH, last=AUGUST, is_dormant=True),
        (
            "Ihr habt euch seit März 2026 29 Briefe geschrieben; belegt sind davon 26; "
            "seit August 2026 ist es still."
        ),
        (
            "You have exchanged 29 letters since March 2026; 26 of them are proven; "
            "it has been quiet since August 2026."
        ),
    ),
    (
        tie(mails_in=2, mails_out=1, proven=1, meetings=2, cards=1, introductions=3),
        (
            "Ihr habt euch drei Briefe geschrieben, zweimal getroffen und Karten getauscht; "
            "ihr wurdet einander dreimal vorgestellt; belegt ist davon einer."
        ),
        (
            "You have exchanged three letters, met twice and swapped cards; "
            "you were introduced to each other three times; one of them is proven."
        ),
    ),
    (
        tie(mails_in=1, mails_out=2, proven=3, messages_in=1, messages_out=1, first=MARCH, last=AUGUST),
        "Ihr habt euch seit März 2026 drei Briefe und zwei Nachrichten geschrieben.",
        "You have exchanged three letters and two messages since March 2026.",
    ),
    (
        tie(messages_in=2, messages_out=1, meetings=1, places=("Skype",)),
        "Ihr habt euch drei Nachrichten geschrieben und einmal getroffen (Skype).",
        "You have exchanged three messages and met once (Skype).",
    ),
    (
        tie(messages_in=1, first=MARCH, last=MARCH),
        "Du hast im März 2026 eine Nachricht bekommen und nicht beantwortet.",
        "You have received one message in March 2026 and not answered it.",
    ),
    (
        tie(messages_in=3),
        "Du hast drei Nachrichten bekommen und keine beantwortet.",
        "You have received three messages and answered none.",
    ),
    (
        tie(mails_in=1, messages_in=3),
        (
            "Du hast einen Brief und drei Nachrichten bekommen und nichts davon beantwortet; "
            "der Brief ist nicht belegt."
        ),
        "You have received one letter and three messages and answered none; the letter is not proven.",
    ),
    (
        tie(mails_out=3, messages_out=1, proven=3),
        "Du hast drei Briefe und eine Nachricht geschrieben, eine Antwort kam nicht.",
        "You have written three letters and one message, and no answer came.",
    ),
    (
        tie(mails_in=3, messages_out=1, proven=1),
        "Ihr habt euch drei Briefe und eine Nachricht geschrieben; von den Briefen ist einer belegt.",
        "You have exchanged three letters and one message; one of the letters is proven.",
    ),
    (tie(meetings=11), "Ihr habt euch elfmal getroffen.", "You have met eleven times."),
    (tie(cards=2), "Ihr habt zwei Karten getauscht.", "You have swapped two cards."),
    (
        tie(introductions=1),
        "Ihr wurdet einander einmal vorgestellt.",
        "You were introduced to each other once.",
    ),
]


@pytest.mark.parametrize(("facts", "german", "english"), SENTENCES)
def test_tie_is_said_in_one_sentence_of_facts(facts: Tie, german: str, english: str) -> None:
    """Each combination reads as a person would write it."""
    assert (says(facts, "de"), says(facts, "en")) == (german, english)


def test_other_languages_get_the_english_sentence() -> None:
    """Where a language is not spoken, English is."""
    assert says(tie(cards=1), "fr") == "You have swapped cards."


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_combination_of_counts_makes_bad_language(lang: str) -> None:
    """No number in figures below eleven, no number without its noun's form, one full stop at the end."""
    counts = (0, 1, 2, 13)
    few = (0, 1, 13)
    for mails_in, mails_out, messages_in, messages_out, meetings, cards, introductions in product(
        counts, counts, few, few, few, few, (0, 2)
    ):
        facts = tie(
            mails_in=mails_in,
            mails_out=mails_out,
            messages_in=messages_in,
            messages_out=messages_out,
            meetings=meetings,
            cards=cards,
            introductions=introductions,
            proven=min(1, mails_in) + mails_out,
            first=MARCH,
            last=AUGUST,
        )
        sentence = says(facts, lang)
        assert not re.search(
            r"\b\d\b|\{|  |\b(?:eine?n?|one) (?:Briefe|Nachrichten|letters|messages)\b"
            r"|\bzwei (?:Brief|Nachricht)\b|;\.|,\.",
            sentence,
        )
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert sentence.count(".") == 1
