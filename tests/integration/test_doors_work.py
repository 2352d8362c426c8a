"""`anlass work` at the doors of chat networks: asks become cases, answers leave once, and silence is silent.

Real servers on the one side, on the other a requester with a client of their own. What the house decides
without a word must not be seen there, whatever it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anlass.bootstrap import Home
from anlass.channels.networks.door import Door
from anlass.channels.networks.guarded import GuardedDoor
from anlass.channels.networks.xmpp import XmppDoor
from anlass.config import OutboxSettings
from anlass.desk.accounts.networks import keep_network, opened_door
from anlass.desk.decisions.deciding import Choice, decide
from anlass.desk.outgoing.at_doors import let_in, they_see, turn_down
from anlass.desk.outgoing.outbox import release, writer_of
from anlass.desk.outgoing.posting import PostOffice, Step, post
from anlass.desk.requests.on_duty import OnDuty
from anlass.errors import Refused
from anlass.intake.knock import KnockKind
from anlass.jobs.doors import DoorWatcher
from anlass.jobs.work import Work
from anlass.policy import Action
from anlass.replies.outgoing import Kind
from anlass.store.accounts.mail import Watch
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState, KeptCase
from anlass.store.outgoing.outbox import LEASE, Boxed, OutboxState
from anlass.wires.trouble import Trouble
from tests.contract.test_doors import NETWORKS, WORDS, made
from tests.doors import SCENES, Scene, Sight
from tests.live import QUICK, House

pytestmark = pytest.mark.slow  # real servers
HOLLOW = (
    "Hallo, ich würde mich gerne mit Ihnen vernetzen und mich über Synergien austauschen. Ein kurzer "
    "inspirierender Austausch bringt uns sicher beiden neue Impulse. Wann passt Ihnen ein Call diese Woche?"
)
LATER = timedelta(minutes=3)
_RULE = """
preset = "none"
[[rule]]
name = {{ de = "Alles", en = "Everything" }}
why = {{ de = "So will ich es.", en = "As I want it." }}
all = ["true"]
do = "{action}"
{send}
"""


class Watched:
    """A house with the door of one scene; its clock goes on when it is told to."""

    def __init__(self, folder: Path, scene: Scene) -> None:
        self.scene, self.house, self.clock = scene, House(folder), datetime.now(UTC).replace(microsecond=0)
        home = self.house.home
        settings = replace(home.settings, outbox=OutboxSettings(quiet_from=0, quiet_until=0))
        self.home: Home = replace(home, settings=settings)
        self.house.secrets.put(scene.account.name, scene.secret, "file")
        keep_network(self.book, scene.account, now=self.clock)

    @property
    def book(self) -> Book:
        """Return the house's memory."""
        return self.house.home.book

    def rules(self, action: Action, *, sends: bool = False) -> None:
        """Let one rule hold for everything."""
        send = 'send = "automatically"' if sends else ""
        text = _RULE.format(action=action.value, send=send)
        (self.home.settings.data / "house-rules.toml").write_text(text, encoding="utf-8")

    def work(self) -> Work:
        """Return the worker."""
        return Work(self.home, self.house.secrets, QUICK, now=lambda: self.clock)

    def look(self) -> None:
        """Let the worker look once; nothing may stand in its way."""
        assert self.work().once() == {}

    def only_case(self) -> KeptCase:
        """Return the only case there is."""
        (kept,) = self.book.cases(limit=10).cases
        return kept

    def door(self) -> Door:
        """Open the door."""
        return opened_door(self.scene.account, self.scene.secret)

    def journal(self, case: str) -> list[str]:
        """Return the acts that the journal names of a case, oldest first."""
        return [one.act for one in reversed(tuple(self.book.entries(about=case, limit=100)))]


@pytest.fixture(params=NETWORKS)
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    """Yield a house at each network in turn, with somebody before its door."""
    with made(request.param, request) as scene:
        house = Watched(tmp_path, scene)
        yield house
        house.book.close()


@pytest.mark.parametrize("action", [Action.LAPSE, Action.WATCH, Action.HOLD, Action.DECLINE_WITH_MESSAGE])
def test_a_silent_decline_is_silent(watched: Watched, action: Action) -> None:
    """Whatever is decided without a word, nothing arrives, and the request stands as it was."""
    watched.rules(action)
    scene = watched.scene
    watched.look()
    scene.requester.ask(HOLLOW)
    before = scene.requester.sees()
    watched.look()
    case = watched.only_case()
    assert case.case.decision.action is action
    assert scene.requester.sees() == Sight(before.stands)
    for choice in (Choice.WATCHED, Choice.LAPSED):
        decide(watched.book, OnDuty(watched.home).doorman(), case.id, choice, now=watched.clock)
        watched.clock += timedelta(days=1)
        watched.look()
    assert watched.only_case().state is CaseState.DONE
    assert watched.book.outbox.all() == ()
    assert scene.requester.sees() == Sight(before.stands)


