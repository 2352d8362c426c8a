"""Every trouble with a mailbox has its sentence, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from anlass.channels.mail.account import Account, Server
from anlass.channels.mail.providers import all_providers
from anlass.cli.connecting import connect
from anlass.desk.accounts.voice_of_mail import TROUBLES, needs_says, notices, trouble_says
from anlass.desk.voice.common import Lang
from anlass.store.accounts.mail import MailState, Watch
from anlass.wires.trouble import Trouble

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ACCOUNT = Account("post", "olga@wend.example", Server("imap.wend.example", 993), None, "olga")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_trouble_is_said(lang: Lang) -> None:
    """Whatever a wire may run into is a whole sentence, with nothing left to be filled in."""
    of_doors = {Trouble.LACKING, Trouble.NO_DOOR}  # a mailbox lacks no part, and every house has mail
    assert set(TROUBLES[lang]) == {*Trouble, "store", "server", "broken"} - of_doors
    said = [trouble_says(trouble, ACCOUNT, lang) for trouble in TROUBLES[lang]]
    assert len(set(said)) == len(said)
    for sentence in said:
        assert "{" not in sentence
        assert "!" not in sentence
        assert sentence.endswith((".", "?", "olga@wend.example"))


def test_the_inbox_names_only_what_stands_in_the_way() -> None:
    """A mailbox that is watched, stopped or not connected any more is no news."""
    states = (
        MailState("post", Watch.TROUBLED, "silent", NOW, NOW),
        MailState("gone", Watch.TROUBLED, "silent", NOW, NOW),
    )
    told = notices(states, [ACCOUNT], NOW, "en")
    assert len(told) == 1
    assert told[0].startswith("imap.wend.example does not answer.")
    for watch in (Watch.OPEN, Watch.STOPPED):
        assert notices([MailState("post", watch, "", NOW, NOW)], [ACCOUNT], NOW, "en") == ()


@pytest.mark.parametrize(
    ("lang", "word", "asks"),
    [("de", "zuletzt gestern", "Wacht Anlass noch?"), ("en", "yesterday", "Is Anlass still watching?")],
)
def test_a_mailbox_that_nobody_looks_at_is_said(lang: Lang, word: str, asks: str) -> None:
    """A worker that died says nothing any more: the inbox does, after a good day."""
    for watch in (Watch.OPEN, Watch.STOPPED):
        seen = NOW - timedelta(hours=27)
        (told,) = notices([MailState("post", watch, "", seen, seen)], [ACCOUNT], NOW, lang)
        assert word in told
        assert asks in told
        seen = NOW - timedelta(hours=25)
        assert notices([MailState("post", watch, "", seen, seen)], [ACCOUNT], NOW, lang) == ()


def test_a_clock_that_went_back_is_said() -> None:
    """What was seen lies ahead: that is said in place of anything else."""
    seen = NOW + timedelta(days=40)
    states = [MailState("post", watch, "silent", seen, seen) for watch in (Watch.OPEN, Watch.TROUBLED)]
    told = notices(states, [ACCOUNT], NOW, "de")
    says = (
        "Die Uhr dieses Rechners geht falsch: olga@wend.example wurde zuletzt am 2027-01-01 06:00 UTC gesehen"
    )
    assert told == (f"{says}, und so spät ist es noch nicht.",) * 2


def test_every_option_that_is_named_exists() -> None:
    """What the owner is told to type can be typed, in both languages."""
    known = {option for one in connect.params for option in one.opts}
    langs: tuple[Lang, ...] = ("de", "en")
    needs = [needs_says(one, lang) for _, one in all_providers() for lang in langs]
    said = " ".join([*needs, *(text for table in TROUBLES.values() for text in table.values())])
    named = set(re.findall(r"(?<=\s)--[a-z-]+", said))
    assert named <= known
    assert "--client-id" in named
