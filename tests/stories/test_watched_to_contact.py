"""From watched to contact without a single click of theirs (C15, C16), with a real mailbox.

Somebody asks; Olga keeps them in mind and writes back from her own mail program; two conversations later they
are a contact. Nobody ever sent a request, a link or a confirmation, and nobody outside could tell any of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from anlass.bootstrap import make_doorman
from anlass.config import PolicySettings
from anlass.desk.decisions.deciding import Choice, decide
from anlass.desk.people.standing import stands
from anlass.desk.people.voice_of_standing import standing_says
from anlass.desk.people.watch_list import put_on, watch_list
from anlass.ledger.watch import WakeKind
from anlass.people import Address, AddressKind, Standing
from anlass.store.cases.kept import CaseState
from tests.integration.test_live_mail import Box
from tests.live import NOW, House
from tests.pages import a_house, pages_configured, visitor
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # a real server, and a dozen letters over it

SABINE = Address(AddressKind.MAIL, "sabine@krohn.example")
_NUMBERS = count(1)
FIRST = (
    "Guten Tag Frau Wend,\n\nich heiße Sabine Krohn und leite die Lesereihe im Speicher in Kiel. Ihr Kapitel "
    "über Wartesäle haben wir im Oktober gelesen; auf Seite 212 nennen Sie den Fahrplan von 1927. Ich fand "
    "ihn im Archiv und lege Ihnen die Abschrift bei. Stimmt es, dass der Zug nur mittwochs hielt?\n\n"
    "Mit freundlichen Grüßen\nSabine Krohn"
)


def letter(box: Box, words: str, day: int, *, answers: str = "", mine: bool = False) -> str:
    """Let a letter come, or leave from Olga's own mail program; return its Message-ID."""
    id_ = f"{'olga' if mine else 'sabine'}-{next(_NUMBERS)}@x.example"
    people = (f"Olga Wend <{box.address}>", f"Sabine Krohn <{SABINE.value}>")
    sender, to = people if mine else people[::-1]
    when = NOW + timedelta(days=day, hours=12 if mine else 8)
    head = [
        f"From: {sender}",
        f"To: {to}",
        f"Message-ID: <{id_}>",
        f"Date: {when:%a, %d %b %Y %H:%M:%S} +0000",
    ]
    head += [f"Subject: {'Re: ' if answers else ''}{words.split(chr(10), maxsplit=1)[0][:30]}"]
    head += [f"In-Reply-To: <{answers}>", f"References: <{answers}>"] if answers else []
    head += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"]
    raw = ("\r\n".join(head) + f"\r\n\r\n{words}\r\n").encode()
    if mine:
        box.append(raw, "Sent", r"(\Seen)")
    else:
        box.dovecot.deliver(raw, to=box.address, sender=SABINE.value)
    return id_


def outside(house: House) -> list[tuple[int, bytes]]:
    """Return what anybody without the key can see of the house."""
    with pages_configured():
        client = visitor(a_house(house.home.book))
        paths = (
            "/",
            "/v/",
            "/c/" + "a" * 42,
            "/v/" + "a" * 42,
            "/.well-known/anlass-vouchers.json",
            "/watch/",
        )
        return [(page.status_code, bytes(page.content)) for page in map(client.get, paths)]


def test_somebody_watched_becomes_a_contact_by_letters_alone(tmp_path: Path, dovecot: Dovecot) -> None:
    """A request, the watch list, two conversations, and a standing with its reason; nothing shows outside."""
    now = [NOW]
    house, box = House(tmp_path, now=lambda: now[0]), Box(dovecot)
    book = house.home.book
    rules = PolicySettings(preset="relationship-first")
    house.home = replace(house.home, settings=replace(house.home.settings, policy=rules))
    house.connect(box.name, box.dovecot.imap)
    before = outside(house)

    # She asks, and Olga keeps her in mind: nothing leaves the house.
    letter(box, FIRST, 0)
    assert house.once() == {}
    (kept,) = book.cases().cases
    doorman, _ = make_doorman(house.home.settings, "de")
    decide(book, doorman, kept.id, Choice.WATCHED, now=now[0])
    put_on(book, SABINE.value, why="Lesereihe in Kiel, gute Fragen", now=now[0])
    assert stands(book, kept.case.person, at=now[0]).standing is Standing.WATCHED
    assert outside(house) == before

    # Days later Olga writes to her, about something else; she answers: the entry wakes and says why.
    mine = letter(box, "Was lesen Sie gerade in Kiel?", 3, mine=True)
    letter(
        box,
        "Wir lesen Kempowski, jeden Dienstag im Speicher, und streiten über das Echolot.",
        4,
        answers=mine,
    )
    now[0] = NOW + timedelta(days=5)
    assert house.once() == {}
    (woken,) = watch_list(book, at=now[0])
    assert woken.wake is not None
    assert woken.wake.kind is WakeKind.WROTE
    assert book.case(kept.id).state is CaseState.WAITING
    assert stands(book, kept.case.person, at=now[0]).standing in {Standing.WATCHED, Standing.IN_TOUCH}

    # A second conversation, of her own accord, three turns in all.
    hers = letter(box, "Am 3. März läse ich gern Ihr Kapitel über Wartesäle. Darf ich es abdrucken?", 20)
    back = letter(box, "Ja, gern. Schicken Sie mir bitte die Seite vorher.", 21, answers=hers, mine=True)
    letter(
        box, "Hier ist sie. Der Satz auf Seite 4 ist gekürzt, sehen Sie ihn sich bitte an.", 22, answers=back
    )
    now[0] = NOW + timedelta(days=23)
    assert house.once() == {}
    found = stands(book, kept.case.person, at=now[0])
    assert found.standing is Standing.CONTACT
    assert found.word is not None
    assert standing_says(found, now[0], "de").startswith("Gehört zu deinen Kontakten. Von selbst am ")

    # Nobody was sent anything, nothing was opened, and from outside the house looks as on the first day.
    assert book.outbox.all() == ()
    assert book.cards.grants() == ()
    assert book.vouching.words() == ()
    assert outside(house) == before
