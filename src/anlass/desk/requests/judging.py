"""A request that came by no letter - through a chat network, or in an archive of one - is judged and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from anlass.case import Case
from anlass.desk.cards.vouchers import counted, in_request
from anlass.desk.evidence.outside import copy_of, keep_sketch, known_of, sketch_of
from anlass.desk.requests.advising import Advice, with_advice
from anlass.doorman import Doorman, Evidence
from anlass.intake import ContactRequest
from anlass.litmus.copies import copies_of
from anlass.people import Address, AddressKind, Person, person_id
from anlass.people.voucher import Weighed
from anlass.store.book import Book


@dataclass(frozen=True, slots=True)
class Bench:
    """What judges: the owner's book, the doorman, the moment, and a language model where one is asked."""

    book: Book
    doorman: Doorman
    now: datetime
    advice: Advice | None = None


def requester_of(book: Book, request: ContactRequest) -> Person:
    """Return whom the ledger knows at the requester's address; else somebody of that name, nothing more."""
    address, name = request.requester.address, request.requester.name
    if address is not None:
        return book.person_of(address, name)
    return Person(person_id(Address(AddressKind.OTHER, f"{request.channel}:{request.id}")), name)


def evidence_on(
    bench: Bench,
    request: ContactRequest,
    person: Person,
    letter: str,
    weighed: Iterable[Weighed] = (),
) -> Evidence:
    """Return all that is known around a request; `letter` stands for where it lies.

    `weighed` is what the vouchers that came along are worth.
    """
    book, vouchers = bench.book, counted(weighed, person)
    encounters = book.encounters_with(person, without=request, at=bench.now)
    sketch = sketch_of(bench.doorman.panel, request)
    mine = copy_of(request, person, letter)
    alike = book.earlier_alike(sketch, mine) if sketch else ()
    return Evidence(
        request,
        person,
        encounters,
        bench.now,
        known_of(book, person, request, encounters, bench.now, vouchers=vouchers),
        copies_of(mine, alike),
    )


def judged(bench: Bench, request: ContactRequest, person: Person, letter: str) -> tuple[Case, bool]:
    """Let the doorman consider a request and keep the case; return it, and whether it is new."""
    weighed = in_request(bench.book, request, at=bench.now)
    evidence = evidence_on(bench, request, person, letter, weighed)
    case = with_advice(bench.doorman, bench.advice, evidence, bench.doorman.consider(evidence))
    with bench.book.together():
        is_new = bench.book.keep(case, evidence.encounters, now=bench.now)
        bench.book.vouching.keep_seen(request.id, weighed)
        if is_new:
            keep_sketch(bench.book, bench.doorman, case, letter, sketch_of(bench.doorman.panel, request))
    return case if is_new else bench.book.case(request.id).case, is_new
