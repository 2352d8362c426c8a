"""The three shipped Hausordnungen, right for those who never open them."""

from __future__ import annotations

import pytest

from anlass.intake import Channel, Mark
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, FindingKind, Verdict
from anlass.policy import DEFAULT, PRESETS, Action, Known, decide, preset
from anlass.policy.facts import FACTS
from anlass.policy.labels import OF_FACT
from tests.unit.policy.builders import CARD, NOW, STRANGER, found, reading, request, unsure

IN_TOUCH = Tie(TieLevel.IN_TOUCH, mails_in=2, mails_out=2, turns=3, threads=2, proven=4)


def action(name: str, read: object, tie: Tie = STRANGER, **rest: object) -> Action:
    evidence = {"request": request(), "reading": read, "tie": tie, "at": NOW, **rest}
    return decide(preset(name), **evidence).action  # type: ignore[arg-type]  # scenes name what differs


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", PRESETS)
def test_preset_loads_and_its_examples_come_true(name: str, lang: str) -> None:
    """Parsing runs every example of the file; each rule has one and says why in a sentence."""
    policy = preset(name)
    assert policy.title.in_(lang)
    assert [r for r in policy.rules if not r.why.in_(lang).endswith(".")] == []
    assert [r for r in policy.rules if "!" in r.why.de + r.why.en + r.name.de + r.name.en] == []


def test_default_is_show_me_why() -> None:
    """Whoever chooses nothing gets the author's rules."""
    assert DEFAULT == "show-me-why"


STRANGERS = [
    # what the letter is, then: show-me-why, relationship-first, open-door
    (reading(Verdict.REASON, asks=Asks.CONTACT), "accept", "decline_with_message", "accept"),
    (reading(Verdict.REASON, asks=Asks.CALL, minutes=15), "hold", "hold", "accept"),
    (reading(Verdict.REASON, asks=Asks.ANSWER), "hold", "hold", "accept"),
    (unsure(reading(Verdict.REASON, asks=Asks.CONTACT)), "hold", "hold", "hold"),
    (reading(Verdict.ASK), "ask_back", "ask_back", "ask_back"),
    (unsure(reading(Verdict.ASK)), "ask_back", "ask_back", "ask_back"),
    (reading(Verdict.HOLLOW), "lapse", "lapse", "ask_back"),
    (unsure(reading(Verdict.HOLLOW)), "hold", "hold", "hold"),
    (found(reading(Verdict.HOLLOW), FindingKind.MASS), "lapse", "lapse", "lapse"),
    (found(reading(Verdict.REASON), FindingKind.ATTACK), "hold", "hold", "hold"),
    (reading(Verdict.ASK, lang="fr"), "hold", "hold", "hold"),
]


@pytest.mark.parametrize(("read", "why", "relation", "door"), STRANGERS)
def test_letter_of_a_stranger(read: object, why: str, relation: str, door: str) -> None:
    """What each preset does with the same letter."""
    found_actions = [str(action(name, read)) for name in ("show-me-why", "relationship-first", "open-door")]
    assert found_actions == [why, relation, door]


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        (IN_TOUCH, Action.ACCEPT),
        (Tie(TieLevel.IN_TOUCH, turns=1, threads=1, meetings=1), Action.ACCEPT),
        (Tie(TieLevel.ACQUAINTED, turns=3, threads=1), Action.DECLINE_WITH_MESSAGE),
        (Tie(TieLevel.ACQUAINTED, turns=2, threads=2), Action.DECLINE_WITH_MESSAGE),
        (Tie(TieLevel.ACQUAINTED, meetings=5), Action.DECLINE_WITH_MESSAGE),
        (Tie(TieLevel.ACQUAINTED, cards=3), Action.DECLINE_WITH_MESSAGE),
        (Tie(TieLevel.STRANGER, mails_in=90, mails_out=0), Action.DECLINE_WITH_MESSAGE),
    ],
)
def test_relationship_first_takes_letters_not_reasons(tie: Tie, expected: Action) -> None:
    """In touch is three turns in two threads, or one meeting and one turn; less makes nobody a contact."""
    assert action("relationship-first", reading(Verdict.REASON, asks=Asks.CONTACT), tie) is expected


def test_relationship_first_keeps_a_click_and_a_hollow_card_in_mind() -> None:
    """Neither is answered; both stay on the watch list."""
    click = request("", subject=None, channel=Channel.LINKEDIN)
    assert action("relationship-first", reading(asks=Asks.CONTACT, lang="und"), request=click) is Action.WATCH
    assert action("relationship-first", reading(Verdict.HOLLOW), CARD) is Action.WATCH


def test_show_me_why_never_screens_people_who_are_close() -> None:
    """A hollow letter of a person in touch is read by the owner alone."""
    assert action("show-me-why", reading(Verdict.HOLLOW), IN_TOUCH) is Action.HOLD


def test_show_me_why_asks_an_acquaintance_back_instead_of_letting_lapse() -> None:
    """There was an encounter: the question takes it up."""
    assert action("show-me-why", reading(Verdict.HOLLOW), CARD) is Action.ASK_BACK


@pytest.mark.parametrize("name", PRESETS)
def test_nobody_is_asked_twice(name: str) -> None:
    """One question per person."""
    assert action(name, reading(), known=Known(asked=1)) is not Action.ASK_BACK


@pytest.mark.parametrize("name", PRESETS)
def test_introduced_person_is_never_turned_away(name: str) -> None:
    """Somebody you know stands behind the request."""
    introduced = request(marks=[Mark.INTRODUCTION])
    assert action(name, reading(), request=introduced) in {Action.HOLD, Action.ACCEPT}


def test_every_choice_of_every_fact_has_its_words() -> None:
    """The trace can say each value in both languages."""
    unsaid = {
        name: [choice for choice in fact.choices if choice not in OF_FACT.get(name, {})]
        for name, fact in FACTS.items()
        if fact.choices
    }
    assert {name: missing for name, missing in unsaid.items() if missing} == {}
