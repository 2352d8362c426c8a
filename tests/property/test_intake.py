"""Laws of reading: nothing raises, nothing takes long, nothing depends on the wrapping."""

from __future__ import annotations

import time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses, parsedate_to_datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.intake import (
    ContactRequest,
    Message,
    NoRequest,
    Oddity,
    SetAside,
    header_rule,
    identity,
    normalise,
    own_words,
    parse,
    parse_headers,
)
from anlass.intake.guard import HEAD_LIMIT, guarded
from anlass.intake.headers import header_fields
from tests.fuzz.torture import longest
from tests.unit.intake.mails import HERE, OWNER, around, mail, read

plain = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
words = st.text(st.characters(categories=("L", "N", "Zs", "P")), max_size=200)
local = st.from_regex(r"[a-z][a-z0-9.]{0,10}[a-z0-9]", fullmatch=True)
addresses = st.builds("{}@{}.example".format, local, st.from_regex(r"[a-z]{2,8}", fullmatch=True))
PIECES = """
From:  |To:  |Subject:  |Date:  |Content-Type:  |multipart/mixed; boundary=b|text/html|message/rfc822|charset=
utf-16|text/calendar; method=REQUEST|--b|--b--|=?utf-8?q?=C3|?=|<a@b.example>|(|)|"|\\|,|;
> |-- |format=flowed|List-Id: x|Content-Transfer-Encoding: base64|<div style=color:#fff>|<table>
Am 1.1.2026 schrieb x:|https://www.linkedin.com/in/x?a=b
Authentication-Results: mx; dmarc=fail|BEGIN:VEVENT|-----BEGIN PGP MESSAGE-----
References: <1@x> <|undisclosed:;
"""
pieces = st.lists(
    st.sampled_from(
        [
            *(piece.encode() for line in PIECES.strip().split("\n") for piece in line.split("|")),
            *(b"\r\n", b"\n", b"\n\n", b"\r", b"\0", b"\xff\xfe", b"\xef\xbb\xbf"),
        ]
    ),
    max_size=40,
).map(b"".join)


def outcome(raw: bytes) -> Message | SetAside:
    """Take `raw` all the way; anything that raises or dawdles fails the test."""
    begin = time.process_time()
    message = parse(raw, HERE)
    header_rule(parse_headers(raw, HERE), frozenset({OWNER}))
    if isinstance(message, Message):
        found = normalise(message, around(trusted=frozenset({"mx"})))
        assert isinstance(found, ContactRequest | NoRequest)
        repr(message).encode("utf-8")  # no half characters
        assert "\0" not in message.text
    assert time.process_time() - begin < longest()
    return message


@settings(deadline=None)  # CPU time is asserted instead, which other work on the machine does not change
@given(st.binary(max_size=2_000))
def test_any_bytes_become_a_message_or_are_set_aside(raw: bytes) -> None:
    """No bytes raise."""
    assert isinstance(outcome(raw), Message | SetAside)


@settings(deadline=None)  # as above
@given(pieces)
def test_any_mixture_of_mail_becomes_a_message_or_is_set_aside(raw: bytes) -> None:
    """No mixture of what mails are made of raises."""
    assert isinstance(outcome(raw), Message | SetAside)


@given(st.text(max_size=2_000))
def test_own_words_never_raise_and_never_vanish(text: str) -> None:
    """Where there were words, words are left."""
    own = own_words(text)
    assert bool(own) >= any(ch.isalnum() for ch in text[:1_000])


@given(words)
def test_own_words_are_stable(text: str) -> None:
    """Taking the own words of own words changes nothing."""
    once = own_words(text)
    assert own_words(once) == once


@given(plain, addresses, st.lists(addresses, max_size=5, unique=True), plain)
def test_header_survives_being_written(name: str, sender: str, people: list[str], subject: str) -> None:
    """What a mail program writes is what is read."""
    written = EmailMessage(policy=SMTP)
    name, subject = (
        " ".join(text.split()) for text in (name.replace('"', "").replace("'", "").strip(" ,\\"), subject)
    )
    try:
        written["From"] = (
            f'"{name.replace(chr(92), "")}" ' if name.isascii() and name else ""
        ) + f"<{sender}>"
        written["To"] = ", ".join(people)
        written["Subject"] = subject
        raw = written.as_bytes()
    except (ValueError, IndexError, AttributeError, UnicodeError):
        return  # the writer refuses it, which is its own affair
    message = parse_headers(raw, HERE)
    assert message.sender is not None
    assert message.sender.address == sender
    assert [box.address for box in message.to] == people


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(addresses, st.lists(addresses, max_size=4, unique=True), st.datetimes(), words)
def test_both_parsers_agree_on_ordinary_mail(
    sender: str, people: list[str], moment: object, subject: str
) -> None:
    """The quick parser reads what the standard library reads."""
    stamp = f"{moment:%a, %d %b %Y %H:%M:%S} +0100"
    title = " ".join(subject.encode("ascii", "ignore").decode().split())
    raw = mail(sender=f"A B <{sender}>", to=", ".join(people), date=stamp, subject=title)
    message = parse_headers(raw, HERE)
    assert message.sender is not None
    assert [message.sender.address] == [address for _, address in getaddresses([f"A B <{sender}>"])]
    assert [box.address for box in message.to] == [
        address for _, address in getaddresses([", ".join(people)]) if address
    ]
    expected = parsedate_to_datetime(stamp)
    assert message.date == (expected if 1970 <= expected.year < 2100 else None)
    assert (message.subject or "") == title


@given(sender=addresses, title=words)
def test_patient_parser_says_the_same(sender: str, title: str) -> None:
    """A mail reads the same whichever parser had to read it: a blank at its start calls the patient one."""
    raw = mail(sender=f"Jürgen <{sender}>", subject=" ".join(title.split()))
    oddities: set[Oddity] = set()
    fields = header_fields(b" odd\n" + raw, oddities)
    assert Oddity.FALLBACK in oddities
    assert (fields["sender"], fields["subject"]) == (read(raw).sender, read(raw).subject)


@given(words, st.sampled_from(["\n", "\r\n"]))
def test_identity_ignores_the_wrapping(text: str, ends: str) -> None:
    """Line ends and fields of transport change no name."""
    one = read(mail(text))
    other = read(mail(text, received="from a by b", x_uid="7").replace(b"\n", ends.encode()))
    assert identity(one) == identity(other)


@given(st.binary(max_size=3_000))
def test_guard_keeps_what_is_small(raw: bytes) -> None:
    """Ordinary sizes pass the guard uncut."""
    kept = guarded(raw)
    assert len(kept.head) <= HEAD_LIMIT
    assert len(kept.whole) <= len(raw) + 2
