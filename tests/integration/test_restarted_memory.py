"""PostgreSQL is restarted beneath pages and workers: they find it again by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress

import psycopg
import pytest
from django.db import connections

from anlass.errors import StoreError
from anlass.store import open_book
from anlass.store.book import Book
from tests.characters import NOW
from tests.letters_out import letter_out

pytestmark = [pytest.mark.slow, pytest.mark.postgres]  # a database of its own


@pytest.fixture
def book(postgres_url: str) -> Iterator[Book]:
    """Yield the book of somebody in a database of its own."""
    with closing(open_book(postgres_url, "olga")) as opened:
        yield opened


def cut_off(address: str) -> int:
    """End every connection to a database but the one that asks, as a restart does; return how many."""
    with psycopg.connect(address, autocommit=True) as link:
        rows = link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return len(rows)


def test_whoever_has_no_requests_asks_once_in_vain(book: Book, postgres_url: str) -> None:
    """A worker's question fails once, and may be asked again; the next one has a new line."""
    book.add_owner_addresses({"olga@home.example"})
    assert cut_off(postgres_url) == 1
    with pytest.raises(StoreError) as failed:
        book.owner_addresses()
    assert failed.value.temporary
    assert book.owner_addresses() == {"olga@home.example"}


def test_what_was_written_together_is_gone_together(book: Book, postgres_url: str) -> None:
    """Cut off between two writings that belong together: neither is there, and both can be done again."""

    def put(*, is_cut: bool) -> None:
        with book.together():
            book.outbox.put(letter_out("one"), due=NOW, now=NOW)
            if is_cut:
                cut_off(postgres_url)
            book.outbox.put(letter_out("two"), due=NOW, now=NOW)

    with pytest.raises(StoreError):
        put(is_cut=True)
    assert book.outbox.all() == ()
    put(is_cut=False)
    assert len(book.outbox.all()) == 2


def test_the_only_worker_is_asked_for_again(book: Book, postgres_url: str) -> None:
    """A restart takes the lock of the worker with its line: it asks for it anew."""
    assert book.mail.is_only_worker()
    cut_off(postgres_url)
    with suppress(StoreError):
        book.mail.is_only_worker()
    assert book.mail.is_only_worker()
    key = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
    sql = f"{key} (SELECT oid FROM pg_database WHERE datname = current_database())"
    with psycopg.connect(postgres_url) as link:
        assert link.execute(sql).fetchone() == (1,)


def test_pages_look_whether_their_line_still_stands(book: Book) -> None:
    """The framework tries a line at each request, so that a restart costs no page."""
    link = connections[book._tables.using]
    assert (link.vendor, link.settings_dict["CONN_HEALTH_CHECKS"]) == ("postgresql", True)
