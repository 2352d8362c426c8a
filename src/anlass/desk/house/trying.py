"""Trying the house on the example: its mailbox is screened, and its owner has lived there for a while."""

from __future__ import annotations

from anlass.desk.cards import vouching
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.vouchers import give_voucher
from anlass.desk.cases import outcomes
from anlass.desk.door import own as door
from anlass.desk.gatherings import events, hosting
from anlass.desk.history.collecting import collect
from anlass.desk.house.settings_file import with_values
from anlass.desk.people import circle
from anlass.desk.people.watch_list import put_on
from anlass.desk.requests.screening import Desk, screen
from anlass.doorman import Doorman
from anlass.example import Example
from anlass.intake import Recipient
from anlass.outreach.event import Somebody
from anlass.people import mail_address
from anlass.replies.door import FIELDS
from anlass.sources.events import EventList, Listed, Named
from anlass.store.book import Book


def screen_example(book: Book, doorman: Doorman, shown: Example) -> int:
    """Collect and judge the example mailbox; return how many cases it holds."""
    collect(book, [shown.mailbox], owner=shown.addresses, now=shown.today)
    take_in(book, shown.cards, FILE, "de", now=shown.today)
    about = "\n".join(shown.about.values())
    for _ in screen(Desk(book, doorman, Recipient(shown.name, about), shown.today), [shown.mailbox]):
        pass
    return book.cases(limit=1).total


def settings_of(shown: Example) -> str:
    """Return the example's anlass.toml: who its owner is."""
    about = "\n".join(shown.about.values())
    return with_values("", "owner", {"name": shown.name, "addresses": shown.addresses, "about": about})


def furnish(book: Book, shown: Example) -> None:
    """Let the example's owner have lived in her house: every page has something to show then.

    The mailbox must have been screened. What was judged stays as it was judged.
    """
    _open_door(book, shown)
    _meet(book, shown)
    _host(book, shown)
    _speak(book, shown)


def _open_door(book: Book, shown: Example) -> None:
    wanted, now = shown.house.door, shown.today
    door.rename(book, wanted.name, "de", now=now)
    door.set_register(book, wanted.register, "de", now=now)
    for one in wanted.texts:
        said = {field: str(getattr(one, field)) for field in FIELDS}
        door.set_texts(book, one.lang, said, "de", now=now)
    for word in wanted.words:
        door.add_word(book, word, "de", now=now)
    door.open_door(book, "de", now=now)


def _meet(book: Book, shown: Example) -> None:
    for one in shown.house.events:
        event = events.begin(book, Named(one.name, one.begins, one.ends, one.place), now=one.ends)
        for guest in one.met:
            met = events.note(book, event, guest.somebody, now=one.ends, topic=guest.topic)
            if guest.sort:
                events.sort(book, event, met.id, events.Said(sort=guest.sort), now=shown.today)


def _host(book: Book, shown: Example) -> None:
    told, now = shown.house.hosted, shown.today
    named = Named(told.name, told.begins, told.ends, told.place)
    hosted = hosting.host(book, named, address="", contact=told.contact, lang="de", now=now)
    listed = []
    for one in told.people:
        address = mail_address(one.mail)
        listed.append(Listed(Somebody(one.name, (address,) if address else ()), consent=one.seen))
    lines = {one.mail: one.line for one in told.people}
    for admitted in hosting.admit(book, hosted, EventList("file", named, tuple(listed)), now=now):
        there = admitted.participant
        hosting.switch(book, hosted, there, name=there.name, line=lines[there.mail], on_list=there.on_list)


def _speak(book: Book, shown: Example) -> None:
    """Say her word on people, and what came of what they asked."""
    house, now = shown.house, shown.today
    for reference in house.vouched:
        person = vouching.vouch(book, reference.who, why=reference.why, now=now).person
        if reference.agrees:
            vouching.note_asked(book, person, now=now)
            vouching.agree(book, person, person.name, now=now)
        if reference.voucher:
            give_voucher(book, reference.who, now=now)
    answered = {book.case(id_).case.person.name: id_ for id_, _ in book.outcomes.all()}
    for who, came in house.came:
        outcomes.say_outcome(book, answered[who], came, now=now, lang="de")
    for who, why in house.watched:
        put_on(book, who, why=why, now=now)
    for who in house.circle:
        circle.put(book, who, is_in=True, now=now)
