# each docstring says what the mail is, not what the function does
"""Mails that nobody would write and somebody sends: each function builds one of them.

Used wherever bytes are read. `TORTURE` names them all; the sizes are those at which
published parsers fail, hang or grow.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

_HEAD = b"From: Max Muster <max@example.net>\r\nTo: Vera Beispiel <vera@example.org>\r\n"
_BODY = "\r\nGuten Tag, haben Sie 15 Minuten für mich?\r\n".encode()


def longest() -> float:
    """CPU seconds that one mail may take, from bytes to request; a test run that is traced takes longer."""
    return 1.0 if sys.gettrace() is None else 20.0


def empty() -> bytes:
    """Nothing at all."""
    return b""


def nuls() -> bytes:
    """A hundred NULs."""
    return b"\0" * 100


def body_only() -> bytes:
    """Words without any header."""
    return b"Nur ein Text, ohne alles.\nUnd noch eine Zeile.\n"


def header_only() -> bytes:
    """A header that the end of the file ends."""
    return _HEAD + b"Subject: Ende"


def binary() -> bytes:
    """A picture that was saved as a mail."""
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def long_subject() -> bytes:
    """A subject of two million characters on one line."""
    return _HEAD + b"Subject: " + b"x" * 2_000_000 + b"\r\n" + _BODY


def many_headers() -> bytes:
    """A hundred thousand header fields."""
    return _HEAD + b"".join(b"X-%d: y\r\n" % number for number in range(100_000)) + _BODY


def nested_parts(levels: int = 5_000) -> bytes:
    """Parts inside parts, five thousand deep."""
    begin = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    parts = (begin % (level, level) for level in range(levels))
    return b"".join((_HEAD, *parts, b"Content-Type: text/plain\r\n\r\nganz unten\r\n"))


def nested_messages(levels: int = 5_000) -> bytes:
    """Letters inside letters, five thousand deep."""
    return _HEAD + b"Content-Type: message/rfc822\r\n\r\n" * levels + _HEAD + _BODY


def nested_around_bulk() -> bytes:
    """Two hundred parts inside one another around twenty megabytes: each level is searched again."""
    return nested_parts(200) + b"Zeile um Zeile\r\n" * 1_300_000


def many_parts() -> bytes:
    """Half a million parts side by side."""
    return _HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 500_000


def broken_bytes_in_from() -> bytes:
    """A name that is no text in any charset."""
    return b"From: \xff\xfe <max@example.net>\r\nSubject: x\r\n" + _BODY


def bad_encoded_words() -> bytes:
    """Encoded words that are wrong in themselves, or in a charset that there is not."""
    return _HEAD + b"Subject: =?utf-8?q?=ZZ?= =?klingon?b?w7w=?= =?utf-8?b?w7?=\r\n" + _BODY


def many_recipients(count: int = 50_000) -> bytes:
    """Fifty thousand addresses in To."""
    people = b", ".join(b"a%d@example.com" % number for number in range(count))
    return b"From: Max <max@example.net>\r\nTo: " + people + b"\r\n" + _BODY


def many_brackets() -> bytes:
    """Twenty thousand opening brackets where addresses belong."""
    return b"From: Max <max@example.net>\r\nTo: " + b"(" * 20_000 + b"\r\n" + _BODY


def many_quotes() -> bytes:
    """Twenty thousand quotation marks and backslashes in From."""
    return b"From: " + b'"\\' * 20_000 + b" <max@example.net>\r\n" + _BODY


def brackets_in_results() -> bytes:
    """Twenty thousand opening brackets in Authentication-Results."""
    return b"Authentication-Results: mx.example.org; dkim=pass " + b"(" * 20_000 + b"\r\n" + _HEAD + _BODY


def cr_cr_lf() -> bytes:
    """Line ends that were mended once too often."""
    return (_HEAD + b"Subject: x\r\n" + _BODY).replace(b"\r\n", b"\r\r\n")


def lone_cr() -> bytes:
    """Line ends of an old Macintosh."""
    return (_HEAD + b"Subject: x\r\n" + _BODY).replace(b"\r\n", b"\r")


def byte_order_mark() -> bytes:
    """A byte order mark before the first field."""
    return b"\xef\xbb\xbf" + _HEAD + b"Subject: x\r\n" + _BODY


def far_future() -> bytes:
    """A date that no calendar has."""
    return _HEAD + b"Date: Fri, 31 Dec 99999 23:59:60 +9999\r\n" + _BODY


def yesterday() -> bytes:
    """A date in words."""
    return _HEAD + b"Date: yesterday\r\n" + _BODY


def two_of_each() -> bytes:
    """Two senders and two ids."""
    return b"From: Eve <eve@example.com>\r\nMessage-ID: <1@x>\r\n" + _HEAD + b"Message-ID: <2@x>\r\n" + _BODY


def starred_parameter() -> bytes:
    """A parameter that promises a charset and brings nothing."""
    return _HEAD + b"Content-Type: text/plain; name*; charset*=; name*=utf-8''\r\n" + _BODY


def many_parameters() -> bytes:
    """Twenty thousand parameters of one content type."""
    return (
        _HEAD
        + b"Content-Type: text/plain"
        + b"".join(b"; p%d=x" % n for n in range(20_000))
        + b"\r\n"
        + _BODY
    )


def odd_addresses() -> bytes:
    """A comment, a quotation mark and a comma where people belong."""
    return b'From: (c):\r\nTo: "\r\nCc: vera@example.org,\r\nReply-To: <>\r\n' + _BODY


def mbox_lines() -> bytes:
    """The line an mbox puts before a mail, and one in its text."""
    return b"From max@example.net Mon Mar  2 09:12:33 2026\n>From max\n" + _HEAD + b"\n>From now on.\n"


def bad_base64() -> bytes:
    """Base64 that ends in the middle and has words in between."""
    return _HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nR3V0ZW4gVGFn!! LCBI\r\nYWxsb3\r\n"


def unknown_charset() -> bytes:
    """A charset that there is not."""
    return _HEAD + b"Content-Type: text/plain; charset=klingon-1\r\n" + _BODY


def codec_as_charset() -> bytes:
    """A charset that is a compressor."""
    return _HEAD + b"Content-Type: text/plain; charset=zip\r\n" + _BODY


def punycode_as_charset() -> bytes:
    """A charset whose decoder takes the square of its input."""
    return _HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 400_000


def blank_lines() -> bytes:
    """Twenty thousand empty lines, some with blanks in them."""
    return _HEAD + b"\r\nHallo\r\n" + b"\r\n \t\r\n" * 10_000 + b"Ende\r\n"


def attribution_soup() -> bytes:
    """The beginning of an attribution, thousands of times."""
    return _HEAD + b"\r\n" + b"Am 12.03.2026 um 10:15 " * 10_000 + b"\r\n"


def attribution_lines() -> bytes:
    """A line that may be an attribution, thousands of times."""
    return _HEAD + b"\r\n" + b"On Monday somebody said\r\nFrom: him\r\n" * 10_000


def field_soup() -> bytes:
    """Names of fields without end, as an older letter's head."""
    return _HEAD + b"\r\n" + b"From: Sent: To: Subject: \r\n\r\n" * 5_000


