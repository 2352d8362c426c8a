"""What programs use is kept alike by both databases: tokens, answers, long lists, deliveries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from anlass.desk.programs.tokens import Scope, add_token, owner_in, revoke_token, token_behind
from anlass.store.book import Book, CaseState
from anlass.store.cases.inbox import Wanted
from anlass.store.programs.tokens import TokenKind
from anlass.store.programs.webhooks import LEASE, DeliveryState, Hook, Told
from tests.contract.conftest import NewBook
from tests.contract.values import case_of
from tests.deliveries import deliveries

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOOK = Hook("h", "https://example.org/", "whsec_", ("case.new",), words=False, made_at=NOW)


def test_a_token_belongs_to_its_owner_alone(new_book: NewBook) -> None:
    """Another owner's book knows nothing of it; its secret names whose it is."""
    book, other = new_book(), new_book()
    made = add_token(book, "x", (Scope.READ,), days=3, now=NOW, lang="en")
    assert owner_in(made.secret) == book.owner
    assert token_behind(other, TokenKind.API, made.secret, now=NOW) is None
    found = token_behind(book, TokenKind.API, made.secret, now=NOW)
    assert found is not None
    assert (found.id, found.may, other.tokens.all(TokenKind.API)) == (made.token.id, ("read",), ())
    assert token_behind(book, TokenKind.FEED, made.secret, now=NOW) is None
    assert token_behind(book, TokenKind.API, made.secret, now=NOW + timedelta(days=3)) is None
    assert revoke_token(book, TokenKind.API, made.token.id, now=NOW, lang="en").revoked_at == NOW
    assert token_behind(book, TokenKind.API, made.secret, now=NOW) is None


def test_an_answer_is_kept_under_its_key_and_forgotten_in_time(book: Book) -> None:
    """The first who claims a key has it; later ones see what was asked and answered."""
    answers = book.answers
    assert answers.claim("k", "asked", now=NOW) is None
    assert answers.claim("k", "other", now=NOW) == ("asked", "")
    answers.keep("k", "{}")
    assert answers.claim("k", "asked", now=NOW) == ("asked", "{}")
    answers.forget(before=NOW + timedelta(seconds=1))
    assert answers.claim("k", "asked", now=NOW) is None
    answers.drop("k")
    assert answers.claim("k", "again", now=NOW) is None


def test_a_list_in_parts_is_the_list(new_book: NewBook) -> None:
    """Whatever the limit, also with equal moments; of this owner alone, and of the state that is wanted."""
    book, other = new_book(), new_book()
    for number in range(9):
        book.keep(case_of(f"case{number}"), now=NOW)
    other.keep(case_of("foreign"), now=NOW)
    book.set_state("case3", CaseState.DONE)
    whole = [kept.id for kept in book.cases(limit=100).cases]
    for limit in (1, 2, 4, 9, 10):
        found: list[str] = []
        place = None
        while True:
            kept, place = book.inbox.row(Wanted(), after=place, limit=limit)
            found += [one.id for one in kept]
            if place is None:
                break
        assert found == whole
    done, _ = book.inbox.row(Wanted(state=CaseState.DONE), after=None, limit=5)
    assert [one.id for one in done] == ["case3"]
    none, _ = book.inbox.row(Wanted(until=NOW - timedelta(days=999), person="nobody"), after=None, limit=5)
    assert none == ()


def test_the_journal_in_parts_is_the_journal(book: Book) -> None:
    """Newest first, about one case or all."""
    for number in range(5):
        book.note(
            "act", about=f"case{number % 2}", content={"n": number}, now=NOW + timedelta(minutes=number)
        )
    whole = list(book.entries(limit=9))
    first, place = book.entries_part(None, after=None, limit=3)
    rest, end = book.entries_part(None, after=place, limit=3)
    assert ([*first, *rest], end) == (whole, None)
    one, _ = book.entries_part("case1", after=None, limit=9)
    assert list(one) == [entry for entry in whole if entry.about == "case1"]


def test_a_delivery_is_in_one_hand_at_a_time(new_book: NewBook) -> None:
    """Who claimed it hands it over and says what became of it; nobody else can, no other owner sees it."""
    book, other = new_book(), new_book()
    book.webhooks.keep(HOOK)
    book.webhooks.announce("source", Told("case.new", "case1", "hold"), now=NOW)
    book.webhooks.announce("source", Told("case.new", "case1", "hold"), now=NOW)
    book.webhooks.announce("other", Told("letter.sent"), now=NOW)
    assert other.webhooks.claim("w", now=NOW) is None
    assert book.webhooks.claim("w", now=NOW, but={"h"}) is None
    taken = book.webhooks.claim("w", now=NOW)
    assert taken is not None
    assert taken.told == Told("case.new", "case1", "hold")
    assert book.webhooks.claim("v", now=NOW) is None
    handed = NOW + timedelta(minutes=4)
    assert book.webhooks.hand_over(taken.id, "v", now=handed) is False
    assert book.webhooks.hand_over(taken.id, "w", now=handed) is True
    assert list(book.webhooks.left_behind(now=handed + LEASE)) == []
    ((left, claim),) = book.webhooks.left_behind(now=handed + LEASE + timedelta(seconds=1))
    assert (left.id, claim) == (taken.id, "w")
    assert book.webhooks.end(taken.id, "v", DeliveryState.DELIVERED) is False
    assert book.webhooks.end(taken.id, "w", DeliveryState.DELIVERED) is True
    assert [one.state for one in deliveries(book, "h")] == [DeliveryState.DELIVERED]
    book.webhooks.clear(before=NOW + timedelta(days=1))
    assert deliveries(book, "h") == ()


def test_no_delivery_stays_with_a_clock_that_ran_ahead(new_book: NewBook) -> None:
    """Set back, neither a lease of then nor a moment of then keeps anything waiting."""
    book, ahead = new_book(), NOW + timedelta(days=2)
    book.webhooks.keep(HOOK)
    book.webhooks.announce("source", Told("case.new"), now=ahead)
    first = book.webhooks.claim("w", now=NOW)
    assert first is not None
    assert book.webhooks.again(first.id, "w", due=ahead, says="500")
    taken = book.webhooks.claim("w", now=NOW)
    assert taken is not None
    assert list(book.webhooks.left_behind(now=NOW + LEASE)) == []
    assert [one.id for one, _ in book.webhooks.left_behind(now=NOW - timedelta(seconds=1))] == [taken.id]


def test_a_webhook_that_is_given_up_is_told_nothing(book: Book) -> None:
    """What waits is dropped, what happens is not written down; resumed it hears again."""
    book.webhooks.keep(HOOK)
    book.webhooks.announce("a", Told("case.new"), now=NOW)
    book.webhooks.fails("h", "500", now=NOW)
    book.webhooks.fails("h", "501", now=NOW + timedelta(days=1))
    (failing,) = book.webhooks.all()
    assert (failing.failing_since, failing.says) == (NOW, "501")
    assert book.webhooks.stop("h", now=NOW) is True
    assert book.webhooks.stop("h", now=NOW) is False
    book.webhooks.announce("b", Told("case.new"), now=NOW)
    assert [one.state for one in deliveries(book, "h")] == [DeliveryState.DROPPED]
    book.webhooks.resume("h")
    book.webhooks.announce("c", Told("case.new"), now=NOW)
    assert [one.state for one in deliveries(book, "h")].count(DeliveryState.WAITING) == 1
    book.webhooks.forget("h")
    assert (book.webhooks.all(), deliveries(book, "h")) == ((), ())
