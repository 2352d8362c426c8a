# each docstring says what the file is, not what the function does
"""Files of other sources that nobody would write and somebody sends: each function builds one of them.

`FILES` names them all with the file name by which their source knows them.
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable

_CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\n%s\r\nEND:VCARD\r\n"
_KAI = b"FN:Kai Falk\r\nEMAIL:kai@falk.example"
_EVENT = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
_MET = (
    b"DTSTART:20260302T100000Z\r\nDTEND:20260302T110000Z\r\nORGANIZER:mailto:vera@example.org\r\n"
    b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:kai@falk.example"
)
_CONTACTS = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
_TALK = b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
_WXR = (
    b'<?xml version="1.0"?>%s<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    b"<wp:wxr_version>1.2</wp:wxr_version>%s</channel></rss>"
)


# --- cards ---


def card_of_one_long_line() -> bytes:
    """A name of ten million letters."""
    return _CARD % (b"FN:" + b"x" * 10_000_000)


def card_of_many_folds() -> bytes:
    """A note on a million folded lines."""
    return _CARD % (_KAI + b"\r\nNOTE:x" + b"\r\n x" * 1_000_000)


def card_of_many_addresses() -> bytes:
    """A hundred thousand addresses of one person."""
    return _CARD % (_KAI + b"".join(b"\r\nEMAIL:k%d@falk.example" % n for n in range(100_000)))


def card_of_many_parameters() -> bytes:
    """Fifty thousand parameters of one address."""
    return _CARD % (b"FN:Kai\r\nEMAIL" + b";TYPE=x" * 50_000 + b":kai@falk.example")


def card_of_commas() -> bytes:
    """A name of a million parts."""
    return _CARD % (b"N:" + b";" * 500_000 + b"\r\nORG:" + b"," * 500_000)


def cards_within_cards() -> bytes:
    """Cards inside cards, twenty thousand deep."""
    return b"BEGIN:VCARD\r\nAGENT:\r\n" * 20_000 + _KAI + b"\r\nEND:VCARD" * 20_000


def cards_without_end() -> bytes:
    """A hundred thousand beginnings of cards."""
    return b"BEGIN:VCARD\r\nFN:x\r\n" * 100_000


def card_of_quoted_printable() -> bytes:
    """Soft line breaks that never end."""
    return _CARD % (b"FN;CHARSET=punycode;ENCODING=QUOTED-PRINTABLE:a=\r\n" * 50_000)


def card_of_photo() -> bytes:
    """A picture of twenty megabytes."""
    return _CARD % (_KAI + b"\r\nPHOTO;ENCODING=b:" + b"QUFB" * 5_000_000)


def card_of_wide_letters() -> bytes:
    """Half a file in UTF-16."""
    return b"\xff\xfe" + (_CARD % _KAI).decode().encode("utf-16-le")[:-7]


# --- calendars ---


def event_by_the_second() -> bytes:
    """An appointment that recurs every second since 1970."""
    return _EVENT % (_MET.replace(b"2026", b"1970") + b"\r\nRRULE:FREQ=SECONDLY")


def event_that_never_falls() -> bytes:
    """A rule for the thirtieth of February."""
    return _EVENT % (_MET + b"\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")


def event_of_many_rules() -> bytes:
    """Five thousand rules for one appointment."""
    return _EVENT % (_MET + b"\r\nRRULE:FREQ=DAILY;COUNT=999999999" * 5_000)


def event_of_many_days() -> bytes:
    """A hundred thousand further days of one appointment, and as many exceptions."""
    days = b",".join(b"20%02d0302T100000Z" % (n % 100) for n in range(100_000))
    return _EVENT % (_MET + b"\r\nRDATE:" + days + b"\r\nEXDATE:" + days)


def event_of_many_changes() -> bytes:
    """Twenty thousand changes of one series."""
    one = b"BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260302T100000Z\r\n" + _MET + b"\r\nEND:VEVENT\r\n"
    return b"BEGIN:VCALENDAR\r\n" + one * 20_000 + b"END:VCALENDAR\r\n"


def event_of_a_crowd() -> bytes:
    """Fifty thousand who accepted."""
    guests = b"".join(b"\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a%d@x.example" % n for n in range(50_000))
    return _EVENT % (_MET + guests)


def event_in_an_endless_zone() -> bytes:
    """A zone with fifty thousand changes of the clock."""
    rule = b"DTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0000\r\n"
    change = b"BEGIN:STANDARD\r\n" + rule + b"END:STANDARD\r\n"
    zone = b"BEGIN:VTIMEZONE\r\nTZID:X\r\n" + change * 50_000 + b"END:VTIMEZONE\r\n"
    event = _MET.replace(b"DTSTART:", b"DTSTART;TZID=X:")
    return (_EVENT % event).replace(b"BEGIN:VEVENT", zone + b"BEGIN:VEVENT")


def events_within_events() -> bytes:
    """Components inside components, fifty thousand deep."""
    return b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50_000 + b"END:VCALENDAR\r\n"


def event_of_odd_dates() -> bytes:
    """Dates that no calendar has, and a length of a million years."""
    odd = b"DTSTART:99999999T999999Z\r\nDURATION:P999999999W\r\nATTENDEE:mailto:kai@falk.example"
    return _EVENT % odd + _EVENT % b"DTSTART;TZID=\x00:00000000"


def event_of_one_long_line() -> bytes:
    """A place of ten million letters."""
    return _EVENT % (_MET + b"\r\nLOCATION:" + b"x" * 10_000_000)


# --- tables ---


def table_of_many_columns() -> bytes:
    """A hundred thousand columns."""
    return _CONTACTS.strip() + b",x" * 100_000 + b"\n" + b"Kai,Falk" + b"," * 100_000 + b"\n"


def table_of_wide_rows() -> bytes:
    """Rows of a hundred thousand cells below an ordinary header."""
    return _CONTACTS + (b"Kai" + b",x" * 100_000 + b"\n") * 20


def table_of_quotes() -> bytes:
    """A million quotation marks."""
    return _CONTACTS + b'"' * 1_000_001 + b"\n" + b"Kai,Falk,,kai@falk.example,,,\n"


def table_of_open_quotes() -> bytes:
    """A quotation mark that opens in every row and never closes."""
    return _CONTACTS + b'Kai,"Falk,,kai@falk.example,,,\n' * 50_000


def table_of_one_cell() -> bytes:
    """A cell of twenty megabytes."""
    return _CONTACTS + b'"' + b"x\n" * 10_000_000 + b'",Falk,,,,,\n'


def table_of_empty_lines() -> bytes:
    """A header, and ten million empty lines."""
    return _CONTACTS + b"\n" * 10_000_000


def table_of_nuls() -> bytes:
    """A header, and a million NULs."""
    return _CONTACTS + b"\0" * 1_000_000


def talk_with_oneself() -> bytes:
    """Fifty thousand messages that nobody sent to nobody."""
    return _TALK + b",,,,,,,,\n" * 25_000 + b"1,,Kai,,Kai,yesterday,,=cmd(),INBOX\n" * 25_000


def xing_of_many_columns() -> bytes:
    """A XING table with fifty thousand columns of names."""
    return b"Vorname,Nachname" + b",Nachname" * 50_000 + b",XING\nKai,Falk" + b",x" * 50_001 + b"\n"


# --- packed ---


def zipped_bomb() -> bytes:
    """An export that unpacks to a gigabyte of contacts."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("Connections.csv", "w", force_zip64=True) as table,
    ):
        table.write(_CONTACTS)
        for _ in range(600):
            table.write(b"\n" * (1 << 20))
    return packed.getvalue()


