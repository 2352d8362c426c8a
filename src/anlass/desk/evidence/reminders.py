"""A network's reminder belongs to the request that it reminds of.

Where both bear the network's number of the invitation they have one name anyway. Without one, the
person on that network is asked for, or the name where the notice shows no profile: whoever is
reminded of within half a year of the first notice asks once, and gains nothing by the second mail.
"""

from __future__ import annotations

from datetime import timedelta

from anlass.intake import ContactRequest, Mark
from anlass.people import Person
from anlass.store.book import Book

_OPEN = timedelta(days=200)
"""How long an invitation may stay open before a reminder of it: half a year, and some days."""


def reminded_of(book: Book, request: ContactRequest, person: Person) -> str | None:
    """Return the case that a notice reminds of, `None` where it is none, or the first that is here.

    A notice that nobody vouches for reminds of no confirmed one.
    """
    when = request.arrived
    if Mark.REMINDER not in request.marks or when is None or not person.name:
        return None
    is_claim = Mark.UNPROVEN in request.marks
    for kept in book.asked_through(request.channel, person, since=when - _OPEN, until=when):
        first = kept.case.request
        is_alike = Mark.NOTICE in first.marks and (Mark.UNPROVEN in first.marks) == is_claim
        profiles = {one.requester.address for one in (first, request)} - {None}
        if is_alike and len(profiles) < 2:
            return kept.id
    return None
