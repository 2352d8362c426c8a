"""The organiser's pages, and those of participants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anlass.config import load_settings
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.gatherings import hosting as desk
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.wishes.timetables import wishes_of
from anlass.outreach.hosting import Hosting
from anlass.outreach.phrases import zone_says
from anlass.sources.events import Named
from anlass.store.book import Book
from anlass.web.frame.house import House
from anlass.web.frame.limiter import Limiter
from tests.characters import NOW
from tests.contract.test_hosting import PEOPLE
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book with cards, so that the house has an address."""
    made = book_on_disk(tmp_path, [], ())
    take_in(made, TEXT, FILE, "en", now=NOW - timedelta(days=9))
    return made


def house(book: Book) -> House:
    """Return a house from which letters can leave."""
    return replace(a_house(book), writer=Writer("Olga Türen", "olga@tueren.example"))


def hosted(book: Book) -> Hosting:
    """Host an event through its page, and let three people in."""
    client = owner(house(book))
    client.post("/host/", {"name": "Tagung", "on": "2026-11-21", "contact": "Olga <olga@tueren.example>"})
    event = book.hosting.all()[0]
    table = (
        b"Name,Email,Consent\nAda,ada@people.example,yes\nBo,bo@people.example,no\nCem,cem@people.example,\n"
    )
    client.post(f"/host/{event.id}/", {"file": SimpleUploadedFile("l.csv", table)})
    return event


def links(book: Book) -> dict[str, str]:
    """Return the path of each participant's page, by name, out of the letters."""
    found = {}
    for boxed in book.outbox.all():
        path = boxed.letter.text.partition("/e/")[2].split()[0]
        found[boxed.letter.to.partition("@")[0]] = f"/e/{path}"
    return found


def test_an_organiser_hosts_an_event(book: Book) -> None:
    """People are let in from a list, each gets a letter with a link, and there is all to print."""
    event = hosted(book)
    client = owner(house(book))
    assert sorted(links(book)) == ["ada", "bo", "cem"]
    page = client.get(f"/host/{event.id}/").content.decode()
    assert "weniger als 5" in page
    assert "in 58 Tagen" in page or "in 59 Tagen" in page or "in 60 Tagen" in page
    for what in ("poster", "badges", "slide"):
        assert client.get(f"/host/{event.id}/{what}.pdf").content.startswith(b"%PDF")
    assert client.get(f"/host/{event.id}/secrets.pdf").status_code == 404
    assert "Verzeichnis der Verarbeitung" in client.get(f"/host/{event.id}/records.md").content.decode()
    outbox = client.get("/outbox/").content.decode()
    places = [outbox.index(f"{name}@people.example") for name in ("ada", "bo", "cem")]
    assert places == sorted(places)


def test_a_participant_decides_on_their_own_page(book: Book) -> None:
    """Without key or cookie: be seen or not, say a line, take all along, erase oneself."""
    event, somebody = hosted(book), Client(HTTP_HOST="127.0.0.1:8000", enforce_csrf_checks=True)
    somebody.defaults["anlass.house"] = house(book)  # type: ignore[assignment] # handed in as the server does
    ada, bo = links(book)["ada"], links(book)["bo"]
    assert re.search(r"\bBo\b", somebody.get(ada).content.decode()) is None
    somebody.post(bo, {"name": "Bo <b>", "line": "Zölle", "on_list": "on"})
    seen = somebody.get(ada).content.decode()
    assert ("Bo &lt;b&gt;" in seen, "Zölle" in seen, "bo@people.example" in seen) == (True, True, False)
    assert somebody.get(ada + "data.json").json()["mail"] == "ada@people.example"
    assert "gelöscht" in somebody.post(ada, {"do": "erase"}).content.decode()
    assert somebody.get(ada).status_code == 404
    assert not somebody.cookies
    assert len(book.hosting.people(event.id)) == 2


def test_a_dead_link_gets_one_answer(book: Book) -> None:
    """A made-up link, another event's, a deleted event's and no page at all: the same bytes."""
    event, somebody = hosted(book), visitor(house(book))
    other = desk.host(book, Named("Andere", NOW), address="", contact="", lang="de", now=NOW)
    (admitted, *_) = desk.admit(book, other, PEOPLE, now=NOW)
    stray = admitted.link.rstrip("/").rpartition("/")[2]
    mine = links(book)["ada"]
    desk.delete(book, event, ring=None, now=NOW)
    paths = (mine, mine + "data.json", f"/e/{event.id}/{stray}/", f"/e/{event.id}/x/", "/e/nothing/", "/e/")
    answers = [somebody.get(path) for path in paths]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1


