"""The forged-sender rehearsal: nothing knocks at the mail server but the one answer that may."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner

from anlass.channels.mail.sink import Sink, sink
from anlass.cli.main import main
from anlass.desk.house.rehearsing import TALKATIVE, Rehearsal, rehearse
from anlass.doorman import Doorman
from anlass.litmus.shipped import load_panel
from anlass.policy import parse_policy
from anlass.replies import shipped_templates
from anlass.store import open_book

pytestmark = pytest.mark.slow  # a house of its own, with some eighty letters

NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

WHY_SILENT = {
    "a sender nobody vouches for": "R3",
    "a forged sender": "hold",
    "a server of another house vouches": "R3",
    "the voucher was written by the stranger": "R3",
    "vouched for another name": "R3",
    "vouched for the server alone": "R3",
    "an envelope of another house": "R2",
    "no envelope": "R2",
    "replies lead to a victim": "R2",
    "the owner's own address in From": "N22",
    "two senders": "R21",
    "a sender field twice": "R21",
    "a bounce": "N1",
    "a delivery report": "N2",
    "an out-of-office reply": "N3",
    "an answering machine of old": "N9",
    "an automatic subject": "N10",
    "a no-reply address": "N11",
    "our own mark": "R10",
    "a read receipt": "N2",
    "a calendar's news": "N16",
    "a mailing list": "N4",
    "a newsletter": "R1",
    "a mass tool that greets by name": "R1",
    "a blind copy": "R4",
    "a dozen readers": "R4",
    "sent on by somebody": "R4",
    "a role": "R4",
    "a network's notice": "R19",
    "a letter of last week": "R16",
    "a letter without a date": "R16",
    "a letter of the future": "R16",
    "a court": "hold",
    "a threat": "hold",
    "orders to a program": "R22",
    "an encrypted letter": "hold",
    "a thread that never was": "R21",
    "a machine answers ours": "N3",
    "a machine answers ours and does not say so": "N12",
    "ours comes back undelivered": "N1",
    "a stranger uses the Message-ID of ours": "R21",
    "the same person asks again": "R5",
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Rehearsal, Sink]]:
    """Play the rehearsal once."""
    folder = tmp_path_factory.mktemp("rehearsal")
    (folder / "mail").mkdir()
    doorman = Doorman(load_panel(), parse_policy(TALKATIVE), shipped_templates())
    book = open_book(folder / "data")
    with sink() as swallows:
        yield rehearse(book, doorman, folder / "mail", swallows, now=NIGHT), swallows
    book.close()


def test_every_forged_letter_is_met_with_silence_for_its_own_reason(played: tuple[Rehearsal, Sink]) -> None:
    """Bounces, lists, robots, forged senders, loops: the rule that stops each is the one made for it."""
    rehearsal, _ = played
    assert {one.name: one.rule for one in rehearsal.letters} == WHY_SILENT
    assert all(one.is_silent for one in rehearsal.letters)
    assert (rehearsal.knocks, rehearsal.honest, rehearsal.is_passed) == (0, 1, True)


def test_the_honest_letter_is_answered_once_and_as_a_machine_must(played: tuple[Rehearsal, Sink]) -> None:
    """Delivered twice, answered once: to nobody else, with failures going nowhere, marked as automatic."""
    _, swallows = played
    (letter,) = swallows.letters
    message = message_from_bytes(letter.raw, policy=default)
    assert (letter.envelope, letter.recipients, swallows.knocks) == ("", ("hanna@ag.example",), 1)
    assert {name: message[name] for name in ("To", "From", "Auto-Submitted", "X-Auto-Response-Suppress")} == {
        "To": "hanna@ag.example",
        "From": "Olga Brandt <olga@home.example>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
    }
    assert (message["In-Reply-To"], message["References"]) == ("<an-honest-letter@ag.example>",) * 2
    assert (message["X-Loop"], message["Content-Language"]) == ("olga@home.example", "de")
    assert message["Reply-To"] is None
    assert message["Cc"] is None
    assert message["Bcc"] is None
    assert message.get_content_type() == "text/plain"
    assert not {name.lower() for name in message} & {"x-mailer", "user-agent", "sender"}


def test_the_doctor_proves_it_from_the_command_line(tmp_path: Path) -> None:
    """Exit code 0 stands for the whole proof; the last line says it."""
    outcome = CliRunner().invoke(main, ["doctor", "--rehearse", "--json", "--data", str(tmp_path)])
    lines = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert outcome.exit_code == 0
    assert lines[-1] == {"passed": True, "knocks": 0, "answers": 1}
    assert [line["letter"] for line in lines[:-1]] == list(WHY_SILENT)
    assert not any(tmp_path.iterdir())


def test_a_house_that_answers_a_forged_letter_does_not_pass() -> None:
    """The proof can fail: one knock, or an honest letter without its answer, and it has."""
    silent = Rehearsal((), knocks=0, honest=1)
    assert silent.is_passed
    assert not Rehearsal((), knocks=1, honest=1).is_passed
    assert not Rehearsal((), knocks=0, honest=0).is_passed
    assert not Rehearsal((), knocks=0, honest=2).is_passed
