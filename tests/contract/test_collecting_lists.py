"""Mail of lists: its writers are persons who have written nothing to the owner, and lists are nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anlass.desk.history.collecting import collect
from anlass.store.book import Book
from tests.contract.test_collecting import KAI, OLGA, Archive, mail, shared

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LIST = "bridges@lists.example"
JANE = "jane@s.example"
NOTHING = (0, 0, 0, 0)
__all__ = ["mail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Id": "<bridges.lists.example>", "List_Post": f"<mailto:{LIST}>", "Reply_To": f"Jane <{JANE}>"},
        {"X_BeenThere": LIST, "X_Mailman_Version": "2.1.29", "Reply_To": f"Jane Doe <{JANE}>, B <{LIST}>"},
        {
            "List_Id": "<bridges.lists.example>",
            "Reply_To": LIST,
            "Cc": f"Jane Doe <{JANE}>",
            "X_BeenThere": LIST,
        },
        {"Mailing_List": f"list {LIST}; contact x@lists.example", "X_Original_From": f"Jane Doe <{JANE}>"},
        {
            "List_Id": "<bridges.lists.example>",
            "X_Original_Sender": JANE,
            "X_Google_Group_Id": "1",
            "Reply_To": LIST,
        },
    ],
    ids=["Mailman 3", "Mailman 2", "Mailman, answers to the list", "older service", "Google Groups"],
)
def test_rewritten_mail_is_its_writers_and_the_list_is_nobody(
    book: Book, mail: Archive, headers: dict[str, str]
) -> None:
    """Jane is known, with nothing in either direction; what the owner wrote to the list went to nobody."""
    mail.put(KAI, OLGA, "k1")
    mail.put(f"Jane Doe via Bridges <{LIST}>", LIST, "l1", **headers)
    mail.put(OLGA, LIST, "o1", folder=".Sent")
    collect(book, [mail.path], owner=[OLGA], now=NOW)
    assert shared(book) == {KAI: (1, 0, 0, 0), JANE: NOTHING}


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Id": "<bridges.lists.example>", "List_Post": f"<mailto:{LIST}>", "Reply_To": LIST},
        {
            "List_Id": "Forum <bridges.forum.example>",
            "Reply_To": "Forum <antwort+0123456789abcdef01234567@forum.example>",
            "Auto_Submitted": "auto-generated",
        },
        {"List_Id": "Forum <bridges.forum.example>", "Reply_To": "reply+0123456789abcdef@forum.example"},
    ],
    ids=["list alone", "forum", "forum that does not say so"],
)
def test_nobody_is_made_of_a_list_or_a_forum(book: Book, mail: Archive, headers: dict[str, str]) -> None:
    """Where no address of the writer's stands anywhere, there is no person."""
    mail.put(f"Jane Doe via Bridges <{LIST}>", LIST, "l1", **headers)
    collect(book, [mail.path], owner=[OLGA], now=NOW)
    assert shared(book) == {}


def test_same_letter_from_the_list_and_by_itself_counts_once(book: Book, mail: Archive) -> None:
    """Who gets a letter directly and once more through the list got one letter."""
    words = {"Date": "Mon, 02 Mar 2026 09:00:00 +0000"}
    head = {"List_Id": "<bridges.lists.example>", "List_Post": f"<mailto:{LIST}>", "Reply_To": JANE}
    mail.put(f"Jane Doe via Bridges <{LIST}>", LIST, "j1", **head, **words)
    mail.put(f"Jane Doe <{JANE}>", f"{OLGA}, {LIST}", "j1", **words)
    assert collect(book, [mail.path], owner=[OLGA], now=NOW).counts.new == 1
    assert shared(book) == {JANE: (1, 0, 0, 0)}
