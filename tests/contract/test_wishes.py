"""Rounds of wishes on both databases: from the first ticket to the last key that is destroyed."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from anlass.desk.wishes import steps as wish_steps
from anlass.desk.wishes.by_mail import hosted_uploads
from anlass.desk.wishes.comparing import shelve_hosted
from anlass.desk.wishes.hosting import (
    admit,
    erase,
    event_called,
    exported,
    open_event,
    open_round,
    set_link,
)
from anlass.desk.wishes.keys import KeyRing, hosted_name, round_name
from anlass.desk.wishes.steps import Done, take_steps
from anlass.desk.wishes.taking_part import (
    Stage,
    Taken,
    Visit,
    join,
    leave,
    results,
    roster_bytes,
    roster_of,
    shown_by_mail,
    upload,
    visit,
    wish_by_mail,
    wished_by_mail,
)
from anlass.errors import NotFound, Refused, StoreError
from anlass.outreach.wish import SLOT, TOKEN, public_of
from anlass.outreach.wish_client import Participant, Revealed, revealed_to, upload_of
from anlass.outreach.wish_event import WishEvent
from anlass.outreach.wish_hosted import HostedWishes
from anlass.outreach.wish_round import index_of, unshelved
from anlass.outreach.wish_times import Phase, Step, timetable
from anlass.store.book import Book
from anlass.store.gatherings.wish_shelf import SHELVES
from anlass.store.safekeeping.whole import KEYS, WISHES, WholeTables
from tests.contract.conftest import NewBook
from tests.unit.outreach.wishing import noise

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TIMES = timetable(NOW + timedelta(hours=1), NOW + timedelta(hours=24), NOW + timedelta(hours=40))
WISHING, CLOSED, OPEN = TIMES.freeze, TIMES.match, TIMES.release
QUOTA = 4
NAMES = ("Ada Beispiel", "Bo Müller", "Cem Örnek", "Dua Lind", "Eva Mail")
ADA, BO, CEM, DUA, EVA = range(5)


@dataclass(frozen=True)
class Meeting:
    """An event with its people: the links they hold and the keys only they know."""

    book: Book
    ring: KeyRing
    event: WishEvent
    links: Sequence[str]
    pids: Sequence[bytes] = field(default=())

    def who(self, number: int, now: datetime) -> Visit:
        """Return somebody who comes by their link."""
        found = visit(self.book, self.links[number], now=now)
        assert found is not None
        return found

    def joined(self, *numbers: int) -> None:
        """Let people take part with keys of their own."""
        for number in numbers:
            assert join(self.book, self.ring, self.who(number, NOW), public_of(key(number)))

    def step(self, now: datetime) -> list[Done]:
        """Take the steps that are due."""
        return list(take_steps(self.book, self.ring, now=now))

    def client(self, number: int) -> Participant:
        """Return somebody with the roster as they were handed it."""
        roster = roster_of(self.book, self.who(number, WISHING))
        assert roster is not None
        return Participant(key(number), roster.people[self.pids[number]], roster)

    def made(self, number: int, wishes: dict[int, str]) -> bytes:
        """Return the upload that somebody's client makes."""
        cards = {self.pids[other]: card for other, card in wishes.items()}
        return upload_of(self.client(number), cards, noise(f"n{number}", QUOTA), QUOTA)

    def sent(self, number: int, wishes: dict[int, str], now: datetime = WISHING) -> Taken:
        """Upload it."""
        return upload(self.book, self.ring, self.who(number, now), self.made(number, wishes), now=now)

    def shown(self, number: int, wished: Sequence[int]) -> tuple[Revealed, ...]:
        """Return what somebody's client shows after the release."""
        release = results(self.book, self.ring, self.who(number, OPEN))
        assert release is not None
        return revealed_to(self.client(number), [self.pids[other] for other in wished], release)


def key(number: int) -> bytes:
    """Return the private key of somebody."""
    return sha256(b"key %d" % number).digest()


