"""The organiser's acts: host an event, let participants in, tell the end, delete everything and prove it.

Nothing of a participant stands in the journal but under the event's own name, so that it goes with the rest.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from anlass.desk.chance import new_id, new_word
from anlass.desk.gatherings.letting_in import ERASED, erased_mark, erased_of, mail_of
from anlass.desk.outgoing.outbox import UNDO, Writer
from anlass.desk.voice.gatherings import missing, refused
from anlass.desk.wishes.at_events import HostedWishes
from anlass.desk.wishes.keys import KeyRing
from anlass.desk.wishes.letters import letters_of
from anlass.outreach.hosting import (
    HOST,
    KEPT,
    LONGEST_LINE,
    Hosting,
    Participant,
    RoundTimes,
    closing_report,
    link_digest,
    proof_of,
)
from anlass.outreach.phrases import day_says, words
from anlass.people import mail_address, person_id
from anlass.replies.outgoing import Kind, Outgoing
from anlass.replies.token import signed_id
from anlass.sources.events import EventList, Named
from anlass.store.book import Book
from anlass.store.outgoing.outbox import Boxed

PATH = "/e/"
"""Where the pages of hosted events lie."""
_FILE = "hosting.toml"
_LONGEST_NAME = 200
_EVERY = timedelta(seconds=6)
"""Between two invitations: five hundred people have theirs within the hour."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody let in, and their link; it is told here once and can never be read from the memory."""

    participant: Participant
    link: str


def host(
    book: Book,
    named: Named,
    *,
    address: str,
    contact: str,
    lang: str,
    delete_at: datetime | None = None,
    now: datetime,
) -> Hosting:
    """Host an event. Raises `Refused` for a nameless one, or one whose data would be kept for ever."""
    name = " ".join(named.name.split())[:_LONGEST_NAME]
    begins = named.begins or now
    ends = named.ends if named.ends and named.ends >= begins else begins
    until = delete_at or ends + KEPT
    if not name:
        raise refused("nameless")
    if until <= max(now, ends) or until > max(now, ends) + KEPT * 6:
        raise refused("kept for ever")
    id_ = new_id()
    place = " ".join(named.place.split())[:_LONGEST_NAME]
    made = Hosting(id_, name, begins, ends, until, place, lang, address.rstrip("/"), contact.strip())
    with book.together():
        made = replace(made, wishes=HostedWishes(book).open(made))
        book.hosting.keep(made)
        book.note("host", about=f"{HOST}{made.id}", now=now)
    return made


def admit(
    book: Book, hosting: Hosting, told: EventList, *, by_name: bool = False, now: datetime
) -> tuple[Admitted, ...]:
    """Let in everybody of a list who has a mail address, each once; return who is new.

    Consent that the ticket shop asked for puts somebody on the list; wishes begin switched off for all.
    Whoever was erased comes back only `by_name`. Raises `Refused` once everything was deleted.
    """
    _open(hosting)
    stays_out = {one.mail for one in book.hosting.people(hosting.id)} | {""}
    if not by_name:
        stays_out |= erased_of(book, hosting.id, map(mail_of, told.people))
    new: dict[str, Admitted] = {}
    for listed in told.people:
        mail = mail_of(listed)
        if mail in stays_out or mail in new:
            continue
        link = new_word()
        name = " ".join(listed.somebody.name.split())[:_LONGEST_NAME] or mail.partition("@")[0]
        id_ = new_id()
        one = Participant(id_, hosting.id, link_digest(link), name, mail, listed.ticket)
        new[mail] = Admitted(replace(one, on_list=listed.consent is True), link_to(hosting, link))
    with book.together():
        book.hosting.admit(one.participant for one in new.values())
        book.note("host_admit", about=f"{HOST}{hosting.id}", content={"people": len(new)}, now=now)
    return tuple(new.values())


def invite(
    book: Book,
    hosting: Hosting,
    admitted: Iterable[Admitted],
    writer: Writer | None,
    *,
    now: datetime,
    again: str = "",
) -> Iterator[Outgoing]:
    """Put one letter with the link into the outbox for each; yields them. Raises `Refused`.

    Nobody gets a second one, but for whom `again` names the occasion. Whoever is blocked is on the list like
    everybody and has a link; no letter of the owner's brings it.
    """
    if writer is None or not writer.address or not hosting.address.startswith("https://"):
        raise refused("no way to invite")
    key, blocked = book.latches.key(), book.blocks.addresses()
    request = f"{HOST}{hosting.id}" + (f":{again}" if again else "")
    written = [one for one in admitted if _person_of(one.participant) not in blocked]
    for place, one in enumerate(written):
        letter = _invitation(hosting, one, writer, key, request)
        if book.outbox.put(letter, due=now + UNDO + place * _EVERY, now=now):
            yield letter


