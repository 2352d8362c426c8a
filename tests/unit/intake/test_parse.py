"""Reading a mail: what is repaired, what is named, what is kept apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anlass.intake import Attachment, Mailbox, Oddity, SetAside, own_words, parse, parse_headers
from anlass.intake.guard import NAME_LIMIT, RECIPIENT_LIMIT, SUBJECT_LIMIT, TEXT_LIMIT
from tests.unit.intake.mails import HERE, mail, read


def with_body(content_type: str, body: bytes, **fields: str) -> bytes:
    """Return a mail with exactly these bytes as its body."""
    return mail("", content_type=content_type, **fields).rstrip(b"\n") + b"\n\n" + body


# --- what is no mail ---


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\0\0", "empty"),
        (b"Only words, and more words.\n\nThe end.\n", "no_header"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 100, "binary"),
    ],
)
def test_bytes_that_are_no_mail_are_set_aside_with_a_reason(raw: bytes, reason: str) -> None:
    """Nothing is dropped silently: a code, a sentence, a place."""
    found = parse(raw, HERE)
    assert isinstance(found, SetAside)
    assert (found.reason, found.origin, found.says[-1]) == (reason, HERE, ".")


def test_header_reader_returns_a_message_for_anything() -> None:
    """An archive is never stopped by one file."""
    assert parse_headers(b"", HERE).sender is None


# --- the header ---


def test_header_says_who_to_whom_when() -> None:
    """Names are decoded, addresses folded, moments in UTC, ids without brackets."""
    message = read(
        mail(
            sender="=?utf-8?q?M=C3=BCller=2C_J=C3=BCrgen?= <J.Mueller@Example.NET>",
            to="Vera <vera@example.org>, Team: a@example.com, b@example.com;",
            cc='"Beispiel, Ann" <ann@example.com>',
            subject="=?iso-8859-1?q?Gr=FC=DFe?= aus =?utf-8?b?S8O2bG4=?=",
            in_reply_to="<7@x>",
            references="<5@x>\n <6@x> <7@x>",
        )
    )
    assert message.sender == Mailbox("Müller, Jürgen", "j.mueller@example.net")
    assert [box.address for box in message.to] == ["vera@example.org", "a@example.com", "b@example.com"]
    assert message.cc == (Mailbox("Beispiel, Ann", "ann@example.com"),)
    assert message.subject == "Grüße aus Köln"
    assert message.date == datetime(2026, 3, 2, 8, 12, 33, tzinfo=UTC)
    assert (message.message_id, message.in_reply_to, message.references) == (
        "1@example.net",
        ("7@x",),
        ("5@x", "6@x", "7@x"),
    )
    assert message.oddities == frozenset()


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("Subject: Grüße\n".encode(), "Grüße"),
        ("Subject: Grüße\n".encode("latin-1"), "Grüße"),
        (b"Subject: =?utf-8?q?Gr=C3=83=C2=BC=C3=83=C5=B8e?=\n", "Grüße"),
        (b"Subject: =?klingon?q?Gr=C3=BC=C3=9Fe?=\n", "Grüße"),
    ],
)
def test_subject_is_repaired_where_certain(head: bytes, subject: str) -> None:
    """Raw bytes, double coding and invented charsets still read well (C17)."""
    assert parse_headers(b"From: max@example.net\n" + head + b"\n", HERE).subject == subject


@pytest.mark.parametrize(
    ("fields", "oddity"),
    [
        ({"sender": ""}, Oddity.NO_FROM),
        ({"sender": "(c):"}, Oddity.BAD_FROM),
        ({"to": ""}, Oddity.NO_TO),
        ({"date": ""}, Oddity.NO_DATE),
        ({"date": "yesterday"}, Oddity.BAD_DATE),
        ({"date": "Fri, 31 Dec 99999 23:59:60 +9999"}, Oddity.BAD_DATE),
        ({"date": "Fri, 31 Dec 9999 23:59:59 -1400"}, Oddity.BAD_DATE),
        ({"date": "Thu, 01 Jan 1903 00:00:00 +0000"}, Oddity.BAD_DATE),
        ({"subject": ""}, Oddity.NO_SUBJECT),
        ({"message_id": ""}, Oddity.NO_MESSAGE_ID),
        ({"message_id": "<none>"}, Oddity.BAD_MESSAGE_ID),
        ({"sender": "a@example.com, b@example.com"}, Oddity.SEVERAL_FROM),
    ],
)
def test_oddity_is_named(fields: dict[str, str], oddity: Oddity) -> None:
    """What is missing or unreadable is said, one word each."""
    assert read(mail(**fields)).oddities == {oddity}


def test_second_from_is_named_and_the_first_counts() -> None:
    """Two senders are one too many; the reader sees the first."""
    message = read(b"From: Eve <eve@example.com>\n" + mail())
    assert message.sender == Mailbox("Eve", "eve@example.com")
    assert message.oddities == {Oddity.SEVERAL_FROM, Oddity.DOUBLED_HEADER}


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + mail(),
        b"\n\n" + mail(),
        b"From max Mon Mar  2 09:12:33 2026\n" + mail(),
        mail().replace(b"\n", b"\r\n"),
        mail().replace(b"\n", b"\r\r\n"),
        mail().replace(b"\n", b"\r"),
    ],
)
def test_start_and_line_ends_do_not_matter(raw: bytes) -> None:
    """The same mail reads the same, however it was stored."""
    assert read(raw) == read(mail())


def test_cr_within_a_line_begins_no_field() -> None:
    """Nobody smuggles a second sender in behind a CR."""
    message = read(mail(x_odd="x\rFrom: eve@example.com", y_odd="y\n\rZ-Odd: z"))
    assert message.sender == Mailbox("Max Muster", "max@example.net")
    assert (message.headers["x-odd"], message.headers["z-odd"]) == (("x From: eve@example.com",), ("z",))
    assert message.oddities == frozenset()


def test_line_that_is_no_field_is_left_out() -> None:
    """A stray line in the header costs nothing but itself."""
    message = read(mail().replace(b"to:", b"a stray line\nto :", 1))
    assert [box.address for box in message.to] == ["vera@example.org"]
    assert message.oddities == {Oddity.BROKEN_HEADERS}


def test_letter_without_the_blank_line_keeps_its_words() -> None:
    """Where a program forgot the blank line, the words begin at the first line that is no field."""
    raw = b"From: max@example.net\nSubject: x\nGuten Tag, eine Frage.\nMax\n"
    assert read(raw).text == "Guten Tag, eine Frage.\nMax"


def test_crowd_is_counted_up_to_the_limit() -> None:
    """Ten thousand recipients become a thousand and a note."""
    people = ", ".join(f"a{number}@example.com" for number in range(10_000))
    message = read(mail(to=people))
    assert (len(message.to), Oddity.CUT in message.oddities) == (RECIPIENT_LIMIT, True)


def test_long_names_and_subjects_are_cut() -> None:
    """What is shown has a length that can be shown."""
    message = read(mail(sender="n" * 3_000 + " <max@example.net>", subject="s" * 3_000))
    assert message.sender is not None
    assert (len(message.sender.name), len(message.subject or "")) == (NAME_LIMIT, SUBJECT_LIMIT)


# --- the letter ---


@pytest.mark.parametrize(
    ("declared", "octets"),
    [
        ("utf-8", "Grüße – „Brücke“".encode()),
        ("iso-8859-1", "Grüße – „Brücke“".encode("cp1252")),
        ("windows-1252", "Grüße – „Brücke“".encode("cp1252")),
        ("utf-16", "Grüße – „Brücke“".encode("utf-16")),
    ],
)
def test_right_charset_is_no_oddity(declared: str, octets: bytes) -> None:
    """What is declared as all the world declares it reads as meant."""
    message = read(with_body(f"text/plain; charset={declared}", octets))
    assert (message.text, message.oddities) == ("Grüße – „Brücke“", frozenset())


@pytest.mark.parametrize(
    ("declared", "octets"),
    [
        ("iso-8859-1", "Grüße – „Brücke“".encode()),
        ("utf-8", "Grüße – „Brücke“".encode("cp1252")),
        ("us-ascii", "Grüße – „Brücke“".encode()),
        ("klingon-1", "Grüße – „Brücke“".encode()),
        ("zip", "Grüße – „Brücke“".encode()),
        ("punycode", "Grüße – „Brücke“".encode()),
        ("utf-8", "Grüße – „Brücke“".encode().decode("cp1252", "ignore").encode()),
    ],
)
def test_wrong_charset_is_repaired_and_named(declared: str, octets: bytes) -> None:
    """Old systems lie about their charset; what is certain is repaired (C17)."""
    message = read(with_body(f"text/plain; charset={declared}", octets))
    assert "Grüße" in message.text
    assert message.oddities == {Oddity.BAD_CHARSET}


def test_control_characters_do_not_pass() -> None:
    """No page and no database takes a NUL or half a character."""
    message = read(with_body("text/plain; charset=utf-8", b"Gu\0ten\x1b[31m Tag"))
    assert message.text == "Guten[31m Tag"


def test_broken_base64_keeps_what_can_be_read() -> None:
    """A letter that ends in the middle of an encoding ends in the middle of a sentence."""
    raw = with_body(
        "text/plain; charset=utf-8", b"R3V0ZW4gVGFn!! LCBI\nYWxsb3\n", content_transfer_encoding="base64"
    )
    message = read(raw)
    assert message.text == "Guten Tag, Hallo"
    assert message.oddities == {Oddity.BAD_ENCODING, Oddity.FALLBACK}


def test_flowed_lines_are_joined() -> None:
    """A line that ends in a blank goes on; a signature's mark does not."""
    raw = with_body("text/plain; charset=utf-8; format=flowed", b"Guten \nTag.\n\n Eingerueckt\n-- \nMax\n")
    assert read(raw).text == "Guten Tag.\n\nEingerueckt\n-- \nMax"


