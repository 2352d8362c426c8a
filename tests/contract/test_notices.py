"""Notices of networks in the book, on both databases: reminders join their request, keys are nowhere."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from anlass.desk.history.collecting import collect
from anlass.desk.requests.screening import Desk, Judged, Passed, screen
from anlass.doorman import Doorman
from anlass.intake import Channel, Mark, Recipient
from anlass.intake.gate.taught import Recipe, Where
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.book import Book
from tests.walking import rows_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLGA = "olga@home.example"
KEYS = ("AbCdEf12", "TOKEN7", "QrStUv34")
LINK = (
    "https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/{number}/sharedKey/AbCdEf12/"
    "?midToken=TOKEN7&otpToken=QrStUv34"
)
WRAPPED = "https://safe.example/?url=" + "https%3A%2F%2Fwww.linkedin.com%2Fcomm%2FsharedKey%2FAbCdEf12%2F"


def notice(
    folder: Path,
    name: str,
    day: int,
    subject: str,
    text: str,
    *,
    sender: str = "XING <mailrobot@mail.xing.com>",
    proof: str = "pass",
) -> None:
    """Put a notice of November 2026 into a folder, with keys in every part of it."""
    message = EmailMessage()
    domain = sender.rpartition("@")[2].strip(">")
    message["Authentication-Results"] = f"mx.home.example; dmarc={proof} header.from={domain}"
    message["From"], message["To"], message["Subject"] = sender, f"Olga Brandt <{OLGA}>", subject
    message["Date"], message["Message-ID"] = datetime(2026, 11, day, 9, tzinfo=UTC), f"<{name}@x.example>"
    message["List-Unsubscribe"] = "<https://www.linkedin.com/e/v2?midToken=TOKEN7&sharedKey=AbCdEf12>"
    message["X-Accept"] = LINK.format(number=name)
    message.set_content(text)
    message.add_alternative(f'<p>{text}</p><a href="{LINK.format(number=7)}">Accept</a>', subtype="html")
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


def outcomes(book: Book, folder: Path, recipes: tuple[Recipe, ...] = ()) -> list[Judged | Passed]:
    """Collect and screen a folder; return everything that is told."""
    collect(book, [folder], owner=[OLGA], trusted=["mx.home.example"], now=NOW)
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    desk = Desk(book, doorman, Recipient("Olga Brandt"), NOW, recipes=recipes)
    told = list(screen(desk, [folder], with_others=True))
    return [one for one in told if isinstance(one, Judged | Passed)]


def cases(book: Book) -> list[tuple[str, str]]:
    """Return name and words of every request that is kept, newest first."""
    kept = (one.case.request for one in book.cases().cases)
    return [(request.requester.name, request.text) for request in kept]


def asked(folder: Path, name: str, day: int, who: str, words: str, *, proof: str = "pass") -> None:
    """Put a contact request into a folder, as XING may write it; it has no number."""
    text = f"Hallo Olga,\n\n{words}\n\nKontaktanfrage beantworten: https://www.xing.com/contacts/requests\n"
    notice(folder, name, day, f"Neue Kontaktanfrage von {who}", text, proof=proof)


def reminded(folder: Path, name: str, day: int, who: str, *, proof: str = "pass") -> None:
    """Put a reminder of it into a folder."""
    subject = f"Erinnerung: Kontaktanfrage von {who} wartet auf deine Antwort"
    notice(folder, name, day, subject, "Hallo Olga,\n\ndie Anfrage ist noch offen.\n", proof=proof)


def test_reminder_without_a_number_joins_its_request(book: Book, tmp_path: Path) -> None:
    """Whoever is reminded of asked once, with the words of the first notice."""
    asked(tmp_path, "first", 3, "Ina Wolf", "wir sprachen in Bremen.")
    reminded(tmp_path, "second", 10, "Ina Wolf")
    told = outcomes(book, tmp_path)
    assert [type(one) for one in told] == [Judged]
    assert cases(book) == [("Ina Wolf", "wir sprachen in Bremen.")]
    assert outcomes(book, tmp_path) == [Judged(told[0].case, is_new=False)]  # type: ignore[union-attr]


def test_reminder_of_another_person_is_a_request(book: Book, tmp_path: Path) -> None:
    """Without its first notice a reminder is the request, and says that it is one."""
    asked(tmp_path, "first", 3, "Ina Wolf", "wir sprachen in Bremen.")
    reminded(tmp_path, "second", 10, "Udo Lang")
    outcomes(book, tmp_path)
    assert [name for name, _ in cases(book)] == ["Udo Lang", "Ina Wolf"]
    assert Mark.REMINDER in book.cases().cases[0].case.request.marks


def test_claimed_reminder_joins_no_confirmed_request(book: Book, tmp_path: Path) -> None:
    """A forged reminder can make nobody's request look newer, nor hide behind it."""
    asked(tmp_path, "first", 3, "Ina Wolf", "wir sprachen in Bremen.")
    reminded(tmp_path, "second", 10, "Ina Wolf", proof="none")
    outcomes(book, tmp_path)
    marks = [Mark.UNPROVEN in one.case.request.marks for one in book.cases().cases]
    assert marks == [True, False]