def renewed(book: Book, hosting: Hosting, one: Participant) -> Admitted:
    """Give somebody another link; the old one leads nowhere from now on."""
    link = new_word()
    after = replace(one, link=link_digest(link))
    book.hosting.admit([after])
    return Admitted(after, link_to(hosting, link))


def participant(book: Book, hosting: Hosting, who: str) -> Participant:
    """Return a participant by mail address or ticket. Raises `NotFound`."""
    wanted = who.strip().casefold()
    people = [one for one in book.hosting.people(hosting.id) if wanted in {one.mail, one.ticket.casefold()}]
    if not wanted or len(people) != 1:
        raise missing("not there", text=who)
    return people[0]


def send_link(book: Book, hosting: Hosting, who: str, writer: Writer | None, *, now: datetime) -> None:
    """Write to somebody who lost their link with another one. Raises `NotFound`, `Refused`."""
    _open(hosting)
    one = participant(book, hosting, who)
    with book.together():
        again = (renewed(book, hosting, one),)
        for letter in invite(book, hosting, again, writer, now=now, again=secrets.token_hex(4)):
            book.note("host_link", about=letter.request, now=now)


def visitor(book: Book, link: str) -> Participant | None:
    """Return whose link this is; `None` for one that leads nowhere."""
    return book.hosting.behind(link_digest(link))


def switch(
    book: Book, hosting: Hosting, one: Participant, *, name: str, line: str, on_list: bool
) -> Participant:
    """Hear what somebody says on their own page: how they are called, their line, whether they are seen."""
    _open(hosting)
    shown = " ".join(name.split())[:_LONGEST_NAME] or one.name
    after = replace(one, name=shown, line=" ".join(line.split())[:LONGEST_LINE], on_list=on_list)
    with book.together():
        book.hosting.admit([after])
        if after.wish:
            HostedWishes(book).call(hosting.wishes, after.wish, after.name)
    return after


def to_wishes(book: Book, hosting: Hosting, one: Participant, link: str) -> str:
    """Let somebody take part in wishes, by their own word; return the link of their pages there.

    `link` is the word of their own link, by which they came.
    """
    _open(hosting)
    if not hosting.wishes:
        raise refused("no wishes")
    wishes = HostedWishes(book)
    with book.together():
        ticket = one.wish or wishes.admit(hosting.wishes, one.name, one.mail)
        if one.wish:
            wishes.call(hosting.wishes, ticket, one.name)
        else:
            book.hosting.admit([replace(one, wish=ticket)])
        return wishes.link(hosting.wishes, ticket, link)


def others(book: Book, one: Participant) -> tuple[Participant, ...]:
    """Return whom somebody sees: everybody on the list, if they are on it themselves; else nobody."""
    if not one.on_list:
        return ()
    return tuple(each for each in book.hosting.people(one.event) if each.on_list and each.id != one.id)


def exported(book: Book, hosting: Hosting, one: Participant) -> dict[str, object]:
    """Return everything that is kept of somebody, in readable form."""
    letters = _letters_to(book, hosting, one)
    return {
        "event": hosting.name,
        "name": one.name,
        "mail": one.mail,
        "ticket": one.ticket,
        "line": one.line,
        "on_list": one.on_list,
        "deleted_on": hosting.delete_at.isoformat(),
        "letters": [{"subject": boxed.letter.subject, "state": boxed.state.value} for boxed in letters],
        "wishes": HostedWishes(book).exported(hosting.wishes, one.wish) if one.wish else None,
    }


def erase(book: Book, hosting: Hosting, one: Participant, *, now: datetime) -> None:
    """Forget somebody, with the letters that went to them; kept is only that it happened, with a mark.

    By that mark a list that still names them is known not to bring them back.
    """
    request = f"{HOST}{hosting.id}"
    letters = [boxed.id for boxed in _letters_to(book, hosting, one)]
    with book.together():
        if one.wish:
            HostedWishes(book).erase(hosting.wishes, one.wish)
        book.hosting.erase(one, letters)
        book.note(ERASED, about=request, content={"mark": erased_mark(book, hosting.id, one.mail)}, now=now)
    book.hosting.settle()


