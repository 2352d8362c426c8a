"""The contract of every chat network's door, against real servers.

The requester looks with a client of their own. What arrives there, and how the request stands, says what an
act lets them see: looking shows nothing, an open decline does show, so a test of silence could fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from anlass.channels.mail.sending import Fate
from anlass.channels.networks.door import Door, Looked
from anlass.intake import Channel
from anlass.intake.knock import Knock, KnockKind
from anlass.ledger.trace import Trace
from anlass.replies.outgoing import Deed, Kind, Outgoing
from tests.doors import SCENES, Scene, Sight

pytestmark = pytest.mark.slow  # real servers
NETWORKS = tuple(SCENES)
WRITES = ("xmpp", "mastodon")
"""Where somebody can write without asking first."""
WORDS = "Wir sprachen nach Ihrem Vortrag in Kiel über Lesereihen. Ich hätte eine Frage dazu."


@contextmanager
def made(name: str, request: pytest.FixtureRequest) -> Iterator[Scene]:
    """Yield a scene on one network."""
    needs, begin = SCENES[name]
    with begin(request.getfixturevalue(needs)) as scene:
        yield scene


@pytest.fixture(params=NETWORKS)
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """Yield a door on each network in turn, with somebody before it."""
    with made(request.param, request) as one:
        yield one


def asks(looked: Looked, kind: KnockKind) -> list[Knock]:
    """Return what asks, of one kind."""
    return [one for one in looked.knocks if one.kind is kind]


def come(door: Door, mark: str) -> Looked:
    """Look until something has come; the servers tell at once, so a few looks are enough."""
    for _ in range(50):
        looked = door.look(mark)
        if looked.knocks or looked.gone:
            return looked
        door.wait(0.2)
        mark = looked.mark
    return looked


def letter(scene: Scene, knock: Knock, deed: Deed = Deed.SAY, text: str = "", number: str = "1") -> Outgoing:
    """Return a letter to the requester."""
    return Outgoing(
        person="p",
        request="r",
        kind=Kind.ANSWER,
        sender=scene.account.name,
        to=knock.address.value,
        subject="",
        text=text,
        lang="de",
        message_id=f"{scene.account.name}-{number}",
        way=scene.account.name,
        deed=deed,
        knock=knock.kind.value,
        place=knock.place,
    )


def yes() -> bool:
    """Let it go."""
    return True


def asked(scene: Scene, door: Door) -> tuple[Knock, Looked, Sight]:
    """Let the requester ask; return the ask, the look that brought it, and what the requester sees then."""
    before = door.look("")
    scene.requester.ask(WORDS)
    looked = come(door, before.mark)
    (knock,) = asks(looked, scene.asks)
    return knock, looked, scene.requester.sees()


def test_an_ask_is_told_with_its_words_and_who_asks(scene: Scene) -> None:
    """Address and words are the requester's; the network gave the address, so it is theirs."""
    with scene.door() as door:
        knock, _, _ = asked(scene, door)
    assert knock.address.value == scene.requester.address
    assert knock.text == (WORDS if scene.has_words else "")
    assert not knock.is_known


def test_an_ask_from_before_the_house_was_there_still_asks(scene: Scene) -> None:
    """What is open when the door is opened for the first time is told."""
    scene.requester.ask(WORDS)
    with scene.door() as door:
        (knock,) = asks(door.look(""), scene.asks)
    assert knock.address.value == scene.requester.address


def test_an_ask_keeps_its_name_however_often_it_is_told(scene: Scene) -> None:
    """After the line was closed and opened again the same ask has the same key, so it is one case."""
    with scene.door() as door:
        knock, looked, _ = asked(scene, door)
    with scene.door() as door:
        again = [*asks(door.look(looked.mark), scene.asks), *asks(door.look(""), scene.asks)]
    assert {one.key for one in again} == {knock.key}


def test_looking_shows_nothing(scene: Scene) -> None:
    """The door is opened, looked at and closed; the requester's side is byte for byte as before."""
    scene.requester.ask(WORDS)
    before = scene.requester.sees()
    with scene.door() as door:
        mark = door.look("").mark
        door.look(mark)
    assert scene.requester.sees() == Sight(before.stands)


def test_saying_something_decides_nothing(scene: Scene) -> None:
    """The words arrive; the request stays open as it was."""
    with scene.door() as door:
        knock, _, before = asked(scene, door)
        said = door.hand(letter(scene, knock, text="Worum geht es Ihnen?"), yes)
    after = scene.requester.sees()
    assert said.fate is Fate.TAKEN
    assert after.stands == before.stands
    assert after.arrived != ()


def test_letting_in_is_seen(scene: Scene) -> None:
    """The request stands no more; the requester is told, and the words come with it."""
    with scene.door() as door:
        knock, looked, before = asked(scene, door)
        assert door.hand(letter(scene, knock, Deed.ACCEPT), yes).fate is Fate.TAKEN
        after = scene.requester.sees()
        assert after.stands != before.stands
        assert asks(door.look(looked.mark), scene.asks) == []


def test_an_open_decline_is_seen(scene: Scene) -> None:
    """What the silent decline must not do can be seen: the test beside this one could fail."""
    with scene.door() as door:
        knock, _, before = asked(scene, door)
        assert door.hand(letter(scene, knock, Deed.DECLINE), yes).fate is Fate.TAKEN
    after = scene.requester.sees()
    assert after.stands != before.stands


