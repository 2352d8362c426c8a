"""Letters that are read together read as each would alone."""

from __future__ import annotations

import pytest

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus.cutting import portions
from anlass.litmus.panel import Panel
from anlass.litmus.shipped import load_panel

TEXTS = (
    "",
    "Hallo!",
    "Guten Tag Frau Amsel, haben Sie am Pfingstmontag offen? Wir kommen zu viert aus Ulm. Peter Kaya",
    "I'd like to add you to my professional network.",
    "Dear Ruth,\n\nI read your chapter on tariffs and wonder whether table 4 holds re-exports. 20 m?\n\nMia",
    "🙂",
    "Bonjour, avez-vous encore deux places pour samedi ?",
    "Nur 3 Plätze frei! Steigern Sie Ihren Umsatz um 300 %. Passt Ihnen Dienstag um 14 Uhr?",
)


@pytest.fixture(scope="module")
def panel() -> Panel:
    """The shipped panel."""
    return load_panel()


def letters() -> list[ContactRequest]:
    """Letters of all lengths, with and without a subject, in three languages."""
    return [
        ContactRequest(
            str(number),
            Channel.MAIL,
            text,
            subject="Preis 12 %" if number % 2 else None,
            requester=Requester("Peter Kaya"),
            recipient=Recipient("Ruth Amsel", "Autorin, schreibt über Zölle und tariffs."),
        )
        for number, text in enumerate(TEXTS)
    ]


def test_letters_are_read_together_as_each_alone(panel: Panel) -> None:
    """What stands beside a letter in the same run changes nothing of its reading, wherever it stands."""
    alone = [panel.read(letter) for letter in letters()]
    assert panel.read_all(letters()) == alone
    assert panel.read_all(letters()[::-1]) == alone[::-1]


def test_no_letters_are_no_readings(panel: Panel) -> None:
    """Nothing in, nothing out."""
    assert panel.read_all([]) == []


def test_letters_without_a_word_are_read_together(panel: Panel) -> None:
    """Where no letter has a sentence there is nothing to add up, and each is an ask all the same."""
    empty = [ContactRequest(str(number), Channel.MAIL, "  \n") for number in range(3)]
    assert [reading.verdict.value for reading in panel.read_all(empty)] == ["ask", "ask", "ask"]


def test_portions_keep_order_and_bounds() -> None:
    """Every letter comes once and in its place; many, or long ones, are not taken in hand at once."""
    long = [ContactRequest(str(number), Channel.MAIL, "a" * 20_000) for number in range(3)]
    short = [ContactRequest(str(number), Channel.MAIL, "a") for number in range(3, 70)]
    found = [[letter.id for letter in some] for some in portions([*long, *short])]
    assert [id_ for some in found for id_ in some] == [str(number) for number in range(70)]
    assert [len(some) for some in found] == [1, 1, 32, 32, 4]
