"""House rules for others: nothing of the owner's life goes along."""

from __future__ import annotations

import pytest

from anlass.policy import parse_policy
from anlass.policy.sharing import Personal, share

HARMLESS = """
title = { de = "Meine Regeln", en = "My rules" }
preset = "open-door"

[[rule]]
name = { de = "Lange Gespräche", en = "Long talks" }
why.de = "Erbeten sind Minuten: {reading.asks_minutes}."
why.en = "Minutes asked for: {reading.asks_minutes}."
all = ["reading.asks_minutes > 30"]
do = "hold"
"""


def rule(condition: str, name: str = "n", why: str = "w") -> str:
    """Return a rule to plant."""
    return f'\n[[rule]]\nname = "{name}"\nwhy = "{why}"\nall = ["{condition}"]\ndo = "hold"\n'


def test_harmless_rules_are_shared_as_they_are() -> None:
    """What is shared is read again as the same rules, with the shipped ones that follow."""
    own = parse_policy(HARMLESS)
    shared = share(own, ["Kai Nahmens"])
    assert parse_policy(shared.text) == own
    assert (shared.rules, shared.left_out) == (1, ())


@pytest.mark.parametrize(
    ("planted", "secret", "why"),
    [
        (rule("request.subject.contains('Kornblume')"), "Kornblume", Personal.FACT),
        (rule("person.domain == 'meinefirma.example'"), "meinefirma", Personal.FACT),
        (rule("'patients' in person.groups"), "patients", Personal.FACT),
        (rule("'klinikbau' in event.names"), "klinikbau", Personal.FACT),
        (rule("time.date == '2026-12-24'"), "2026-12-24", Personal.FACT),
        (rule("true", name="Wie Kai Nahmens es will"), "Nahmens", Personal.WORDS),
        (rule("true", why="kai nahmens drängt."), "nahmens", Personal.WORDS),
        (rule("true", why="Ruf 0421 123456 an."), "123456", Personal.WORDS),
        (rule("true", why="Schreib an k@n.example."), "k@n.example", Personal.WORDS),
        (rule("true", why="Siehe https://n.example."), "n.example", Personal.WORDS),
    ],
)
def test_planted_secret_is_left_out_with_its_whole_rule(planted: str, secret: str, why: Personal) -> None:
    """Neither the word nor the rule is in the file; the owner learns which and why."""
    shared = share(parse_policy(HARMLESS + planted), ["Kai Nahmens"])
    assert secret not in shared.text
    assert [reason for _, reason in shared.left_out] == [why]
    assert shared.rules == 1


def test_title_and_description_with_a_name_are_left_out() -> None:
    """They are words too."""
    told = HARMLESS.replace('de = "Meine Regeln"', 'de = "Regeln von Kai Nahmens"')
    assert "Nahmens" not in share(parse_policy(told), ["Kai Nahmens"]).text


def test_a_name_inside_a_word_is_no_name() -> None:
    """`Mark` is not in `Markt`."""
    shared = share(parse_policy(HARMLESS + rule("true", why="Vom Markt.")), ["Mark"])
    assert shared.left_out == ()
