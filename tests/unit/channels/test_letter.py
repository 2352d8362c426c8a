"""A draft as a mail: an ordinary reply, whatever strangers wrote, and known again whoever has had it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from anlass.channels.mail.letter import Reply, digest_of, written

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def reply(**more: str) -> Reply:
    """Return a reply; `more` replaces parts of it."""
    parts = {
        "sender_name": "Olga Wend",
        "sender": "olga@wend.example",
        "to_name": "Sabine Krohn",
        "to": "sabine@krohn.example",
        "subject": "Re: Ein kurzer Austausch",
        "text": "Guten Tag Sabine Krohn,\n\nworum geht es?\n\nViele Grüße\nOlga Wend",
        "answers": "one@krohn.example",
    }
    return Reply(**{**parts, **more})


def test_a_draft_is_a_reply_in_the_thread_and_tells_nothing_of_the_house() -> None:
    """Its header holds what every letter has, and nothing else."""
    raw = written(reply(), reply().message_id("case"), NOW)
    mail = message_from_bytes(raw, policy=default)
    assert sorted(mail.keys()) == [
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "In-Reply-To",
        "MIME-Version",
        "Message-ID",
        "References",
        "Subject",
        "To",
    ]
    assert (mail["In-Reply-To"], mail["From"]) == ("<one@krohn.example>", "Olga Wend <olga@wend.example>")
    assert b"nlass" not in raw
    assert b"case" not in raw


@given(name=TEXT, subject=TEXT, text=TEXT, answers=TEXT)
def test_no_stranger_writes_into_its_header(name: str, subject: str, text: str, answers: str) -> None:
    """Whatever they chose: the draft goes to one address and has one of each field."""
    made = reply(to_name=name, subject=subject, text=text, answers=answers)
    mail = message_from_bytes(written(made, made.message_id("x"), NOW), policy=default)
    assert [one.addr_spec for one in mail["To"].addresses] == ["sabine@krohn.example"]
    assert all(len(mail.get_all(field) or ()) <= 1 for field in ("To", "Cc", "Bcc", "Subject", "From"))
    assert "Bcc" not in mail


@given(subject=TEXT, text=TEXT)
def test_it_is_known_again_and_any_change_of_a_word_is_noticed(subject: str, text: str) -> None:
    """The digest of the mail is that of the reply; with one word more it is another."""
    made = reply(subject=subject, text=text)
    raw = written(made, "x@y", NOW)
    assert digest_of(raw) == made.digest
    more = reply(subject=subject, text=text + "\nwort")
    assert digest_of(written(more, "x@y", NOW)) != made.digest


def test_a_message_id_is_the_same_for_the_same_words_only() -> None:
    """So a draft is found again, and two cases never share one."""
    assert reply().message_id("a") == reply().message_id("a")
    assert len({reply().message_id("a"), reply().message_id("b"), reply(text="x").message_id("a")}) == 3