def deep_html() -> bytes:
    """A hundred thousand open divisions."""
    return _HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000 + b"tief\r\n"


def deep_tables() -> bytes:
    """Tables in tables in tables, as deep as the guard allows."""
    return _HEAD + b"Content-Type: text/html\r\n\r\n" + b"<table><tr><td>x" * 190 + b"\r\n"


def wide_table() -> bytes:
    """A table with one very wide row and very many narrow ones."""
    rows = b"<tr>" + b"<td>y</td>" * 20 + b"</tr>"
    wide = b"<tr><td>" + b"x" * 100_000 + b"</td></tr>"
    return _HEAD + b"Content-Type: text/html\r\n\r\n<table>" + wide + rows * 600 + b"</table>\r\n"


def long_html() -> bytes:
    """A million paragraphs."""
    return _HEAD + b"Content-Type: text/html\r\n\r\n" + b"<p>x</p>" * 1_000_000


def hidden_html() -> bytes:
    """Twenty thousand hidden elements."""
    return _HEAD + b"Content-Type: text/html\r\n\r\n" + b'<i style="color:#fff">x</i>' * 20_000


def broken_styles() -> bytes:
    """Style attributes that never end."""
    return _HEAD + b"Content-Type: text/html\r\n\r\n" + b"<p style='color:" + b"a:b;" * 50_000 + b"'>x</p>"


