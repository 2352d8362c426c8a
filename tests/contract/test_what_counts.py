"""What counts, worked out: one scene for each row of the table in the design, from the mail to the ledger.

Kai is in touch with Olga, Eva is somebody else, Hohl a stranger; the server is Olga's provider.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anlass.desk.history.collecting import collect
from anlass.desk.requests.screening import Desk, Judged, Passed, screen
from anlass.doorman import Doorman
from anlass.intake import Mark, Recipient
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.book import Book

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLGA, KAI, EVA, HOHL = "olga@home.example", "kai@falk.example", "eva@s.example", "h@hohl.example"
LIST = "bridges@lists.example"
VOUCHED = "Authentication-Results: mx.home.example; dmarc=pass"
FORGED = "Authentication-Results: mx.home.example; dmarc=fail"
ASK = "Guten Tag Frau Brandt,\n\nhaben Sie am Dienstag 15 Minuten für ein Gespräch?\n\nViele Grüße\n"


@dataclass(frozen=True)
class Mail:
    """A mail of the scene; `folder` is where it lies."""

    id: str
    day: int
    sender: str
    to: str = OLGA
    more: tuple[str, ...] = ()
    folder: str = ""
    body: str = ASK
    subject: str = "Eine Frage"

    def write(self, root: Path) -> None:
        """Put it into a Maildir."""
        place = root / self.folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        when = datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=self.day)
        head = [
            f"From: {self.sender}",
            f"To: {self.to}",
            f"Date: {when:%d %b %Y %H:%M:%S} +0000",
            f"Message-ID: <{self.id}@x.example>",
            f"Subject: {self.subject}",
            *self.more,
        ]
        (place / "cur" / f"{self.id}:2,S").write_text("\n".join([*head, "", self.body]), "utf-8")


def answers(id_: str) -> str:
    """Return the header of an answer."""
    return f"In-Reply-To: <{id_}@x.example>"


def own(id_: str, day: int, to: str, *more: str) -> Mail:
    """Return a letter of Olga's own."""
    return Mail(id_, day, f"Olga <{OLGA}>", to, more, ".Sent", "Danke, gern.\n")


IN_TOUCH = (
    Mail("f1", 1, KAI, OLGA, (VOUCHED,)),
    own("f2", 2, KAI, answers("f1")),
    Mail("f3", 3, KAI, OLGA, (answers("f2"), VOUCHED)),
    Mail("f4", 4, KAI, OLGA, (VOUCHED,)),
    own("f5", 5, KAI, answers("f4")),
)
"""Kai and Olga: three letters in, two out, three turns in two threads, all proven."""

Numbers = tuple[int, int, int, int]
"""Mails in, mails out, turns, proven."""


@dataclass(frozen=True)
class Row:
    """One row of the table: the mail `x`, what stands around it, and what follows.

    `rule` is why it is no request ("" where it is one), `marks` are among those of the request. `who`
    is whom it counts with, and `numbers` what the ledger says of them; `None`: they are nobody there.
    """

    mails: tuple[Mail, ...]
    rule: str
    who: str
    numbers: Numbers | None
    marks: frozenset[Mark] = frozenset()


def x(sender: str, *more: str, to: str = OLGA, folder: str = "", body: str = ASK) -> Mail:
    """Return the mail that the row is about."""
    return Mail("x", 9, sender, to, more, folder, body)


NOTICE = (
    "Anna Berg möchte sich mit dir vernetzen\n\nHallo Olga,\nich habe deinen Vortrag gehört.\n\nAnna Berg\n\n"
    "Annehmen: https://www.linkedin.com/comm/mynetwork/invite-accept/?invitationId/1\n"
)
PGP = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"

