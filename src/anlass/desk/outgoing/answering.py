"""Answers that go by themselves: put into the outbox only where every rule of silence holds.

Any error on the way is a reason to show the draft and do nothing (R21). What was refused, and by which
rule, is written into the journal wherever a house rule had wanted a letter to go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from anlass.bootstrap import Home, owner_days
from anlass.case import Case
from anlass.desk.outgoing.outbox import Writer, kind_of, letter_to, told, writer_of
from anlass.desk.outgoing.voice import WhyNot
from anlass.intake import Message, is_vouched_for
from anlass.litmus import FindingKind
from anlass.policy import Send
from anlass.replies.outgoing import Outgoing
from anlass.replies.silence import (
    Answerable,
    Asked,
    Came,
    Past,
    Permission,
    Refusal,
    Terms,
    Went,
    due_at,
    may_answer,
)
from anlass.replies.silence.came import envelope_of
from anlass.replies.silence.says import SAYS
from anlass.store.book import Book
from anlass.store.outgoing.latches import STOPPED
from anlass.store.outgoing.outbox import LIVE, OutboxState

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Answering:
    """How this house answers by itself: who writes, on which terms, by whose clock.

    `trusted` are the authserv-ids of the owner's provider as the owner named them: what was only found
    in an archive is believed for the ledger, but sends nothing.
    """

    writer: Writer
    terms: Terms
    zone: tzinfo
    trusted: frozenset[str] = frozenset()


def answering_of(home: Home) -> Answering:
    """Return how the house of these settings answers by itself. Raises `ConfigError`."""
    wired = home.settings.outbox
    terms = Terms(
        delay=timedelta(minutes=wired.delay_minutes),
        quiet_from=wired.quiet_from,
        quiet_until=wired.quiet_until,
        per_hour=wired.letters_an_hour,
        per_day=wired.letters_a_day,
        per_domain=wired.letters_a_domain,
        bounce_address=wired.bounce_address.strip().lower(),
        links=wired.links,
    )
    trusted = frozenset(server.strip().lower() for server in home.settings.mail.trusted_servers)
    return Answering(writer_of(home), terms, owner_days(home.settings).zone, trusted)


def answer_by_itself(
    book: Book, answering: Answering, case: Case, message: Message, *, now: datetime
) -> Answerable | None:
    """Put the answer to a new case into the outbox where all rules hold; `None` where no rule wants one.

    A refusal is written into the journal; the draft stays with the case.
    """
    return answer_where_all_hold(
        book,
        answering,
        case,
        lambda: automatic_letter(book, answering, case, message),
        lambda: came_of(book, answering, case, message),
        now=now,
    )


def answer_where_all_hold(
    book: Book,
    answering: Answering,
    case: Case,
    write: Callable[[], Outgoing | WhyNot],
    come: Callable[[], Came],
    *,
    now: datetime,
) -> Answerable | None:
    """Put what `write` gives into the outbox where every rule of silence holds for what came.

    `None` where no house rule wants an answer by itself. What cannot be understood counts as refused (R21). A
    refusal is written into the journal; the draft stays with the case.
    """
    if case.decision.send is not Send.AUTOMATICALLY or case.draft is None:
        return None
    with book.outbox.alone():
        try:
            said = _asked(book, answering, case, write(), come, now=now)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            said = Refusal("R21", SAYS["R21"], type(error).__name__)
        if isinstance(said, Refusal):
            content = {"rule": said.rule, "quote": said.quote, "says": said.says.en}
            book.note("kept_as_draft", about=case.request.id, content=content, now=now)
    return said


def _asked(
    book: Book,
    answering: Answering,
    case: Case,
    letter: Outgoing | WhyNot,
    come: Callable[[], Came],
    *,
    now: datetime,
) -> Answerable:
    """Ask all rules, and put the letter in where they hold."""
    if isinstance(letter, WhyNot):
        return Refusal("R19", SAYS["R19"], case.request.channel.value)
    local = now.astimezone(answering.zone)
    due = due_at(local, answering.terms)
    past = past_of(book, letter, now=now)
    said = may_answer(Asked(come(), case.decision, letter, past, answering.terms, local, due))
    if isinstance(said, Permission):
        if not book.outbox.put(letter, due=due, now=now):
            return Refusal("R17", SAYS["R17"], letter.kind.value)
        (boxed,) = book.outbox.by_message([letter.message_id])
        book.note("answer", about=case.request.id, content=told(boxed), now=now)
    return said


def automatic_letter(book: Book, answering: Answering, case: Case, message: Message) -> Outgoing | WhyNot:
    """Return the letter as it would go by itself: to where servers sent the request from (R2)."""
    letter = letter_to(book, answering.writer, case)
    if isinstance(letter, WhyNot):
        return letter
    path = envelope_of(message)
    return replace(
        letter,
        to=path.address if path else letter.to,
        kind=kind_of(case),
        is_automatic=True,
        envelope=answering.terms.bounce_address,
        references=message.references,
        rule=case.decision.rule.en,
    )


def came_of(book: Book, answering: Answering, case: Case, message: Message) -> Came:
    """Return the letter that came, with what is known around it."""
    named = (*message.in_reply_to, *message.references)
    return Came(
        message,
        case.request,
        book.owner_addresses(),
        is_proven=is_vouched_for(message, answering.trusted),
        answers_automatic=any(one.letter.is_automatic for one in book.outbox.by_message(named)),
        has_attack=any(finding.kind is FindingKind.ATTACK for finding in case.reading.findings),
        is_unsure=case.reading.unsure or bool(case.second and case.second.answer.unsure),
    )


def past_of(book: Book, letter: Outgoing, *, now: datetime) -> Past:
    """Return what the journal says before a letter goes."""
    went = book.latches.went(letter.person, since=now - _DAY)
    same = [one for one in book.outbox.of_request(letter.request) if one.letter.kind is letter.kind]
    return Past(
        went=tuple(Went(*one) for one in went),
        bounces=book.latches.bounces(since=now - _DAY),
        is_stopped=STOPPED in book.latches.latches(),
        is_answered=any(one.state in LIVE or one.state is OutboxState.STOPPED for one in same),
    )