@pytest.fixture
def meeting(book: Book, tmp_path: Path) -> Meeting:
    """An event with five tickets and the times of its first round."""
    event = open_event(book, "Sommerschule", quota=QUOTA, address="https://wish.example/")
    admitted = list(admit(book, event, [(name, f"{name[:3].lower()}@example.org") for name in NAMES]))
    open_round(book, event, TIMES)
    links = [one.link.rpartition("/")[2] for one in admitted]
    assert admitted[0].link == f"https://wish.example/w/{links[0]}"
    return Meeting(book, KeyRing(tmp_path / "keys"), event, links, [one.ticket.pid for one in admitted])


# --- the whole way ---


def test_two_mutual_wishes_open_and_a_third_person_learns_nothing(meeting: Meeting) -> None:
    """Ada and Bo wish for each other, Cem for both in vain; all is shown at one moment, then forgotten."""
    meeting.joined(ADA, BO, CEM, DUA)
    assert [one.step for one in meeting.step(WISHING)] == [Step.FREEZE]
    assert meeting.sent(ADA, {BO: "Ada <a@x>", DUA: "Ada <a@x>"}) is Taken.TAKEN
    assert meeting.sent(BO, {ADA: "Bo <b@x>"}) is Taken.TAKEN
    assert meeting.sent(CEM, {ADA: "Cem <c@x>", BO: "Cem <c@x>"}) is Taken.TAKEN
    assert meeting.sent(DUA, {}) is Taken.TAKEN
    assert [one.step for one in meeting.step(CLOSED)] == [Step.MATCH]
    assert results(meeting.book, meeting.ring, meeting.who(ADA, CLOSED)) is None
    assert [one.step for one in meeting.step(OPEN)] == [Step.RELEASE]
    assert meeting.shown(ADA, [BO, DUA]) == (Revealed(meeting.pids[BO], "Bo <b@x>"),)
    assert meeting.shown(BO, [ADA]) == (Revealed(meeting.pids[ADA], "Ada <a@x>"),)
    assert meeting.shown(CEM, [ADA, BO]) == ()
    releases = {
        results(meeting.book, meeting.ring, meeting.who(number, OPEN)) for number in (ADA, BO, CEM, DUA)
    }
    assert len(releases) == 1
    assert [one.step for one in meeting.step(TIMES.forget)] == [Step.FORGET]
    assert meeting.step(TIMES.forget) == []


