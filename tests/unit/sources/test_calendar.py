"""Calendars event by event: who was there, what counts, what is left out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anlass.intake import SetAside
from anlass.ledger import EncounterKind
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, NoTrace
from anlass.sources.calendar import meetings_in
from tests.contract.trace_samples_calendar import CONTENT, END, HEAD, KAI, OLGA, event, guest

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BEARINGS = Bearings(frozenset({"olga@home.example", "o@work.example"}), NOW)
ME = guest("olga@home.example")


def read(*events: str, head: str = HEAD) -> list[Trace | NoTrace | SetAside]:
    """Return what a calendar of these events tells."""
    return list(meetings_in((head + "".join(events) + END).encode(), "/k/termine.ics", BEARINGS))


def met(told: list[Trace | NoTrace | SetAside]) -> dict[str, list[str]]:
    """Return the moments of the meetings by address."""
    return {
        trace.addresses[0].value: [f"{one.when:%Y-%m-%dT%H:%MZ}" for one in trace.encounters]
        for trace in told
        if isinstance(trace, Trace)
    }


def reasons(told: list[Trace | NoTrace | SetAside]) -> list[str]:
    """Return why there is no trace."""
    return [one.reason for one in told if not isinstance(one, Trace)]


def test_sample_tells_the_meetings_and_the_reasons_of_all_others() -> None:
    """Zones of the file, a series with a change, and each reason why something is no meeting."""
    told = list(meetings_in(CONTENT, "/k/termine.ics", BEARINGS))
    assert [(one.name, met([one])) for one in told if isinstance(one, Trace)] == [
        ("Kai Falk", {"kai@falk.example": ["2026-01-05T09:00Z"]}),
        ("Kai Falk", {"kai@falk.example": ["2026-02-10T09:00Z"]}),
        (
            "Zoë",
            {
                "zoe@uni.example": [
                    "2026-09-07T07:30Z",
                    "2026-09-21T07:30Z",
                    "2026-09-28T07:30Z",
                    "2026-10-05T07:30Z",
                ]
            },
        ),
    ]
    assert reasons(told) == ["alone", "called_off", "to_come", "not_there", "crowd", "no_event"]
    first = told[0]
    assert isinstance(first, Trace)
    (meeting,) = first.encounters
    assert (meeting.kind, meeting.where, meeting.others, meeting.is_proven, meeting.source) == (
        EncounterKind.MEETING,
        "Café Fensterplatz, Bremen",
        1,
        True,
        "calendar:termine.ics, line 20",
    )


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ([OLGA, guest("kai@falk.example")], ["kai@falk.example"]),
        ([OLGA, guest("kai@falk.example", "NEEDS-ACTION")], []),
        ([OLGA, guest("kai@falk.example"), guest("olga@home.example", "DECLINED")], []),
        ([KAI, ME], ["kai@falk.example"]),
        ([KAI, ME, guest("kai@falk.example", "DECLINED")], []),
        ([KAI, guest("o@work.example")], ["kai@falk.example"]),
        ([KAI, guest("olga@home.example", "NEEDS-ACTION")], []),
        ([KAI, ME, guest("eva@falk.example"), guest("hans@falk.example", "TENTATIVE")], ["eva", "kai"]),
        ([KAI, guest("eva@falk.example")], []),
        ([OLGA, guest("raum@falk.example", more=";CUTYPE=ROOM")], []),
        ([OLGA, guest("beamer@falk.example", more=";CUTYPE=RESOURCE")], []),
        ([OLGA, guest("leser@falk.example", more=";ROLE=NON-PARTICIPANT")], []),
        ([OLGA, guest("no-reply@zoom.example")], []),
        ([OLGA, guest("c_17@resource.calendar.google.com")], []),
        (
            ["ORGANIZER;EMAIL=kai@falk.example:/aMTExMTEx/principal/", ME],
            ["kai@falk.example"],
        ),
        (["ORGANIZER:invalid:nomail", ME], []),
    ],
)
def test_both_must_have_been_there(lines: list[str], people: list[str]) -> None:
    """Each is the organiser or said yes; rooms, programs and readers are nobody."""
    told = met(read(event("1", "20260105T100000Z", *lines)))
    assert [address.removesuffix("@falk.example") for address in sorted(told)] == [
        one.removesuffix("@falk.example") for one in people
    ]


def test_same_meeting_in_another_calendar_has_the_same_id() -> None:
    """Mine and theirs, in one zone or another, alone or as part of the series."""
    series = read(
        event(
            "7",
            ";TZID=Europe/Berlin:20260907T093000",
            "RRULE:FREQ=DAILY;COUNT=2",
            OLGA,
            guest("kai@falk.example"),
        )
    )
    alone = read(
        event("7", "20260908T100000Z", "RECURRENCE-ID:20260908T073000Z", OLGA, guest("kai@falk.example"))
    )
    ids = [[one.id for one in trace.encounters] for trace in (*series, *alone) if isinstance(trace, Trace)]
    assert ids[0][1:] == ids[1]
    assert len(set(ids[0])) == 2


def test_meeting_that_is_not_over_does_not_count() -> None:
    """What began and still goes on is to come."""
    going_on = event("1", "20261120T230000Z", OLGA, guest("kai@falk.example"), "DURATION:PT4H")
    assert reasons(read(going_on)) == ["to_come"]


@pytest.mark.parametrize("method", ["REQUEST", "REPLY", "CANCEL"])
def test_message_that_was_saved_as_a_file_proves_nothing(method: str) -> None:
    """An invitation says what its sender wrote into it, the owner's yes included."""
    head = HEAD.replace("PUBLISH", method)
    assert reasons(read(event("1", "20260105T100000Z", KAI, ME), head=head)) == ["message"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=0,1,2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=",
        "FREQ=WEEKLY;X",
        "FREQ=YEARLY;BYMONTHDAY=" + ",".join(["1"] * 100),
    ],
)
def test_rule_that_could_run_for_ever_is_set_aside(rule: str) -> None:
    """Such a series is named with its line, and its neighbours are read."""
    told = read(
        event("1", "20260105T100000Z", f"RRULE:{rule}", OLGA, guest("kai@falk.example")),
        event("2", "20260106T100000Z", OLGA, guest("eva@falk.example")),
    )
    assert [one.says for one in told if isinstance(one, SetAside)] == [
        "The appointment in line 20 recurs by a rule that is not read."
    ]
    assert list(met(told)) == ["eva@falk.example"]


def test_endless_series_counts_what_was_held_within_its_reach() -> None:
    """A daily appointment since 1990 counts for three years back."""
    told = read(event("1", "19900101T100000Z", "RRULE:FREQ=DAILY", OLGA, guest("kai@falk.example")))
    days = met(told)["kai@falk.example"]
    assert (len(days), days[-1]) == (3 * 366, "2026-11-20T10:00Z")


def test_place_of_a_video_call_is_no_place() -> None:
    """A link is not where people met."""
    (trace,) = read(
        event("1", "20260105T100000Z", OLGA, guest("k@falk.example"), "LOCATION:https://meet.example/17")
    )
    assert isinstance(trace, Trace)
    assert trace.encounters[0].where == ""


def test_event_that_is_cut_off_is_named_and_the_others_come() -> None:
    """A missing end is set aside with its line."""
    half = event("1", "20260105T100000Z", OLGA).removesuffix("END:VEVENT\r\n")
    told = read(half, event("2", "20260106T100000Z", OLGA, guest("eva@falk.example")))
    assert [one.says for one in told if isinstance(one, SetAside)] == [
        "The entry in line 20 is cut off: it has no end."
    ]
    assert list(met(told)) == ["eva@falk.example"]