def test_plain_text_wins_over_html() -> None:
    """Of two forms of one text the plain one is read."""
    body = b"--b\n\nPlain\n--b\nContent-Type: text/html\n\n<p>HTML</p>\n--b--\n"
    assert read(with_body("multipart/alternative; boundary=b", body)).text == "Plain"


@pytest.mark.parametrize("stub", [b"", b"Your mail program cannot show HTML."])
def test_html_is_read_where_the_plain_part_says_nothing(stub: bytes) -> None:
    """A note that one should look at the HTML is no letter."""
    body = (
        b"--b\n\n"
        + stub
        + b"\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Guten Tag</p><p>Max</p>\n--b--\n"
    )
    assert read(with_body("multipart/alternative; boundary=b", body)).text == "Guten Tag\n\nMax"


@pytest.mark.parametrize(
    "html",
    [
        '<div style="display: none">geheim</div>',
        '<div style="visibility:hidden">geheim</div>',
        '<span style="font-size:0px">geheim</span>',
        '<span style="FONT-SIZE: 0">geheim</span>',
        '<font color="#FFFFFF">geheim</font>',
        '<p style="color:#fff">geheim</p>',
        '<p style="color: rgb(255, 255, 255)">geheim</p>',
        '<div style="height:0;overflow:hidden">geheim</div>',
        '<div style="max-height:0px">geheim</div>',
        '<div style="position:absolute;left:-9999px">geheim</div>',
        '<div style="opacity:0">geheim</div>',
        "<p hidden>geheim</p>",
        '<div style="mso-hide:all">geheim</div>',
    ],
)
def test_hidden_words_are_kept_apart(html: str) -> None:
    """Words that no eye sees are no words of the letter, and their hiding is named."""
    body = f"<p>Guten Tag</p>{html}<p>Max</p>".encode()
    message = read(with_body("text/html; charset=utf-8", body))
    assert (message.text, message.hidden) == ("Guten Tag\n\nMax", "geheim")
    assert message.oddities == {Oddity.HIDDEN_TEXT}


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:#fff;background:#036">Guten Tag</p>',
        '<table bgcolor="#003366"><tr><td style="color:white">Guten Tag</td></tr></table>',
        '<p style="font-size:0.9em;line-height:0">Guten Tag</p>',
        '<p style="max-width:0.5em;opacity:0.9">Guten Tag</p>',
    ],
)
def test_visible_words_stay(html: str) -> None:
    """White on blue can be read, and so can small print."""
    message = read(with_body("text/html; charset=utf-8", html.encode()))
    assert (message.text.strip(), message.hidden) == ("Guten Tag", "")


