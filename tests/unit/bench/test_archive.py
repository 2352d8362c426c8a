"""The made-up archive: the same for the same seed, as measured in shape, and true to its truth file."""

from __future__ import annotations

import json
import mailbox
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.utils import getaddresses
from pathlib import Path

import pytest

from bench.archive import Kind, Mail, make, write
from bench.archive.cast import OWNERS
from bench.archive.writing import utf7

MAILS = 600
pytestmark = pytest.mark.slow  # each archive makes a large vocabulary first: half a second


@pytest.fixture(scope="module")
def mails() -> tuple[Mail, ...]:
    """Make one small archive for all tests here."""
    return tuple(make(MAILS, seed=7))


def ids(root: Path) -> Iterator[str]:
    """Yield the Message-ID of every mail below `root` as it lies there."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.parent.name in {"cur", "new"}:
            yield message_from_bytes(path.read_bytes())["Message-ID"]
        elif path.suffix == ".mbox":
            box = mailbox.mbox(path, create=False)
            yield from (message["Message-ID"] for message in box)
            box.close()


def test_the_same_seed_gives_the_same_archive_and_another_another(mails: tuple[Mail, ...]) -> None:
    """Figures measured on two days rest on the same mails."""
    assert tuple(make(MAILS, seed=7)) == mails
    assert [mail.raw for mail in make(MAILS, seed=8)] != [mail.raw for mail in mails]


def test_every_mail_has_its_own_message_id_and_no_other_mails_bytes(mails: tuple[Mail, ...]) -> None:
    """So many mails were asked for, so many different ones there are."""
    assert len({mail.message_id for mail in mails}) == len({mail.raw for mail in mails}) == MAILS


def test_the_truth_counts_what_lies_on_disk(tmp_path: Path) -> None:
    """Kinds, copies and owners in the truth file are those of the files."""
    truth = write(tmp_path, mails=MAILS, seed=7)
    written = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    found = Counter(ids(tmp_path / "mail"))
    assert (len(found), found.total()) == (MAILS, MAILS + truth.copies)
    assert written == truth.as_dict()
    assert sum(written["kinds"].values()) == written["mails"] == MAILS
    assert sum(written["folders"].values()) == MAILS + truth.copies > MAILS
    assert any((tmp_path / "mail").rglob("*.mbox"))
    assert (tmp_path / "mail" / "Maildir" / ".B&APw-cher").is_dir()


def test_for_peers_everything_lies_in_a_maildir(tmp_path: Path) -> None:
    """Notmuch and mu read no mbox files, so they are offered none."""
    truth = write(tmp_path, mails=200, seed=7, mboxes=False)
    assert len(list(ids(tmp_path / "mail"))) == 200 + truth.copies
    assert not list(tmp_path.rglob("*.mbox"))


def test_what_is_shared_with_each_person_follows_from_the_headers(mails: tuple[Mail, ...]) -> None:
    """Letters each way and turns, counted anew from From, To, Cc, In-Reply-To and References alone."""
    letters = {
        mail.message_id: message_from_bytes(mail.raw)
        for mail in mails
        if mail.kind in {Kind.LETTER_IN, Kind.LETTER_OUT, Kind.REQUEST}
    }
    counted: Counter[tuple[str, str]] = Counter()
    for message in letters.values():
        sender = getaddresses([message["From"]])[0][1]
        is_in = sender not in OWNERS
        others = {at for _, at in getaddresses(message.get_all("To", []) + message.get_all("Cc", []))}
        people = {sender} if is_in else others
        parent = letters.get(message["In-Reply-To"] or (message["References"] or "").rpartition(" ")[2])
        writer = getaddresses([parent["From"]])[0][1] if parent else ""
        for person in people:
            counted[person, "mails_in" if is_in else "mails_out"] += 1
            counted[person, "turns"] += (writer in OWNERS) if is_in else (writer == person)
    told: Counter[tuple[str, str]] = Counter()
    for mail in mails:
        for shared in mail.shared:
            told[shared.address, "mails_in" if shared.is_in else "mails_out"] += 1
            told[shared.address, "turns"] += shared.is_turn
    assert +told == +counted


def test_no_friend_writes_first_before_being_in_touch(mails: tuple[Mail, ...]) -> None:
    """A friend's letter is never a contact request, so the truth about requests is simple."""
    begun = 0
    turns: Counter[str] = Counter()
    threads: dict[str, set[str]] = {}
    for mail in mails:
        for shared in mail.shared if mail.kind in {Kind.LETTER_IN, Kind.LETTER_OUT} else ():
            known = threads.setdefault(shared.address, set())
            if shared.is_in and not message_from_bytes(mail.raw)["References"]:
                begins = not message_from_bytes(mail.raw)["In-Reply-To"]
                begun += begins
                assert not begins or (turns[shared.address] >= 3 and len(known) >= 2)
            turns[shared.address] += shared.is_turn
            known.update({shared.thread} if shared.is_turn else ())
    assert begun > 0


@pytest.mark.parametrize(
    ("kind", "size", "fields", "multipart"),
    [(Kind.LIST_PLAIN, (4618, 8738), 30, 0.02), (Kind.LIST_MODERN, (7706, 21_246), 41, 0.83)],
)
def test_lists_have_the_measured_shape(
    kind: Kind, size: tuple[int, int], fields: int, multipart: float
) -> None:
    """The median mail lies between the measured quartiles; fields and parts are near the measured ones."""
    found = sorted((mail for mail in make(1000, seed=3) if mail.kind is kind), key=lambda mail: len(mail.raw))
    heads = [message_from_bytes(mail.raw.partition(b"\n\n")[0]) for mail in found]
    share = sum(head.get_content_maintype() == "multipart" for head in heads) / len(heads)
    assert size[0] < len(found[len(found) // 2].raw) < size[1]
    assert abs(sorted(len(head) for head in heads)[len(heads) // 2] - fields) <= 3
    assert abs(share - multipart) < 0.06


def test_a_rewritten_from_names_the_list_and_keeps_the_writer_elsewhere(mails: tuple[Mail, ...]) -> None:
    """About 46 in 100 of the modern list; the writer stands in Reply-To or X-Original-From."""
    modern = [mail for mail in mails if mail.kind is Kind.LIST_MODERN]
    rewritten = [message_from_bytes(mail.raw) for mail in modern if mail.is_rewritten]
    writers = [getaddresses([one["Reply-To"] or one["X-Original-From"]])[0][1] for one in rewritten]
    assert {getaddresses([one["From"]])[0][1] for one in rewritten} == {"radio-help@lists.example"}
    assert all(writer != "radio-help@lists.example" for writer in writers)
    assert 0.3 < len(rewritten) / len(modern) < 0.6


@pytest.mark.parametrize(
    ("name", "on_disk"),
    [("Entwürfe", "Entw&APw-rfe"), ("Post & Co", "Post &- Co"), ("Gelöscht/Ö", "Gel&APY-scht/&ANY-")],
)
def test_folder_names_are_written_as_servers_write_them(name: str, on_disk: str) -> None:
    """Umlauts and ampersands in modified UTF-7."""
    assert utf7(name) == on_disk
