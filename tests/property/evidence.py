"""Arbitrary evidence: requests, readings and ties as odd as the types allow."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from anlass.intake import Channel, ContactRequest, Mark, Recipient, Requester
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Finding, FindingKind, Place, Question, Reading, Verdict
from anlass.litmus.reading import Probabilities
from anlass.litmus.reply import Answer, Outcome
from anlass.people import Address, AddressKind, Standing
from anlass.policy import Known

anything = st.text(st.characters(), max_size=40)
names = st.one_of(
    anything,
    st.sampled_from(
        ["Martina Vogel", "Frau Köhn", "Vogel, Jan", "Score Hollow", "Dr. Kai Abgelehnt", "Team X", "李 明"]
    ),
)
moments = st.datetimes(datetime(1999, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # made aware
counts = st.integers(0, 5)


def requests() -> st.SearchStrategy[ContactRequest]:
    """Draw requests from any door, with any words."""
    texts = st.one_of(
        anything, st.sampled_from(["", "Hast du Zeit?", "Können Sie mir helfen?", "May I ask?"])
    )
    subjects = st.one_of(
        st.none(),
        anything,
        st.sampled_from(["Your score", "AW: Absage", "Re: declined", "https://x.example"]),
    )
    addresses = st.one_of(st.none(), st.builds(Address, st.sampled_from(AddressKind), anything))
    return st.builds(
        ContactRequest,
        id=st.just("r"),
        channel=st.sampled_from(Channel),
        text=texts,
        subject=subjects,
        requester=st.builds(Requester, names, addresses),
        recipient=st.builds(Recipient, names, anything),
        arrived=st.one_of(st.none(), moments),
        marks=st.frozensets(st.sampled_from(Mark), max_size=3),
    )


def readings() -> st.SearchStrategy[Reading]:
    """Draw readings, consistent with themselves or not."""
    finding = st.builds(
        Finding, st.sampled_from(FindingKind), st.sampled_from(Place), counts, counts, anything, anything
    )
    chance = st.floats(0, 1)
    return st.builds(
        Reading,
        lang=st.sampled_from(["de", "en", "fr", "und"]),
        verdict=st.sampled_from(Verdict),
        probabilities=st.builds(Probabilities, chance, chance, chance),
        unsure=st.booleans(),
        answers=st.frozensets(st.sampled_from(Question)),
        asks=st.sampled_from(Asks),
        asks_minutes=st.one_of(st.none(), st.integers(0, 90), st.integers(-(10**30), 10**30)),
        findings=st.lists(finding, max_size=3).map(tuple),
        version=st.just("v"),
    )


def ties() -> st.SearchStrategy[Tie]:
    """Draw ties, plausible or not."""
    when = st.one_of(st.none(), moments)
    return st.builds(
        Tie, st.sampled_from(TieLevel), counts, counts, counts, counts, meetings=counts, cards=counts,
        introductions=counts, proven=counts, score=st.floats(0, 100), is_dormant=st.booleans(), last=when,
        messages_in=counts, messages_out=counts,
    )  # fmt: skip


def answers() -> st.SearchStrategy[Answer]:
    """Draw what may come of a counter-question."""
    questions = st.frozensets(st.sampled_from(Question))
    return st.builds(Answer, st.sampled_from(Outcome), st.booleans(), questions, questions)


def knowns() -> st.SearchStrategy[Known]:
    """Draw what the book holds beside the tie."""
    return st.builds(Known, st.sampled_from(Standing), counts, counts, st.one_of(st.none(), answers()))
