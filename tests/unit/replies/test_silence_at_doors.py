"""What came by a chat network: R19 looks at who asks, and no answer by itself can show a decline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.intake import Channel, Mark, Origin
from anlass.intake.contact_request import ContactRequest, Recipient, Requester
from anlass.intake.knock import NETWORKS, KnockKind
from anlass.intake.message import Message
from anlass.people import Address, AddressKind
from anlass.policy import Action, Decision, Send, Words
from anlass.replies.outgoing import Deed, Kind, Outgoing
from anlass.replies.seen import SEES, can_decline
from anlass.replies.silence import (
    USUAL,
    Asked,
    Came,
    Past,
    Permission,
    Refusal,
    Went,
    due_at,
    may_answer,
)

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
WISH = Words("Erst fragen", "Ask first")
DAYS = timedelta(days=1)
HOHL = "@hohl:ag.example"


def asked(**came: object) -> Asked:
    """Return an ordinary knock of an account that is old enough, with something else known of it."""
    text = "Haben Sie 15 Minuten für einen kurzen Austausch?"
    requester = Requester("H. Hohl", Address(AddressKind.MATRIX, HOHL))
    request = ContactRequest("case1", Channel.MATRIX, text, None, requester, Recipient("Olga"), NOW)
    letter = Outgoing(
        *("person1", "case1", Kind.QUESTION, "matrix", HOHL, ""),
        "Guten Tag,\n\nworum genau soll es gehen?\n\nFreundliche Grüße",
        *("de", "number1"),
        is_automatic=True,
        rule="Ask first",
        way="matrix",
        knock=KnockKind.KNOCK.value,
    )
    made = Came(
        Message(Origin(""), text=text), request, frozenset({"@olga:home.example"}), since=NOW - 40 * DAYS
    )
    decision = Decision(Action.ASK_BACK, WISH, Words("", ""), send=Send.AUTOMATICALLY)
    return Asked(
        replace(made, **came),  # type: ignore[arg-type]  # a test names what is known
        *(decision, letter, Past(), USUAL, NOW, due_at(NOW, USUAL)),
    )


def channel(to: Channel) -> Asked:
    """Return the same by another network."""
    made = asked()
    return replace(made, came=replace(made.came, request=replace(made.came.request, channel=to)))


@pytest.mark.parametrize("network", sorted(NETWORKS))
def test_an_old_account_is_answered(network: Channel) -> None:
    """At the door of every network an ordinary request may be answered by itself."""
    assert may_answer(channel(network)) == Permission()


@pytest.mark.parametrize(
    ("known", "quote"),
    [
        ({"since": NOW - 29 * DAYS}, "2026-10-04"),
        ({"since": None}, "?"),
        ({"since": NOW - 29 * DAYS, "is_near": True}, "2026-10-04"),
    ],
)
def test_a_newcomer_gets_no_answer_by_itself(known: dict[str, object], quote: str) -> None:
    """R19: an account of less than thirty days, or of unknown age from another server, is the owner's."""
    said = may_answer(asked(**known))
    assert isinstance(said, Refusal)
    assert (said.rule, said.quote) == ("R19", quote)


@pytest.mark.parametrize(
    "known",
    [
        {"since": NOW - 30 * DAYS},
        {"since": None, "is_near": True},
        {"since": NOW, "is_followed": True},
    ],
)
def test_who_is_no_newcomer_may_be_answered(known: dict[str, object]) -> None:
    """R19 lets thirty days pass, the owner's own server, and whom the owner has on a list there."""
    assert may_answer(asked(**known)) == Permission()


def _letter(**changed: object) -> Callable[[Asked], Asked]:
    return lambda made: replace(made, letter=replace(made.letter, **changed))  # type: ignore[arg-type]


def _marks(*marks: Mark) -> Callable[[Asked], Asked]:
    def changed(made: Asked) -> Asked:
        return replace(
            made, came=replace(made.came, request=replace(made.came.request, marks=frozenset(marks)))
        )

    return changed


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (
            "R5",
            lambda made: replace(made, past=Past((Went(NOW - 90 * DAYS, "person1", "x", Kind.QUESTION),))),
        ),
        (
            "R6",
            lambda made: replace(
                made, past=Past(tuple(Went(NOW, "x", "ag.example", Kind.NOTE) for _ in "123"))
            ),
        ),
        ("R7", lambda made: replace(made, past=Past(is_stopped=True))),
        ("R12", lambda made: replace(made, due=NOW + timedelta(minutes=5))),
        ("R13", _letter(text="Ihre Nachricht ist Spam.")),
        ("R14", _letter(deed=Deed.DECLINE)),
        ("R15", _marks(Mark.HUMAN_MUST_READ)),
        ("R16", lambda made: replace(made, now=NOW + 5 * DAYS, due=due_at(NOW + 5 * DAYS, USUAL))),
        ("R17", lambda made: replace(made, past=Past(is_answered=True))),
        ("R18", _letter(text="Siehe https://home.example/ja")),
        ("R20", _letter(rule="Other")),
        ("R21", lambda made: replace(made, came=replace(made.came, is_unsure=True))),
        ("R22", lambda made: replace(made, came=replace(made.came, has_attack=True))),
    ],
)
def test_the_other_rules_hold_there_as_by_mail(rule: str, change: Callable[[Asked], Asked]) -> None:
    """Limits, delay, words and marks: what forbids a letter by mail forbids it at a door."""
    said = may_answer(change(asked()))
    assert isinstance(said, Refusal)
    assert said.rule == rule


def test_every_act_at_every_door_has_a_sentence() -> None:
    """The visibility matrix has no hole: in both languages it says what the other side sees."""
    assert set(SEES) == {(kind, deed) for kind in KnockKind for deed in Deed}
    assert all(words.de and words.en and words.de != words.en for words in SEES.values())
    assert [kind for kind in KnockKind if not can_decline(kind)] == [KnockKind.MESSAGE]


def test_no_action_of_a_house_rule_is_a_visible_decline() -> None:
    """What house rules can do leaves by letters of other kinds: a refusal is of none of them."""
    from anlass.replies.outgoing import KINDS  # noqa: PLC0415

    assert Kind.REFUSAL not in KINDS.values()
