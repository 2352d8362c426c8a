"""The example mailbox is whole, and what the tests believe about it covers every mail."""

from __future__ import annotations

import email
import tomllib
from collections import Counter
from email.utils import parsedate_to_datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "src" / "anlass" / "example"
MAILBOX = EXAMPLE / "mailbox"
OWNER = tomllib.loads((EXAMPLE / "owner.toml").read_text(encoding="utf-8"))
TRUTH = tomllib.loads((ROOT / "tests" / "example_truth.toml").read_text(encoding="utf-8"))
MAILS = {
    str(path.relative_to(MAILBOX)): email.message_from_bytes(path.read_bytes())
    for path in sorted(MAILBOX.rglob("*.eml"))
}


def test_the_truth_names_every_mail_once() -> None:
    """No mail is forgotten, none is judged twice, none is made up."""
    assert Counter(row["file"] for row in TRUTH["mail"]) == Counter(list(MAILS))


def test_every_mail_can_be_read_without_a_defect() -> None:
    """The oddities are in the letters' history, not in how they were written down."""
    assert [
        (name, part.defects) for name, mail in MAILS.items() for part in mail.walk() if part.defects
    ] == []


def test_two_letters_share_a_message_id_and_no_others_do() -> None:
    """The contact form of the site stamps the same id on everything it sends."""
    shared = [
        name for name, times in Counter(mail["Message-ID"] for mail in MAILS.values()).items() if times > 1
    ]
    assert shared == ["<formular@nummer57.example>"]


def test_answers_come_after_what_they_answer() -> None:
    """Inside a thread time runs forward, and the references lead back to its beginning."""
    known = {mail["Message-ID"].strip(): mail for mail in MAILS.values()}
    answers = [mail for mail in MAILS.values() if mail["In-Reply-To"]]
    assert len(answers) > 50
    for mail in answers:
        parent = known[mail["In-Reply-To"].strip()]
        assert parsedate_to_datetime(parent["Date"]) < parsedate_to_datetime(mail["Date"])
        assert mail["References"].split() == [
            *(parent["References"] or "").split(),
            parent["Message-ID"].strip(),
        ]


def test_nothing_is_from_the_future() -> None:
    """The demo's day is later than every letter."""
    assert all(parsedate_to_datetime(mail["Date"]) < OWNER["today"] for mail in MAILS.values())


def test_what_the_owner_wrote_is_hers() -> None:
    """Exactly the mails from her addresses are called her own."""
    hers = {
        name for name, mail in MAILS.items() if any(address in mail["From"] for address in OWNER["addresses"])
    }
    assert hers == {row["file"] for row in TRUTH["mail"] if row["kind"] == "own"}


def test_requests_carry_a_verdict_and_a_person() -> None:
    """Whoever asks has a name and a reading; only what nobody can read has none."""
    requests = [row for row in TRUTH["mail"] if row["kind"] == "request"]
    unread = [row for row in requests if row.get("verdict") not in {"reason", "ask", "hollow"}]
    assert [row["rule"] for row in unread] == ["N23"]
    assert all(row["person"]["name"] for row in requests)
