"""Invitations in archives of LinkedIn become cases, once each; the network's own words count as none.

The one of which a mail told before is that case. Who is a contact there by now has been answered; who is in
touch asks for nothing. What the owner sent is history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from anlass.case import Case
from anlass.desk.evidence.outside import known_of
from anlass.desk.requests.judging import Bench, judged, requester_of
from anlass.desk.requests.screening import Judged
from anlass.intake import Channel, ContactRequest, Mark, Origin, Recipient, Requester, SetAside
from anlass.intake.gate.human import human_must_read
from anlass.intake.identity import short_name
from anlass.intake.knock import is_default_text, short_line, words
from anlass.intake.message import Mailbox, Message
from anlass.people import Person, Standing
from anlass.people.standing import rank
from anlass.sources import Bearings
from anlass.sources.linkedin.asking import Asking, asking_below
from anlass.store.book import Book, CaseState

_SAME = timedelta(days=2)
"""A notice and its row in the archive name moments this far apart at most: the archive names no zone."""


def screen_invitations(
    bench: Bench, me: Recipient, paths: Sequence[Path | str], *, defaults: Sequence[str] = ()
) -> Iterator[Judged | SetAside]:
    """Judge the invitations in the archives at or below these paths; yield each case once, old or new.

    `defaults` are further texts that the owner knows as the network's own.
    """
    bearings = Bearings(bench.book.owner_addresses(), bench.now)
    seen: set[str] = set()
    for path in paths:
        for one in asking_below(str(path), bearings):
            if isinstance(one, SetAside):
                bench.book.set_aside([one], now=bench.now)
                yield one
                continue
            found = _judged(bench, _request(one, me, defaults), is_contact=one.is_contact)
            if found is not None and found.case.request.id not in seen:
                seen.add(found.case.request.id)
                yield found


def _judged(bench: Bench, request: ContactRequest, *, is_contact: bool) -> Judged | None:
    """Judge one invitation; `None` where it asks for nothing."""
    book = bench.book
    person = requester_of(book, request)
    told = _told_before(book, request, person)
    if told is not None:
        return Judged(told, is_new=False)
    if _is_known(bench, request, person):
        return None
    case, is_new = judged(bench, request, person, "")
    if is_new and is_contact:
        book.set_state(case.request.id, CaseState.DONE)
    return Judged(case, is_new)


def _told_before(book: Book, request: ContactRequest, person: Person) -> Case | None:
    """Return the case that a notice by mail became, of the same invitation."""
    when = request.arrived
    if when is None or not person.name:
        return None
    around = book.asked_through(Channel.LINKEDIN, person, since=when - _SAME, until=when + _SAME)
    notices = (kept.case for kept in around if Mark.NOTICE in kept.case.request.marks)
    return next((one for one in notices if _is_same(one.request, request)), None)


def _is_same(notice: ContactRequest, row: ContactRequest) -> bool:
    profiles = {one.requester.address for one in (notice, row)} - {None}
    return len(profiles) < 2


def _is_known(bench: Bench, request: ContactRequest, person: Person) -> bool:
    encounters = bench.book.encounters_with(person, without=request, at=bench.now)
    standing = known_of(bench.book, person, request, encounters, bench.now).standing
    return rank(standing) >= rank(Standing.IN_TOUCH)


def _request(one: Asking, me: Recipient, defaults: Sequence[str]) -> ContactRequest:
    """Return the request that a row of an archive is."""
    row = one.invitation
    text, name = words(row.text), short_line(row.name)
    is_default = is_default_text(text, Channel.LINKEDIN, defaults)
    own = "" if is_default else text
    minute = row.sent_at.strftime("%Y-%m-%d %H:%M") if row.sent_at else ""
    whom = row.profile.value if row.profile else "".join(filter(str.isprintable, name)).casefold()
    read = Message(Origin(""), sender=Mailbox(name, ""), text=own)
    noticed = {
        Mark.EMPTY: not own,
        Mark.DEFAULT_TEXT: is_default,
        Mark.HUMAN_MUST_READ: human_must_read(read, own) is not None,
    }
    return ContactRequest(
        id=short_name("linkedin", "archive", whom, minute),
        channel=Channel.LINKEDIN,
        text=own,
        requester=Requester(name, row.profile),
        recipient=me,
        arrived=row.sent_at,
        marks=frozenset(mark for mark, is_so in noticed.items() if is_so),
        origin=Origin(one.path, row.line),
    )
