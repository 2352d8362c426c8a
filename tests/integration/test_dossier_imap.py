"""The report for the police on letters that lie on a server: every byte of them, whatever the line does."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from anlass.channels.mail.account import GERMAN
from anlass.desk.blocking.dossier import Means, write_dossier
from anlass.desk.history.originals import originals
from anlass.desk.people.persons import person_called
from tests.cutting import cutting
from tests.integration.test_live_mail import Box
from tests.live import House, request
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # a real server hands out each letter

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FOUND = "sabine@krohn.example"


def large(box: Box, id_: str) -> bytes:
    """Return a letter with a picture that no judgement reads to its end."""
    words, _, _ = request(id_, to=box.address).partition(b"Content-Type")
    picture = b"".join(b"%064d\r\n" % number for number in range(30_000))
    return (
        words
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        + b"Ich bringe dich um, wenn du nicht antwortest.\r\n"
        + b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + picture
        + b"--b--\r\n"
    )


def report(house: House) -> list[bytes]:
    """Write the report on whoever wrote these letters; return its originals."""
    made = BytesIO()
    person = person_called(house.home.book, FOUND)
    with originals(house.home.book, house.secrets) as again:
        write_dossier(house.home.book, person, made, Means("Olga", again, lambda _: None, NOW, "de"))
    with ZipFile(made) as told:
        return [told.read(name) for name in sorted(told.namelist()) if name.endswith("original.eml")]


def test_every_byte_of_every_letter_is_in_it(tmp_path: Path, dovecot: Dovecot) -> None:
    """A short one, and one of two megabytes that was judged by its beginning; both as they lie there."""
    house, box = House(tmp_path), Box(dovecot)
    house.connect(box.name, dovecot.imap, GERMAN)
    box.deliver("one")
    dovecot.deliver(large(box, "two"), to=box.address, sender=FOUND)
    assert house.once() == {}
    lie = box.mails("INBOX")
    assert len(lie[1]) > 1_900_000
    assert sorted(report(house)) == sorted(lie)


def test_a_line_that_breaks_costs_no_letter(tmp_path: Path, dovecot: Dovecot) -> None:
    """It is opened anew and the letter is asked for again."""
    house, box = House(tmp_path), Box(dovecot)
    with cutting(dovecot.imap) as wire:
        house.connect(box.name, wire.port, GERMAN)
        box.deliver("one")
        box.deliver("two")
        assert house.once() == {}
        wire.word, wire.when = b"FETCH", "half"
        assert sorted(report(house)) == sorted(box.mails("INBOX"))
        assert wire.broken == 1


def test_a_server_that_is_gone_leaves_what_was_kept(tmp_path: Path, dovecot: Dovecot) -> None:
    """The report is written all the same, and says that the original was not to be had."""
    house, box = House(tmp_path), Box(dovecot)
    with cutting(dovecot.imap) as wire:
        house.connect(box.name, wire.port, GERMAN)
        box.deliver("one")
        assert house.once() == {}
    assert report(house) == []
