"""Programs hear what happens: signed, again under the same id when in doubt, and never unasked."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anlass.desk.outgoing.outbox import Writer, pause, release
from anlass.desk.programs.announcing import PATIENCE, WAITS, Announced, Herald, announce
from anlass.desk.programs.webhooks import add_hook, ping_hook, remove_hook, resume_hook
from anlass.errors import NotFound, Refused
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.programs.webhooks import EVENTS, DeliveryState, Hook
from anlass.wires.target import NoTarget, Target, checked, found, is_outside
from anlass.wires.webhook import Attempt, Fate, deliver
from tests.characters import HOHL, SAM, case_of
from tests.deliveries import deliveries
from tests.listening import Listener, a_listener
from tests.programs import DRAFT

pytestmark = pytest.mark.slow  # makes a database with all its tables, and a server

BEGIN = datetime(2026, 11, 22, 9, tzinfo=UTC)
LOCAL = ("127.0.0.1",)


@pytest.fixture(scope="module")
def server() -> Iterator[Listener]:
    """Yield one server for all tests."""
    with a_listener() as listener:
        yield listener


@pytest.fixture
def listener(server: Listener) -> Listener:
    """Return the server, having heard nothing."""
    server.heard.clear()
    server.answers.clear()
    return server


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Yield an empty book."""
    with closing(open_book(tmp_path)) as book:
        yield book


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


def hooked(book: Book, listener: Listener, *on: str, words: bool = False) -> Hook:
    """Let the listener hear of this, or of everything."""
    return add_hook(book, listener.url, on or EVENTS, words=words, local_hosts=LOCAL, now=BEGIN, lang="en")


def herald(clock: Callable[[], datetime], name: str = "w", send: object = deliver) -> Herald:
    """Return a worker that may speak to this machine."""
    return Herald(name, clock, LOCAL, "en", send)  # type: ignore[arg-type]


def out(book: Book, clock: Callable[[], datetime]) -> list[Fate]:
    """Tell what is due; return what became of each."""
    return [one.fate for one in announce(book, herald(clock))]


def test_a_new_case_is_told_with_its_id_and_no_word_of_it(
    book: Book, listener: Listener, clock: Clock
) -> None:
    """What comes is the id and what the house rules propose; the signature is that of Standard Webhooks."""
    hook = hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    book.keep(case_of(HOHL), now=BEGIN)
    assert out(book, clock) == [Fate.TAKEN]
    (heard,) = listener.heard
    assert heard.told == {
        "type": "case.new",
        "timestamp": "2026-11-22T09:00:00Z",
        "data": {"case": "hohl", "action": "ask_back"},
    }
    id_, at = heard.headers["webhook-id"], heard.headers["webhook-timestamp"]
    assert at == str(int(BEGIN.timestamp()))
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{id_}.{at}.".encode() + heard.body, hashlib.sha256).digest()
    assert heard.headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    assert out(book, clock) == []


def test_words_travel_only_where_the_owner_wants_them(book: Book, listener: Listener, clock: Clock) -> None:
    """Of two webhooks one hears the letter as the surface shows it, the other nothing of it."""
    hooked(book, listener, "case.new")
    hooked(book, listener, "case.new", words=True)
    book.keep(case_of(HOHL), now=BEGIN)
    assert out(book, clock) == [Fate.TAKEN] * 2
    bare, full = sorted(listener.heard, key=lambda one: len(one.body))
    assert b"Hohl" not in bare.body
    assert full.told["data"]["details"]["text"] == HOHL.text


def test_nothing_is_told_unasked(book: Book, listener: Listener, clock: Clock) -> None:
    """Without a webhook nothing is written down; one hears of what it was made for, from then on."""
    book.keep(case_of(HOHL), now=BEGIN)
    pause(book, now=BEGIN)
    hook = hooked(book, listener, "case.new")
    book.note("teach", about="hohl", now=BEGIN)
    assert (out(book, clock), deliveries(book, hook.id)) == ([], ())
    book.keep(case_of(SAM), now=BEGIN)
    remove_hook(book, hook.id, now=BEGIN, lang="en")
    assert (out(book, clock), listener.heard) == ([], [])


