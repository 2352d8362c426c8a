"""The mail with the link: the house's own words, none of the stranger's, to one address, once.

It goes the way the owner's letters go and is no letter of the owner's: it is not kept among the sent, and no
answer to it counts. Where the program dies while it is handed over, it is not sent again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from anlass.channels.mail.sending import Fate, Result, Submission, deliver
from anlass.channels.mail.writing import raw_of
from anlass.desk.door.asking import path_of
from anlass.desk.door.own import door_of
from anlass.desk.outgoing.outbox import Writer
from anlass.people import mail_address
from anlass.replies.door_words import door_words
from anlass.replies.outgoing import Kind, Outgoing
from anlass.store.book import Book
from anlass.store.door.letters import Asked, AtDoor

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class LinkPost:
    """What links leave by: the way out, who signs, the name of this worker, and the clock (aware times)."""

    way: Submission
    writer: Writer
    worker: str
    clock: Callable[[], datetime]
    watch: Callable[[str, AtDoor], None] = lambda _step, _letter: None


def post_links(book: Book, post: LinkPost) -> Iterator[Result]:
    """Look after what an earlier run left, then hand over the mails that are due; yield each one's fate."""
    book.door_mail.sweep(now=post.clock())
    for _ in range(AT_ONCE):
        letter = book.door_mail.claim(post.worker, now=post.clock())
        if letter is None:
            return
        post.watch("claimed", letter)
        yield _posted(book, post, letter)


def link_mail(book: Book, writer: Writer, letter: AtDoor, asked: Asked) -> Outgoing:
    """Return the mail that asks whether it was them; of the stranger it holds nothing but where it goes."""
    words = door_words(letter.lang, door_of(book).register)
    link = f"{asked.base}{path_of(book, letter.id, asked.door)}"
    return Outgoing(
        person="",
        request=letter.id,
        kind=Kind.NOTE,
        sender=writer.address,
        sender_name=writer.name,
        to=str(mail_address(asked.letter.address) or ""),
        subject=words.say("mail_subject", name=writer.name or writer.address),
        text=words.say("mail_text", name=writer.name or writer.address, link=link),
        lang=words.lang,
        message_id=f"{secrets.token_hex(16)}@{writer.address.rpartition('@')[2]}",
        is_automatic=True,
    )


def _posted(book: Book, post: LinkPost, letter: AtDoor) -> Result:
    mail = book.door_mail

    def hand_over() -> bool:
        """Pass the last door: write down that the words leave now."""
        passed = mail.hand_over(letter.id, post.worker, now=post.clock())
        if passed:
            post.watch("handing", letter)
        return passed

    result = _delivered(book, post, letter, hand_over)
    if result.fate is Fate.TAKEN:
        post.watch("taken", letter)
    now, says = post.clock(), str(result)
    match result.fate:
        case Fate.TAKEN:
            mail.done(letter.id, post.worker, "sent")
        case Fate.UNKNOWN:
            mail.done(letter.id, post.worker, "doubtful", says=says)
        case Fate.NEVER:
            mail.done(letter.id, post.worker, "stopped", says=says)
        case Fate.NOT_NOW | Fate.HELD:
            mail.put_off(letter.id, post.worker, now=now, says=says)
    return result


def _delivered(book: Book, post: LinkPost, letter: AtDoor, hand_over: Callable[[], bool]) -> Result:
    if letter.asked is None:
        return Result(Fate.NEVER)
    try:
        outgoing = link_mail(book, post.writer, letter, letter.asked)
        raw = raw_of(outgoing, at=post.clock())
    except ValueError:
        return Result(Fate.NEVER)
    return deliver(post.way, raw, envelope="", to=outgoing.to, hand_over=hand_over)