def zipped_names() -> bytes:
    """An export of ten thousand files, all of one name that leads out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("Connections.csv", _CONTACTS)
        for number in range(9_000):
            file.writestr(f"../../{number}/Connections.csv", _CONTACTS)
    return packed.getvalue()


# --- Skype and WordPress ---


def skype_of_depth() -> bytes:
    """Brackets inside brackets, a hundred thousand deep."""
    return b'{"conversations": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def skype_of_numbers() -> bytes:
    """A number of a million digits."""
    return b'{"userId": "live:vera", "exportDate": "x", "conversations": [{"id": ' + b"9" * 1_000_000 + b"}]}"


def skype_of_messages() -> bytes:
    """A hundred thousand messages without anything in them."""
    talk = {"id": "8:kai", "displayName": "Kai", "MessageList": [{}] * 100_000}
    told = {"userId": "live:vera", "exportDate": "2026-01-01T00:00", "conversations": [talk]}
    return json.dumps(told).encode()


def skype_in_tar_of_links() -> bytes:
    """A tar of ten thousand links that lead to each other."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as file:
        for number in range(10_000):
            link = tarfile.TarInfo("messages.json")
            link.type, link.linkname = tarfile.SYMTYPE, f"../{number}"
            file.addfile(link)
    return packed.getvalue()


