"""Letters between the owner and friends: threads both ways, some with a third person.

The owner begins every acquaintance, and a friend begins a thread only when the two are
in touch (three turns in two threads). So no friend's letter here is a contact request,
whatever the house rules are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bench.archive import post
from bench.archive.cast import OWNER, OWNERS, Correspondent, moment, owner_address
from bench.archive.post import Fields, Kind, Mail, Shared
from bench.archive.shapes import LETTER_SIZE, charset
from bench.archive.words import GREETING, LETTER, SUBJECT

IN_TOUCH = (3, 2)  # turns and threads from which on a friend begins threads too


@dataclass(slots=True)
class Thread:
    """A conversation while it is being made up."""

    friend: Correspondent
    others: tuple[Correspondent, ...]
    own_address: str
    subject: str
    when: datetime
    name: str
    ids: list[str] = field(default_factory=list)
    last_is_in: bool | None = None
    last_text: str = ""


@dataclass(slots=True)
class Known:
    """What the owner and one friend share so far: turns, and the threads that have some."""

    turns: int = 0
    threads: set[str] = field(default_factory=set)

    @property
    def is_in_touch(self) -> bool:
        """Say whether this friend may begin a thread."""
        return self.turns >= IN_TOUCH[0] and len(self.threads) >= IN_TOUCH[1]


def letters(rng: Random, friends: tuple[Correspondent, ...]) -> Iterator[Mail]:
    """Yield letters without end, thread after thread."""
    known = {friend.address: Known() for friend in friends}
    nearness = [1 / (rank + 1) for rank in range(len(friends))]
    while True:
        friend = rng.choices(friends, nearness)[0]
        others = (rng.choice(friends),) if rng.random() < 0.12 else ()
        yield from _conversation(rng, friend, tuple(one for one in others if one != friend), known)


def _conversation(
    rng: Random, friend: Correspondent, others: tuple[Correspondent, ...], known: dict[str, Known]
) -> Iterator[Mail]:
    begins_in = known[friend.address].is_in_touch and rng.random() < 0.6
    subject = f"{rng.choice(SUBJECT[friend.lang])} ({rng.randrange(1000)})"
    thread = Thread(friend, others, owner_address(rng), subject, moment(rng), f"t{post.token(rng, 12)}")
    length = 1 if begins_in and rng.random() < 0.3 else 2 + min(int(rng.expovariate(0.5)), 24)
    is_in = begins_in
    for _ in range(length):
        mail = _letter(rng, thread, is_in=is_in)
        for shared in mail.shared:
            one = known[shared.address]
            one.turns += shared.is_turn
            one.threads.update({thread.name} if shared.is_turn else ())
        yield mail
        thread.when += timedelta(hours=rng.choice((1, 5, 20, 30, 70)), seconds=rng.randrange(3000))
        is_in = (not is_in) if rng.random() < 0.92 else is_in


def _letter(rng: Random, thread: Thread, *, is_in: bool) -> Mail:
    """Return the next letter of `thread` and remember it there."""
    friend, own = thread.friend, thread.own_address
    if not is_in and rng.random() < 0.05:
        own = next(one for one in OWNERS if one != own)
    words = letter_text(rng, friend.lang, OWNER if not is_in else friend.name, thread.last_text)
    writing = charset(rng)
    sender, receiver = (
        ((friend.name, friend.address), (OWNER, own))
        if is_in
        else ((OWNER, own), (friend.name, friend.address))
    )
    message_id = f"<{post.token(rng)}@{sender[1].rpartition('@')[2]}>"
    fields: Fields = []
    if is_in:
        fields += post.received(thread.when, rng, 2) + post.authenticated(friend.domain)
    fields += [("From", post.address(*sender, header_charset(writing))), ("To", post.address(*receiver))]
    if thread.others:
        fields.append(("Cc", ", ".join(post.address(one.name, one.address) for one in thread.others)))
    fields += [("Date", post.date(thread.when)), ("Message-ID", message_id)]
    fields += [("Subject", post.encoded(reply_subject(thread), header_charset(writing)))]
    fields += [*reply_fields(rng, thread.ids), ("MIME-Version", "1.0")]
    kind_of_body, body = letter_body(rng, words, writing)
    mail = Mail(
        Kind.LETTER_IN if is_in else Kind.LETTER_OUT,
        post.head(fields + kind_of_body) + b"\n" + body,
        rng.choices(("INBOX", "Archiv/2023", "Bücher"), (7, 2, 1))[0] if is_in else "Gesendet",
        thread.when,
        message_id,
        sender[1],
        _shared(thread, is_in=is_in),
        friend.lang,
    )
    thread.ids.append(message_id)
    thread.last_is_in, thread.last_text = is_in, words
    return mail


def _shared(thread: Thread, *, is_in: bool) -> tuple[Shared, ...]:
    """Say for whom the letter counts: its writer, or everybody the owner wrote to."""
    is_turn = thread.last_is_in is not None and thread.last_is_in is not is_in
    first = Shared(thread.friend.address, is_in, is_turn, thread.name)
    if is_in:
        return (first,)
    # A turn answers a letter of the other side; the third person has written none.
    return (
        first,
        *(Shared(one.address, is_in=False, is_turn=False, thread=thread.name) for one in thread.others),
    )


def header_charset(writing: str) -> str:
    """Return the charset of encoded words; us-ascii has none for umlauts."""
    return "utf-8" if writing in {"us-ascii", "gbk"} else writing


def reply_subject(thread: Thread) -> str:
    """Return the subject with the prefix of a reply, in the language of the thread."""
    prefix = {"de": "AW: ", "en": "Re: "}[thread.friend.lang] if thread.ids else ""
    return prefix + thread.subject


def reply_fields(rng: Random, ids: list[str]) -> Fields:
    """Return In-Reply-To and References as mailers write them; some leave out one of them."""
    if not ids:
        return []
    parent, chain = ("In-Reply-To", ids[-1]), ("References", "\n ".join(ids[-20:]))
    fate = rng.random()
    if fate < 0.05:
        return [parent]
    return [chain] if fate < 0.1 else [parent, chain]


def letter_text(rng: Random, lang: str, writer: str, quoted: str = "") -> str:
    """Return a letter of ordinary length, sometimes above what it answers."""
    wanted = LETTER_SIZE.draw(rng)
    lines = [
        f"{rng.choice(GREETING[lang])}," if writer != OWNER else {"de": "Hallo,", "en": "Hello,"}[lang],
        "",
    ]
    size = 0
    while size < wanted:
        paragraph = " ".join(rng.choices(LETTER[lang], k=rng.randrange(2, 7)))
        lines += [paragraph, ""]
        size += len(paragraph)
    lines += [{"de": "Herzlich", "en": "Yours"}[lang], writer.split(maxsplit=1)[0]]
    if rng.random() < 0.3:
        lines += ["", "-- ", f"{writer}, {'Hafenstraße 7' if lang == 'de' else '7 Harbour Street'}"]
    if quoted and rng.random() < 0.7:
        lines += ["", {"de": "Am 03.05. schrieb jemand:", "en": "On 3 May somebody wrote:"}[lang]]
        lines += [f"> {line}" for line in quoted[:4000].split("\n")]
    return "\n".join(lines) + "\n"


def letter_body(rng: Random, words: str, writing: str) -> tuple[Fields, bytes]:
    """Return the body as plain text, or with an HTML twin, or with a file beside it."""
    fate = rng.random()
    plain = post.part(words, writing, rng)
    if fate < 0.55:
        return plain
    if fate < 0.92:
        return post.multipart([plain, post.part(post.html(words), writing, rng, "html")], rng)
    picture = post.file_part(rng.randbytes(rng.randrange(2000, 60_000)), 'image/jpeg; name="bild.jpg"')
    return post.multipart([plain, picture], rng, "mixed")