def test_acts_are_told_in_their_own_transaction(book: Book, listener: Listener, clock: Clock) -> None:
    """What was taken back with its act is not told."""
    hooked(book, listener)
    case = replace(case_of(SAM), draft=DRAFT)
    with book.rehearsal():
        book.keep(case, now=BEGIN)
    assert out(book, clock) == []
    book.keep(case, now=BEGIN)
    release(book, Writer("Olga", "olga@home.example"), "sam", now=BEGIN, lang="en")
    assert out(book, clock) == [Fate.TAKEN] * 2
    assert sorted((one.told["type"], one.told["data"]["action"]) for one in listener.heard) == [
        ("case.new", "hold"),
        ("letter.released", "note"),
    ]


def test_a_failure_is_tried_again_later_and_later_under_one_id(
    book: Book, listener: Listener, clock: Clock
) -> None:
    """Each wait is longer than the one before; a redirect is a failure and is not followed."""
    hook = hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    listener.answers[:] = [500, 302, 404, 200]
    for wait in WAITS[:3]:
        assert out(book, clock) == [Fate.REFUSED]
        clock.now += wait - timedelta(seconds=1)
        assert out(book, clock) == []
        clock.now += timedelta(seconds=1)
    assert out(book, clock) == [Fate.TAKEN]
    assert (len(set(listener.ids)), len(listener.ids)) == (1, 4)
    assert {one.path for one in listener.heard} == {"/hook"}
    assert [one.failing_since for one in book.webhooks.all()] == [None]
    assert [one.state for one in deliveries(book, hook.id)] == [DeliveryState.DELIVERED]


def test_who_fails_for_long_is_given_up_and_it_is_said(book: Book, listener: Listener, clock: Clock) -> None:
    """After days without a success the webhook hears nothing more, until the owner resumes it."""
    hook = hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    listener.answers[:] = [500] * 99
    while clock.now < BEGIN + PATIENCE + WAITS[-1] and book.webhooks.all()[0].stopped_at is None:
        out(book, clock)
        clock.now += timedelta(hours=1)
    (stopped,) = book.webhooks.all()
    assert stopped.stopped_at is not None
    assert [entry.act for entry in book.entries(about=hook.id)] == ["stop_webhook", "add_webhook"]
    book.keep(case_of(SAM), now=clock.now)
    clock.now += WAITS[-1]
    count = len(listener.heard)
    assert (out(book, clock), len(listener.heard)) == ([], count)
    listener.answers.clear()
    resume_hook(book, hook.id, now=clock.now, lang="en")
    ping_hook(book, hook.id, now=clock.now, lang="en")
    assert (out(book, clock), listener.heard[-1].told["type"]) == ([Fate.TAKEN], "ping")


def test_a_machine_that_slept_gives_nobody_up(book: Book, listener: Listener, clock: Clock) -> None:
    """One failure before a long sleep and one after it are two failures, and not days of them."""
    hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    listener.answers[:] = [500, 500]
    for _ in range(2):
        assert out(book, clock) == [Fate.REFUSED]
        clock.now += PATIENCE + timedelta(days=1)
    assert out(book, clock) == [Fate.TAKEN]


def test_who_fails_holds_up_nobody_else(book: Book, listener: Listener, clock: Clock) -> None:
    """In one round it is tried once, however much waits for it; the others hear everything."""
    bad, good = hooked(book, listener, "case.new"), hooked(book, listener, "case.new")
    for scene in (HOHL, SAM):
        book.keep(case_of(scene), now=BEGIN)

    def send(target: Target, body: bytes, told: dict[str, str]) -> Attempt:
        tried.append(told["webhook-id"])
        return Attempt(Fate.UNKNOWN) if tried[-1] in slow else deliver(target, body, told)

    tried: list[str] = []
    slow = {one.id for one in deliveries(book, bad.id)}
    list(announce(book, herald(clock, send=send)))
    assert len([one for one in tried if one in slow]) == 1
    assert {one.id for one in deliveries(book, good.id)} == set(listener.ids)


def test_a_round_that_lasts_long_is_left_for_letters(book: Book, listener: Listener, clock: Clock) -> None:
    """A program that takes everything, but slowly, hears the rest in the next round."""
    hooked(book, listener, "case.new")
    for scene in (HOHL, SAM):
        book.keep(case_of(scene), now=BEGIN)

    def slowly(target: Target, body: bytes, told: dict[str, str]) -> Attempt:
        clock.now += timedelta(minutes=1)
        return deliver(target, body, told)

    worker = herald(clock, send=slowly)
    assert [len(list(announce(book, worker))) for _ in range(3)] == [1, 1, 0]


