"""Answers at the doors of chat networks that go by themselves, where every rule of silence holds (R19).

The same limits, outbox and journal as for mail. What is done beside saying it is what the house rule decided:
to answer, or to let in; nothing that would show a decline can come from here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from anlass.case import Case
from anlass.channels.networks.account import NetworkAccount
from anlass.desk.outgoing.answering import Answering, answer_where_all_hold
from anlass.desk.outgoing.outbox import letter_to
from anlass.desk.outgoing.voice import WhyNot
from anlass.intake import Message, Origin
from anlass.intake.knock import Knock
from anlass.ledger import UNDATED
from anlass.litmus import FindingKind
from anlass.people.handles import server_of
from anlass.replies.outgoing import Outgoing
from anlass.replies.silence import Answerable, Came
from anlass.store.book import Book


def answer_at_the_door(
    book: Book, answering: Answering, case: Case, knock: Knock, account: NetworkAccount, *, now: datetime
) -> Answerable | None:
    """Put the answer to a case into the outbox where all rules hold; `None` where no house rule wants one.

    A refusal is written into the journal; the draft stays with the case.
    """

    def write() -> Outgoing | WhyNot:
        letter = letter_to(book, answering.writer, case)
        if isinstance(letter, WhyNot):
            return letter
        return replace(letter, is_automatic=True, rule=case.decision.rule.en)

    def come() -> Came:
        return came_there(book, case, knock, account)

    return answer_where_all_hold(book, answering, case, write, come, now=now)


def came_there(book: Book, case: Case, knock: Knock, account: NetworkAccount) -> Came:
    """Return what came to a door, with what is known of the account it came from.

    An account is as old as the network says, or as the house has met the person.
    """
    request = case.request
    met = [one.when for one in book.encounters_with(case.person, without=request) if one.when != UNDATED]
    known = [one for one in (knock.since, *met) if one is not None]
    return Came(
        Message(Origin(""), text=request.text, date=request.arrived),
        request,
        frozenset({account.address, *book.owner_addresses()}),
        has_attack=any(finding.kind is FindingKind.ATTACK for finding in case.reading.findings),
        is_unsure=case.reading.unsure or bool(case.second and case.second.answer.unsure),
        since=min(known, default=None),
        is_near=server_of(knock.address.value) == account.house,
        is_followed=knock.is_known,
    )
