"""R1 to R22: each rule has a letter that passes and one that it alone keeps from going by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from anlass.intake import Channel, Mark, Oddity, Origin, parse
from anlass.intake.contact_request import ContactRequest, Recipient, Requester
from anlass.intake.message import Message
from anlass.people import Address, AddressKind
from anlass.policy import Action, Decision, Send, Words
from anlass.replies.outgoing import Kind, Outgoing
from anlass.replies.silence import (
    RULES,
    USUAL,
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
from anlass.replies.silence.says import SAYS

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=BERLIN)
OWNER = frozenset({"olga@home.example"})
WORDS = "Haben Sie 15 Minuten für einen kurzen Austausch?"
WISH = Words("Erst fragen", "Ask first")

HEAD = {
    "Return-Path": "<hohl@ag.example>",
    "From": "H. Hohl <hohl@ag.example>",
    "To": "Olga Brandt <olga@home.example>",
    "Subject": "15 Minuten",
    "Date": "Mon, 02 Nov 2026 08:00:00 +0000",
    "Message-ID": "<eins@ag.example>",
}


def mail(body: str = WORDS, **changed: str | None) -> Message:
    """Return an ordinary letter with some fields changed (`reply_to=...`) or left out (`None`)."""
    fields = dict(HEAD)
    for name, value in changed.items():
        key = next((k for k in HEAD if k.lower() == name.replace("_", "-")), name.replace("_", "-"))
        fields.pop(key, None)
        if value is not None:
            fields[key] = value
    raw = "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + f"\r\n{body}\r\n"
    message = parse(raw.encode(), Origin("a.eml"))
    assert isinstance(message, Message)
    return message


def asked(message: Message | None = None, **changed: object) -> Asked:
    """Return an ordinary question that all rules let go, with some of its parts changed."""
    came = message or mail()
    request = ContactRequest(
        "case1",
        Channel.MAIL,
        WORDS,
        came.subject,
        Requester("H. Hohl", Address(AddressKind.MAIL, "hohl@ag.example")),
        Recipient("Olga Brandt"),
        came.date,
        came.message_id,
    )
    letter = Outgoing(
        "person1",
        "case1",
        Kind.QUESTION,
        "olga@home.example",
        "hohl@ag.example",
        "Re: 15 Minuten",
        "Guten Tag,\n\nvielen Dank für Ihre Nachricht. Worum genau soll es gehen?\n\nFreundliche Grüße",
        "de",
        f"{'0' * 20}.{'1' * 20}@home.example",
        sender_name="Olga Brandt",
        in_reply_to=came.message_id,
        references=came.references,
        is_automatic=True,
        rule="Ask first",
    )
    made = Asked(
        Came(came, request, OWNER, is_proven=True),
        Decision(Action.ASK_BACK, WISH, Words("", ""), send=Send.AUTOMATICALLY),
        letter,
        Past(),
        USUAL,
        NOW,
        due_at(NOW, USUAL),
    )
    return replace(made, **changed)  # type: ignore[arg-type]  # a test names the parts it changes


def with_letter(**changed: object) -> Asked:
    """Return a question whose letter is another."""
    made = asked()
    return replace(made, letter=replace(made.letter, **changed))  # type: ignore[arg-type]


def with_came(message: Message | None = None, **changed: object) -> Asked:
    """Return a question to a letter of which something else is known."""
    made = asked(message)
    return replace(made, came=replace(made.came, **changed))  # type: ignore[arg-type]


def with_marks(*marks: Mark) -> Asked:
    """Return a question to a request with these marks."""
    made = asked()
    request = replace(made.came.request, marks=frozenset(marks))
    return replace(made, came=replace(made.came, request=request))


def arrived(moment: datetime | None) -> Asked:
    """Return a question to a request of another moment."""
    made = asked()
    return replace(made, came=replace(made.came, request=replace(made.came.request, arrived=moment)))


def by_channel(channel: Channel) -> Asked:
    """Return a question to a request by another door."""
    made = asked()
    return replace(made, came=replace(made.came, request=replace(made.came.request, channel=channel)))


def odd(oddity: Oddity) -> Asked:
    """Return a question to a letter with something strange about it."""
    return asked(replace(mail(), oddities=frozenset({oddity})))


def went(
    ago: timedelta, person: str = "other", domain: str = "b.example", kind: Kind = Kind.QUESTION
) -> Went:
    """Return an automatic letter that went so long ago."""
    return Went(NOW - ago, person, domain, kind)


def before(*letters: Went, **more: object) -> Asked:
    """Return a question that comes after these letters."""
    return asked(past=Past(letters, **more))  # type: ignore[arg-type]


DAYS, HOURS = timedelta(days=1), timedelta(hours=1)
EIGHT_HOURS_AGO = 8 * HOURS


def test_an_ordinary_question_may_go() -> None:
    """Nothing forbids it: the table does not say no to everything."""
    assert may_answer(asked()) == Permission()


FORBIDDEN: tuple[tuple[str, str, Asked], ...] = (
    ("R1", "an empty envelope", asked(mail(return_path="<>"))),
    ("R1", "an automatic letter", asked(mail(auto_submitted="auto-replied"))),
    ("R1", "a list", asked(mail(list_id="<l.example>"))),
    ("R1", "an answering machine", asked(mail(x_autoreply="yes"))),
    ("R1", "a system's address", asked(mail(**{"from": "no-reply@ag.example"}))),
    ("R1", "a mass tool", asked(mail(list_unsubscribe="<mailto:u@ag.example>"))),
    ("R1", "a circular", asked(mail(precedence="bulk"))),
    ("R1", "an appointment's news", asked(mail(content_type="text/calendar; method=REPLY"))),
    ("R1", "the owner's own letter", asked(mail(**{"from": "olga@home.example"}))),
    ("R1", "a daemon behind the envelope", asked(mail(return_path="<mailer-daemon@ag.example>"))),
    ("R2", "no envelope", asked(mail(return_path=None))),
    ("R2", "another house's envelope", asked(mail(return_path="<x@other.example>"))),
    ("R2", "a Reply-To that leads away", asked(mail(reply_to="victim@other.example"))),
    ("R2", "an answer to somebody else", with_letter(to="victim@other.example")),
    ("R2", "an envelope of a bare suffix", asked(mail(return_path="<x@example>"))),
    ("R3", "nobody vouches", with_came(is_proven=False)),
    ("R4", "a blind copy", asked(mail(to="Anna <anna@other.example>"))),
    ("R4", "written to many", asked(mail(cc="a@b.example, c@b.example, d@b.example"))),
    ("R4", "sent on by somebody", asked(mail(resent_from="a@b.example"))),
    ("R4", "written by a role", asked(mail(**{"from": "abuse@ag.example"}))),
    ("R5", "asked a year ago", before(went(365 * DAYS, "person1"))),
    ("R5", "asked and not yet gone", before(went(-HOURS, "person1"))),
    ("R6", "five in this hour", before(*(went(timedelta(minutes=m)) for m in (1, 2, 3, 4, 5)))),
    ("R6", "five that are still to go", before(*(went(-HOURS) for _ in range(5)))),
    ("R6", "twenty a day", before(*(went(EIGHT_HOURS_AGO) for _ in range(20)))),
    ("R6", "three to this domain", before(*(went(EIGHT_HOURS_AGO, domain="ag.example") for _ in range(3)))),
    ("R7", "three came back", before(bounces=3)),
    ("R7", "the house has stopped", before(is_stopped=True)),
    ("R8", "no word that it is automatic", with_letter(is_automatic=False)),
    ("R8", "no language", with_letter(lang="")),
    ("R8", "no thread", with_letter(in_reply_to=None)),
    ("R8", "another letter's thread", with_letter(in_reply_to="zwei@ag.example")),
    ("R8", "the stranger's own Message-ID", with_letter(message_id="eins@ag.example")),
    ("R9", "failures come to the owner", with_letter(envelope="olga@home.example")),
    (
        "R9",
        "the address for failures is the owner's",
        replace(
            with_letter(envelope="olga@home.example"),
            terms=replace(USUAL, bounce_address="olga@home.example"),
        ),
    ),
    ("R10", "our mark came back", asked(mail(x_loop="olga@home.example"))),
    (
        "R10",
        "a machine answers our machine",
        with_came(mail(auto_submitted="auto-replied"), answers_automatic=True),
    ),
    (
        "R11",
        "the stranger's words",
        with_letter(text="Sie schrieben: haben sie 15 minuten für einen kurzen austausch"),
    ),
    ("R11", "a quotation", with_letter(text="Guten Tag,\n> bitte")),
    ("R11", "markup", with_letter(text='<img src="x">')),
    ("R11", "a long subject", with_letter(subject="Re: " + "x" * 101)),
    ("R11", "a subject of two lines", with_letter(subject="Re: eins\r\nBcc: a@b.example")),
    ("R11", "hidden characters", with_letter(text="Guten\u202e Tag")),
    ("R12", "at once", asked(due=NOW)),
    ("R12", "by night", asked(due=NOW.replace(hour=22))),
    ("R12", "in the morning before seven", asked(due=(NOW + DAYS).replace(hour=6))),
    ("R13", "a word of judgement", with_letter(text="Guten Tag,\n\nIhre Nachricht ist Spam.")),
    ("R14", "a header that tells", with_letter(subject="Re: Abgelehnt")),
    ("R14", "an id that tells", with_letter(message_id="declined@home.example")),
    ("R15", "a human must read it", with_marks(Mark.HUMAN_MUST_READ)),
    ("R16", "four days old", arrived(NOW - 4 * DAYS)),
    ("R16", "of the day after tomorrow", arrived(NOW + 2 * DAYS)),
    ("R16", "without a date", arrived(None)),
    ("R17", "answered already", before(is_answered=True)),
    ("R18", "a link", with_letter(text="Bitte klicken: https://home.example/accept?id=1")),
    ("R18", "a bare link", with_letter(text="www.home.example")),
    ("R19", "a network's notice", with_marks(Mark.NOTICE)),
    ("R19", "a calendar invitation", with_marks(Mark.CALENDAR)),
    ("R19", "somebody introduced", with_marks(Mark.INTRODUCTION)),
    *(("R19", channel.value, by_channel(channel)) for channel in Channel if channel is not Channel.MAIL),
    ("R20", "no rule to name", with_letter(rule="")),
    ("R20", "another rule than decided", with_letter(rule="Somebody's")),
    ("R20", "no Sent folder", asked(terms=replace(USUAL, has_sent=False))),
    ("R21", "an unsure reading", with_came(is_unsure=True)),
    ("R21", "a forged sender", with_marks(Mark.FORGED)),
    ("R21", "a letter that cannot be read", with_marks(Mark.ENCRYPTED)),
    ("R21", "a thread that never was", with_marks(Mark.FAKE_REPLY)),
    ("R21", "several senders", odd(Oddity.SEVERAL_FROM)),
    ("R21", "broken headers", odd(Oddity.BROKEN_HEADERS)),
    ("R21", "text that nobody sees", odd(Oddity.HIDDEN_TEXT)),
    ("R22", "words that steer a program", with_came(has_attack=True)),
    ("R22", "no rule wants it", asked(decision=Decision(Action.ASK_BACK, WISH, WISH))),
    ("R22", "a silent action", asked(decision=Decision(Action.LAPSE, WISH, WISH, send=Send.AUTOMATICALLY))),
)


@pytest.mark.parametrize(("rule", "what", "ask"), FORBIDDEN, ids=[f"{r}-{w}" for r, w, _ in FORBIDDEN])
def test_one_rule_alone_forbids_it(rule: str, what: str, ask: Asked) -> None:
    """The rule that is named is the first that does not hold, and says so in both languages."""
    said = may_answer(ask)
    assert isinstance(said, Refusal), what
    assert (said.rule, said.says) == (rule, SAYS[rule])
    assert said.says.de != said.says.en


def test_every_rule_has_its_test_its_sentence_and_its_place() -> None:
    """All twenty-two are there, each once."""
    wanted = {f"R{number}" for number in range(1, 23)}
    assert {rule for rule, _ in RULES} == wanted
    assert len(RULES) == 22
    assert set(SAYS) == wanted
    assert {rule for rule, _, _ in FORBIDDEN} == wanted


ALLOWED: tuple[tuple[str, Asked], ...] = (
    ("a subdomain's envelope", asked(mail(return_path="<hohl@mail.ag.example>"))),
    ("a wish for no answers, which proves nothing (N8)", asked(mail(x_auto_response_suppress="OOF"))),
    ("somebody else who was asked", before(went(DAYS / 2))),
    ("an answer of another kind to the person", before(went(DAYS, "person1", kind=Kind.CARD))),
    ("four in this hour", before(*(went(timedelta(minutes=m)) for m in (1, 2, 3, 4)))),
    ("two that came back", before(bounces=2)),
    ("a machine's letter is not what it answers", with_came(answers_automatic=True)),
    (
        "info@, which is a person",
        asked(mail(**{"from": "info@ag.example", "return_path": "<info@ag.example>"})),
    ),
    ("a loop mark of another house", asked(mail(x_loop="list@other.example"))),
    (
        "a link the owner named",
        replace(
            with_letter(text="Mehr dazu: https://home.example/door."),
            terms=replace(USUAL, links=("https://home.example/door",)),
        ),
    ),
    (
        "an address for failures",
        replace(
            with_letter(envelope="bounce@home.example"),
            terms=replace(USUAL, bounce_address="bounce@home.example"),
        ),
    ),
)


@pytest.mark.parametrize(("what", "ask"), ALLOWED, ids=[what for what, _ in ALLOWED])
def test_what_only_looks_alike_may_go(what: str, ask: Asked) -> None:
    """Rules are no wider than they say."""
    if what.startswith("info@"):
        ask = replace(ask, letter=replace(ask.letter, to="info@ag.example"))
    if what.startswith("a subdomain"):
        ask = replace(ask, letter=replace(ask.letter, to="hohl@mail.ag.example"))
    assert may_answer(ask) == Permission()


@pytest.mark.parametrize(
    ("hour", "due"),
    [
        (10, "2026-11-02 10:15"),
        (19, "2026-11-02 19:15"),
        (20, "2026-11-03 07:15"),
        (23, "2026-11-03 07:15"),
        (3, "2026-11-02 07:15"),
    ],
)
def test_letters_wait_for_the_day(hour: int, due: str) -> None:
    """Out of the quiet hours a letter comes in the morning, as late past the hour as it came in."""
    assert f"{due_at(NOW.replace(hour=hour), USUAL):%Y-%m-%d %H:%M}" == due


def test_a_house_that_is_always_quiet_sends_nothing() -> None:
    """Hours that never end leave the letter a draft."""
    terms = Terms(quiet_from=0, quiet_until=24)
    ask = asked(terms=terms, due=due_at(NOW, terms))
    said = may_answer(ask)
    assert isinstance(said, Refusal)
    assert said.rule == "R12"


def test_the_quote_is_fit_to_be_shown() -> None:
    """What a stranger wrote into a header comes on one line, without control characters, cut."""
    said = may_answer(asked(mail(auto_submitted="auto-\x1b[31mx" + "y" * 500)))
    assert isinstance(said, Refusal)
    assert said.quote.isprintable()
    assert len(said.quote) <= 120


def test_summer_and_winter_are_the_owners() -> None:
    """The hour is the owner's: a letter at nine in the evening of Berlin waits, whatever UTC says."""
    now = datetime(2026, 7, 1, 18, 50, tzinfo=UTC).astimezone(BERLIN)
    assert f"{due_at(now, USUAL):%d %H:%M}" == "02 07:05"
