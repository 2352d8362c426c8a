"""Mail that no human wrote to the owner: newsletters, receipts, notices, bounces, automatic answers, junk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from bench.archive import post
from bench.archive.cast import OWNER, Correspondent, correspondent, moment, owner_address
from bench.archive.post import Fields, Kind, Mail
from bench.archive.shapes import BULK_SIZE
from bench.archive.words import OFFERS, SHOPS

Body = tuple[Fields, bytes]
FOLDERS = {Kind.NEWSLETTER: "Newsletter", Kind.JUNK: "Junk"}


def _mail(rng: Random, kind: Kind, fields: Fields, body: Body, when: datetime) -> Mail:
    """Finish a robot's mail: Date, Message-ID and body around what is its own."""
    sender = dict(fields)["From"].rpartition("<")[2].rstrip(">")
    message_id = f"<{post.token(rng)}@{sender.rpartition('@')[2]}>"
    lines = post.received(when, rng, 2) + fields
    lines += [("Date", post.date(when)), ("Message-ID", message_id), ("MIME-Version", "1.0"), *body[0]]
    raw = post.head(lines) + b"\n" + body[1]
    return Mail(kind, raw, FOLDERS.get(kind, "INBOX"), when, message_id, sender)


def newsletters(rng: Random) -> Iterator[Mail]:
    """Yield newsletters without end, some of which call themselves a list."""
    while True:
        shop, when = rng.choice(SHOPS), moment(rng)
        domain = f"{shop.lower()}.example"
        wanted, lines = BULK_SIZE.draw(rng) // 2, []
        while wanted > 0:
            lines.append(" ".join(rng.choices(OFFERS, k=5)))
            wanted -= len(lines[-1])
        text = "\n".join(lines)
        fields = [
            *post.authenticated(domain),
            ("From", f"{shop} <newsletter@{domain}>"),
            ("To", owner_address(rng)),
            ("Subject", post.encoded(f"{rng.choice(OFFERS)} Nr. {rng.randrange(999)}")),
            ("List-Unsubscribe", f"<https://{domain}/u/{post.token(rng)}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("Feedback-ID", f"{rng.randrange(9999)}:{shop}:news"),
            ("Precedence", "bulk"),
        ]
        if rng.random() < 0.6:
            fields.append(("List-Id", f"<news.{domain}>"))
        parts = [post.part(text, "utf-8", rng), post.part(post.html(text), "utf-8", rng, "html")]
        yield _mail(rng, Kind.NEWSLETTER, fields, post.multipart(parts, rng), when)


def receipts(rng: Random) -> Iterator[Mail]:
    """Yield confirmations of orders without end."""
    while True:
        shop, when, order = rng.choice(SHOPS), moment(rng), rng.randrange(10**8)
        text = (
            f"Vielen Dank. Ihre Bestellung {order} ist unterwegs.\n\nSumme: {rng.randrange(5, 90)},90 EUR\n"
        )
        domain = f"{shop.lower()}.example"
        fields = [
            *post.authenticated(domain),
            ("From", f"{shop} <no-reply@{domain}>"),
            ("To", post.address(OWNER, owner_address(rng))),
            ("Subject", f"Ihre Bestellung {order}"),
            ("Auto-Submitted", "auto-generated"),
        ]
        yield _mail(rng, Kind.RECEIPT, fields, post.part(text, "utf-8", rng), when)


NOTICES = (
    ("messages-noreply@linkedin.com", "{name} and 4 others viewed your profile", "email_pymk_02"),
    ("jobalerts-noreply@linkedin.com", "30 new jobs for editor", "email_job_alert_digest_01"),
    (
        "invitations@linkedin.com",
        "Olga, start a conversation with your new connection, {name}",
        "email_accept_invite_single_01",
    ),
)


def network_notices(rng: Random) -> Iterator[Mail]:
    """Yield notices of a network that ask nothing of the owner, without end."""
    number = 0
    while True:
        number += 1
        person = correspondent(rng, number, "n")
        sender, subject, template = rng.choice(NOTICES)
        fields = [
            *post.authenticated("linkedin.com"),
            ("From", f"LinkedIn <{sender}>"),
            ("To", post.address(OWNER, owner_address(rng))),
            ("Subject", post.encoded(subject.format(name=person.name))),
            ("X-LinkedIn-Class", "EMAIL-DEFAULT"),
            ("X-LinkedIn-Template", template),
        ]
        text = f"Hi Olga,\n\nThere is news about {person.name}.\n\nUnsubscribe: https://www.linkedin.com/e/v2?x\n"
        yield _mail(rng, Kind.NETWORK_NOTICE, fields, post.part(text, "utf-8", rng), moment(rng))


def network_requests(rng: Random) -> Iterator[Mail]:
    """Yield "wants to connect" of a network without end; the requester stands in the body."""
    number = 0
    while True:
        number += 1
        person = correspondent(rng, number, "r")
        fields = [
            *post.authenticated("linkedin.com"),
            ("From", post.address(person.name, "invitations@linkedin.com")),
            ("To", post.address(OWNER, owner_address(rng))),
            ("Subject", "Olga, please add me to your LinkedIn network"),
            ("X-LinkedIn-Class", "EMAIL-DEFAULT"),
            ("X-LinkedIn-Template", "email_m2m_invite_single_01"),
        ]
        yield _mail(
            rng,
            Kind.NETWORK_REQUEST,
            fields,
            post.part(_invitation(rng, person), "utf-8", rng),
            moment(rng),
        )


def _invitation(rng: Random, person: Correspondent) -> str:
    note = rng.choice(
        (
            "I'd like to join your LinkedIn network.",
            "Danke für das Gespräch nach der Lesung in Husum. Wohin darf der Bericht?",
            "Your profile caught my eye, let us connect and see where it leads.",
        )
    )
    slug = person.address.partition("@")[0].replace(".", "-")
    key = f"invitationId/{rng.randrange(10**18)}/sharedKey/{post.token(rng, 8)}"
    return (
        f"Hi Olga,\n\n{note}\n\n{person.name}\nEditor at Beispielblatt\n\n"
        f"View profile: https://www.linkedin.com/comm/in/{slug}?midToken=X\n"
        f"Accept: https://www.linkedin.com/comm/mynetwork/invite-accept/{key}/?midToken=X\n\n"
        "....................................\nUnsubscribe: https://www.linkedin.com/e/v2?x\n"
        "You are receiving Invitation emails.\nThis email was intended for Olga Brandt (Author)\n"
    )


def bounces(rng: Random) -> Iterator[Mail]:
    """Yield delivery failures without end."""
    number = 0
    while True:
        number += 1
        person = correspondent(rng, number, "b")
        fields: Fields = [
            ("Return-Path", "<>"),
            ("From", f"Mail Delivery System <MAILER-DAEMON@{person.domain}>"),
            ("To", owner_address(rng)),
            ("Subject", "Undelivered Mail Returned to Sender"),
            ("Auto-Submitted", "auto-replied"),
            ("X-Failed-Recipients", person.address),
        ]
        status = f"Reporting-MTA: dns; {person.domain}\n\nFinal-Recipient: rfc822; {person.address}\n"
        letter = f"From: {owner_address(rng)}\nTo: {person.address}\nSubject: Hallo\n\nBist du da?\n"
        parts: list[Body] = [
            post.part("Your message could not be delivered.\n", "us-ascii", rng),
            ([("Content-Type", "message/delivery-status")], f"{status}Status: 5.1.1\n".encode()),
            ([("Content-Type", "message/rfc822")], letter.encode()),
        ]
        body = post.multipart(parts, rng, "report; report-type=delivery-status")
        yield _mail(rng, Kind.BOUNCE, fields, body, moment(rng))


def autoreplies(rng: Random) -> Iterator[Mail]:
    """Yield absence notes without end."""
    number = 0
    while True:
        number += 1
        person = correspondent(rng, number, "v")
        fields: Fields = [
            ("From", post.address(person.name, person.address)),
            ("To", owner_address(rng)),
            ("Subject", post.encoded("Automatische Antwort: Lesung")),
            ("Auto-Submitted", "auto-replied"),
            ("X-Auto-Response-Suppress", "All"),
        ]
        text = (
            f"Ich bin bis zum {rng.randrange(1, 28)}. nicht im Büro und lese danach weiter.\n{person.name}\n"
        )
        yield _mail(rng, Kind.AUTOREPLY, fields, post.part(text, "utf-8", rng), moment(rng))


def calendar_replies(rng: Random) -> Iterator[Mail]:
    """Yield answers to invitations of the owner's calendar without end."""
    number = 0
    while True:
        number += 1
        person, when = correspondent(rng, number, "c"), moment(rng)
        fields: Fields = [
            ("From", post.address(person.name, person.address)),
            ("To", owner_address(rng)),
            ("Subject", post.encoded("Accepted: Lesung")),
        ]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{post.token(rng)}"]
        lines += [f"DTSTAMP:{when:%Y%m%dT%H%M%SZ}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{person.address}"]
        text = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])
        body: Body = ([("Content-Type", "text/calendar; method=REPLY; charset=utf-8")], text.encode())
        yield _mail(rng, Kind.CALENDAR_REPLY, fields, body, when)


def junk(rng: Random) -> Iterator[Mail]:
    """Yield what the owner's provider has sorted out, without end."""
    number = 0
    while True:
        number += 1
        person = correspondent(rng, number, "j")
        fields = [
            *post.authenticated(person.domain, "fail"),
            ("From", post.address(person.name, person.address)),
            ("To", owner_address(rng)),
            ("Subject", f"Re: payment {rng.randrange(9999)} waiting"),
            ("X-Spam-Flag", "YES"),
        ]
        text = f"Dear winner,\n\nsend {rng.randrange(100, 900)} dollars and receive more.\n"
        yield _mail(rng, Kind.JUNK, fields, post.part(text, "windows-1252", rng), moment(rng))