def test_quotes_in_html_are_marked_as_in_plain_text() -> None:
    """Answers between quotes are found in HTML too."""
    html = (
        "<div>Am 1.3.2026 schrieb Vera &lt;vera@example.org&gt;:</div>"
        '<blockquote type="cite"><p>Worum geht es?</p></blockquote><p>Um Brücken.</p>'
        '<blockquote class="gmail_quote"><p>Warum <b>ich</b>?</p></blockquote><p>Wegen des Buchs.</p>'
    )
    message = read(with_body("text/html; charset=utf-8", html.encode()))
    assert own_words(message.text) == "Um Brücken.\n\nWegen des Buchs."


def test_table_is_read_line_by_line() -> None:
    """Mail uses tables for layout; nothing is padded."""
    html = b"<table><tr><td>Guten</td><td>Tag</td></tr><tr><td>Max</td></tr></table>"
    assert read(with_body("text/html", html)).text.split("\n") == ["Guten Tag", "Max"]


def test_too_much_text_is_cut_with_a_note() -> None:
    """A letter of forty pages is enough."""
    message = read(mail("Zeile um Zeile.\n" * 30_000))
    assert len(message.text) <= TEXT_LIMIT
    assert Oddity.CUT in message.oddities


def test_attachment_is_a_fact() -> None:
    """What lies beside the letter is named and never opened."""
    body = (
        b"--b\n\nAnbei.\n--b\nContent-Type: application/pdf\n"
        b'Content-Disposition: attachment; filename="br\xc3\xbccke.pdf"\n'
        b"Content-Transfer-Encoding: base64\n\nQUFB\n--b\n"
        b"Content-Type: message/rfc822\n\nFrom: x@y\n\ninnen\n--b--\n"
    )
    message = read(with_body("multipart/mixed; boundary=b", body))
    assert message.text == "Anbei."
    assert [(one.filename, one.content_type) for one in message.attachments] == [
        ("brücke.pdf", "application/pdf"),
        ("", "message/rfc822"),
    ]
    assert isinstance(message.attachments[0], Attachment)


def test_footer_of_a_list_in_its_own_part_is_read_below() -> None:
    """Two inline texts are one letter."""
    body = b"--b\n\nGuten Tag\n--b\nContent-Disposition: inline\n\nzweiter Teil\n--b--\n"
    assert read(with_body("multipart/mixed; boundary=b", body)).text == "Guten Tag\n\nzweiter Teil"


def test_order_markup_is_noticed() -> None:
    """A shop's machine-readable order says what it is."""
    html = b'<script type="application/ld+json">{"@context":"http://schema.org","@type":"Order"}</script><p>Danke</p>'
    assert read(with_body("text/html", html)).has_order_markup is True
    assert read(with_body("text/html", b"<p>schema.org erklaert</p>")).has_order_markup is False
