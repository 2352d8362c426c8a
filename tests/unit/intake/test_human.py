"""What a human must read (R15), and what anybody may write."""

from __future__ import annotations

import pytest

from anlass.intake import Mark
from tests.unit.intake.mails import ASK, mail, request


@pytest.mark.parametrize(
    "text",
    [
        "Das Amtsgericht Köln lädt Sie als Zeugin.",
        "Aktenzeichen 12 O 34/26: bitte äußern Sie sich.",
        "Ich bin Journalistin und habe eine Frage.",
        "Unser Mandant fordert eine Unterlassungserklärung.",
        "Wir senden die Laborwerte.",
        "Ich weiß, wo du wohnst.",
        "Ich kann nicht mehr, ich sehe keinen Ausweg.",
        "Ich bin 14 Jahre alt und mag Brücken.",
        "Hiermit bewerbe mich um ein Praktikum, Lebenslauf im Anhang.",
        "You will appear before the county court.",
        "This is a media request from our newsroom.",
        "Our client demands that you cease and desist.",
        "I know where you live.",
        "I want to die.",
        "I am 15 and I like bridges.",
        "My cover letter is attached.",
    ],
)
def test_letter_with_weight_is_for_a_human(text: str) -> None:
    """A deadline or a life may hang on it."""
    assert request(mail(text)).marks == {Mark.HUMAN_MUST_READ}


@pytest.mark.parametrize(
    "sender", ["poststelle@polizei.bayern.de", "x@ec.europa.eu", "officer@police.gov.uk", "a@irs.gov"]
)
def test_authority_is_known_by_its_domain(sender: str) -> None:
    """An office needs no particular words."""
    assert Mark.HUMAN_MUST_READ in request(mail(sender=sender)).marks


@pytest.mark.parametrize(
    "text",
    [
        ASK,
        "Your essay on the trial of patience was a joy. May I quote it?",
        "Die Redaktion des Buchs hat mir gefallen, und die Operation Sommer auch.",
        "Let us press on with the courtyard, doctor of bridges.",
        "Wir besprechen das Threat Model am Donnerstag.",
    ],
)
def test_ordinary_words_need_nobody(text: str) -> None:
    """Half a word, or a word with another meaning, is no alarm."""
    assert Mark.HUMAN_MUST_READ not in request(mail(text)).marks


def test_quoted_words_do_not_count() -> None:
    """What somebody else wrote before is not what is written now."""
    assert (
        request(mail("Danke, gern.\n\nAm 1.3.2026 schrieb Vera:\n> Ich bin Journalistin.")).marks
        == frozenset()
    )