def delete(book: Book, hosting: Hosting, *, ring: KeyRing | None, now: datetime) -> Hosting:
    """Delete everything of everybody at an event, count what is left, and keep the proof and the report.

    All of it goes at once or nothing does. Rounds of wishes that still run are forgotten before their time,
    their keys on the `ring` destroyed first: a program that dies in between leaves what nobody can read, and
    the next run deletes it. Raises `Refused` where such a key is not on this machine, and then nothing was
    deleted.
    """
    if hosting.deleted_at is not None:
        return hosting
    report = hosting.report or report_of(book, hosting)
    with book.together():
        wishes = HostedWishes(book).drop(hosting.wishes, ring, now=now)
        left = (*book.hosting.delete(hosting.id, starts_of(hosting)), ("wishes", wishes))
        after = replace(hosting, deleted_at=now, report=report, left=left, proof=proof_of(hosting, left, now))
        book.hosting.keep(after)
        book.note(
            "host_deleted", about=hosting.id, content={"proof": after.proof, "left": dict(left)}, now=now
        )
    book.wishes.shelf.wipe()
    return after


def report_of(book: Book, hosting: Hosting) -> tuple[tuple[str, int], ...]:
    """Return the coarse counts of an event: those kept at its deletion, else those of now."""
    if hosting.deleted_at is not None:
        return hosting.report
    return closing_report(book.hosting.people(hosting.id), times_of(book, hosting))


def delete_due(book: Book, *, ring: Callable[[], KeyRing], now: datetime) -> tuple[Hosting, ...]:
    """Delete every event whose clock has run out; return them."""
    due = [one for one in book.hosting.all() if one.deleted_at is None and one.delete_at <= now]
    return tuple(delete(book, one, ring=ring(), now=now) for one in due)


def starts_of(hosting: Hosting) -> tuple[str, ...]:
    """Return how in outbox and journal all begins that belongs to a hosted event."""
    own = f"{HOST}{hosting.id}"
    return (own, letters_of(bytes.fromhex(hosting.wishes))) if hosting.wishes else (own,)


def times_of(book: Book, hosting: Hosting) -> tuple[RoundTimes, ...]:
    """Return the rounds of wishes of an event, in their order."""
    return HostedWishes(book).times(hosting.wishes)


def code_of(book: Book, hosting: Hosting) -> str:
    """Return the code of the last list that was closed; "" while none was."""
    codes = [one.code for one in times_of(book, hosting) if one.code]
    return codes[-1] if codes else ""


def link_to(hosting: Hosting, link: str) -> str:
    """Return the whole link of a participant; a path where the event has no address."""
    return f"{hosting.address}{PATH}{hosting.id}/{link}/"


def start_of(hosting: Hosting) -> str:
    """Return the address of an event's start page, which everybody may see."""
    return f"{hosting.address}{PATH}{hosting.id}/"


def _invitation(hosting: Hosting, one: Admitted, writer: Writer, key: bytes, request: str) -> Outgoing:
    told, domain = words(hosting.lang, _FILE, "letter"), writer.address.rpartition("@")[2]
    person = _person_of(one.participant)
    fields = {
        "event": hosting.name,
        "name": one.participant.name,
        "link": one.link,
        "date": day_says(hosting.delete_at, hosting.lang),
        "contact": hosting.contact or writer.name,
        "seen": told["seen" if one.participant.on_list else "unseen"],
    }
    return Outgoing(
        person=person,
        request=request,
        kind=Kind.MAILING,
        sender=writer.address,
        sender_name=writer.name,
        to=one.participant.mail,
        subject=told["subject"].format(**fields),
        text=told["text"].format(**fields).strip() + "\n",
        lang=hosting.lang,
        message_id=signed_id(key, secrets.token_bytes(10), request=request, person=person, domain=domain),
        envelope=writer.address,
    )


def _person_of(one: Participant) -> str:
    address = mail_address(one.mail)
    return person_id(address) if address else one.id


def _letters_to(book: Book, hosting: Hosting, one: Participant) -> list[Boxed]:
    return [
        boxed
        for start in starts_of(hosting)
        for boxed in book.outbox.of_request(start, or_below=True)
        if boxed.letter.to == one.mail
    ]


def _open(hosting: Hosting) -> None:
    if hosting.deleted_at is not None:
        raise refused("deleted")
