"""A server of several owners: what strangers and programs ask for is answered by the house it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from anlass.desk.cards.granting import Wanted, give
from anlass.desk.cards.own import beginning, take_in
from anlass.desk.cards.vouchers import WELL_KNOWN, give_voucher
from anlass.desk.cards.vouching import agree, names_path, note_asked, vouch, vouched_person
from anlass.desk.door.own import close_door, open_door, rename, set_texts
from anlass.desk.gatherings.hosting import host, start_of
from anlass.desk.gatherings.stopping import stop_link
from anlass.desk.outgoing.noting import enclose
from anlass.desk.programs.tokens import Scope, add_feed, add_token
from anlass.desk.wishes.hosting import admit, open_event
from anlass.errors import Refused
from anlass.people import person_id
from anlass.sources.events import Named
from anlass.store.book import Book
from tests.characters import NOW
from tests.gates import OLGA, Gate, gate
from tests.walking import FRIEND

pytestmark = pytest.mark.slow  # makes a database with all its tables

WORDS = {"owner": "Rosenkohl", "neighbour": "Blaubeere"}
"""What stands on everything public of each owner's."""


LATER = NOW + timedelta(seconds=1)


@dataclass(frozen=True)
class Public:
    """The public addresses of one owner, by what they are, and the token of a program."""

    paths: dict[str, str]
    token: str


def _opened_to_the_world(book: Book, word: str) -> Public:
    """Give an owner a card, a door, an event, wishes, a note, a voucher, a feed and a token."""
    take_in(book, beginning(word, f"{word.lower()}@home.example", "en"), "cards.toml", "en", now=LATER)
    card = give(book, FRIEND, Wanted(), now=NOW).link
    rename(book, word.lower(), "en", now=NOW)
    set_texts(book, "en", {"who": word, "imprint": word, "privacy": word}, "en", now=NOW)
    open_door(book, "en", now=NOW)
    event = host(book, Named(word, NOW), address="", contact=f"{word} <x@y.example>", lang="en", now=NOW)
    (ticket,) = admit(book, open_event(book, word), [("Friederike", FRIEND)])
    friend = vouch(book, FRIEND, now=NOW).person
    note_asked(book, friend, now=NOW)
    agree(book, friend, f"Friederike {word}", now=NOW)
    give_voucher(book, FRIEND, address=FRIEND, now=NOW)
    feed = add_feed(book, word, details=True, days=None, now=NOW, lang="en").secret
    paths = {
        "card": card,
        "door": f"/{word.lower()}",
        "hosted": start_of(event),
        "wish": f"{ticket.link}/",
        "note": enclose(book, FRIEND, f"A note of {word}", now=NOW),
        "names": names_path(book, on_server=True),
        "consent": vouched_person(book, friend, at=NOW).link,
        "feed": f"/feed/{feed}.ics",
        "keys": f"/v/of/{book.owner}{WELL_KNOWN}",
        "stop": stop_link(book, person_id(friend.addresses[0]), ""),
    }
    token = add_token(book, word, (Scope.READ, Scope.CARDS), days=None, now=NOW, lang="en").secret
    return Public(paths, token)


@dataclass(frozen=True)
class Street:
    """A server with two owners, and what is public of each."""

    gate: Gate
    public: dict[str, Public]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """A server on which everything public of two owners can be found."""
    with gate(tmp_path_factory.mktemp("street")) as made:
        books = {"owner": made.olga, "neighbour": made.neighbour}
        yield Street(made, {name: _opened_to_the_world(book, WORDS[name]) for name, book in books.items()})
        made.olga.close()
        made.neighbour.close()


@pytest.mark.parametrize("name", sorted(WORDS))
@pytest.mark.parametrize("what", ["card", "consent", "door", "hosted", "names", "wish"])
def test_stranger_finds_the_house_by_the_address(street: Street, name: str, what: str) -> None:
    """The page shows the word of its owner and not that of the other, and leaves no cookie."""
    shown = street.gate.browser().get(street.public[name].paths[what])
    assert shown.status_code == 200
    page = shown.content.decode()
    assert [word for word in WORDS.values() if word in page] == [WORDS[name]]
    assert not shown.cookies


