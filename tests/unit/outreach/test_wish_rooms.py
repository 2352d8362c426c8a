"""Rosters, timetables, hosted people and sealed notes: the small values around the protocol."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.outreach.sealed_note import (
    LONGEST_NOTE,
    Enclosed,
    enclosed,
    open_note,
    seal_note,
    taken_out,
)
from anlass.outreach.wish import LONGEST_CARD, QUOTA, public_of
from anlass.outreach.wish_client import Alarm, alarms
from anlass.outreach.wish_hosted import HostedWishes, hosted_frame, hosted_secret, wishes_in, within
from anlass.outreach.wish_roster import (
    LONGEST_NAME,
    Entry,
    FalseRoster,
    Roster,
    RosterFault,
    frozen,
    packed,
    plain_name,
    roster_in,
)
from anlass.outreach.wish_times import (
    Phase,
    Step,
    Timetable,
    due_step,
    takes_wishes,
    timetable,
)
from tests.unit.outreach.wishing import EVENT, entry, roster

T0 = datetime(2026, 11, 22, 18, tzinfo=UTC)
TIMES = timetable(T0, T0 + timedelta(hours=24), T0 + timedelta(hours=39))


# --- rosters ---


@given(st.lists(st.text(max_size=80), min_size=0, max_size=6), st.integers(0, 2**32 - 1))
def test_a_roster_comes_back_as_it_went(names: list[str], number: int) -> None:
    """Whatever the names are: packed and read back it is the same, with the same code."""
    entries = [replace(entry(at), name=plain_name(name)) for at, name in enumerate(names)]
    there = frozen(EVENT, number, entries)
    back = roster_in(packed(there))
    assert (back, back.hash, back.code) == (there, there.hash, there.code)


@given(st.text())
def test_a_plain_name_is_one_short_line_and_stays_what_it_is(name: str) -> None:
    """Nothing in it moves the eye, and making it plain again changes nothing."""
    plain = plain_name(name)
    assert plain_name(plain) == plain
    assert len(plain.encode()) <= LONGEST_NAME
    assert not any(one in plain for one in "\n\r\t\0\u202e\u200b\u2028")


def test_order_of_joining_makes_no_difference() -> None:
    """The list is sorted by ticket: the same people give the same hash."""
    people = [entry(at) for at in range(5)]
    assert frozen(EVENT, 1, people).hash == frozen(EVENT, 1, reversed(people)).hash


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([entry(1), replace(entry(2), pid=entry(1).pid)], RosterFault.SAME_PID),
        ([entry(1), replace(entry(2), public=entry(1).public)], RosterFault.SAME_KEY),
        ([replace(entry(1), public=b"short")], RosterFault.FALSE_KEY),
        ([replace(entry(1), public=b"\xff" * 32)], RosterFault.FALSE_KEY),
        ([replace(entry(1), name="two\nlines")], RosterFault.FALSE_NAME),
        ([replace(entry(1), pid=b"short")], RosterFault.GARBLED),
    ],
)
def test_a_list_with_a_fault_is_no_roster(entries: list[Entry], fault: RosterFault) -> None:
    """Two with one number or key, keys and names in a second form: each is said."""
    with pytest.raises(FalseRoster) as raised:
        frozen(EVENT, 1, entries)
    assert raised.value.fault is fault


def test_a_false_roster_is_noticed_by_what_one_knows_elsewhere() -> None:
    """Own entry, a scanned badge, the code on the slide: each alone raises its alarm."""
    true = roster(4)
    me, other = entry(0), entry(1)
    assert alarms(true, me, pinned={other.pid: other.public}, code=true.code.lower()) == ()
    swapped = frozen(
        EVENT, 1, [replace(one, public=entry(9).public) if one == other else one for one in true.entries]
    )
    assert alarms(swapped, me) == ()  # nothing in the list itself shows a false key
    assert alarms(swapped, me, code=true.code) == (Alarm.OTHER_CODE,)
    assert alarms(swapped, me, pinned={other.pid: other.public}) == (Alarm.OTHER_KEY,)
    assert alarms(swapped, other) == (Alarm.CHANGED,)
    assert alarms(true, entry(7)) == (Alarm.NOT_ON_IT,)


# --- times ---


def test_steps_come_one_after_the_other_when_they_are_due() -> None:
    """A step is never early, none is skipped, and after forgetting there is none."""
    assert due_step(Phase.JOINING, TIMES, TIMES.freeze - timedelta(seconds=1)) is None
    assert [due_step(phase, TIMES, TIMES.forget) for phase in Phase] == [Step.FORGET] * 5 + [None]
    late = TIMES.forget - timedelta(seconds=1)
    steps = [due_step(phase, TIMES, late) for phase in (*Phase,)]
    assert steps == [Step.FREEZE, Step.MATCH, Step.MATCH, Step.RELEASE, None, None]
    early = [
        due_step(phase, TIMES, TIMES.at(step) - timedelta(seconds=1))
        for phase, step in zip(Phase, (*steps[:4], Step.FORGET), strict=False)
        if step
    ]
    assert early == [None] * 5
    assert TIMES.forget - TIMES.release == timedelta(hours=48)


def test_wishes_are_taken_between_freeze_and_match_and_not_a_moment_longer() -> None:
    """Also where the match itself is late."""
    assert takes_wishes(Phase.WISHING, TIMES, TIMES.match - timedelta(seconds=1))
    assert not takes_wishes(Phase.WISHING, TIMES, TIMES.match)
    assert not takes_wishes(Phase.JOINING, TIMES, TIMES.freeze + timedelta(hours=1))


def test_times_out_of_order_are_no_timetable() -> None:
    """Nobody can release before matching."""
    with pytest.raises(ValueError, match="frozen"):
        timetable(T0, T0, T0)
    with pytest.raises(ValueError, match="frozen"):
        Timetable(T0, T0 + timedelta(1), T0 + timedelta(2), T0 + timedelta(2))


# --- hosted ---


@given(st.text(max_size=60), st.sets(st.binary(min_size=16, max_size=16), max_size=QUOTA))
def test_hosted_wishes_have_one_size_and_come_back(card: str, wished: set[bytes]) -> None:
    """None, some or all: what lies in the memory is as long."""
    wishes = HostedWishes(card, tuple(sorted(wished)))
    frame = hosted_frame(wishes)
    assert len(frame) == len(hosted_frame(HostedWishes()))
    assert wishes_in(frame) == wishes


def test_hosted_wishes_beyond_the_quota_are_refused() -> None:
    """As for everybody else; wishes towards people who left are dropped."""
    many = tuple(bytes([at]) * 16 for at in range(QUOTA + 1))
    with pytest.raises(ValueError, match="too many"):
        hosted_frame(HostedWishes("", many))
    assert within(HostedWishes("c", many[:3]), [many[1]]) == HostedWishes("c", (many[1],))


def test_hosted_keys_follow_from_the_secret_of_the_event_alone() -> None:
    """Each person, event and secret has another; without the secret there is no way to them."""
    keys = {
        public_of(hosted_secret(master, event, pid))
        for master in (bytes(32), b"\1" * 32)
        for event in (EVENT, bytes(16))
        for pid in (bytes(16), b"\1" * 16)
    }
    assert len(keys) == 8


# --- sealed notes ---


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_note_in_a_card_comes_out_beside_it(card: str, note: str) -> None:
    """Whatever stands in either; a break in the text becomes a blank."""
    clean = [text.replace("\x1e", " ") for text in (card, note)]
    assert taken_out(enclosed(card, note)) == Enclosed(*clean)


def test_card_and_note_share_the_room_of_a_card() -> None:
    """What is left beside the card, but for the break between them, is what the note may have."""
    left = LONGEST_CARD - len("Ada <ada@example.org>") - 1
    assert len(enclosed("Ada <ada@example.org>", "n" * left).encode()) == LONGEST_CARD
    with pytest.raises(ValueError, match="together"):
        enclosed("Ada <ada@example.org>", "n" * (left + 1))


def test_a_note_beside_an_answer_opens_with_both_halves_only() -> None:
    """One half, the other's half twice, another grant, one changed bit: all are noise."""
    ours, theirs, nonce = bytes([1]) * 32, bytes([2]) * 32, bytes(12)
    sealed = seal_note("Ich habe mich gefreut.", ours, theirs, nonce, b"grant")
    assert open_note(sealed, ours, theirs, b"grant") == "Ich habe mich gefreut."
    wrong = [
        (ours, ours, b"grant"),
        (theirs, ours, b"grant"),
        (theirs, theirs, b"grant"),
        (ours, theirs, b"other"),
    ]
    assert [open_note(sealed, one, other, about) for one, other, about in wrong] == [None] * 4
    assert open_note(sealed[:-1] + bytes([sealed[-1] ^ 1]), ours, theirs, b"grant") is None
    assert open_note(b"", ours, theirs, b"grant") is None
    for half in (b"", bytes(31)):
        assert open_note(sealed, ours, half, b"grant") is None


def test_every_sealed_note_has_the_same_size() -> None:
    """Its length tells nobody whether it is long or empty."""
    sizes = {
        len(seal_note("n" * size, bytes(32), bytes([1]) * 32, bytes(12), b""))
        for size in (0, 1, LONGEST_NOTE)
    }
    assert len(sizes) == 1
    with pytest.raises(ValueError, match="4094"):
        seal_note("n" * (LONGEST_NOTE + 1), bytes(32), bytes(32), bytes(12), b"")


def test_a_roster_finds_everybody_by_ticket() -> None:
    """People are found by number, never by name: two may have the same."""
    twins = Roster(EVENT, 1, (replace(entry(1), name="Kim"), replace(entry(2), name="Kim")))
    assert {pid: one.name for pid, one in twins.people.items()} == {entry(1).pid: "Kim", entry(2).pid: "Kim"}
