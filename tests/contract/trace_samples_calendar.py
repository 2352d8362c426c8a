"""A calendar as the sample of its source: meetings held, called off, to come, alone, and a series."""

from __future__ import annotations

HEAD = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Kalender//DE\r
METHOD:PUBLISH\r
BEGIN:VTIMEZONE\r
TZID:Bremen\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:19700329T020000\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""
END = "END:VCALENDAR\r\n"


def event(uid: str, start: str, *lines: str, end: str = "") -> str:
    """Return one event of an hour or so."""
    when = start if ":" in start else f":{start}"
    told = [f"UID:{uid}", f"DTSTART{when}", *([f"DTEND{end}"] if end else []), *lines]
    return "\r\n".join(["BEGIN:VEVENT", *told, "END:VEVENT", ""])


def guest(address: str, answer: str = "ACCEPTED", *, name: str = "", more: str = "") -> str:
    """Return the line of a guest."""
    return f"ATTENDEE;PARTSTAT={answer}{f';CN={name}' if name else ''}{more}:mailto:{address}"


OLGA = "ORGANIZER;CN=Olga Brandt:mailto:olga@home.example"
KAI = "ORGANIZER;CN=Kai Falk:mailto:Kai@falk.example"
MINE = event(
    "1@home",
    ";TZID=Bremen:20260105T100000",
    OLGA,
    guest("kai@falk.example", name="Kai Falk"),
    guest("eva@falk.example", "TENTATIVE", name="Eva"),
    "LOCATION:Café Fensterplatz\\, Bremen",
    "SUMMARY:Umschlag",
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nATTENDEE:mailto:wecker@home.example\r\nTRIGGER:-PT15M\r\nEND:VALARM",
)
THEIRS = event("2@falk", "20260210T090000Z", KAI, guest("olga@home.example"), end=":20260210T100000Z")
ALONE = event("3@home", ";VALUE=DATE:20260301", "SUMMARY:Zahnarzt")
CALLED_OFF = event("4@falk", "20260310T090000Z", KAI, guest("olga@home.example"), "STATUS:CANCELLED")
TO_COME = event("5@falk", "20270310T090000Z", KAI, guest("olga@home.example"))
DECLINED = event("6@falk", "20260311T090000Z", KAI, guest("olga@home.example", "DECLINED"))
SERIES = event(
    "7@home",
    ";TZID=Europe/Berlin:20260907T093000",
    "RRULE:FREQ=WEEKLY;COUNT=5",
    OLGA,
    guest("zoe@uni.example", name="Zoë"),
    guest("raum17@falk.example", more=";CUTYPE=ROOM"),
) + event(
    "7@home",
    ";TZID=Europe/Berlin:20260915T093000",
    "RECURRENCE-ID;TZID=Europe/Berlin:20260914T093000",
    OLGA,
    guest("zoe@uni.example", "DECLINED", name="Zoë"),
)
CONGRESS = event(
    "8@kongress",
    "20260501T090000Z",
    guest("olga@home.example"),
    *(guest(f"gast{n}@kongress.example") for n in range(60)),
)
TASK = "BEGIN:VTODO\r\nUID:9@home\r\nSUMMARY:Steuer\r\nEND:VTODO\r\n"

CONTENT = "".join(
    (HEAD, MINE, THEIRS, ALONE, CALLED_OFF, TO_COME, DECLINED, SERIES, CONGRESS, TASK, END)
).encode()
PEOPLE = ("Kai Falk", "Kai Falk", "Zoë")
BROKEN = "".join(
    (
        HEAD,
        MINE,
        event("0@home", "bald", OLGA, guest("kai@falk.example")),
        THEIRS,
        ALONE,
        CALLED_OFF,
        TO_COME,
        DECLINED,
        SERIES,
        CONGRESS,
        TASK,
        END,
    )
).encode()


def many(count: int) -> bytes:
    """Return a calendar of so many meetings."""
    return "".join(
        (
            HEAD,
            *(
                event(
                    f"{n}@home",
                    "20260105T100000Z",
                    OLGA,
                    guest(f"p{n}@people.example"),
                    "DESCRIPTION:" + "x" * 99,
                )
                for n in range(count)
            ),
            END,
        )
    ).encode()