def blog_of_laughs() -> bytes:
    """Entities that multiply."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(30))
    return _WXR % (b"<!DOCTYPE rss [" + laughs + b"]>", b"<title>&l29;</title>")


def blog_of_secrets() -> bytes:
    """An entity that names a file of this machine."""
    return _WXR % (b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b"<title>&x;</title>")


def blog_of_depth() -> bytes:
    """Elements inside elements, two hundred thousand deep."""
    return _WXR % (b"", b"<a>" * 200_000)


def blog_of_attributes() -> bytes:
    """An element with a hundred thousand attributes."""
    return _WXR % (b"", b"<item " + b"".join(b'a%d="x" ' % n for n in range(100_000)) + b"/>")


def blog_of_comments() -> bytes:
    """A post with fifty thousand comments that answer themselves."""
    one = (
        b"<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_parent>%d</wp:comment_parent>"
        b"<wp:comment_author_email>kai@falk.example</wp:comment_author_email></wp:comment>"
    )
    comments = b"".join(one % (n, n) for n in range(50_000))
    return _WXR % (b"", b"<item><title>x</title>" + comments + b"</item>")


FILES: tuple[tuple[str, Callable[[], bytes]], ...] = (
    *(
        ("a.vcf", build)
        for build in (
            card_of_one_long_line,
            card_of_many_folds,
            card_of_many_addresses,
            card_of_many_parameters,
            card_of_commas,
            cards_within_cards,
            cards_without_end,
            card_of_quoted_printable,
            card_of_photo,
            card_of_wide_letters,
        )
    ),
    *(
        ("a.ics", build)
        for build in (
            event_by_the_second,
            event_that_never_falls,
            event_of_many_rules,
            event_of_many_days,
            event_of_many_changes,
            event_of_a_crowd,
            event_in_an_endless_zone,
            events_within_events,
            event_of_odd_dates,
            event_of_one_long_line,
        )
    ),
    *(
        ("Connections.csv", build)
        for build in (
            table_of_many_columns,
            table_of_wide_rows,
            table_of_quotes,
            table_of_open_quotes,
            table_of_one_cell,
            table_of_empty_lines,
            table_of_nuls,
        )
    ),
    ("messages.csv", talk_with_oneself),
    ("xing.csv", xing_of_many_columns),
    ("Basic_LinkedInDataExport.zip", zipped_bomb),
    ("Basic_LinkedInDataExport.zip", zipped_names),
    *(("messages.json", build) for build in (skype_of_depth, skype_of_numbers, skype_of_messages)),
    ("8_live_vera_export.tar", skype_in_tar_of_links),
    *(
        ("blog.xml", build)
        for build in (blog_of_laughs, blog_of_secrets, blog_of_depth, blog_of_attributes, blog_of_comments)
    ),
)
"""All of them, by the name under which their source knows them."""