def test_a_large_round_answers_each_with_the_same_number_of_bytes(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the size of one release for all: fixed answers, the same at every asking, each with the own."""
    monkeypatch.setattr(wish_steps, "LARGEST_STATIC", 3)
    meeting.joined(ADA, BO, CEM, DUA)
    meeting.step(WISHING)
    for number, wishes in {
        ADA: {BO: "A", CEM: "A"},
        BO: {ADA: "B", CEM: "B"},
        CEM: {BO: "C"},
        DUA: {ADA: "D"},
    }.items():
        assert meeting.sent(number, wishes) is Taken.TAKEN
    meeting.step(CLOSED)
    meeting.step(OPEN)
    answers = {
        number: results(meeting.book, meeting.ring, meeting.who(number, OPEN))
        for number in (ADA, BO, CEM, DUA)
    }
    assert {len(answer or b"") for answer in answers.values()} == {QUOTA * SLOT}
    assert results(meeting.book, meeting.ring, meeting.who(BO, OPEN)) == answers[BO]
    pids = meeting.pids
    assert meeting.shown(ADA, [BO, CEM]) == (Revealed(pids[BO], "B"),)
    assert set(meeting.shown(BO, [ADA, CEM])) == {Revealed(pids[ADA], "A"), Revealed(pids[CEM], "C")}
    assert meeting.shown(CEM, [BO]) == (Revealed(pids[BO], "B"),)
    assert meeting.shown(DUA, [ADA]) == ()
    assert meeting.book.wishes.shelf.left(meeting.event.id, 1) == 4 + 32 + 1  # uploads, answers, the roster


def test_only_the_last_upload_counts(meeting: Meeting) -> None:
    """Whoever thinks better of it uploads again; the wish before is gone without a trace."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    meeting.sent(BO, {ADA: "B"})
    meeting.sent(ADA, {})
    meeting.step(OPEN)
    assert meeting.shown(BO, [ADA]) == ()
    assert meeting.shown(ADA, [BO]) == ()


# --- by mail alone ---


def test_who_takes_part_by_mail_meets_others_in_the_same_way(meeting: Meeting) -> None:
    """The house wishes for Eva: with a key of hers it holds, by the same matching."""
    meeting.joined(ADA, BO)
    assert join(meeting.book, meeting.ring, meeting.who(EVA, NOW), None)
    meeting.step(WISHING)
    wishes = HostedWishes("Eva <e@x>", (meeting.pids[ADA],))
    assert wish_by_mail(meeting.book, meeting.ring, meeting.who(EVA, WISHING), wishes, now=WISHING)
    assert wished_by_mail(meeting.book, meeting.ring, meeting.who(EVA, WISHING)) == wishes
    meeting.sent(ADA, {EVA: "Ada <a@x>"})
    meeting.sent(BO, {EVA: "Bo <b@x>"})
    assert not wish_by_mail(meeting.book, meeting.ring, meeting.who(EVA, CLOSED), wishes, now=CLOSED)
    meeting.step(OPEN)
    assert shown_by_mail(meeting.book, meeting.ring, meeting.who(EVA, OPEN)) == (
        Revealed(meeting.pids[ADA], "Ada <a@x>"),
    )
    assert meeting.shown(ADA, [EVA]) == (Revealed(meeting.pids[EVA], "Eva <e@x>"),)
    assert meeting.shown(BO, [EVA]) == ()


def test_hosted_wishes_lie_under_the_round_key(meeting: Meeting) -> None:
    """In the memory they are noise of one size, none or all."""
    for number in (DUA, EVA):
        assert join(meeting.book, meeting.ring, meeting.who(number, NOW), None)
    meeting.step(WISHING)
    for number, wished in ((DUA, ()), (EVA, (meeting.pids[DUA],))):
        wishes = HostedWishes("a card", wished)
        assert wish_by_mail(meeting.book, meeting.ring, meeting.who(number, WISHING), wishes, now=WISHING)
    shelf = meeting.book.wishes.shelf
    rows = [shelf.hosted(meeting.event.id, 1, meeting.pids[number]) or b"" for number in (DUA, EVA)]
    assert len(rows[0]) == len(rows[1]) > 256
    assert not any(b"a card" in row or meeting.pids[DUA] in row for row in rows)


# --- who may do what, and when ---


def test_there_is_one_key_for_a_ticket_and_one_ticket_for_a_key(meeting: Meeting) -> None:
    """A false key, another's, and a new one while a round runs are refused; before it one may change."""
    book, ring = meeting.book, meeting.ring
    meeting.joined(ADA)
    assert not join(book, ring, meeting.who(BO, NOW), public_of(key(ADA)))
    assert not join(book, ring, meeting.who(BO, NOW), bytes(32))
    assert not join(book, ring, meeting.who(BO, NOW), b"short")
    assert join(book, ring, meeting.who(ADA, NOW), public_of(key(77)))
    assert join(book, ring, meeting.who(ADA, NOW), public_of(key(ADA)))
    meeting.joined(BO)
    meeting.step(WISHING)
    assert not join(book, ring, meeting.who(ADA, WISHING), public_of(key(78)))
    assert join(book, ring, meeting.who(ADA, WISHING), public_of(key(ADA)))
    assert join(book, ring, meeting.who(CEM, WISHING), public_of(key(CEM)))  # late: for the next round


def test_who_is_not_on_the_roster_gets_nothing(meeting: Meeting) -> None:
    """Late comers and those without a key: no roster, no upload, no release."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    meeting.joined(CEM)
    body = meeting.made(ADA, {})
    for number in (CEM, DUA):
        assert roster_bytes(meeting.book, meeting.who(number, WISHING)) is None
        assert (
            upload(meeting.book, meeting.ring, meeting.who(number, WISHING), body, now=WISHING)
            is Taken.CLOSED
        )
    meeting.step(OPEN)
    assert results(meeting.book, meeting.ring, meeting.who(CEM, OPEN)) is None


def test_uploads_are_taken_in_their_window_and_size_alone(meeting: Meeting) -> None:
    """A slot more or less, a token twice, a moment too early or late: each is refused and changes nothing."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    good, who = meeting.made(ADA, {BO: "A"}), meeting.who(ADA, WISHING)
    twice = good[: (QUOTA - 1) * SLOT] + good[:TOKEN] + good[(QUOTA - 1) * SLOT + TOKEN :]
    bodies = {
        good[SLOT:]: Taken.SIZE,
        good + good[:SLOT]: Taken.SIZE,
        b"": Taken.SIZE,
        twice: Taken.REPEATED_TOKEN,
    }
    for body, taken in bodies.items():
        assert upload(meeting.book, meeting.ring, who, body, now=WISHING) is taken
    assert upload(meeting.book, meeting.ring, who, good, now=CLOSED) is Taken.CLOSED
    assert meeting.book.wishes.shelf.count(meeting.event.id, 1) == 0


def test_an_upload_that_comes_while_wishes_are_compared_is_refused(meeting: Meeting) -> None:
    """Its clock may lag behind: the phase of the round decides, in the same statement that takes it."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    late = meeting.who(ADA, WISHING)
    body = meeting.made(ADA, {})
    meeting.step(CLOSED)
    assert upload(meeting.book, meeting.ring, late, body, now=WISHING) is Taken.CLOSED


def test_who_leaves_takes_the_wishes_along(meeting: Meeting) -> None:
    """An upload that was not compared yet is deleted; on the roster the name stays to the round's end."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    meeting.sent(BO, {ADA: "B"})
    leave(meeting.book, meeting.who(ADA, WISHING))
    assert meeting.who(ADA, WISHING).ticket.public is None
    meeting.step(OPEN)
    assert meeting.shown(BO, [ADA]) == ()
    assert results(meeting.book, meeting.ring, meeting.who(ADA, OPEN)) is None


def test_a_link_that_leads_nowhere_is_nobody(meeting: Meeting, new_book: NewBook) -> None:
    """Guessed, replaced, of another organiser: no difference. The memory holds no link at all."""
    old = meeting.links[ADA]
    new = set_link(meeting.book, meeting.event, meeting.pids[ADA], "n" * 27).rpartition("/")[2]
    assert visit(meeting.book, old, now=NOW) is None
    assert visit(meeting.book, "x" * 27, now=NOW) is None
    assert visit(new_book(), new, now=NOW) is None
    found = visit(meeting.book, new, now=NOW)
    assert found is not None
    assert (found.ticket.pid, found.ticket.name, found.stage) == (
        meeting.pids[ADA],
        NAMES[ADA],
        Stage.JOINING,
    )
    with pytest.raises(NotFound):
        set_link(meeting.book, meeting.event, bytes(16), "n" * 27)


def test_a_second_round_begins_with_new_tokens_and_takes_late_comers(meeting: Meeting) -> None:
    """The same wishes make other tokens; who came late is on the second roster."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    first = meeting.client(ADA).pair(meeting.pids[BO]).token
    meeting.joined(CEM)
    with pytest.raises(Refused):
        open_round(meeting.book, meeting.event, TIMES)
    second = timetable(TIMES.forget, TIMES.forget + timedelta(hours=1), TIMES.forget + timedelta(hours=2))
    open_round(meeting.book, meeting.event, second)
    assert [(one.step, one.round.number) for one in meeting.step(second.freeze)] == [
        (Step.FORGET, 1),
        (Step.FREEZE, 2),
    ]
    roster = roster_of(meeting.book, meeting.who(CEM, second.freeze))
    assert roster is not None
    assert {one.name for one in roster.entries} == {NAMES[at] for at in (ADA, BO, CEM)}
    assert meeting.client(ADA).pair(meeting.pids[BO]).token != first


# --- the server's keys ---


def test_the_round_key_lies_in_a_file_of_its_own_and_nowhere_in_the_memory(meeting: Meeting) -> None:
    """Mode 600, in a folder that backups pass over; a file that others can read is no key."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    folder = meeting.ring._folder
    (path,) = folder.glob("*.key")
    assert (path.stat().st_mode & 0o777, len(path.read_bytes())) == (0o600, 32)
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert not is_in_memory(meeting.book, path.read_bytes())
    path.chmod(0o644)
    with pytest.raises(StoreError):
        meeting.sent(ADA, {})


def test_a_round_without_its_key_says_so_and_is_forgotten_all_the_same(meeting: Meeting) -> None:
    """A lost key opens nothing: no match is invented, and at its time the round is wiped."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    meeting.ring.destroy(round_name(meeting.event.id, 1))
    with pytest.raises(StoreError, match="not here"):
        meeting.step(CLOSED)
    assert [one.step for one in meeting.step(TIMES.forget)] == [Step.FORGET]


def test_what_is_forgotten_is_gone_and_proven_gone(meeting: Meeting) -> None:
    """Keys overwritten and removed, rows deleted and counted, nothing left; the report says it all."""
    meeting.joined(ADA, BO)
    assert join(meeting.book, meeting.ring, meeting.who(EVA, NOW), None)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    meeting.sent(BO, {ADA: "B"})
    held = meeting.ring.key(round_name(meeting.event.id, 1)) or b""
    sealed = dict(meeting.book.wishes.shelf.uploads(meeting.event.id, 1))
    meeting.step(OPEN)
    roster = roster_bytes(meeting.book, meeting.who(ADA, OPEN)) or b""
    assert is_in_memory(meeting.book, sealed[meeting.pids[ADA]][:64])
    meeting.step(TIMES.forget)
    (entry,) = (one for one in meeting.book.entries() if one.act == "wishes-forgotten")
    names = (round_name(meeting.event.id, 1), hosted_name(meeting.event.id))
    assert entry.content["keys"] == [{"name": name, "bytes": 32, "times": 3, "gone": True} for name in names]
    assert entry.content["deleted"] == {"wishsheet": 2, "wishupload": 3, "wishhosted": 1, "wishanswer": 0}
    assert (entry.content["left"], entry.content["participants"]) == (0, 3)
    assert meeting.ring.names() == ()
    assert meeting.ring.key(names[0]) is None
    assert not is_in_memory(meeting.book, held)
    assert meeting.who(ADA, TIMES.forget).stage is Stage.OVER
    assert results(meeting.book, meeting.ring, meeting.who(ADA, TIMES.forget)) is None
    if meeting.book._tables.vendor == "sqlite":
        # Not only the rows are gone: their bytes are in no file of the memory any more.
        for content in (*sealed.values(), roster):
            assert not is_in_memory(meeting.book, content[:64])


def test_who_copies_the_memory_and_gets_the_key_after_the_end_gets_nothing(meeting: Meeting) -> None:
    """A thief's copy from the running round stays sealed for ever: nothing on this machine opens it."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    copied = dict(meeting.book.wishes.shelf.uploads(meeting.event.id, 1))
    keys = wish_steps.keys_of(meeting.ring, meeting.book.wishes.rounds(meeting.event.id)[0])
    place = meeting.who(ADA, WISHING).round
    assert place is not None
    opened = unshelved(keys.store, place.place + meeting.pids[ADA], copied[meeting.pids[ADA]])
    assert opened == meeting.made(ADA, {BO: "A"})  # with the key in time it opens
    meeting.step(TIMES.forget)
    with pytest.raises(StoreError, match="not here"):
        wish_steps.keys_of(meeting.ring, replace(place, fingerprint=place.fingerprint))


def test_an_upload_that_was_tampered_with_is_no_upload(meeting: Meeting) -> None:
    """Somebody with the memory alone moved an upload to another ticket: it opens for nobody."""
    meeting.joined(ADA, BO, CEM)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    meeting.sent(BO, {ADA: "B"})
    shelf = meeting.book.wishes.shelf
    uploads = dict(shelf.uploads(meeting.event.id, 1))
    shelf.put(meeting.event.id, 1, [(meeting.pids[ADA], uploads[meeting.pids[BO]])])
    meeting.step(OPEN)
    assert meeting.shown(ADA, [BO]) == ()
    assert meeting.shown(BO, [ADA]) == ()


def test_a_thief_of_the_memory_finds_no_wish_and_with_the_round_key_only_towards_who_helps(
    meeting: Meeting,
) -> None:
    """The whole memory of a running round is searched with Bo's key: without the round key nothing is there.

    With it, and Bo's help, who wished for Bo can be told, and still nobody else's wish in vain. That much is
    said in the table; so the search is known to find what is there.
    """
    meeting.joined(ADA, BO, CEM, DUA)
    meeting.step(WISHING)
    for number, wishes in {ADA: {BO: "A"}, BO: {ADA: "B"}, CEM: {BO: "C", DUA: "C"}, DUA: {}}.items():
        assert meeting.sent(number, wishes) is Taken.TAKEN
    towards = {other: meeting.client(BO).pair(meeting.pids[other]).token for other in (ADA, CEM, DUA)}
    in_vain = meeting.client(CEM).pair(meeting.pids[DUA]).token
    (one,) = meeting.book.wishes.rounds(meeting.event.id)
    keys = wish_steps.keys_of(meeting.ring, one)
    for token in (*towards.values(), in_vain):
        assert not is_in_memory(meeting.book, token)
        assert not is_in_memory(meeting.book, index_of(keys, token))
    sealed = dict(meeting.book.wishes.shelf.uploads(meeting.event.id, 1))
    assert len({len(content) for content in sealed.values()}) == 1
    opened = {pid: unshelved(keys.store, one.place + pid, content) or b"" for pid, content in sealed.items()}
    told = {who for who, token in towards.items() if token in opened[meeting.pids[who]]}
    assert told == {ADA, CEM}
    assert not any(in_vain in opened[meeting.pids[who]] for who in (ADA, BO, DUA))
    meeting.step(CLOSED)
    for token in (*towards.values(), in_vain):
        assert not is_in_memory(meeting.book, token)  # nor after the match, before all are shown it


def test_the_name_under_which_an_answer_lies_tells_no_thief_whose_it_is(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large round one slot met or many: the same number of rows, none of which names a ticket."""
    monkeypatch.setattr(wish_steps, "LARGEST_STATIC", 2)
    meeting.joined(ADA, BO, CEM)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A", CEM: "A"})
    meeting.sent(BO, {ADA: "B"})
    meeting.step(CLOSED)
    rows = meeting.book._tables.rows("SELECT id, content FROM store_wishanswer WHERE owner_id = %(owner)s")
    assert len(rows) == 32
    assert {len(bytes(content)) for _, content in rows} == {12 + SLOT + 16}
    assert not {pid.hex() for pid in meeting.pids} & {id_ for id_, _ in rows}
    assert meeting.step(OPEN)
    assert meeting.shown(ADA, [BO, CEM]) == (Revealed(meeting.pids[BO], "B"),)


def test_no_copy_of_the_memory_holds_a_round_key_or_what_lies_under_it(meeting: Meeting) -> None:
    """What an owner takes along, or a backup of the tables keeps: tickets and times, no key and no wish."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    (name,) = meeting.ring.names()
    key = meeting.ring.key(name) or b""
    whole = WholeTables(meeting.book._tables)
    copied = {table: list(whole.rows(table)) for table in whole.names() if table not in KEYS | WISHES}
    text = json.dumps(copied, default=str)
    assert meeting.event.id.hex() in text
    assert not any(form in text for form in (key.hex(), b64encode(key).decode(), name))
    assert {f"wish{table}" for table in SHELVES} == WISHES
    assert not is_in_memory(meeting.book, key)


def test_who_leaves_holds_the_round_in_its_phase(meeting: Meeting) -> None:
    """While wishes are compared an upload can no longer vanish: to leave then takes no wish away."""
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    meeting.sent(ADA, {BO: "A"})
    (one,) = meeting.book.wishes.rounds(meeting.event.id)
    assert meeting.book.wishes.advance(one, replace(one, phase=Phase.MATCHING))
    leave(meeting.book, meeting.who(ADA, WISHING))
    assert meeting.book.wishes.shelf.count(meeting.event.id, 1) == 1


def test_a_match_that_was_cut_off_begins_again_and_comes_to_the_same(meeting: Meeting) -> None:
    """The program died after it had wished for Eva: taken up again it wishes for her with the same slots."""
    meeting.joined(ADA)
    assert join(meeting.book, meeting.ring, meeting.who(EVA, NOW), None)
    meeting.step(WISHING)
    wishes = HostedWishes("Eva", (meeting.pids[ADA],))
    assert wish_by_mail(meeting.book, meeting.ring, meeting.who(EVA, WISHING), wishes, now=WISHING)
    meeting.sent(ADA, {EVA: "A"})
    (one,) = meeting.book.wishes.rounds(meeting.event.id)
    assert meeting.book.wishes.advance(one, replace(one, phase=Phase.MATCHING))
    keys = wish_steps.keys_of(meeting.ring, one)
    made = [dict(hosted_uploads(meeting.book, meeting.ring, one, keys)) for _ in range(2)]
    assert made[0] == made[1] != {}
    shelve_hosted(meeting.book, meeting.ring, one, keys)
    assert [done.step for done in meeting.step(OPEN)] == [Step.MATCH, Step.RELEASE]
    assert meeting.shown(ADA, [EVA]) == (Revealed(meeting.pids[EVA], "Eva"),)


# --- the organiser ---


def test_an_organiser_finds_exports_and_erases(meeting: Meeting) -> None:
    """By name or beginning of the id; what is exported is all there is to read; what is erased is gone."""
    book, event = meeting.book, meeting.event
    assert event_called(book, "sommerschule") == event_called(book, event.id.hex()[:6]) == event
    with pytest.raises(NotFound):
        event_called(book, "winter")
    meeting.joined(ADA, BO)
    meeting.step(WISHING)
    assert exported(book, event, meeting.who(ADA, WISHING).ticket) == {
        "event": "Sommerschule",
        "ticket": meeting.pids[ADA].hex(),
        "name": "Ada Beispiel",
        "mail": "ada@example.org",
        "takes_part": True,
        "by_mail_only": False,
        "public_key": public_of(key(ADA)).hex(),
        "on_rosters": [1],
    }
    erase(book, event, meeting.pids[ADA])
    assert visit(book, meeting.links[ADA], now=WISHING) is None
    with pytest.raises(NotFound):
        erase(book, event, meeting.pids[ADA])


def test_an_event_needs_a_name_and_a_reasonable_number_of_wishes(book: Book) -> None:
    """Nothing else can go wrong with one."""
    for name, quota in (("", 10), ("\n", 10), ("Club", 0), ("Club", 101)):
        with pytest.raises(Refused):
            open_event(book, name, quota=quota)


def test_two_workers_take_a_step_once(meeting: Meeting) -> None:
    """Whoever comes second finds the round further on, and nothing is done twice."""
    meeting.joined(ADA, BO)
    (one,) = meeting.book.wishes.rounds(meeting.event.id)
    assert [done.step for done in meeting.step(WISHING)] == [Step.FREEZE]
    assert wish_steps._freeze(meeting.book, meeting.ring, one, WISHING) is None
    assert len(meeting.ring.names()) == 1


def is_in_memory(book: Book, content: bytes) -> bool:
    """Tell whether bytes (or their hexadecimal digits) stand anywhere in the memory."""
    tables = book._tables
    if tables.vendor == "sqlite":
        path = Path(str(tables.rows("PRAGMA database_list")[0][2]))
        files = [one.read_bytes() for one in path.parent.glob(f"{path.name}*")]
        return any(content in one or content.hex().encode() in one for one in files)
    for (table,) in tables.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        for row in tables.rows(f'SELECT * FROM "{table}"'):
            values = [bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row]
            if any(content in value or content.hex().encode() in value for value in values):
                return True
    return False
