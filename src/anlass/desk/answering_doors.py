"""Answers at the doors of chat networks that go by themselves, where every rule of silence holds (R19).

The same limits, outbox and journal as for mail. What is done beside saying it is what the house rule decided:
to answer, or to let in; nothing that would show a decline can come from here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from anlass.case import Case
from anlass.channels.networks.account import NetworkAccount
from anlass.desk.answering import Answering, past_of
from anlass.desk.outbox import letter_to, told
from anlass.desk.voice_of_outbox import WhyNot
from anlass.intake import Message, Origin
from anlass.intake.knock import Knock
from anlass.ledger import UNDATED
from anlass.litmus import FindingKind
from anlass.people.handles import server_of
from anlass.policy import Send
from anlass.replies.silence import Answerable, Asked, Came, Permission, Refusal, due_at, may_answer
from anlass.replies.silence.says import SAYS
from anlass.store.book import Book


def answer_at_the_door(
    book: Book, answering: Answering, case: Case, knock: Knock, account: NetworkAccount, *, now: datetime
) -> Answerable | None:
    """Put the answer to a case into the outbox where all rules hold; `None` where no house rule wants one.

    A refusal is written into the journal; the draft stays with the case.
    """
    if case.decision.send is not Send.AUTOMATICALLY or case.draft is None:
        return None
    with book.outbox.alone():
        try:
            said = _asked(book, answering, case, came_there(book, case, knock, account), now)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            said = Refusal("R21", SAYS["R21"], type(error).__name__)
        if isinstance(said, Refusal):
            content = {"rule": said.rule, "quote": said.quote, "says": said.says.en}
            book.note("kept_as_draft", about=case.request.id, content=content, now=now)
    return said


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


def _asked(book: Book, answering: Answering, case: Case, came: Came, now: datetime) -> Answerable:
    letter = letter_to(book, answering.writer, case)
    if isinstance(letter, WhyNot):
        return Refusal("R19", SAYS["R19"], case.request.channel.value)
    letter = replace(letter, is_automatic=True, rule=case.decision.rule.en)
    local = now.astimezone(answering.zone)
    due = due_at(local, answering.terms)
    past = past_of(book, letter, now=now)
    said = may_answer(Asked(came, case.decision, letter, past, answering.terms, local, due))
    if isinstance(said, Permission):
        if not book.outbox.put(letter, due=due, now=now):
            return Refusal("R17", SAYS["R17"], letter.kind.value)
        (boxed,) = book.outbox.by_message([letter.message_id])
        book.note("answer", about=case.request.id, content=told(boxed), now=now)
    return said