def test_who_is_gone_hears_nothing_more(book: Book, listener: Listener, clock: Clock) -> None:
    """The answer 410 ends it at once."""
    hooked(book, listener)
    book.keep(case_of(HOHL), now=BEGIN)
    listener.answers[:] = [410]
    assert out(book, clock) == [Fate.GONE]
    assert book.webhooks.all()[0].stopped_at == BEGIN


class Killed(BaseException):
    """The worker dies."""


@pytest.mark.parametrize("step", ["claimed", "handed over", "answered"])
def test_what_a_dead_worker_had_in_hand_goes_again_under_its_id(
    step: str, book: Book, listener: Listener, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it dies, everything arrives; what comes twice is dropped by its id, the words are the same."""
    hook = hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)

    def dying(target: Target, body: bytes, told: dict[str, str]) -> Attempt:
        if step == "answered":
            deliver(target, body, told)
        raise Killed

    def die(*_: object, **__: object) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        if step == "claimed":
            patch.setattr(type(book.webhooks), "hand_over", die)
        with pytest.raises(Killed):
            list(announce(book, herald(clock, "first", dying)))
    assert out(book, clock) == []
    clock.now += timedelta(minutes=10)
    assert out(book, clock) == [Fate.TAKEN]
    assert out(book, clock) == []
    told = [(one.headers["webhook-id"], one.body) for one in listener.heard]
    (kept,) = deliveries(book, hook.id)
    assert (len(told), set(told)) == (2 if step == "answered" else 1, {(kept.id, listener.heard[0].body)})
    assert kept.state is DeliveryState.DELIVERED


def test_who_lost_a_delivery_does_not_say_how_it_went(book: Book, listener: Listener, clock: Clock) -> None:
    """A worker that failed so late that another delivered it meanwhile writes nothing down."""
    hook = hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)

    def late(_target: Target, _body: bytes, _told: dict[str, str]) -> Attempt:
        clock.now += timedelta(minutes=10)
        assert out(book, clock) == [Fate.TAKEN]
        return Attempt(Fate.UNKNOWN)

    list(announce(book, herald(clock, "late", late)))
    assert [(one.failing_since, one.says) for one in book.webhooks.all()] == [(None, "")]
    assert [one.state for one in deliveries(book, hook.id)] == [DeliveryState.DELIVERED]


@pytest.mark.parametrize("step", ["claimed", "handed over"])
def test_what_died_while_the_clock_ran_ahead_goes_once_it_is_set_right(
    step: str, book: Book, listener: Listener, clock: Clock
) -> None:
    """Its lease ends later than any that begins now, and is none."""
    hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    clock.now += timedelta(days=1)
    taken = book.webhooks.claim("dead", now=clock.now)
    assert taken is not None
    if step == "handed over":
        assert book.webhooks.hand_over(taken.id, "dead", now=clock.now)
    clock.now = BEGIN + timedelta(minutes=1)
    assert out(book, clock) == [Fate.TAKEN]
    assert listener.ids == [taken.id]


def test_a_worker_that_wakes_late_hands_nothing_over(book: Book, listener: Listener, clock: Clock) -> None:
    """While one slept over a delivery another took it up: no id is in two hands."""
    hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    slept = book.webhooks.claim("slow", now=BEGIN)
    assert slept is not None
    clock.now += timedelta(minutes=10)
    during: list[bool] = []

    def meanwhile(target: Target, body: bytes, told: dict[str, str]) -> Attempt:
        late = clock.now + timedelta(minutes=1)
        during.append(book.webhooks.hand_over(slept.id, "slow", now=clock.now))
        during.append(bool(list(book.webhooks.left_behind(now=late))))
        return deliver(target, body, told)

    assert [one.fate for one in announce(book, herald(clock, "quick", meanwhile))] == [Fate.TAKEN]
    assert (during, listener.ids) == ([False, False], [slept.id])


def test_an_answer_that_never_comes_is_told_again(book: Book, listener: Listener, clock: Clock) -> None:
    """Who hangs up may have heard: the same goes again under the same id, until an answer comes."""
    hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    listener.answers[:] = [0, 0, 200]
    assert out(book, clock) == [Fate.UNKNOWN]
    clock.now += WAITS[0]
    assert out(book, clock) == [Fate.UNKNOWN]
    clock.now += WAITS[1]
    assert out(book, clock) == [Fate.TAKEN]
    assert (len(listener.ids), len(set(listener.ids))) == (3, 1)
    assert len({one.body for one in listener.heard}) == 1


def test_two_workers_share_what_is_due(book: Book, listener: Listener, clock: Clock) -> None:
    """What one has in hand the other leaves alone."""
    hooked(book, listener, "case.new")
    for scene in (HOHL, SAM):
        book.keep(case_of(scene), now=BEGIN)
    one, other = announce(book, herald(clock, "one")), announce(book, herald(clock, "other"))
    told: list[Announced] = [next(one), next(other), *one, *other]
    assert ([each.fate for each in told], len(set(listener.ids))) == ([Fate.TAKEN] * 2, 2)


INSIDE = """
127.0.0.1 10.1.2.3 172.16.0.9 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
192.0.0.1 ::1 :: fe80::1 fd00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1
2002:7f00:1:: 2002:a00:1:: 2001:db8::1 nonsense
""".split()


def test_what_leads_into_a_house_is_no_target() -> None:
    """Loopback, private, link-local, carrier, multicast and documentation, also wrapped for a gateway."""
    assert [one for one in INSIDE if is_outside(one)] == []
    assert [one for one in ("1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1") if not is_outside(one)] == []


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://example.org/", "in_the_clear"),
        ("ftp://example.org/", "no_address"),
        ("https://", "no_address"),
        ("https://a:b@example.org/", "no_address"),
        ("https://example.org:99999/", "no_address"),
        ("https://example.org/#x", "no_address"),
        ("https://exämple.org/", "no_address"),
        ("https://example.org/ x", "no_address"),
        ("https://example.org/" + "x" * 2000, "no_address"),
        ("//example.org", "no_address"),
    ],
)
def test_an_address_nothing_can_be_sent_to_is_refused(url: str, kind: str) -> None:
    """Before anything is looked up."""
    with pytest.raises(NoTarget) as refused:
        checked(url)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "localhost", "0x7f000001", "2130706433", "127.1"],
)
def test_a_name_that_leads_inside_is_refused_when_it_is_used(host: str) -> None:
    """However it is written; and again each time, for a name may lead elsewhere tomorrow."""
    with pytest.raises((NoTarget, OSError)):
        found(f"https://{host}/")


def test_only_the_address_that_was_looked_at_is_spoken_to(listener: Listener) -> None:
    """The name travels in a header; no second look-up happens between the check and the connection."""
    target = Target(
        f"http://no-such-name.example:{listener.port}/hook",
        "no-such-name.example",
        listener.port,
        "127.0.0.1",
    )
    assert deliver(target, b"{}", {"webhook-id": "x"}).fate is Fate.TAKEN
    assert listener.heard[-1].headers["host"] == f"no-such-name.example:{listener.port}"


def test_a_webhook_into_the_house_fails_until_the_owner_allows_it(
    book: Book, listener: Listener, clock: Clock
) -> None:
    """The setting names hosts; without it the delivery waits, and what is wrong is said."""
    hooked(book, listener, "case.new")
    book.keep(case_of(HOHL), now=BEGIN)
    strict = Herald("w", clock)
    assert ([one.fate for one in announce(book, strict)], listener.heard) == ([Fate.REFUSED], [])
    assert book.webhooks.all()[0].says == "in_the_clear"
    clock.now += WAITS[0]
    assert out(book, clock) == [Fate.TAKEN]


def test_what_cannot_be_a_webhook_is_refused_in_words(book: Book) -> None:
    """Nothing to hear of, something unknown, no address, too many; nobody is nobody."""
    for url, on in (
        ("https://example.org/", ()),
        ("https://example.org/", ("x",)),
        ("nonsense", ("case.new",)),
    ):
        with pytest.raises(Refused):
            add_hook(book, url, on, words=False, now=BEGIN, lang="de")
    with pytest.raises(NotFound):
        remove_hook(book, "nobody", now=BEGIN, lang="de")
    assert book.webhooks.all() == ()