def long_line() -> bytes:
    """Fifty megabytes on one line."""
    return _HEAD + b"\r\n" + b"Wort " * 10_000_000


def long_head() -> bytes:
    """Fifty megabytes that never leave the header."""
    return _HEAD + b"X-Long: y\r\n " * 4_000_000


def long_odd_head() -> bytes:
    """Twenty megabytes of lines that are no fields, in the header."""
    return _HEAD + b"no field here\r\n" * 1_300_000


def big_attachment() -> bytes:
    """Fifty megabytes of attachment behind a short letter."""
    return (
        _HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nAnbei.\r\n'
        b"--b\r\nContent-Type: application/pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUFB" * 12_500_000 + b"\r\n--b--\r\n"
    )


def endless_calendar() -> bytes:
    """A calendar without an end."""
    return (
        _HEAD
        + b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VEVENT\r\n"
        + b'SUMMARY;X="' * 50_000
    )


def flowed_forever() -> bytes:
    """A flowed paragraph of a hundred thousand lines."""
    return _HEAD + b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n" + b"weiter \r\n" * 100_000


def long_ids() -> bytes:
    """References without end, with brackets that do not close."""
    return _HEAD + b"References: " + b"<a@b> <" * 100_000 + b"\r\n" + _BODY


def many_links() -> bytes:
    """Links of a network, tens of thousands."""
    return _HEAD + b"\r\n" + b"https://www.linkedin.com/comm/in/x?midToken=A&sharedKey=B " * 20_000


def many_reports() -> bytes:
    """A report in a report in a report."""
    return (
        _HEAD
        + b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n' * 50
    )


def many_encoded_words() -> bytes:
    """A subject of thirty thousand encoded words."""
    return _HEAD + b"Subject: " + b"=?utf-8?q?=C3=BC?= " * 30_000 + b"\r\n" + _BODY


def surrogates() -> bytes:
    """Halves of characters, alone."""
    return _HEAD + b"Content-Type: text/plain; charset=utf-16\r\n\r\n" + b"\x00\xd8A\x00" * 1_000


TORTURE: tuple[Callable[[], bytes], ...] = (
    empty,
    nuls,
    body_only,
    header_only,
    binary,
    long_subject,
    many_headers,
    nested_parts,
    nested_messages,
    nested_around_bulk,
    many_parts,
    broken_bytes_in_from,
    bad_encoded_words,
    many_recipients,
    many_brackets,
    many_quotes,
    brackets_in_results,
    cr_cr_lf,
    lone_cr,
    byte_order_mark,
    far_future,
    yesterday,
    two_of_each,
    starred_parameter,
    many_parameters,
    odd_addresses,
    mbox_lines,
    bad_base64,
    unknown_charset,
    codec_as_charset,
    punycode_as_charset,
    blank_lines,
    attribution_soup,
    attribution_lines,
    field_soup,
    deep_html,
    deep_tables,
    wide_table,
    long_html,
    hidden_html,
    broken_styles,
    long_line,
    long_head,
    long_odd_head,
    big_attachment,
    endless_calendar,
    flowed_forever,
    long_ids,
    many_links,
    many_reports,
    many_encoded_words,
    surrogates,
)
"""All of them."""
