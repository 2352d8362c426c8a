"""What an owner keeps to herself is in no answer of an assistant's book, on either database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from anlass.desk.cases.undoing import acts
from anlass.desk.house.journal import journal
from anlass.desk.house.keys import is_private, keep_private, share_again
from anlass.desk.people.circle import inner_circle
from anlass.desk.people.portrait import portrait
from anlass.desk.people.watch_list import put_on, watch_list
from anlass.desk.programs.feeding import open_cases
from anlass.desk.time.ledger import time_sheet
from anlass.errors import NotFound
from anlass.intake import Channel
from anlass.intake.knock import Knock, KnockKind
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.outcome import CameOf
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, Person
from anlass.store.book import Book
from anlass.store.cases.inbox import Wanted
from anlass.store.cases.wordings import Wording
from anlass.store.ground.veil import OF_NOBODY, OWNERS_ALONE, VEILED
from anlass.store.programs.webhooks import Hook
from tests.characters import NOW, SCENES, case_of
from tests.deliveries import deliveries

SECRET, OPEN = "friederike@amsel.example", "milan@horvat.example"
HERS = SCENES[0]


def mail(value: str) -> Address:
    """Return a mail address as it is kept."""
    return Address(AddressKind.MAIL, value)


def filled(book: Book) -> Person:
    """Put two persons, cases and a watch into a book; return the person who is to be private."""
    for scene in SCENES:
        book.keep(case_of(scene), scene.encounters, now=NOW)
    for name, address in (("Friederike Amsel", SECRET), ("Milan Horvat", OPEN)):
        book.traces.tell(address, [Trace(name, (mail(address),), "a.vcf, line 4", about="Tischlerei")])
        for number in range(6):
            kind = EncounterKind.MAIL_OUT if number % 2 else EncounterKind.MAIL_IN
            when, id_ = NOW - timedelta(days=40 - number), f"{address[:6]}{number}"
            met = Encounter(kind, when, address, 1, number > 0, is_proven=True, source=id_, id=id_)
            book.add_encounter(mail(address), met)
        put_on(book, address, why=name, now=NOW)
    book.settle()
    book.outcomes.say(HERS.id, CameOf.JOB, now=NOW)
    book.wordings.keep(HERS.id, "answer", Wording(f"Words to {HERS.name}"), now=NOW)
    book.webhooks.keep(
        Hook("hook", "https://hook.example/", "s", ("case.decided",), words=False, made_at=NOW)
    )
    book.note("decide", about=HERS.id, content={"choice": "accepted", "before": "waiting"}, now=NOW)
    asked, _ = book.networks.met(
        "chat", Knock(Channel.MATRIX, KnockKind.KNOCK, HERS.name, mail(OPEN)), now=NOW
    )
    book.networks.belongs(asked.id, HERS.id)
    return book.person_of(mail(SECRET))


def everything(book: Book) -> str:
    """Return what a book answers to many questions, as text."""
    told: list[object] = [
        book.cases(limit=100),
        *book.people(at=NOW),
        book.people_named("Friederike"),
        book.known_addresses(at=NOW),
        book.register.entries(),
        book.register.closeness(NOW),
        book.register.watched(),
        book.register.in_touch(NOW),
        *book.past.cases(),
        *book.times.asked(),
        book.outbox.all(),
        book.persons.words(),
        *book.persons.sightings(),
        *book.unsketched(),
        book.lessons(),
        book.standings.watched(),
        watch_list(book, at=NOW),
        time_sheet(book, now=NOW),
        journal(book, now=NOW, lang="en"),
        [close.person for close in inner_circle(book, at=NOW)],
        *(book.inbox.part(Wanted(words=words), limit=100) for words in ("Friederike", HERS.name, "-xyz")),
        book.inbox.part(Wanted(), limit=100),
        book.inbox.letters([scene.id for scene in SCENES]),
        book.entries_part(None, after=None, limit=100),
        book.outcomes.all(),
        [book.outcomes.of(scene.id) for scene in SCENES],
        [book.wordings.of(scene.id, "answer") for scene in SCENES],
        book.networks.of_request(HERS.id),
        deliveries(book, "hook"),
        open_cases(book, details=True, now=NOW, lang="en"),
        acts(book, lang="en"),
    ]
    told += [portrait(book, line.person, now=NOW, lang="en") for line in book.people(at=NOW)]
    return "\n".join(map(repr, told))


def test_private_person_and_case_are_in_no_answer_of_an_assistants_book(book: Book) -> None:
    """Before, both books tell the same; then the assistant's knows neither, and nothing else is missing."""
    person = filled(book)
    assistant = book.for_keyholder("kai@falk.example", for_assistant=True)
    assert everything(assistant) == everything(book)
    keep_private(book, person=person.id, now=NOW)
    keep_private(book, case=HERS.id, now=NOW)
    told = everything(assistant)
    hers = (HERS.name, f"'{HERS.id}'", f'"{HERS.id}"')
    assert [word for word in ("Friederike", SECRET, person.id, *hers) if word in told] == []
    assert all(word in everything(book) for word in hers[:2])
    assert "Milan Horvat" in told
    assert all(scene.name in told for scene in SCENES[1:] if scene.name)
    assert assistant.person(person.id) is None
    with pytest.raises(NotFound):
        assistant.case(HERS.id)
    assert "Friederike" in everything(book)


def test_what_is_shared_again_is_there_again(book: Book) -> None:
    """Nothing is lost by keeping it private for a while; the journal tells the owner of both."""
    person = filled(book)
    assistant, before = book.for_keyholder("", for_assistant=True), everything(book)
    keep_private(book, person=person.id, now=NOW)
    assert is_private(book, person=person.id)
    share_again(book, person=person.id, now=NOW)
    assert not is_private(book, person=person.id)
    assert {entry.act for entry in book.entries(about=person.id)} >= {"keep_private", "share_again"}
    assert len(everything(assistant)) > len(before)
    assert "Friederike" in everything(assistant)


def test_person_stays_private_when_joined_with_another_address(book: Book) -> None:
    """A further address of the same person, told by a source later, is hidden with the rest."""
    person = filled(book)
    keep_private(book, person=person.id, now=NOW)
    further = mail("f.amsel@werkstatt.example")
    book.traces.tell("x", [Trace("Friederike Amsel", (mail(SECRET), further), "b.vcf, line 1")], joins=True)
    book.settle()
    assert "werkstatt" in everything(book)
    assert "werkstatt" not in everything(book.for_keyholder("", for_assistant=True))


def test_private_rows_of_one_owner_hide_nothing_of_another(new_book: object) -> None:
    """Two owners know the same person; what one keeps private is her business."""
    mine, other = new_book(), new_book()  # type: ignore[operator] # a fixture that makes books
    person = filled(mine)
    filled(other)
    keep_private(mine, person=person.id, now=NOW)
    assert "Friederike" in everything(other.for_keyholder("", for_assistant=True))


def test_every_table_of_an_owner_is_veiled_closed_or_tells_of_nobody() -> None:
    """A table that is new is decided on: rows of it are left out, all of it is closed, or it names nobody."""
    tables = {
        model._meta.db_table.removeprefix("store_")
        for model in apps.get_app_config("store").get_models()
        if any(field.column == "owner_id" for field in model._meta.fields)
    }
    said = [VEILED, OWNERS_ALONE, OF_NOBODY]
    assert tables - frozenset().union(*said) == set()
    assert [one - tables for one in said] == [set()] * 3
    assert sum(map(len, said)) == len(tables)
