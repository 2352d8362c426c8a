"""Keys to a house, on both databases: what two who act at once leave; and no way of reading is unveiled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

from anlass.desk.house.entering import ask_code, enter_with_code
from anlass.desk.house.keys import accept, dismiss, invite, keep_private, keys
from anlass.errors import Refused
from anlass.store.book import Book
from anlass.store.gate.keys import Role
from tests.characters import NOW, SCENES, case_of

OLGA, PETRA = "olga@home.example", "petra@pryce.example"


def at_once(book: Book, *acts: Callable[[], object]) -> list[object]:
    """Do all of these at the same moment, each by a connection of its own; a refusal counts as `None`."""
    ready = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        ready.wait()
        try:
            return act()
        except Refused:
            return None
        finally:
            book.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def owners_of(book: Book) -> list[str]:
    """Return the addresses of everybody who is an owner here."""
    return [one.keyholder.address for one in keys(book) if one.role is Role.OWNER]


def come_in(book: Book, address: str, role: Role = Role.OWNER) -> str:
    """Give somebody a key; return who they are."""
    found = accept(book, invite(book, address, role, now=NOW).invitation, now=NOW)
    assert found
    return found.id


def test_two_owners_who_dismiss_each_other_at_once_leave_one(new_book: Callable[[], Book]) -> None:
    """Each looks, sees two, and takes the other's key: one of them is refused."""
    for _ in range(4):
        book = new_book()
        olga, petra = come_in(book, OLGA), come_in(book, PETRA)
        at_once(book, partial(dismiss, book, petra, now=NOW), partial(dismiss, book, olga, now=NOW))
        assert len(owners_of(book)) == 1


def test_one_invitation_taken_twice_at_once_gives_one_key(new_book: Callable[[], Book]) -> None:
    """Of two browsers with the same link one comes in."""
    for _ in range(4):
        book = new_book()
        asked = invite(book, PETRA, Role.ASSISTANT, now=NOW).invitation
        came = at_once(book, *[partial(accept, book, asked, now=NOW)] * 2)
        assert sorted(one is not None for one in came) == [False, True]


def test_one_code_typed_twice_at_once_opens_once(book: Book) -> None:
    """The same right code in two requests of the same moment begins one visit."""
    come_in(book, OLGA)
    for n in range(4):
        now = NOW + timedelta(seconds=n)
        asked = ask_code(book.gate, OLGA, now=now)
        opens = partial(enter_with_code, book.gate, asked.attempt, asked.code, now=now)
        came = at_once(book, opens, opens)
        assert sorted(one is not None for one in came) == [False, True]


def test_every_way_of_reading_is_veiled(book: Book) -> None:
    """Rows, one row, a stream, a list, and bytes as they are: what is private comes by none of them."""
    for scene in SCENES:
        book.keep(case_of(scene), scene.encounters, now=NOW)
    hers = SCENES[0].id
    keep_private(book, case=hers, now=NOW)
    sql = "SELECT id, content FROM store_case WHERE owner_id = %(owner)s"
    for of, is_there in ((book, True), (book.for_keyholder("", for_assistant=True), False)):
        tables = of._tables
        ways = (
            tables.rows(sql),
            [tables.row(f"{sql} AND id = '{hers}'") or ("", "")],
            list(tables.stream(sql)),
            list(tables.rows_in(f"{sql} AND id IN (...)", [hers])),
            tables.blobs("SELECT id, ''::bytea FROM store_case WHERE owner_id = %(owner)s")
            if tables.vendor == "postgresql"
            else tables.blobs(sql),
        )
        assert [hers in {row[0] for row in found} for found in ways] == [is_there] * len(ways)
