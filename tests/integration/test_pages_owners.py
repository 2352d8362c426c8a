"""Several owners on one server: asked for with another owner's ids, nothing of theirs is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anlass.bootstrap import home_of, open_home
from anlass.desk.programs.tokens import Scope, add_token
from anlass.errors import NotFound
from anlass.store import open_book
from anlass.store.book import Book
from anlass.web.frame.house import House, Houses
from anlass.web.frame.own_locks import has_own_lock
from tests.characters import NOW, SCENES
from tests.pages import a_house, owner, pages_configured
from tests.walking import fields, furnished, ids_of, rows_of, stops

pytestmark = pytest.mark.slow  # makes a database with all its tables

PLANTED = "Zwiebelfisch"


@pytest.fixture(scope="module", autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Book]]:
    """The books of Olga and of her neighbour, in one database."""
    folder = tmp_path_factory.mktemp("two")
    olga, neighbour = furnished(folder, "olga", PLANTED), open_book(folder, "neighbour")
    yield olga, neighbour
    olga.close()
    neighbour.close()


def test_every_address_with_ids_of_another_owner_is_nobodys(books: tuple[Book, Book]) -> None:
    """What names something of Olga's in its address is 404 at her neighbour's, shown or sent."""
    olga, neighbour = books
    browser, ids = owner(a_house(neighbour)), ids_of(olga)
    made = add_token(neighbour, "all", tuple(Scope), days=None, now=NOW, lang="en")
    browser.defaults["HTTP_AUTHORIZATION"] = f"Bearer {made.secret}"
    body = dict.fromkeys(fields(), ids["case_id"])
    found = {}
    for stop in stops(ids):
        if stop.is_owned:
            answers = {browser.get(stop.path).status_code, browser.post(stop.path, body).status_code}
            found[stop.name] = answers
    assert len(found) > 10
    pages = {stop.name for stop in stops(ids) if not has_own_lock(stop.path)}
    assert found.pop("stop") == {200}  # one page for every link that ends mailings
    assert {name: codes for name, codes in found.items() if not codes <= {404, 405}}.keys() & pages == set()
    assert {name for name, codes in found.items() if 404 not in codes} & pages == set()
    # what a program asks is read before it is looked up: 400 is told to whoever sends no JSON
    assert {name: codes for name, codes in found.items() if not codes <= {400, 404, 405}} == {}


def test_same_addresses_are_there_for_their_owner(books: tuple[Book, Book]) -> None:
    """At Olga's the same pages answer: the walk before tried addresses that exist."""
    browser, ids = owner(a_house(books[0])), ids_of(books[0])
    shown = {stop.name for stop in stops(ids) if stop.is_owned and browser.get(stop.path).status_code == 200}
    assert {"case", "person"} <= shown


@pytest.mark.parametrize("which", ["case_id", "person_id", "grant_id"])
def test_no_form_with_ids_of_another_owner_shows_or_changes_anything(
    books: tuple[Book, Book], which: str
) -> None:
    """Every form is sent with Olga's ids in every field: her rows are as they were, no page says her word."""
    olga, neighbour = books
    browser, ids, before = owner(a_house(neighbour)), ids_of(olga), rows_of(olga)
    body = dict.fromkeys(fields(), ids[which])
    names = {scene.name for scene in SCENES if len(scene.name) > 4}
    for stop in stops(ids):
        for answer in (browser.post(stop.path, body), browser.get(stop.path, body), browser.get(stop.path)):
            shown = b"".join(answer) if answer.streaming else answer.content
            assert PLANTED.encode() not in shown, stop.path
            assert [one for one in names if one.encode() in shown] == [], stop.path
    assert rows_of(olga) == before
    assert any(before.values())


# --- the houses of a server ---


def test_houses_open_each_once_and_know_no_stranger(books: tuple[Book, Book]) -> None:
    """A house is opened when first entered; whoever is no owner has none."""
    opened: list[str] = []

    def house(name: str) -> House:
        opened.append(name)
        return a_house(books[0] if name == "olga" else books[1])

    houses = Houses(books[0].gate.owners, house, room=1)
    assert houses.owners() == ("neighbour", "olga")
    assert houses.of("olga") is houses.of("olga")
    assert opened == ["olga"]
    houses.of("neighbour")
    houses.of("olga")
    assert opened == ["olga", "neighbour", "olga"]
    with pytest.raises(NotFound):
        houses.of("nobody")


def test_further_owner_has_a_folder_of_their_own_in_the_same_memory(tmp_path: Path) -> None:
    """Settings, house rules and rows are their own; the command line finds the home by its folder."""
    (tmp_path / "anlass.toml").write_text('[owner]\nname = "Olga"\n')
    server = open_home(str(tmp_path))
    further = home_of(server, "kai")
    assert further.settings.data == tmp_path / "owners" / "kai"
    assert (further.settings.owner.name, server.settings.owner.name) == ("", "Olga")
    further.book.add_owner_addresses({"kai@falk.example"})
    assert open_home(str(further.settings.data)).book.owner_addresses() == {"kai@falk.example"}
    assert server.book.owner_addresses() == frozenset()
    assert server.book.gate.owners() == ("kai", "owner")
    assert home_of(server, "owner") is server
    assert not (further.settings.data / "anlass.sqlite3").exists()
