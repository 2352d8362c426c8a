"""Who wrote it, also where a list wrote itself into From."""

from __future__ import annotations

import pytest

from anlass.intake import Mailbox, writer
from tests.unit.intake.mails import mail, read

LIST = "b@lists.example.com"
VIA = f"Max via B <{LIST}>"
MAILMAN = {"list_id": "Brücken <b.lists.example.com>", "list_post": f"<mailto:{LIST}>"}
OLD_MAILMAN = {"x_beenthere": LIST, "x_mailman_version": "2.1.29", "precedence": "list"}
GOOGLE = {"list_id": "<b.groups.example>", "x_google_group_id": "1", "mailing_list": "list b@groups.example"}
MAX = Mailbox("Max", "max@example.net")
GROUPS_IO = {"list_id": "<b.groups.io>", "mailing_list": "list b@groups.io", "reply_to": "b@groups.io"}
FORUM = {"list_id": "Forum | Brücken <b.forum.example>", "precedence": "list"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Mailbox("Max Muster", "max@example.net")),
        ({"reply_to": "andere@example.net"}, Mailbox("Max Muster", "max@example.net")),
        ({"sender": VIA, "reply_to": "Max M <max@example.net>", **MAILMAN}, Mailbox("Max M", MAX.address)),
        ({"sender": VIA, "reply_to": "max@example.net", **MAILMAN}, MAX),
        ({"sender": VIA, "reply_to": f"B <{LIST}>, Max <max@example.net>", **OLD_MAILMAN}, MAX),
        ({"sender": VIA, "reply_to": LIST, "cc": "max@example.net", **MAILMAN}, MAX),
        (
            {"sender": VIA, "reply_to": LIST, "cc": "Eve <eve@x.example>, Max <max@example.net>", **MAILMAN},
            MAX,
        ),
        ({"sender": VIA, "reply_to": LIST, "x_mailfrom": "max@example.net", **MAILMAN}, MAX),
        ({"sender": f"Max über B <{LIST}>", "reply_to": "max@example.net", **MAILMAN}, MAX),
        ({"sender": f"'Max' via B <{LIST}>", "x_original_from": "Max <max@example.net>", **MAILMAN}, MAX),
        (
            {"sender": "'Max' via B <b@groups.example>", "x_original_sender": "max@example.net", **GOOGLE},
            Mailbox("", "max@example.net"),
        ),
        ({"sender": "'max@example.net' via B <b@groups.example>", "reply_to": "b@groups.example", **GOOGLE},
         Mailbox("", "max@example.net")),
        ({"sender": f'"Max (via B Mailing List)" <{LIST}>', "x_original_from": "max@example.net", **MAILMAN},
         Mailbox("", "max@example.net")),
        ({"sender": '"Max via groups.io" <max=example.net@groups.io>', **GROUPS_IO}, MAX),
        ({"sender": '"Max max@example.net [b]" <b@groups.example>', **GOOGLE}, MAX),
        ({"reply_to": LIST, **MAILMAN}, Mailbox("Max Muster", "max@example.net")),
    ],
)  # fmt: skip
def test_list_mail_is_credited_to_its_writer(fields: dict[str, str], expected: Mailbox) -> None:
    """A list that writes itself into From does not become the person."""
    assert writer(read(mail(**fields))) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"sender": LIST, **MAILMAN},
        {"sender": VIA, "reply_to": LIST, **MAILMAN},
        {"sender": VIA, "cc": "Eve <eve@example.com>, Udo <udo@example.com>", "reply_to": LIST, **MAILMAN},
        {"sender": VIA, "reply_to": LIST, "x_mailfrom": "bounces+1-max=example.net@x.example", **MAILMAN},
        {"sender": "b-request@lists.example.com", **OLD_MAILMAN},
        {"sender": "Max via Forum <forum@forum.example>",
         "reply_to": "Forum <antwort+0123456789abcdef01@forum.example>", **FORUM},
        {"sender": "Max <tracker@forge.example>", "auto_submitted": "auto-generated", **FORUM},
    ],
    ids=["list itself", "nobody named", "several in copy", "bounces", "program", "forum", "tracker"],
)  # fmt: skip
def test_nobody_is_made_up(fields: dict[str, str]) -> None:
    """Where no field names the person, the writer is unknown: no list, no program, nobody in copy."""
    assert writer(read(mail(**fields))) is None


def test_answering_machine_of_a_person_is_that_persons() -> None:
    """A holiday note that came through a list still names who is away."""
    away = mail(auto_submitted="auto-replied", **MAILMAN)
    assert writer(read(away)) == Mailbox("Max Muster", "max@example.net")
