"""Mail and what is in it: headers, bodies, HTML, results of checks, notices, archives of all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from imapclient.response_parser import parse_fetch_response

from anlass.desk.learning.donating import anonymous_notice
from anlass.errors import ConfigError
from anlass.intake import (
    ContactRequest,
    Message,
    Origin,
    Recipient,
    Surroundings,
    identity,
    normalise,
    parse,
    parse_headers,
)
from anlass.intake.appointments import calendars
from anlass.intake.charsets import decoded
from anlass.intake.gate.proposing import Saying, propose
from anlass.intake.gate.recipe_file import recipe_of, recipe_text
from anlass.intake.gate.taught import faults_of, read_by
from anlass.intake.html_text import has_order_markup, rendered
from anlass.intake.invitation import glance
from anlass.intake.results import statements
from anlass.sources.archive import archive
from anlass.sources.imap.heads import head_of, holds_calendar
from tests.fuzz import torture
from tests.fuzz.guided.target import OWNER, ROOT, Target, is_calm, laid
from tests.unit.intake.mails import mail
from tests.unit.intake.test_taught import RECIPE, notice

TRUSTED = frozenset({"mx.example.org"})
AROUND = Surroundings(frozenset({OWNER}), Recipient("Olga Brandt"), TRUSTED, recipes=(RECIPE,))
EXAMPLES = ROOT / "src" / "anlass" / "example" / "mailbox"
_SMALL = 32 * 1024


def read_mail(raw: bytes) -> None:
    """A letter, to its end: what becomes a request can be kept, its sender is one line."""
    message = parse(raw, Origin("mail.eml"))
    parse_headers(raw, Origin("mail.eml"))
    tuple(calendars(raw))
    if not isinstance(message, Message):
        return
    identity(message)
    met = normalise(message, AROUND)
    if isinstance(met, ContactRequest):
        assert is_calm(met.text)
        assert is_calm(met.subject or "")
        assert "\n" not in met.requester.name
    assert normalise(message, AROUND) == met


def read_notice(raw: bytes) -> None:
    """A notice: what a guess proposes reads its own notice; a copy without people is a mail again."""
    message = parse(raw, Origin("mail.eml"))
    if not isinstance(message, Message):
        return
    proposal = propose(message, Saying("x"))
    if proposal.recipe is not None and not faults_of(proposal.recipe):
        read_by(proposal.recipe, message)
        assert recipe_of(proposal.recipe.name, recipe_text(proposal.recipe), "x.toml") == proposal.recipe
    anonymous_notice(raw, message, recipes=(RECIPE,), names=("Olga",))


def read_recipe(data: bytes) -> None:
    """A recipe that somebody gave away: what is read is written and read again as the same."""
    recipe = recipe_of("netz", data.decode("utf-8", "replace"), "netz.toml")
    assert recipe_of("netz", recipe_text(recipe), "netz.toml") == recipe


def read_markup(data: bytes) -> None:
    """HTML: two texts, whatever it was; an appointment inside another one."""
    text = data.decode("utf-8", "replace")
    for one in rendered(text)[:2]:
        one.encode()
    has_order_markup(text)
    glance(text, "REQUEST")


def read_results(data: bytes) -> None:
    """What a provider says of a sender: read, or nothing."""
    statements(data.decode("latin-1"))


def read_letters(data: bytes) -> None:
    """Bytes in a coding that somebody declared: always a text that can be kept."""
    declared, _, octets = data.partition(b"\0")
    decoded(octets, declared.decode("latin-1") or None)[0].encode()


def read_archive_of_mail(data: bytes) -> None:
    """A file of unknown kind: mails, files for other sources, or what is set aside."""
    for one in archive(laid("archive/some", data)):
        assert one is not None


def read_answer_of_imap(data: bytes) -> None:
    """What a server tells of a mail, as the library understood it."""
    try:
        told = parse_fetch_response([data])
    except Exception:  # noqa: BLE001 - the library's own; `wires.imap.speaking` names it
        return
    for one in told.values():
        holds_calendar(one)
        head_of(one)


def _mails() -> Iterator[bytes]:
    yield from (mail(), notice(), *(path.read_bytes() for path in sorted(EXAMPLES.rglob("*.eml"))[:12]))
    yield from (raw for build in torture.TORTURE if len(raw := _of(build)) <= _SMALL)


def _of(build: object) -> bytes:
    name = getattr(build, "__name__", "")
    return (
        bytes(build())
        if callable(build) and not name.startswith(("many", "nested", "long", "huge", "large"))
        else bytes(_SMALL + 1)
    )


def _boxes() -> Iterator[bytes]:
    one = mail()
    yield (
        b"From kai@falk.example Mon Mar  2 09:12:33 2026\n"
        + one
        + b"\nFrom x@y.example Mon Mar  2 09:12:33 2026\n"
        + one
    )
    yield from (
        one,
        b"BEGIN:VCARD\r\nFN:Kai\r\nEND:VCARD\r\n",
        b"PK\x03\x04" + bytes(40),
        b"SQLite format 3\0",
    )


TARGETS = (
    Target(
        "mail",
        (
            "intake.parse",
            "intake.headers",
            "intake.plain_headers",
            "intake.plain_fields",
            "intake.guard",
            "intake.parts",
            "intake.body",
            "intake.identity",
            "intake.mailboxes",
            "intake.appointments",
            "intake.tables.tables",
            "sources.mail.labels",
            "desk.requests.reading",
        ),
        read_mail,
        _mails,
    ),
    Target(
        "notice",
        ("intake.gate.taught", "intake.gate.proposing", "intake.anonymous.mail", "intake.anonymous.html"),
        read_notice,
        lambda: (notice(), mail()),
    ),
    Target(
        "recipe",
        ("intake.gate.recipe_file",),
        read_recipe,
        lambda: (
            recipe_text(RECIPE).encode(),
            recipe_text(replace(RECIPE, defaults=("Hallo *", "x"))).encode(),
        ),
        (ConfigError,),
    ),
    Target(
        "html",
        ("intake.html_text", "intake.invitation"),
        read_markup,
        lambda: (
            b"<p>Guten Tag</p><div style='display:none'>x</div><blockquote type=cite>y</blockquote>",
            b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR",
        ),
    ),
    Target(
        "results",
        ("intake.results",),
        read_results,
        lambda: (
            b"mx.example.org; dmarc=pass (p=none) header.from=a.example; spf=fail smtp.mailfrom=b@c.example",
            b"mx.example.org 1; none",
        ),
    ),
    Target(
        "charset",
        ("intake.charsets",),
        read_letters,
        lambda: (
            b"utf-16\0\xff\xfea\0",
            b"punycode\0abc-",
            b"iso-2022-jp\0\x1b$B",
            b"unicode_escape\0\\ud800",
            b"\0\xe4\xf6",
            b"utf-7\0+AOQ-",
        ),
    ),
    Target(
        "archive",
        (
            "sources.archive",
            "sources.mail.mbox",
            "sources.mail.maildir",
            "sources.mail.letters",
            "sources.mail.folders",
            "sources.reading",
            "sources.known",
        ),
        read_archive_of_mail,
        _boxes,
    ),
    Target(
        "imap",
        ("sources.imap.heads", "wires.imap"),
        read_answer_of_imap,
        lambda: (
            rb'1 (UID 7 FLAGS (\Seen) BODY[HEADER]<0> "From: a" BODY[TEXT]<0> "x" X-GM-LABELS ("\\Inbox" 5))',
            rb'1 (UID 7 BODYSTRUCTURE (("text" "calendar" NIL NIL) "mixed"))',
        ),
    ),
)