def test_an_answer_leaves_once_and_decides_nothing(watched: Watched) -> None:
    """A released counter-question arrives; a further look sends nothing."""
    watched.rules(Action.ASK_BACK)
    scene = watched.scene
    scene.requester.ask(WORDS)
    watched.look()
    before = scene.requester.sees()
    case = watched.only_case()
    shown = they_see(watched.book, case.id, "de")
    boxed = release(watched.book, writer_of(watched.home), case.id, now=watched.clock, lang="de")
    watched.look()
    assert scene.requester.sees() == Sight(before.stands)
    watched.clock += LATER
    watched.look()
    watched.look()
    after = scene.requester.sees()
    assert after.stands == before.stands
    assert len(after.arrived) >= 1
    assert watched.book.outbox.find(boxed.id).state is OutboxState.SENT
    assert watched.only_case().state is CaseState.ASKED
    assert watched.journal(case.id) == ["release", "sent"]
    assert "offen" in shown


def test_the_owner_lets_in_and_it_is_seen(watched: Watched) -> None:
    """Only the owner's word does it, after a time to take it back; what is seen is said before."""
    watched.rules(Action.ACCEPT)
    scene = watched.scene
    scene.requester.ask(WORDS)
    watched.look()
    before = scene.requester.sees()
    case = watched.only_case()
    assert case.case.decision.action is Action.ACCEPT
    watched.clock += timedelta(days=1)
    watched.look()
    assert scene.requester.sees() == Sight(before.stands)
    _, says = let_in(watched.book, case.id, now=watched.clock, lang="de")
    assert "seite" in says.lower()
    watched.clock += LATER
    watched.look()
    assert scene.requester.sees().stands != before.stands
    assert watched.journal(case.id)[:2] == ["let_in", "sent"]


def test_an_open_decline_is_the_owners_word_alone(watched: Watched) -> None:
    """The owner is told in a sentence what the other will see; then it is done once, and seen."""
    watched.rules(Action.LAPSE)
    scene = watched.scene
    scene.requester.ask(WORDS)
    watched.look()
    before = scene.requester.sees()
    case = watched.only_case()
    boxed, says = turn_down(watched.book, case.id, now=watched.clock, lang="en")
    assert says == they_see(watched.book, case.id, "en", declined=True)
    assert (boxed.letter.kind, boxed.letter.is_automatic) == (Kind.REFUSAL, False)
    with pytest.raises(Refused):
        turn_down(watched.book, case.id, now=watched.clock, lang="en")
    watched.look()
    assert scene.requester.sees() == Sight(before.stands)
    watched.clock += LATER
    watched.look()
    assert scene.requester.sees().stands != before.stands
    assert watched.journal(case.id)[:2] == ["turn_down", "sent"]


def test_a_house_rule_may_let_in_by_itself(watched: Watched) -> None:
    """With `send = "automatically"` an acceptance leaves after its delay, where R19 allows it."""
    watched.rules(Action.ACCEPT, sends=True)
    scene = watched.scene
    watched.look()
    scene.requester.ask(WORDS)
    before = scene.requester.sees()
    watched.look()
    case = watched.only_case()
    said = watched.journal(case.id)
    watched.clock += timedelta(hours=1)
    watched.look()
    is_let_in = scene.requester.sees().stands != before.stands
    if scene.asks is KnockKind.FOLLOW:  # the mock's accounts are new, and no account is too near to be new
        assert (said, is_let_in) == (["kept_as_draft"], False)
    else:
        assert (said, is_let_in) == (["answer"], True) or said == ["kept_as_draft"]


@pytest.mark.parametrize("step", [Step.CLAIMED, Step.HANDING, Step.TAKEN])
def test_a_worker_that_dies_sends_nothing_twice(watched: Watched, step: Step) -> None:
    """Before the words leave it is tried again; after that only the owner sends it again."""
    watched.rules(Action.ASK_BACK)
    scene = watched.scene
    scene.requester.ask(WORDS)
    watched.look()
    case = watched.only_case()
    scene.requester.sees()
    boxed = release(watched.book, writer_of(watched.home), case.id, now=watched.clock, lang="de")
    watched.clock += LATER

    class Dies(BaseException):
        pass

    def watch(now: Step, _boxed: Boxed) -> None:
        if now is step:
            raise Dies

    door = watched.door()
    office = PostOffice(door, "dead", lambda: watched.clock, watch=watch, account=scene.account.name)
    with pytest.raises(Dies):
        list(post(watched.book, office))
    door.close()
    watched.clock += LEASE + timedelta(minutes=1)
    watched.look()
    watched.look()
    arrived = [one for one in scene.requester.sees().arrived if "message" in one.lower() or "mention" in one]
    state = watched.book.outbox.find(boxed.id).state
    wanted = {
        Step.CLAIMED: (OutboxState.SENT, True),
        Step.HANDING: (OutboxState.DOUBTFUL, False),
        Step.TAKEN: (OutboxState.DOUBTFUL, True),
    }
    if scene.asks in {KnockKind.KNOCK, KnockKind.INVITATION}:  # there the words lie in a room to be entered
        assert state is wanted[step][0]
    else:
        assert (state, bool(arrived)) == wanted[step]