ROWS: dict[str, Row] = {
    "letter of a stranger": Row((x(HOHL),), "", HOHL, (1, 0, 0, 0)),
    "letter of a stranger, vouched for": Row((x(HOHL, VOUCHED),), "", HOHL, (1, 0, 0, 1)),
    "letter of a stranger, answered": Row(
        (x(HOHL), own("o", 10, HOHL, answers("x"))), "", HOHL, (1, 1, 1, 2)
    ),
    "new letter of a person in touch": Row((*IN_TOUCH, x(KAI, VOUCHED)), "N25", KAI, (4, 2, 3, 6)),
    "new letter in the name of a person in touch": Row((*IN_TOUCH, x(KAI)), "N25", KAI, (4, 2, 3, 5)),
    "new letter of a person with less": Row((*IN_TOUCH[:3], x(KAI)), "", KAI, (3, 1, 2, 3)),
    "new letter of a person with less, vouched for": Row(
        (*IN_TOUCH[:3], x(KAI, VOUCHED)), "", KAI, (3, 1, 2, 4)
    ),
    "reply in a thread of mine": Row(
        (own("o", 8, EVA), x(EVA, answers("o"))), "N12", EVA, (1, 1, 1, 2)
    ),
    "my own letter": Row((own("x", 9, EVA),), "N22", EVA, (0, 1, 0, 1)),
    "list mail": Row((x(EVA, "List-Id: <b.lists.example>"),), "N4", EVA, (0, 0, 0, 0)),
    "list mail with rewritten From": Row(
        (x(f"Eva via B <{LIST}>", f"List-Post: <mailto:{LIST}>", f"Reply-To: Eva <{EVA}>", to=LIST),),
        "N4",
        EVA,
        (0, 0, 0, 0),
    ),
    "the list itself": Row(
        (x(f"Eva via B <{LIST}>", f"List-Post: <mailto:{LIST}>", f"Reply-To: Eva <{EVA}>", to=LIST),),
        "N4",
        LIST,
        None,
    ),
    "robot": Row((x("no-reply@shop.example"),), "N11", "no-reply@shop.example", None),
    "bounce": Row((x("MAILER-DAEMON@x.example", "Return-Path: <>"),), "N1", "mailer-daemon@x.example", None),
    "receipt": Row(
        (x("rechnung@shop.example", "Auto-Submitted: auto-generated", "List-Unsubscribe: <https://x>"),),
        "N3",
        "rechnung@shop.example",
        (0, 0, 0, 0),
    ),
    "notice of a network": Row(
        (x("LinkedIn <messages-noreply@linkedin.com>"),), "N19", "messages-noreply@linkedin.com", None
    ),
    "Anlass's own automatic mail": Row(
        (own("x", 9, HOHL, "Auto-Submitted: auto-replied"),), "N3", HOHL, None
    ),
    "reply to Anlass's own automatic mail": Row(
        (own("o", 8, HOHL, "Auto-Submitted: auto-replied"), x(HOHL, answers("o"))), "", HOHL, (1, 0, 0, 0)
    ),
    "forged From": Row(
        (*IN_TOUCH, x(KAI, FORGED)), "", KAI, (3, 2, 3, 5), frozenset({Mark.FORGED})
    ),
    "blind copy": Row(
        (x(EVA, VOUCHED, to="alle@s.example"),), "", EVA, (1, 0, 0, 0), frozenset({Mark.NOT_ADDRESSED})
    ),
    "blind copy, answered": Row(
        (x(EVA, VOUCHED, to="alle@s.example"), own("o", 10, EVA, answers("x"))),
        "",
        EVA,
        (1, 1, 1, 1),
        frozenset({Mark.NOT_ADDRESSED}),
    ),
    "unreadable because encrypted": Row(
        (x(HOHL, body=PGP),), "", HOHL, (1, 0, 0, 0), frozenset({Mark.ENCRYPTED})
    ),
    "unreadable because encrypted, vouched for": Row(
        (x(HOHL, VOUCHED, body=PGP),), "", HOHL, (1, 0, 0, 1), frozenset({Mark.ENCRYPTED})
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def doorman() -> Doorman:
    """Return the doorman as shipped."""
    return Doorman(load_panel(), preset("show-me-why"), shipped_templates())


def told(book: Book, root: Path, doorman: Doorman) -> Judged | Passed:
    """Screen the folder and return what came of the mail `x`."""
    found = screen(Desk(book, doorman, Recipient("Olga", ""), NOW), [root], with_others=True)
    by_id = {_message_id(one): one for one in found if isinstance(one, Judged | Passed)}
    return by_id["x@x.example"]


def _message_id(one: Judged | Passed) -> str | None:
    return one.message_id if isinstance(one, Passed) else one.case.request.message_id


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_row_of_the_table(book: Book, tmp_path: Path, doorman: Doorman, row: Row) -> None:
    """Whether it is a request, by which rule, and what it adds to the ledger."""
    for mail in (*row.mails, Mail("z", 0, "provider@z.example", OLGA, (VOUCHED,))):
        mail.write(tmp_path)
    collect(book, [tmp_path], owner=[OLGA], now=NOW)
    met = told(book, tmp_path, doorman)
    assert (met.ruling.rule if isinstance(met, Passed) else "") == row.rule
    if isinstance(met, Judged):
        assert row.marks <= met.case.request.marks
    ties = {one.value: line.tie for line in book.people(at=NOW) for one in line.person.addresses}
    tie = ties.get(row.who)
    numbers = tie and (tie.mails_in, tie.mails_out, tie.turns, tie.proven)
    assert numbers == row.numbers


def test_request_of_a_network_is_the_requesters(book: Book, tmp_path: Path, doorman: Doorman) -> None:
    """LinkedIn writes, Anna asks: the case is hers, and there is no letter."""
    notice = x("Anna Berg <invitations@linkedin.com>", body=NOTICE)
    replace(notice, subject="Anna Berg möchte sich mit Ihnen vernetzen").write(tmp_path)
    collect(book, [tmp_path], owner=[OLGA], now=NOW)
    met = told(book, tmp_path, doorman)
    assert isinstance(met, Judged)
    assert (met.case.request.channel.value, met.case.person.name) == ("linkedin", "Anna Berg")
    assert [line.tie.mails_in for line in book.people(at=NOW)] in ([], [0])


def test_encrypted_letter_is_held(book: Book, tmp_path: Path, doorman: Doorman) -> None:
    """What nobody can read goes to the owner."""
    x(HOHL, body=PGP).write(tmp_path)
    collect(book, [tmp_path], owner=[OLGA], now=NOW)
    met = told(book, tmp_path, doorman)
    assert isinstance(met, Judged)
    assert met.case.decision.action.value == "hold"


def test_junk_is_not_looked_at(book: Book, tmp_path: Path) -> None:
    """What lies in Junk is neither read nor counted."""
    x(HOHL, folder=".Junk").write(tmp_path)
    Mail("k", 1, KAI).write(tmp_path)
    assert collect(book, [tmp_path], owner=[OLGA], now=NOW).counts.junk == 1
    assert [line.person.name for line in book.people(at=NOW)] == [KAI]
