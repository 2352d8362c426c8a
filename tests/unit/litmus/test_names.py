"""Names never count: neither those of the two people nor those of others, in greeting, text or signature."""

from __future__ import annotations

from itertools import product

import pytest

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus import Reading
from anlass.litmus.panel import Panel
from anlass.litmus.shipped import load_panel

PEOPLE = [
    ("Ayşe", "Yıldırım"),
    ("Fatima", "Haddad"),
    ("Hans", "Müller"),
    ("Heike", "Sommer"),
    ("Jennifer", "O'Neill"),
    ("Kwame", "Boateng"),
    ("Nguyễn", "Hoa"),
    ("Piotr", "Wiśniewski"),
    ("Priya", "Raman"),
    ("Sven", "Lüdecke"),
]
LETTERS = [
    (
        "Guten Tag Frau {family}, "
        "bei der Tagung in Ulm hat mir {other} von Ihrer Messreihe erzählt. "
        "Schicken Sie mir die Daten?"
    ),
    "Hallo {given}, {other} meinte, wir sollten mal reden. Hast du 20 Minuten?\n\nViele Grüße\n{me}",
    (
        "Sehr geehrte Frau {family}, ich möchte mich gern mit Ihnen vernetzen.\n\n"
        "Mit freundlichen Grüßen\n{me}\nVertriebsleiter"
    ),
    (
        "Liebe {given}, in Ihrem Buch steht auf Seite 64 eine andere Zahl als in der Tabelle. "
        "Welche stimmt?\n{me}"
    ),
    (
        "Grüß Gott, unser Server steht seit gestern, "
        "Herr {otherfamily} hat mir Ihre Nummer gegeben. Können Sie heute kommen?"
    ),
    (
        "Hi {given}, quick question about your talk: {other} says the second chart is wrong. "
        "Is it?\n\nBest,\n{me}"
    ),
    (
        "Dear {family}, we help companies like yours grow by 40 %. "
        "Do you have 15 minutes this week?\n\nKind regards\n{me}\nAccount Executive"
    ),
    (
        "Dear Ms {family}, I was given your name by {other}, who rents the flat below ours. "
        "Is the cellar still free?"
    ),
    (
        "Hello, {other} from your choir told me you repair accordions. Mine has a stuck key. "
        "Could I bring it on Friday?\n{me}"
    ),
    "Hey {given}, would love to connect and exchange ideas. {other} and I are building something big.\n{me}",
]


@pytest.fixture(scope="module")
def panel() -> Panel:
    """The shipped panel."""
    return load_panel()


def read(panel: Panel, letter: str, place: int) -> Reading:
    """A letter with three of the people in it: receiver, sender and somebody else."""
    (given, family), me, other = (PEOPLE[(place + step) % len(PEOPLE)] for step in range(3))
    text = letter.format(
        given=given, family=family, me=" ".join(me), other=" ".join(other), otherfamily=other[1]
    )
    return panel.read(
        ContactRequest(
            "x",
            Channel.MAIL,
            text,
            requester=Requester(" ".join(me)),
            recipient=Recipient(f"{given} {family}"),
        )
    )


def test_a_hundred_swaps_of_names_change_no_verdict(panel: Panel) -> None:
    """Ten letters by ten sets of people: in 99 of 100 the same verdict, and no probability moves by 0.05."""
    moved = []
    for letter, place in product(LETTERS, range(len(PEOPLE))):
        first, other = read(panel, letter, 0), read(panel, letter, place)
        change = max(
            abs(first.probabilities.reason - other.probabilities.reason),
            abs(first.probabilities.ask - other.probabilities.ask),
            abs(first.probabilities.hollow - other.probabilities.hollow),
        )
        if change >= 0.05 or first.verdict is not other.verdict:
            moved.append((letter, PEOPLE[place], round(change, 3)))
    assert len(moved) <= 1, moved