def test_the_start_page_has_the_clock_and_then_the_proof(book: Book) -> None:
    """Everybody can see when all is deleted, and afterwards that it was."""
    event, somebody = hosted(book), visitor(house(book))
    before = somebody.get(f"/e/{event.id}/")
    assert "wird alles gelöscht" in before.content.decode()
    assert before["Referrer-Policy"] == "no-referrer"
    owner(house(book)).post(f"/host/{event.id}/", {"do": "delete"})
    after = somebody.get(f"/e/{event.id}/").content.decode()
    assert book.hosting.all()[0].proof in after
    left = "Teilnehmende: 0, Briefe an sie: 0, Zeilen im Protokoll: 0, Wünsche, Listen und Tickets: 0"
    assert left in after
    assert "people.example" not in after


def test_only_the_owner_organises(book: Book) -> None:
    """Nobody without a key sees the organiser's pages, or lets anybody in."""
    event, somebody = hosted(book), visitor(house(book))
    for path in (
        "/host/",
        f"/host/{event.id}/",
        f"/host/{event.id}/badges.pdf",
        f"/host/{event.id}/records.md",
    ):
        assert somebody.get(path).status_code == 403
    assert somebody.post(f"/host/{event.id}/", {"do": "delete"}).status_code == 403
    assert book.hosting.all()[0].deleted_at is None


TIMES = {
    "freeze": "2026-11-22T18:00",
    "match": "2026-11-25T20:00",
    "release": "2026-11-26T09:00",
    "wishes": "7",
}


def after(client: Client, event: Hosting, **form: object) -> str:
    """Press a button on the organiser's page, and return the page that follows."""
    client.post(f"/host/{event.id}/", form)
    return client.get(f"/host/{event.id}/").content.decode()


def test_the_organiser_sets_the_timetable_on_the_page(book: Book) -> None:
    """Three moments by the clock of the house and a number of wishes; a button calls it off again."""
    event, client = hosted(book), owner(house(book))
    proposed = client.get(f"/host/{event.id}/").content.decode()
    assert ('value="10"' in proposed, "Eine Runde ansetzen" in proposed) == (True, True)
    set_ = after(client, event, do="round", **TIMES)
    assert "Die Runde steht fest." in set_
    assert f"So, 22. November 2026, 18:00\u00a0Uhr\u00a0({zone_says(NOW, 'de')})" in set_
    (one,) = desk.times_of(book, event)
    assert one.freeze == datetime.fromisoformat(TIMES["freeze"]).replace(tzinfo=NOW.tzinfo)
    assert wishes_of(book, event).quota == 7
    assert "abgesagt" in after(client, event, do="call-off")
    assert desk.times_of(book, event) == ()


REFUSED = (
    ({"freeze": "gestern"}, "kein Zeitpunkt"),
    ({"wishes": "viele"}, "kein Zeitpunkt"),
    ({"match": "2026-11-22T18:00"}, "Erst schließt die Liste"),
    ({"freeze": "2020-01-01T10:00"}, "schon geschlossen"),
    ({"release": "2029-01-01T10:00"}, "gelöscht, am"),
    ({"wishes": "0"}, "zwischen 1 und 100"),
)


def test_what_cannot_be_held_is_refused_in_the_language_of_the_page(book: Book) -> None:
    """No round is set, and the page says why."""
    event, client = hosted(book), owner(house(book))
    pages = [after(client, event, do="round", **{**TIMES, **changed}) for changed, _ in REFUSED]
    assert [says in page for page, (_, says) in zip(pages, REFUSED, strict=True)] == [True] * len(REFUSED)
    assert desk.times_of(book, event) == ()


def test_who_cannot_be_written_to_is_not_let_in(book: Book) -> None:
    """Without pages reached from outside nobody is let in by a link that nobody would ever see."""
    client = owner(replace(house(book), writer=None))
    made = desk.host(book, Named("Tagung", NOW), address="", contact="Olga", lang="de", now=NOW)
    table = SimpleUploadedFile("l.csv", b"Name,Email\nAda,ada@people.example\n")
    assert "von außen zu erreichen" in after(client, made, file=table)
    assert "Wähle zuerst eine Datei, oder schreib jemanden auf." in after(client, made)
    assert book.hosting.people(made.id) == ()


def test_who_is_there_already_gets_no_second_letter_but_for_a_lost_link(book: Book) -> None:
    """What was left out of a list is said; a lost link is replaced; nobody of that name is said."""
    event, client = hosted(book), owner(house(book))
    table = SimpleUploadedFile("l.csv", b"Name,Email\nAda,ada@people.example\nDua,dua@people.example\n")
    says = after(client, event, file=table)
    assert "Ein Brief mit einem Link ist unterwegs. Schon eingelassen: Ada." in says
    assert "Ein Brief mit einem neuen Link" in after(client, event, do="link", who="ada@people.example")
    assert "Dort hat niemand" in after(client, event, do="link", who="nobody@people.example")
    assert len(book.outbox.all()) == 5


