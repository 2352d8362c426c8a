"""The tie: countable facts, and the number that follows from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anlass.ledger import UNDATED, Encounter, EncounterKind, Tie, TieLevel, tie_of

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
IN, OUT = EncounterKind.MAIL_IN, EncounterKind.MAIL_OUT
HEARD, SAID = EncounterKind.MESSAGE_IN, EncounterKind.MESSAGE_OUT
MEETING, CARD = EncounterKind.MEETING, EncounterKind.CARD


def ago(days: float, kind: EncounterKind, **more: object) -> Encounter:
    """Return a proven encounter of some days ago."""
    return Encounter(kind, AT - timedelta(days=days), **{"is_proven": True, **more})  # type: ignore[arg-type]


def weekly(kind: EncounterKind) -> list[Encounter]:
    """Return five letters, one a week, the last today."""
    return [ago(days, kind) for days in (0, 7, 14, 21, 28)]


WORKED = {
    "a cold sender, never answered": ([ago(d, IN) for d in range(12)], 0.0, 0.0),
    "one exchange yesterday": ([ago(1, IN), ago(1, OUT)], 20.6, 20.6),
    "one pair a week": ([*weekly(IN), *weekly(OUT)], 66.6, 68.5),
    "forty each, three years ago": ([ago(1095, kind) for kind in (IN, OUT) for _ in range(40)], 12.7, 100.0),
    "a card ten days ago": ([ago(10, CARD)], 19.9, 20.6),
    "card, meeting, a letter each way": (
        [ago(10, CARD), ago(10, MEETING), ago(5, IN), ago(4, OUT)],
        67.2,
        68.5,
    ),
    "one of fifteen, never answered": ([ago(d, IN, others=15) for d in range(30)], 0.0, 0.0),
    "the same, answered twice to all": (
        [*(ago(d, IN, others=15) for d in range(30)), ago(3, OUT, others=15), ago(9, OUT, others=15)],
        3.0,
        3.0,
    ),
    "twenty letters, one answer": ([*(ago(3 * d, IN) for d in range(20)), ago(60, OUT)], 16.8, 20.6),
}


@pytest.mark.parametrize("case", WORKED)
def test_score_is_that_of_the_worked_table(case: str) -> None:
    """Tie v1 gives the published values."""
    encounters, score, lifetime = WORKED[case]
    tie = tie_of(encounters, at=AT)
    # the worked table rounds S to three places and the lifetime of the fifteen to the same 3.0
    assert (round(tie.score, 1), round(tie.lifetime, 1)) == (score, lifetime)


def test_tie_of_nothing_is_that_of_a_stranger() -> None:
    """Without encounters nothing is shared."""
    assert tie_of((), at=AT) == Tie(TieLevel.STRANGER)


LEVELS = {
    "letters never answered": ([ago(1, IN), ago(2, IN), ago(3, IN)], TieLevel.STRANGER),
    "a letter of the owner": ([ago(1, OUT)], TieLevel.ACQUAINTED),
    "a card": ([ago(1, CARD)], TieLevel.ACQUAINTED),
    "a meeting": ([ago(1, MEETING)], TieLevel.ACQUAINTED),
    "an introduction": ([ago(1, EncounterKind.INTRODUCTION)], TieLevel.ACQUAINTED),
    "a meeting and a turn": ([ago(2, MEETING), ago(1, IN, thread="a", is_turn=True)], TieLevel.IN_TOUCH),
    "three turns in one thread": (
        [ago(day, kind, thread="a", is_turn=True) for day, kind in ((3, OUT), (2, IN), (1, OUT))],
        TieLevel.ACQUAINTED,
    ),
    "three turns in one thread, and a letter in another": (
        [ago(0, IN, thread="b"), *(ago(day, OUT, thread="a", is_turn=True) for day in (1, 2, 3))],
        TieLevel.ACQUAINTED,
    ),
    "three turns in two threads": (
        [ago(day, OUT, thread=thread, is_turn=True) for day, thread in ((3, "a"), (2, "a"), (1, "b"))],
        TieLevel.IN_TOUCH,
    ),
    "messages never answered": ([ago(1, HEARD), ago(9, HEARD)], TieLevel.STRANGER),
    "a message of the owner": ([ago(1, SAID)], TieLevel.ACQUAINTED),
    "three turns on three days in two talks": (
        [
            ago(day, kind, thread=thread, is_turn=True)
            for day, kind, thread in ((90, SAID, "a"), (89, HEARD, "a"), (1, SAID, "b"))
        ],
        TieLevel.IN_TOUCH,
    ),
    "a lively chat on one day, and a word of it long ago": (
        [
            *(
                ago(minute / 1440, kind, thread="a", is_turn=True)
                for minute in range(60)
                for kind in (HEARD, SAID)
            ),
            ago(90, SAID, thread="b"),
        ],
        TieLevel.ACQUAINTED,
    ),
    "two turns by message and one by mail": (
        [
            ago(3, SAID, thread="a", is_turn=True),
            ago(2, HEARD, thread="a", is_turn=True),
            ago(1, OUT, thread="b", is_turn=True),
        ],
        TieLevel.IN_TOUCH,
    ),
    "two turns in two threads": (
        [ago(day, OUT, thread=thread, is_turn=True) for day, thread in ((2, "a"), (1, "b"))],
        TieLevel.ACQUAINTED,
    ),
}


@pytest.mark.parametrize("case", LEVELS)
def test_level_follows_from_countable_facts(case: str) -> None:
    """In touch are three turns in two threads, or a meeting and a turn; below that nobody is."""
    encounters, level = LEVELS[case]
    assert tie_of(encounters, at=AT).level is level


def test_unproven_encounters_are_counted_as_claims_and_feed_nothing() -> None:
    """A forged friend is no friend: plain counts show the letters, all else stays empty."""
    claimed = [
        Encounter(kind, AT - timedelta(days=day), thread=str(day % 2), is_turn=True)
        for day, kind in enumerate((IN, IN, IN, OUT, OUT, MEETING, CARD, EncounterKind.INTRODUCTION))
    ]
    assert tie_of(claimed, at=AT) == Tie(
        TieLevel.STRANGER,
        mails_in=3,
        mails_out=2,
        first=AT - timedelta(days=6),
        last=AT,
        last_in=AT,
        last_out=AT - timedelta(days=3),
    )


def test_introduction_makes_acquainted_and_neither_begins_nor_ends_anything() -> None:
    """Somebody else brought the two together: what they did themselves begins with their first letter."""
    brought = ago(90, EncounterKind.INTRODUCTION)
    alone = tie_of([brought], at=AT)
    assert (alone.level, alone.introductions, alone.score) == (TieLevel.ACQUAINTED, 1, 0.0)
    assert (alone.first, alone.last) == (None, None)
    assert tie_of([brought, ago(3, IN)], at=AT).first == AT - timedelta(days=3)


def test_messages_of_one_side_and_day_weigh_as_one_letter() -> None:
    """A chat in sixty crumbs is one exchange: counted as sixty, weighed and turned as one each way."""
    crumbs = [
        ago(minute / 1440, kind, thread="a", is_turn=True) for minute in range(60) for kind in (HEARD, SAID)
    ]
    talk, letters = tie_of(crumbs, at=AT), tie_of([ago(0, IN), ago(0, OUT)], at=AT)
    assert (talk.messages_in, talk.messages_out, talk.turns, talk.threads) == (60, 60, 2, 1)
    assert (talk.mails_in, talk.mails_out, talk.proven) == (0, 0, 0)
    assert talk.score == letters.score
    assert (talk.last_in, talk.last_out) == (AT, AT)


def test_message_answered_by_mail_is_an_exchange() -> None:
    """Both ways count whatever channel they took."""
    assert round(tie_of([ago(1, HEARD), ago(1, OUT)], at=AT).score, 1) == 20.6


def test_dormant_is_who_was_silent_for_more_than_eight_usual_gaps() -> None:
    """After weekly letters, eight weeks of silence are a pause and more is the end."""
    rhythm = [ago(days, IN) for days in (56, 63, 70, 77, 84)]
    assert not tie_of(rhythm, at=AT).is_dormant
    assert tie_of(rhythm, at=AT + timedelta(hours=1)).is_dormant
    assert not tie_of(rhythm[1:], at=AT + timedelta(days=99)).is_dormant


def test_a_lively_afternoon_is_no_rhythm_of_minutes() -> None:
    """Five letters on one day make that day the usual gap, not the minutes between them."""
    lively = [ago(5 + minute / 1440, IN) for minute in range(5)]
    assert not tie_of(lively, at=AT).is_dormant
    assert tie_of(lively, at=AT + timedelta(days=4)).is_dormant


def test_undated_letters_count_but_begin_and_end_nothing() -> None:
    """A letter without a date is a letter; the first and last day are those of the others."""
    tie = tie_of([Encounter(IN, UNDATED, is_proven=True), ago(3, OUT)], at=AT)
    assert (tie.mails_in, tie.first, tie.last) == (1, AT - timedelta(days=3), AT - timedelta(days=3))


def test_letters_from_the_future_count_as_of_now() -> None:
    """A wrong clock gives no more weight than today."""
    assert (
        tie_of([ago(-400, IN), ago(-400, OUT)], at=AT).score == tie_of([ago(0, IN), ago(0, OUT)], at=AT).score
    )


def test_places_are_named_once_in_the_order_of_meeting() -> None:
    """Where two met twice is one place, and the first comes first."""
    met = [
        ago(1, MEETING, where="FrOSCon"),
        ago(9, MEETING, where="re:publica"),
        ago(5, MEETING, where="FrOSCon"),
    ]
    assert tie_of([*met, ago(3, CARD, where="Messe")], at=AT).places == ("re:publica", "FrOSCon")