def test_what_is_held_back_never_arrives(scene: Scene) -> None:
    """Where the outbox says no at the last moment, no deed is done and no word said."""
    with scene.door() as door:
        knock, _, before = asked(scene, door)
        for deed in Deed:
            assert door.hand(letter(scene, knock, deed, "Doch."), lambda: False).fate is Fate.HELD
    assert scene.requester.sees() == Sight(before.stands)


def test_who_asks_no_more_is_told(scene: Scene) -> None:
    """A withdrawn ask is over: named as gone, or missing where everything open is told."""
    with scene.door() as door:
        knock, looked, _ = asked(scene, door)
        scene.requester.withdraw()
        for _ in range(50):
            after = door.look(looked.mark)
            is_over = knock.key in after.gone or knock.place in after.gone
            if is_over or (after.open is not None and knock.key not in after.open):
                break
            door.wait(0.2)
        else:
            pytest.fail("the ask is still told")
    assert asks(after, scene.asks) == []


@pytest.mark.parametrize("scene", WRITES, indirect=True)
def test_a_message_is_told_once_and_only_if_it_came_since(scene: Scene) -> None:
    """What was written before the house was there is history; what comes after is told one time."""
    scene.requester.write("Von früher.")
    with scene.door() as door:
        mark = door.look("").mark
        scene.requester.write("Guten Tag.")
        looked = come(door, mark)
        assert [one.text for one in asks(looked, KnockKind.MESSAGE)] == ["Guten Tag."]
        assert asks(door.look(looked.mark), KnockKind.MESSAGE) == []
    with scene.door() as door:
        scene.requester.write("Und noch etwas.")
        again = come(door, looked.mark)
    assert [one.text for one in asks(again, KnockKind.MESSAGE)] == ["Und noch etwas."]
    (knock,) = asks(again, KnockKind.MESSAGE)
    assert knock.arrived is not None
    assert abs(datetime.now(UTC) - knock.arrived).total_seconds() < 3600


@pytest.mark.parametrize("scene", WRITES, indirect=True)
def test_a_message_is_answered(scene: Scene) -> None:
    """The answer arrives at the requester's own client."""
    with scene.door() as door:
        mark = door.look("").mark
        scene.requester.write("Guten Tag.")
        (knock,) = asks(come(door, mark), KnockKind.MESSAGE)
        scene.requester.sees()
        assert door.hand(letter(scene, knock, text="Worum geht es?"), yes).fate is Fate.TAKEN
    (arrived,) = scene.requester.sees().arrived
    assert "Worum geht es?" in arrived


def test_what_the_owner_says_in_a_program_of_their_own_is_told(scene: Scene) -> None:
    """The words, to whom, once, and only those since; the house knows its own letter again."""
    scene.says("Von früher.")
    with scene.door() as door:
        knock, looked, _ = asked(scene, door)
        assert looked.own == ()
        scene.says("Gern, morgen um zehn.")
        told = said(door, looked.mark)
        assert [(one.to.value, one.text) for one in told.own] == [
            (scene.requester.address, "Gern, morgen um zehn.")
        ]
        assert door.look(told.mark).own == ()
        door.hand(letter(scene, knock, text="Worum geht es Ihnen?"), yes)
        of_house = said(door, told.mark).own
    (when,) = (one.when for one in told.own)
    assert when is not None
    assert abs(datetime.now(UTC) - when).total_seconds() < 3600
    number = "" if scene.asks is KnockKind.FOLLOW else f"{scene.account.name}-1"
    assert [(one.number, one.text) for one in of_house] == [(number, "Worum geht es Ihnen?")]


@pytest.mark.parametrize("scene", ["matrix-knock"], indirect=True)
def test_what_the_owner_says_encrypted_was_said(scene: Scene) -> None:
    """Nobody but the two can read it; that the owner answered is seen all the same."""
    with scene.door() as door:
        _, looked, _ = asked(scene, door)
        scene.says("")
        (word,) = said(door, looked.mark).own
    assert (word.to.value, word.text) == (scene.requester.address, "")


def said(door: Door, mark: str) -> Looked:
    """Look until the owner has said something; the servers tell at once, so a few looks are enough."""
    for _ in range(50):
        looked = door.look(mark)
        if looked.own:
            return looked
        door.wait(0.2)
        mark = looked.mark
    return looked


def test_a_wait_ends_when_it_is_told_to(scene: Scene) -> None:
    """Whoever ends the work does not wait for the network."""
    with scene.door() as door:
        door.look("")
        door.wake()
        door.wait(3600)


def test_the_owners_list_names_whom_they_let_in_and_nobody_sees_it_read(scene: Scene) -> None:
    """Who only asks is on no list; who was let in is, once, as a click without an encounter."""
    with scene.door() as door:
        knock, _, _ = asked(scene, door)
        assert list(door.contacts()) == []
        is_matrix = scene.account.channel is Channel.MATRIX
        deed = Deed.SAY if is_matrix else Deed.ACCEPT
        assert (
            door.hand(letter(scene, knock, deed, "Guten Tag." if is_matrix else ""), yes).fate is Fate.TAKEN
        )
        scene.requester.sees()
        (entry,) = door.contacts()
        seen = scene.requester.sees()
    assert isinstance(entry, Trace)
    assert (entry.addresses, entry.encounters) == ((knock.address,), ())
    assert entry.place.startswith(f"{scene.account.address}, ")
    assert seen.arrived == ()
