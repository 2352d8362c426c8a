"""One letter, one name."""

from __future__ import annotations

import base64
import quopri

import pytest

from anlass.intake import identity, parse
from anlass.intake.contact_request import Origin
from tests.unit.intake.mails import mail, read

TEXT = "Guten Tag,\n\nich schreibe über Brücken – haben Sie 15 Minuten?\n\nMax Muster"
FOOTER = "\n\n_________________________\nBrücken mailing list -- b@lists.example.com\nTo unsubscribe"
UNKNOWN_FOOTER = "\n\n-----------------------------\nArchiv und Regeln: https://lists.example.com\n"
VIA = "Max via B <b@lists.example.com>"
WESTERN = quopri.encodestring(TEXT.encode("cp1252"))
FLOWED = TEXT.replace("über", "über ", 1).replace("Brücken", "\nBrücken")
LIST = {
    "list_id": "<b.lists.example.com>",
    "list_post": "<mailto:b@lists.example.com>",
    "subject": "[b] Eine Frage",
}


def encoded(octets: bytes, content_type: str, encoding: str) -> bytes:
    head = mail("", content_type=content_type, content_transfer_encoding=encoding).rstrip(b"\n")
    return head + b"\n\n" + octets


@pytest.mark.parametrize(
    "again",
    [
        mail(TEXT).replace(b"\n", b"\r\n"),
        mail(TEXT, received="from a by b", x_uid="17", status="RO"),
        mail(TEXT + FOOTER, **LIST),
        mail(TEXT + UNKNOWN_FOOTER, **LIST),
        mail(TEXT + FOOTER, sender=VIA, reply_to="max@example.net", **LIST),
        mail(TEXT + FOOTER, sender="b@lists.example.com", x_original_from="Max <max@example.net>", **LIST),
        mail(TEXT + "\n\nAm 1.3.2026 schrieb Vera:\n> alt"),
        encoded(base64.encodebytes(TEXT.encode()), "text/plain; charset=utf-8", "base64"),
        encoded(WESTERN, "text/plain; charset=windows-1252", "quoted-printable"),
        encoded(FLOWED.encode(), "text/plain; charset=utf-8; format=flowed", "8bit"),
        mail(TEXT, date="Mon, 02 Mar 2026 08:12:33 +0000"),
    ],
)  # fmt: skip
def test_one_letter_keeps_one_name(again: bytes) -> None:
    """Folders, lists, footers and encodings change nothing."""
    assert identity(read(again)) == identity(read(mail(TEXT)))


@pytest.mark.parametrize(
    "other",
    [
        mail("Ganz andere Worte."),
        mail(TEXT + "\nPS: noch etwas"),
        mail(TEXT, sender="Eve <eve@example.com>"),
        mail(TEXT, date="Mon, 02 Mar 2026 09:12:34 +0100"),
        mail(TEXT, message_id="<2@example.net>"),
        mail(""),
    ],
)
def test_two_letters_are_two(other: bytes) -> None:
    """A Message-ID used twice does not make one letter of two."""
    assert identity(read(other)) != identity(read(mail(TEXT)))


def test_name_does_not_depend_on_the_place() -> None:
    """The same bytes in another folder are the same letter."""
    here, there = (parse(mail(TEXT), Origin(path)) for path in ("cur/1", "new/2"))
    assert here is not None
    assert identity(here) == identity(there)  # type: ignore[arg-type]  # both are messages


def test_name_is_short_and_plain() -> None:
    """Sixteen characters that can be typed."""
    name = identity(read(mail(TEXT)))
    assert (len(name), set(name) <= set("abcdefghijklmnopqrstuvwxyz234567")) == (16, True)