def test_a_watcher_hears_what_comes_while_it_waits(watched: Watched) -> None:
    """The worker is woken by the network where it tells; it ends in order."""
    watched.rules(Action.HOLD)
    from queue import Queue  # noqa: PLC0415

    heard: Queue[tuple[bool, str]] = Queue()
    home = watched.home
    work = Work(home, watched.house.secrets, QUICK, now=lambda: watched.clock)
    watcher = DoorWatcher(
        watched.scene.account,
        work._office,
        watched.house.secrets,
        QUICK,
        lambda _name, taken, trouble: heard.put((bool(taken and taken.fresh), trouble)),
    )
    watcher.start()
    try:
        assert heard.get(timeout=20) == (False, "")
        watched.scene.requester.ask(WORDS)
        while (told := heard.get(timeout=20)) != (True, ""):
            assert told[1] == ""
    finally:
        watcher.stop()
        assert watcher.join(20)
    (state,) = watched.book.networks.states()
    assert (state.watch, state.looked_at) == (Watch.STOPPED, watched.clock)
    assert watched.only_case().state is CaseState.WAITING


def test_a_line_that_breaks_is_opened_again_and_nothing_is_lost(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The server drops the house; it comes back, goes on where it was, and tells every message once."""
    from queue import Queue  # noqa: PLC0415

    heard: Queue[tuple[int, str]] = Queue()
    with made("xmpp", request) as scene:
        watched = Watched(tmp_path, scene)
        watched.rules(Action.HOLD)
        work = watched.work()
        watcher = DoorWatcher(
            scene.account,
            work._office,
            watched.house.secrets,
            QUICK,
            lambda _name, taken, trouble: heard.put((len(taken.fresh) if taken else 0, trouble)),
        )
        watcher.start()
        try:
            assert heard.get(timeout=20) == (0, "")
            scene.requester.write("Guten Tag, eine Frage zu Ihrem Buch.")
            while heard.get(timeout=20) != (1, ""):
                pass
            guarded = watcher._door
            assert isinstance(guarded, GuardedDoor)
            door = guarded._door
            assert isinstance(door, XmppDoor)
            door._loop.loop.call_soon_threadsafe(door._line.abort)
            while heard.get(timeout=20)[1] != Trouble.BROKE_OFF:
                pass
            scene.requester.ask(WORDS)
            while heard.get(timeout=20)[1]:
                pass
        finally:
            watcher.stop()
            assert watcher.join(20)
        watched.look()
        text = watched.only_case().case.request.text
        assert (text.count("Guten Tag"), text.count("Wir sprachen")) == (1, 1)
        watched.book.close()


@pytest.mark.parametrize("network", ["xmpp", "matrix-knock", "matrix-invitation"])
def test_a_server_that_is_killed_gets_an_answer_once_it_is_there_again(
    network: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """While it is gone nothing is lost and nobody is in doubt; started again it tells nothing twice."""
    life = request.getfixturevalue(SCENES[network][0]).life
    with made(network, request) as scene:
        watched = Watched(tmp_path, scene)
        watched.rules(Action.ASK_BACK)
        scene.requester.ask(WORDS)
        watched.look()
        case, mark = watched.only_case(), watched.book.networks.mark(scene.account.name)
        boxed = release(watched.book, writer_of(watched.home), case.id, now=watched.clock, lang="de")
        watched.clock += LATER
        life.kill()
        try:
            assert list(watched.work().once()) == [scene.account.name]
            assert watched.book.outbox.find(boxed.id).state is OutboxState.WAITING
        finally:
            life.start()
        for _ in range(3):
            watched.look()
        assert watched.only_case().id == case.id
        assert watched.book.outbox.find(boxed.id).state is OutboxState.SENT
        assert watched.journal(case.id) == ["release", "sent"]
        with scene.door() as door:
            own = [one for one in door.look(mark).own if one.to.value == scene.requester.address]
        assert [one.text.strip() for one in own] == [boxed.letter.text.strip()]
        watched.book.close()


def test_an_archive_that_forgot_where_we_were_is_read_from_its_newest_page(
    request: pytest.FixtureRequest,
) -> None:
    """A mark that the server knows no longer is no trouble: messages are told again, by the same keys."""
    with made("xmpp", request) as scene, scene.door() as door:
        mark = door.look("").mark
        scene.requester.write("Guten Tag.")
        door.wait(5)
        (first,) = [one for one in door.look(mark).knocks if one.kind is KnockKind.MESSAGE]
        (again,) = [one for one in door.look("long gone").knocks if one.kind is KnockKind.MESSAGE]
        assert again == first
