"""A door keeps what its interface promises, whatever the one behind it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from anlass.channels.mail.sending import Fate, Result
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Door, Looked, OwnWord
from anlass.channels.networks.guarded import GuardedDoor
from anlass.channels.networks.table import DOORS, Network
from anlass.desk.accounts import networks
from anlass.desk.accounts.networks import opened_door, tried
from anlass.desk.accounts.voice_of_networks import door_trouble
from anlass.desk.voice.common import set_aside_says
from anlass.intake import Channel
from anlass.intake.knock import Knock, KnockKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.people.handles import xmpp_address
from anlass.replies.outgoing import Kind, Outgoing
from anlass.wires.trouble import Trouble, WireError

ACCOUNT = NetworkAccount("folder", Channel.XMPP, "olga@wend.example")
MAX = Address(AddressKind.XMPP, "max@ag.example")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
GOOD = Knock(Channel.XMPP, KnockKind.KNOCK, "max", MAX, "Max", "Guten Tag.", arrived=NOW)
LETTER = Outgoing("p", "r", Kind.ANSWER, "folder", "max@ag.example", "", "Gern.", "de", "1")
STRANGERS = "words of a stranger"


class Bad:
    """A door whose methods do what a test says."""

    def __init__(self, **does: Callable[..., Any]) -> None:
        self.__dict__.update(does)


def guarded(**does: Callable[..., Any]) -> GuardedDoor:
    """Return the house's door before a bad one."""
    return GuardedDoor(ACCOUNT, lambda: Bad(**does))  # type: ignore[arg-type, return-value]  # it is bad


def breaks(*_: object) -> Any:
    """Fail as a program fails, with words that belong to somebody."""
    raise KeyError(STRANGERS)


@pytest.mark.parametrize("act", ["look", "wait", "contacts"])
def test_what_breaks_is_named_by_account_and_line(act: str) -> None:
    """The line of the door's own file is told, and never what the error says."""
    door = guarded(look=breaks, wait=breaks, contacts=breaks)
    acts: dict[str, Callable[[], object]] = {
        "look": lambda: door.look(""),
        "wait": lambda: door.wait(1),
        "contacts": lambda: list(door.contacts()),
    }
    with pytest.raises(WireError, match=r"^folder: KeyError, test_guarded_door.py:\d+$") as caught:
        acts[act]()
    assert caught.value.trouble is Trouble.BROKEN
    assert STRANGERS not in str(caught.value)


def test_a_list_that_breaks_on_its_way_is_told_after_what_came() -> None:
    """The entries before are there."""

    def entries() -> Any:
        yield Trace("Max", (MAX,), "folder")
        breaks()

    found = guarded(contacts=entries).contacts()
    assert next(found) == Trace("Max", (MAX,), "folder")
    with pytest.raises(WireError):
        next(found)


def test_nonsense_is_a_door_that_broke() -> None:
    """What is no look at all says of which kind it was."""
    with pytest.raises(WireError, match="look: int"):
        guarded(look=lambda _: 42).look("")


@pytest.mark.parametrize(
    ("odd", "fault"),
    [
        (7, "int"),
        (replace(GOOD, address=None), "address"),  # type: ignore[arg-type]  # a door may be wrong
        (replace(GOOD, text=None), "text"),  # type: ignore[arg-type]
        (replace(GOOD, key=""), "key"),
        (replace(GOOD, key="k" * 1_001), "key"),
        (replace(GOOD, arrived=datetime(2026, 11, 20, 10, 0)), "arrived"),  # noqa: DTZ001 - that is the fault
    ],
)
def test_an_odd_ask_keeps_nobody_from_the_others(odd: Any, fault: str) -> None:
    """It is set aside with a word of why, in the owner's language; the good one comes through."""
    word = OwnWord(MAX, "", "Gern.", datetime(2026, 11, 20))  # noqa: DTZ001
    looked = guarded(look=lambda _: Looked("1", (odd, GOOD), own=(word,))).look("")
    assert (looked.knocks, looked.own, looked.mark) == ((GOOD,), (), "1")
    assert [one.says for one in looked.set_aside] == [
        f"The door told of something that is no ask: {said}." for said in (fault, "when")
    ]
    assert set_aside_says(looked.set_aside[0], "de") == "Die Tür hat etwas gemeldet, das keine Anfrage ist."


@pytest.mark.parametrize("is_handed", [True, False])
def test_a_door_that_breaks_over_a_letter_sends_nothing_twice(*, is_handed: bool) -> None:
    """Before the words leave it is tried again; behind that nobody knows."""

    def hand(_letter: Outgoing, hand_over: Callable[[], bool]) -> Result:
        if is_handed:
            hand_over()
        raise KeyError(STRANGERS)

    done = guarded(hand=hand).hand(LETTER, lambda: True)
    assert done.fate is (Fate.UNKNOWN if is_handed else Fate.NOT_NOW)
    assert guarded(hand=lambda *_: None).hand(LETTER, lambda: True).fate is Fate.NOT_NOW


def test_a_door_that_breaks_in_leaving_has_left() -> None:
    """Nothing is raised."""
    guarded(close=breaks).close()


def opens(monkeypatch: pytest.MonkeyPatch, opened: Callable[..., Any]) -> None:
    """Let the network of the account open like this, and ask for no secret."""
    network = Network(xmpp_address, opened, secret=None)
    monkeypatch.setattr(networks, "DOORS", {**DOORS, Channel.XMPP: network})


def test_a_network_that_asks_for_nothing_opens_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others do not."""
    with pytest.raises(WireError) as caught:
        opened_door(ACCOUNT, None)
    assert caught.value.trouble is Trouble.NO_SECRET
    bad: Door = Bad(look=lambda _: Looked("1", (GOOD,)), close=lambda: None)  # type: ignore[assignment]
    opens(monkeypatch, lambda *_: bad)
    assert tried(ACCOUNT, None).waiting == 1


def missing(*_: object) -> Any:
    """Fail as a door does whose library is not there."""
    raise ImportError("No module named 'nio'", name="nio")


@pytest.mark.parametrize(
    ("opened", "trouble", "place"),
    [(missing, Trouble.LACKING, "nio"), (breaks, Trouble.BROKEN, "KeyError, test_guarded_door.py:")],
)
def test_whoever_tries_a_door_is_told_what_broke_in_it(
    monkeypatch: pytest.MonkeyPatch, opened: Callable[..., Any], trouble: Trouble, place: str
) -> None:
    """By the name of the account, in both languages."""
    opens(monkeypatch, opened)
    found = tried(ACCOUNT, None)
    assert found.trouble == trouble
    for lang in ("de", "en"):
        says = door_trouble(found.trouble, "folder", "", lang, place=found.place)
        assert "folder" in says
        assert place in says


def test_a_door_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks the doctor gets an answer."""
    from threading import Event  # noqa: PLC0415

    over = Event()
    opens(monkeypatch, lambda *_: over.wait(30))
    monkeypatch.setattr(networks, "PATIENCE", 0.1)
    try:
        assert tried(ACCOUNT, None).trouble == Trouble.SILENT
    finally:
        over.set()


def test_a_network_that_this_program_has_no_door_to_is_said_to_be_gone() -> None:
    """It was connected by another version; the owner is told how to forget it."""
    found = tried(replace(ACCOUNT, channel=Channel.OTHER), "secret")
    assert found.trouble == Trouble.NO_DOOR
    assert "anlass connect --forget folder" in door_trouble(found.trouble, "folder", "", "de")
