"""A book of somebody who was threatened, and at whose doors on chat networks people ask."""

from __future__ import annotations

from dataclasses import replace

from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Looked
from anlass.desk.accounts.networks import keep_network
from anlass.desk.blocking.blocking import block
from anlass.desk.networks.at_the_door import take_in
from anlass.doorman import Doorman
from anlass.intake import Channel, Mark, Requester
from anlass.litmus.shipped import load_panel
from anlass.people import Address, AddressKind, person_at
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.accounts.mail import Watch
from anlass.store.book import Book
from tests.characters import NOW, SAM, case_of
from tests.contract.test_at_the_door import ask, step

THREAT = "Ich weiß, wo du wohnst. Ich bringe dich um, wenn du nicht antwortest. <script>alert(1)</script>"
KAI = Address(AddressKind.MAIL, "kai@falk.example")
LEA = Address(AddressKind.MAIL, "lea@sehr-lange-adressen-haben-auch-platz.example")


def threat(book: Book, id_: str, who: Address, name: str) -> None:
    """Keep a letter that threatens."""
    case = case_of(SAM)
    request = replace(
        case.request,
        requester=Requester(name, who),
        id=id_,
        text=THREAT,
        subject="Du",
        marks=frozenset({Mark.HUMAN_MUST_READ}),
    )
    book.keep(replace(case, request=request, person=person_at(who, name)), now=NOW)


def threatened(book: Book) -> None:
    """Let two people threaten, one of them blocked since, and somebody ask on XMPP; Matrix fails."""
    threat(book, "drohung", KAI, "Kai Falk")
    threat(book, "drohung2", LEA, "Lea Sehr-Lange-Namen-Haben-Auch-Platz")
    block(book, KAI.value, now=NOW, lang="de")
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    door = step(book, doorman, now=NOW)
    take_in(door, Looked("1", (ask("Hallo, hier ist <b>Max</b>. Wir sprachen in Kiel über Lesereihen."),)))
    book.networks.say(door.account.name, Watch.OPEN, now=NOW)
    keep_network(book, NetworkAccount("matrix", Channel.MATRIX, "@olga:wend.example"), now=NOW)
    book.networks.say("matrix", Watch.TROUBLED, "certificate_expired", now=NOW)