@pytest.mark.parametrize("name", sorted(WORDS))
def test_note_opens_in_the_house_that_sealed_it(street: Street, name: str) -> None:
    """It opens by a press, as on a machine with one owner."""
    shown = street.gate.browser().post(street.public[name].paths["note"])
    assert f"A note of {WORDS[name]}" in shown.content.decode()


def test_each_house_publishes_its_own_key(street: Street) -> None:
    """A voucher of one owner's is never taken for another's: nothing is published for all."""
    client = street.gate.browser()
    keys = [client.get(street.public[name].paths["keys"]).json()["keys"] for name in WORDS]
    assert keys[0] != keys[1]
    assert [len(one) for one in keys] == [1, 1]
    for path in (WELL_KNOWN, "/v/", "/v/of/nobody/", f"/v/of/nobody{WELL_KNOWN}"):
        assert client.get(path).status_code == 404


def test_whoever_ends_mailings_ends_those_of_one_owner(street: Street) -> None:
    """The same address at two owners: the signature of the link says whose mailings end."""
    neighbour, olga = street.gate.neighbour, street.gate.olga
    assert street.gate.browser().post(street.public["neighbour"].paths["stop"]).status_code == 200
    stopped = [book.entries(act="stop_mailings") for book in (neighbour, olga)]
    assert [len(one) for one in stopped] == [1, 0]


@pytest.mark.parametrize("name", sorted(WORDS))
def test_program_comes_into_the_house_of_its_token(street: Street, name: str) -> None:
    """The owner is found by the token; one with another owner's name in it opens nothing."""
    client = street.gate.browser()
    mine, other = (street.public[one].token for one in (name, next(one for one in WORDS if one != name)))
    shown = client.get("/api/v1/cards", headers={"Authorization": f"Bearer {mine}"})
    assert shown.status_code == 200
    assert [word for word in WORDS.values() if word.lower() in shown.content.decode()] == [WORDS[name]]
    kind, owner, *rest = mine.split("_")
    forged = ["_".join((kind, other.split("_")[1], *rest)), mine[:-1] + ("0" if mine[-1] != "0" else "1")]
    for secret in (*forged, "", "anl_nobody_x_y", f"anl_{owner}_x_y"):
        headers = {"Authorization": f"Bearer {secret}"}
        assert client.get("/api/v1/cards", headers=headers).status_code == 401


def test_feed_shows_the_cases_of_its_owner(street: Street) -> None:
    """Olga has open cases, her neighbour none; a secret with another owner's name shows nothing."""
    client = street.gate.browser()
    hers, other = (client.get(street.public[name].paths["feed"]) for name in WORDS)
    assert (hers.status_code, other.status_code) == (200, 200)
    assert b"BEGIN:VEVENT" in hers.content or b"BEGIN:VTODO" in hers.content
    assert b"BEGIN:VEVENT" not in other.content
    assert b"BEGIN:VTODO" not in other.content
    forged = street.public["owner"].paths["feed"].replace("_owner_", "_neighbour_")
    assert client.get(forged).status_code == 404


def test_name_of_a_door_is_given_once_on_a_server(street: Street) -> None:
    """Two doors cannot bear one name; an owner may say their own again."""
    with pytest.raises(Refused, match="another door"):
        rename(street.gate.neighbour, WORDS["owner"].lower(), "en", now=NOW)
    assert rename(street.gate.olga, WORDS["owner"].lower(), "en", now=NOW).name == "rosenkohl"


def test_door_that_is_shut_is_no_address(street: Street) -> None:
    """A stranger is led to the log-in as from any address where nothing lies; inside there is nothing."""
    book = street.gate.neighbour
    close_door(book, now=NOW)
    client, inside = street.gate.browser(), street.gate.inside(OLGA)
    answers = [client.get(path) for path in ("/blaubeere", "/nobodys-door")]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0]["Location"] == "/enter/?next=%2Fblaubeere"
    assert inside.get("/blaubeere").status_code == 404
    open_door(book, "en", now=NOW)
    assert client.get("/blaubeere").status_code == 200
    assert inside.get("/blaubeere").status_code == 200
