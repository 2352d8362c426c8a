"""JSON exports of pretix, pretalx and Indico, and of whatever looks like them.

    pretix    {"event": {"name", "date_from", "orders": [{"status", "positions": [{"attendee_name",
              "attendee_email", "company"}]}]}}, or the API's {"results": [...]} of either
    pretalx   {"schedule": {"conference": {"title", "start", "end"}}}, {"results": [{"name", "email"}]}
    Indico    {"results": [{"title", "startDate", "endDate", "location"}]},
              {"registrants": [{"full_name", "personal_data": {...}}]}

An order that was cancelled or expired names nobody; neither does a position that was. Consent is a question
of the ticket shop: its answer is heard where its name or its words are those of `columns.toml`. The secret
that opens the door to whoever shows it is never read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache

from anlass.intake.guard import one_line
from anlass.outreach.event import Somebody
from anlass.people import mail_address
from anlass.sources.addresses import phone_address
from anlass.sources.events.listed import YES, EventList, Listed, Named
from anlass.sources.tables import named_columns
from anlass.sources.told import aside

Told = Mapping[str, object]
_DEEP = 12
_MOST = 200_000
_GONE = frozenset({"c", "e", "canceled", "cancelled", "expired", "withdrawn", "rejected", "storniert"})
_NAMES = ("attendee_name", "full_name", "public_name", "name", "title")
_PEOPLE = ("attendee_name", "full_name", "public_name", "biography")
"""What only a person has: an object with one of these is somebody, also without a mail address."""
_MAILS = ("attendee_email", "email")


def read_export(data: bytes, path: str, region: str = "") -> EventList:
    """Return what an export in JSON tells."""
    try:
        told = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return EventList("export", set_aside=(aside(path, "broken_file"),))
    event, people, asked = Named(), dict[Listed, None](), set[object]()
    for found in _within(told):
        if not event.name:
            event = _event(found)
        if _asks_consent(found):
            asked.add(found.get("id"))
        listed = _listed(found, region, asked)
        if listed is not None:
            people[listed] = None
    missing = () if event.name or people else (aside(path, "no_table"),)
    return EventList("export", event, tuple(people), missing)


def _within(told: object) -> Iterator[Told]:
    """Yield every object of an export, the outer before the inner, but none of what was cancelled."""
    waiting, seen = [(told, 0)], 0
    while waiting and seen < _MOST:
        one, deep = waiting.pop(0)
        seen += 1
        if isinstance(one, dict):
            if (
                str(one.get("status", one.get("state", ""))).casefold() in _GONE
                or one.get("canceled") is True
            ):
                continue
            yield one
            code = _text(one.get("code"))
            for key, value in one.items() if deep < _DEEP else ():
                if key == "positions" and isinstance(value, list):
                    parts = [{"order": code, **each} for each in value if isinstance(each, dict)]
                    waiting.append((parts, deep + 1))
                else:
                    waiting.append((value, deep + 1))
        elif isinstance(one, list):
            waiting += [(value, deep + 1) for value in one if deep < _DEEP]


def _event(found: Told) -> Named:
    """Return the event that an object is; a nameless one where it is none."""
    begins = _moment(found, "date_from", "start", "startDate", "start_date")
    name = _text(found.get("name")) or _text(found.get("title"))
    if begins is None or not name or _mail(found):
        return Named()
    ends = _moment(found, "date_to", "end", "endDate", "end_date")
    place = _text(found.get("location")) or _text(found.get("venue"))
    uid = _text(found.get("slug")) or _text(found.get("acronym")) or _text(found.get("id"))
    return Named(name, begins, max(ends or begins, begins), place, uid)


def _asks_consent(found: Told) -> bool:
    """Tell whether an object is the question whether somebody may be listed."""
    told = (
        _text(found.get("identifier")),
        _text(found.get("question_identifier")),
        _text(found.get("question")),
    )
    return any(_plain(one) in _consent_names() for one in told if one)


@cache
def _consent_names() -> frozenset[str]:
    """How a column or a question of consent is called; read from `columns.toml`."""
    return named_columns("anlass.sources.events")["people"]["consent"]


def _consent(found: Told, asked: Collection[object]) -> bool | None:
    """Return what somebody answered to that question; `None` where nothing is known of it."""
    answers = found.get("answers")
    for one in answers if isinstance(answers, list) else ():
        if isinstance(one, dict) and (one.get("question") in asked or _asks_consent(one)):
            return _text(one.get("answer")).casefold() in YES
    return _bool(found.get("consent"))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", text.casefold().replace("_", " ")).split())


def _listed(found: Told, region: str, asked: Collection[object]) -> Listed | None:
    """Return the person whom an object names; `None` where it names none."""
    inner = found.get("personal_data")
    own = {**found, **inner} if isinstance(inner, dict) else found
    address = mail_address(_mail(own))
    parts = own.get("attendee_name_parts") or own.get("name_parts")
    name = next((text for key in _NAMES if (text := _text(own.get(key)))), "")
    name = name or " ".join(filter(None, (_text(own.get("firstName")), _text(own.get("surname")))))
    if not name and isinstance(parts, dict):
        name = _text(parts.get("full_name")) or _text(parts.get("given_name"))
    if not name and (address is None or "attendee_email" not in own):
        return None
    if address is None and not any(key in own for key in _PEOPLE):
        return None
    phone = phone_address(_text(own.get("phone")), region)
    work = (_text(own.get("position")), _text(own.get("company")) or _text(own.get("affiliation")))
    about = ", ".join(part for part in work if part and not part.isdigit())
    ticket = _text(found.get("order")) or _text(found.get("registrant_id")) or _text(found.get("code"))
    addresses = tuple(filter(None, (address, phone)))
    return Listed(Somebody(name, addresses, about), ticket, _consent(found, asked))


def _bool(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _mail(found: Told) -> str:
    return next((text for key in _MAILS if (text := _text(found.get(key)))), "")


def _text(value: object) -> str:
    """Return a value as one line; of a text in several languages the first."""
    if isinstance(value, dict):
        value = next((one for one in value.values() if isinstance(one, str) and one), "")
    return one_line(str(value))[:200] if isinstance(value, str | int) and value is not True else ""


def _moment(found: Told, *names: str) -> datetime | None:
    for name in names:
        value = found.get(name)
        if isinstance(
            value, dict
        ):  # Indico: {"date": "2026-05-18", "time": "09:00:00", "tz": "Europe/Berlin"}
            value = f"{value.get('date', '')}T{value.get('time', '00:00:00')}"
        try:
            when = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            continue
        if when is not None:
            return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    return None
