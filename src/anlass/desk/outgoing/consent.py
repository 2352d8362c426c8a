"""The kind letter that asks somebody whether they may be named: prepared here, released by the owner."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.cards.own import cards_of
from anlass.desk.cards.vouching import link_for, mail_of, note_asked
from anlass.desk.outgoing.outbox import UNDO, Writer, told
from anlass.desk.people.blocked import refuse_blocked
from anlass.desk.people.persons import person_called
from anlass.desk.voice.common import Lang
from anlass.errors import Refused
from anlass.people import Person, mail_address, person_id
from anlass.people.ids import digest_id
from anlass.people.vouching import is_vouched
from anlass.replies.draft import OutwardText
from anlass.replies.outgoing import Kind, Outgoing
from anlass.replies.token import signed_id
from anlass.store.book import Book
from anlass.store.outgoing.outbox import Boxed

REQUEST = "name:"
"""What stands in the place of a request in a letter that answers none."""


@dataclass(frozen=True, slots=True)
class ConsentLetter:
    """The letter as it would leave: to whom, and its words; nothing has been asked by preparing it."""

    person: Person
    to: str
    lang: Lang
    subject: OutwardText
    text: OutwardText


def consent_letter(
    book: Book, writer: Writer, who: str, *, lang: Lang, is_familiar: bool = False, now: datetime
) -> ConsentLetter:
    """Prepare the letter; `is_familiar` says du in German. Raises `NotFound` and `Refused`.

    There is none without a public address: the page on which the person agrees must be reachable.
    """
    person = person_called(book, who)
    refuse_blocked(book, person)
    cards = cards_of(book)
    if not is_vouched(book.standings.words(person.id), at=now):
        raise Refused(
            f"You do not vouch for {person.name}.", hint="`anlass vouch add PERSON` says that you do."
        )
    if cards is None or not cards.address:
        raise Refused("Your cards name no address that can be reached from outside.", hint=_ADDRESS)
    to = mail_of(person)
    if not to or not writer.address:
        raise Refused("There is no mail address to write to, or none to write from.")
    subject, text = _WORDS["du" if lang == "de" and is_familiar else lang]
    name = person.name if "@" not in person.name else ""
    hello = text.format(
        name=f" {name}" if name else "", owner=writer.name or cards.name, link=link_for(book, person)
    )
    return ConsentLetter(person, to, lang, OutwardText(subject), OutwardText(hello))


def release_consent(
    book: Book, writer: Writer, letter: ConsentLetter, *, text: str = "", now: datetime
) -> Boxed:
    """Let the letter go, in the owner's own words where `text` says something; raises `Refused`.

    It leaves after a moment in which it can be taken back, once for a person. Their link works from now on.
    """
    words = text.replace("\r\n", "\n").strip() or letter.text.words
    address = mail_address(letter.to)
    if address is None:
        raise Refused("There is no mail address to write to.")
    person, request = person_id(address), REQUEST + digest_id("name", letter.person.id)
    domain = writer.address.rpartition("@")[2]
    key = book.latches.key()
    made = Outgoing(
        person=person,
        request=request,
        kind=Kind.CONSENT,
        sender=writer.address,
        sender_name=writer.name,
        to=letter.to,
        subject=letter.subject.words,
        text=words,
        lang=letter.lang,
        message_id=signed_id(key, secrets.token_bytes(10), request=request, person=person, domain=domain),
        envelope=writer.address,
    )
    with book.together():
        if not book.outbox.put(made, due=now + UNDO, now=now):
            raise Refused("You asked already; nobody is asked twice.")
        boxed = book.outbox.by_message([made.message_id])[0]
        note_asked(book, letter.person, now=now)
        book.note("release", about=letter.person.id, content=told(boxed), now=now)
    return boxed


_ADDRESS = "`address` in cards.toml names it, or the page of your cards."
_WORDS: dict[str, tuple[str, str]] = {
    "de": (
        "Darf ich Sie nennen?",
        """\
Guten Tag{name},

auf meiner Seite steht eine kurze Liste von Menschen, für die ich gern eine Referenz gebe. Ich würde Sie \
dort gern nennen. Dafür brauche ich Ihr Einverständnis, und ohne Ihr Ja steht Ihr Name nirgends.

Hier sagen Sie Ja oder Nein, wählen, wie Sie genannt werden, und nehmen es jederzeit zurück:

{link}

Sie müssen nichts antworten. An allem anderen ändert es nichts.

Mit freundlichen Grüßen
{owner}
""",
    ),
    "du": (
        "Darf ich dich nennen?",
        """\
Hallo{name},

auf meiner Seite steht eine kurze Liste von Menschen, für die ich gern eine Referenz gebe. Ich würde dich \
dort gern nennen. Dafür brauche ich dein Einverständnis, und ohne dein Ja steht dein Name nirgends.

Hier sagst du Ja oder Nein, wählst, wie du genannt wirst, und nimmst es jederzeit zurück:

{link}

Du musst nichts antworten. An allem anderen ändert es nichts.

Viele Grüße
{owner}
""",
    ),
    "en": (
        "May I name you?",
        """\
Hello{name},

my page has a short list of people I am glad to give a reference for. I would like to name you there. For \
that I need your consent, and without your yes your name stands nowhere.

Here you say yes or no, choose how you are named, and take it back at any time:

{link}

You need not answer. It changes nothing else between us.

Kind regards
{owner}
""",
    ),
}
