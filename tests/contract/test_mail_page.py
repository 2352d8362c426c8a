"""The mail page of the book, on both databases: accounts, how they go, how far they were read, drafts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from anlass.channels.mail.account import GERMAN, Account, Server
from anlass.store.accounts.mail import _CAME_BY, DraftState, FolderMark, PlacedDraft, Watch
from anlass.store.book import Book
from tests.contract.conftest import NewBook
from tests.plans import plan_of

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
POST = Account("post", "olga@wend.example", Server("imap.wend.example", 993), None, "olga", folders=GERMAN)


def test_an_account_comes_back_as_it_was(book: Book, new_book: NewBook) -> None:
    """With its folders and without a secret; connecting again changes it, not since when."""
    book.mail.keep_account("post", POST, now=NOW)
    smtp = Server("smtp.wend.example", 587, "starttls")
    changed = Account("post", POST.address, POST.imap, smtp, "olga", "oauth2", GERMAN)
    book.mail.keep_account("post", changed, now=NOW + timedelta(days=1))
    assert book.mail.accounts(Account) == {"post": changed}
    assert book.mail.connected("post") == NOW
    assert new_book().mail.accounts(Account) == {}
    book.mail.set_mark("post", "INBOX", FolderMark(7, 2, 1))
    assert (book.mail.forget_account("post"), book.mail.forget_account("post")) == (True, False)
    assert (book.mail.accounts(Account), book.mail.mark("post", "INBOX")) == ({}, None)


def test_how_it_goes_since_when(book: Book) -> None:
    """The moment it began stays while it goes on so; a look that succeeds is remembered through troubles."""
    times = [NOW + timedelta(minutes=minute) for minute in range(4)]
    said = [
        book.mail.say("post", Watch.OPEN, now=times[0]),
        book.mail.say("post", Watch.TROUBLED, "silent", now=times[1]),
        book.mail.say("post", Watch.TROUBLED, "silent", now=times[2]),
        book.mail.say("post", Watch.TROUBLED, "password", now=times[3]),
    ]
    (state,) = book.mail.states()
    assert said == [True, True, False, True]
    assert (state.trouble, state.since, state.seen_at, state.looked_at) == (
        "password",
        times[3],
        times[3],
        times[0],
    )


def test_how_far_a_folder_was_read(book: Book) -> None:
    """Each folder of each account has its own mark; numbers may be as large as a server's."""
    mark = FolderMark(4_294_967_295, 4_294_967_295, 50_000, 9_223_372_036_854_775_807, 12)
    book.mail.set_mark("post", "INBOX", FolderMark(7, 2, 1))
    book.mail.set_mark("post", "INBOX", mark)
    book.mail.set_mark("other", "INBOX", FolderMark(8, 1, 0))
    assert (book.mail.mark("post", "INBOX"), book.mail.mark("post", "Sent")) == (mark, None)


def test_a_draft_is_in_one_hand(book: Book) -> None:
    """Whoever claims it first has it; the other account is told so."""
    mine = PlacedDraft("case", "post", "m@x", "digest", DraftState.MEANT)
    theirs = PlacedDraft("case", "other", "n@x", "digest", DraftState.MEANT)
    assert (book.mail.claim_draft(mine), book.mail.claim_draft(theirs)) == (True, False)
    assert (book.mail.draft("case"), book.mail.drafts("post"), book.mail.drafts("other")) == (
        mine,
        (mine,),
        (),
    )


def test_only_one_machine_watches(book: Book, new_book: NewBook) -> None:
    """One thread of one machine may say so again; another owner's worker is another's."""
    assert [book.mail.is_only_worker(), book.mail.is_only_worker(), new_book().mail.is_only_worker()] == [
        True,
        True,
        True,
    ]


def test_a_sound_memory(book: Book) -> None:
    """Nothing is wrong with it, and looking changes nothing."""
    assert book.checkup() == ""


def test_whose_cases_came_by_a_mailbox_is_looked_up(book: Book) -> None:
    """It begins with the cases, which are few, and finds their letters by the key, however many were read.

    PostgreSQL orders joins by what it counted, and these tables are empty: there the key alone is held.
    """
    if book._tables.vendor == "sqlite":
        sql = _CAME_BY.replace("(...)", "('one', 'two', 'three')")
        plan = plan_of(book, sql, since=0, place="imap://olga@host/", length=17)
        assert plan.startswith("SEARCH c USING INDEX")
        assert "SCAN" not in plan
    else:
        sql = "SELECT letter FROM store_seen WHERE owner_id = %(owner)s AND request = 'one'"
        plan = plan_of(book, sql)
    assert "seen_request" in plan