def test_reminder_of_a_confirmed_number_joins_it(book: Book, tmp_path: Path) -> None:
    """LinkedIn's own number names the request, whatever else the reminder says."""
    text = f"Hi Olga,\n\n{{}}\n\nIna Wolf\n\nAccept: {LINK.format(number=70)}\n"
    sender = "Ina Wolf <invitations@linkedin.com>"
    for name, day, subject, words in (
        ("first", 3, "Olga, please add me to your LinkedIn network", "We met in Bremen."),
        ("second", 10, "Ina Wolf's invitation is waiting for your response", "We met in Bremen."),
        ("third", 12, "You have 3 pending invitations", ""),
    ):
        notice(tmp_path, name, day, subject, text.format(words), sender=sender)
    told = outcomes(book, tmp_path)
    assert [type(one) for one in told] == [Judged, Passed]
    assert cases(book) == [("Ina Wolf", "We met in Bremen.")]


def test_no_table_holds_a_key(book: Book, tmp_path: Path) -> None:
    """Links that accept, sign in or unsubscribe for their holder are planted everywhere, and kept nowhere."""
    text = f"Hi Olga,\n\nWe met. See {WRAPPED}\n\nIna Wolf\n\nAccept: {LINK.format(number=70)}\n"
    for name, sender, proof in (
        ("one", "Ina Wolf <invitations@linkedin.com>", "pass"),
        ("two", "Ina Wolf <invitations@linkedin.com>", "none"),
        ("three", "Ina Wolf <invitations@linkedin.com>", "fail"),
        ("four", f'"Ina {LINK}" <ina@wolf.example>', "pass"),
        ("five", "XING <mailrobot@mail.xing.com>", "pass"),
    ):
        notice(tmp_path, name, 3, f"Ina Wolf wants to connect {LINK}", text, sender=sender, proof=proof)
    outcomes(book, tmp_path)
    assert len(book.cases().cases) == 3
    kept = everything_in_the_book(book)
    assert [key for key in KEYS if key in kept] == []
    assert "We met." in kept


def everything_in_the_book(book: Book) -> str:
    """Return every value of every row of this owner, as text."""
    return repr(rows_of(book))


# --- recipes ---

RECIPE = Recipe(
    "neues-netz",
    Channel.OTHER,
    "post.neuesnetz.example",
    "* klopft bei dir an",
    Where.SUBJECT,
    "* klopft bei dir an",
    after="{name} schreibt:",
    before="Zur Anfrage",
)


def knocked(folder: Path) -> None:
    """Put a notice of a network into a folder that nobody knows here."""
    text = (
        "Ina Wolf schreibt:\n\nWir sprachen in Bremen.\n\n"
        "Zur Anfrage: https://neuesnetz.example/accept?key=AbCdEf12\n"
    )
    notice(
        folder,
        "knock",
        3,
        "Ina Wolf klopft bei dir an",
        text,
        sender="Neues Netz <no-reply@post.neuesnetz.example>",
    )


@pytest.mark.parametrize("is_screened_before", [False, True])
def test_taught_notice_becomes_a_request(book: Book, tmp_path: Path, is_screened_before: bool) -> None:
    """From the day a recipe is there the gate uses it, for letters that were screened without it too."""
    knocked(tmp_path)
    if is_screened_before:
        assert [type(one) for one in outcomes(book, tmp_path)] == [Passed]
    (told,) = outcomes(book, tmp_path, (RECIPE,))
    assert isinstance(told, Judged)
    request = told.case.request
    assert (request.channel, request.requester.name, request.text) == (
        Channel.OTHER,
        "Ina Wolf",
        "Wir sprachen in Bremen.",
    )
    assert request.marks == {Mark.NOTICE}
    assert "AbCdEf12" not in everything_in_the_book(book)