def test_an_organiser_reads_whom_a_list_left_out_and_lets_in_late_comers_one_by_one(book: Book) -> None:
    """Each by name with the reason; a file that is no table says what its first line needs."""
    event, client = hosted(book), owner(house(book))
    table = (
        b"Name,Email\nKarl Meier,meier@people.example\nEva Meier,meier@people.example\n"
        b'Otto Punkt,"otto@people,example"\nLena Ohne,\n'
    )
    says = after(client, event, file=SimpleUploadedFile("l.csv", table))
    assert "jemand anderes auf der Liste: Eva Meier." in says
    assert "Ohne gültige Mailadresse: Otto Punkt, Lena Ohne." in says
    says = after(client, event, file=SimpleUploadedFile("l.csv", b"hello\n"))
    assert "Niemand ist neu, und kein Brief geht hinaus." in says
    assert "Die erste Zeile nennt die Spalten" in says
    says = after(
        client, event, people="Eva Meier <eva@people.example>\nSina Spät, sina@people.example\nTipp Fehler"
    )
    assert "2 Briefe mit Links sind unterwegs. Ohne gültige Mailadresse: Tipp Fehler." in says
    assert {"Eva Meier", "Karl Meier", "Sina Spät"} <= {one.name for one in book.hosting.people(event.id)}


def test_an_organiser_deletes_somebody_who_asks_for_it(book: Book) -> None:
    """Their entry and letters are gone, and the same list does not bring them back; she does, by name."""
    event, client = hosted(book), owner(house(book))
    assert "Dort hat niemand" in after(client, event, do="erase", who="nobody@people.example")
    assert "Menschen ist hier gelöscht" in after(client, event, do="erase", who="ada@people.example")
    assert "ada" not in links(book)
    table = SimpleUploadedFile("l.csv", b"Name,Email\nAda,ada@people.example\n")
    assert "nicht wieder eingelassen: Ada." in after(client, event, file=table)
    assert "Ein Brief" in after(client, event, people="Ada ada@people.example")


def test_what_a_participant_keeps_is_said_and_two_of_one_name_are_told_apart(book: Book) -> None:
    """Kept is said, seen or not; a namesake is named only to whoever sees them anyway."""
    hosted(book)
    somebody, ada, bo = visitor(house(book)), links(book)["ada"], links(book)["bo"]
    assert "sehen dich nicht" in somebody.post(bo, {"name": "Ada"}, follow=True).content.decode()
    assert "heißt noch jemand so" not in somebody.get(ada).content.decode()
    assert "heißt noch jemand so" not in somebody.get(bo).content.decode()
    kept = somebody.post(bo, {"name": "Ada", "on_list": "on"}, follow=True).content.decode()
    assert "So sehen dich die anderen" in kept
    assert "heißt noch jemand so" in kept
    assert "heißt noch jemand so" in somebody.get(ada).content.decode()


def test_participants_read_their_own_language_and_a_hall_is_not_kept_waiting(book: Book) -> None:
    """That of their browser, else that of the event; who has a link is counted by it, not by address."""
    event, somebody = hosted(book), visitor(replace(house(book), limiter=Limiter(1, 1)))
    mine = links(book)["ada"]
    assert "Your name here" in somebody.get(mine, headers={"accept-language": "en"}).content.decode()
    assert "Wie du hier heißt" in somebody.get(mine).content.decode()
    start = somebody.get(f"/e/{event.id}/", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="en">' in start
    ways = [f"/e/{event.id}/", *links(book).values()] * 3
    assert {somebody.get(way).status_code for way in ways} == {200}
    assert [somebody.get("/e/nothing/x/").status_code for _ in range(2)] == [404, 429]


def test_the_link_in_a_letter_opens_with_and_without_its_last_stroke(book: Book) -> None:
    """Taking part leads to the page of wishes, which is there by either address, and always the same."""
    hosted(book)
    somebody, mine = visitor(house(book)), links(book)["ada"]
    way = somebody.post(mine, {"do": "wishes"})["Location"]
    assert (way.startswith("/w/"), somebody.post(mine, {"do": "wishes"})["Location"]) == (True, way)
    made = replace(house(book), settings=load_settings(Path("/nonexistent")))
    pages = [visitor(made).get(one) for one in (way, f"{way}/")]
    assert [one.status_code for one in pages] == [200, 200]
    assert pages[0].content == pages[1].content
