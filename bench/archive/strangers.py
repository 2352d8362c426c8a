"""Strangers' requests, some of which the owner answers once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from bench.archive import post
from bench.archive.cast import OWNER, Correspondent, correspondent, moment, owner_address
from bench.archive.letters import (
    Thread,
    header_charset,
    letter_body,
    letter_text,
    reply_fields,
    reply_subject,
)
from bench.archive.post import Kind, Mail, Shared
from bench.archive.shapes import charset
from bench.archive.words import FIRST, REQUESTS, TOWNS

ANSWERED = 0.2
PLANS = {
    "reason": ("greeting", "who", "occasion", "substance", "ask", "close"),
    "ask": ("greeting", "ask", "close"),
    "hollow": ("greeting", "hollow", "hollow", "pressure", "ask", "close"),
}
"""Which sentences make which kind of request, in this order."""


def strangers(rng: Random) -> Iterator[Mail]:
    """Yield requests without end, each from somebody new, with the owner's answers between them."""
    number = 0
    while True:
        number += 1
        stranger = correspondent(rng, number, "s")
        thread = Thread(stranger, (), owner_address(rng), "", moment(rng), f"s{post.token(rng, 12)}")
        yield _request(rng, thread)
        if rng.random() >= ANSWERED:
            continue
        yield _turn(rng, thread, is_in=False)
        if rng.random() < 0.6:
            yield _turn(rng, thread, is_in=True)


def request_text(rng: Random, lang: str, name: str) -> tuple[str, str, str]:
    """Return subject, text and what the sentences were chosen for: reason, ask or hollow."""
    words = REQUESTS[lang]
    composed = rng.choice(tuple(PLANS))
    parts = [rng.choice(words[move]) for move in PLANS[composed]]
    greeting, *middle, close = dict.fromkeys(parts)
    body = " ".join(middle).format(
        town=rng.choice(TOWNS),
        day=rng.randrange(1, 28),
        name=rng.choice(FIRST),
        page=rng.randrange(10, 300),
        minutes=rng.choice((15, 20, 30)),
    )
    return rng.choice(words["subject"]), f"{greeting}\n\n{body}\n\n{close}\n{name}\n", composed


def _request(rng: Random, thread: Thread) -> Mail:
    stranger = thread.friend
    thread.subject, text, composed = request_text(rng, stranger.lang, stranger.name)
    return _mail(rng, thread, text, is_in=True, composed=composed)


def _turn(rng: Random, thread: Thread, *, is_in: bool) -> Mail:
    thread.when += timedelta(hours=rng.randrange(2, 90))
    writer = thread.friend.name if is_in else OWNER
    text = letter_text(rng, thread.friend.lang, writer, thread.last_text)
    return _mail(rng, thread, text, is_in=is_in, composed="")


def _mail(rng: Random, thread: Thread, text: str, *, is_in: bool, composed: str) -> Mail:
    stranger, writing = thread.friend, charset(rng)
    sides = [(stranger.name, stranger.address), (OWNER, thread.own_address)]
    sender, receiver = sides if is_in else sides[::-1]
    message_id = f"<{post.token(rng)}@{sender[1].rpartition('@')[2]}>"
    vouched = _judged(rng, stranger) if is_in else []
    fields = [*post.received(thread.when, rng, 3), *vouched] if is_in else []
    fields += [
        ("From", post.address(*sender, header_charset(writing))),
        ("To", post.address(*receiver)),
        ("Subject", post.encoded(reply_subject(thread), header_charset(writing))),
        ("Date", post.date(thread.when)),
        ("Message-ID", message_id),
        *reply_fields(rng, thread.ids),
        ("MIME-Version", "1.0"),
    ]
    body_fields, body = letter_body(rng, text, writing) if not composed else post.part(text, writing, rng)
    kind = Kind.REQUEST if composed else Kind.LETTER_IN if is_in else Kind.LETTER_OUT
    is_proven = bool(vouched) or kind is not Kind.REQUEST
    shared = Shared(stranger.address, is_in, not composed, thread.name, is_proven)
    thread.ids.append(message_id)
    thread.last_text = text
    return Mail(
        kind,
        post.head(fields + body_fields) + b"\n" + body,
        "INBOX" if is_in else "Gesendet",
        thread.when,
        message_id,
        sender[1],
        (shared,),
        stranger.lang,
        composed,
    )


def _judged(rng: Random, stranger: Correspondent) -> post.Fields:
    """Return the provider's word on the sender, which older mails do not carry."""
    return post.authenticated(stranger.domain) if rng.random() < 0.8 else []
