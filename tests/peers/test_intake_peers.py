"""What others published as odd, broken or automatic: every file is accounted for.

The files are not part of the project; where they are missing these tests say so.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from anlass.intake import (
    ContactRequest,
    Message,
    SetAside,
    identity,
    normalise,
    own_words,
    parse,
    parse_headers,
)
from anlass.people import mail_address
from tests.fuzz.torture import longest
from tests.unit.intake.mails import HERE, around

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NO_MAIL = (".json", "-LICENSE", ".md", "LICENSE", "COPYING")
NO_BOUNCE = "sisimai_maildir_not_"
"""Files of the set of bounces that are none, by its own name."""

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the public test data is not at {DATA}"),
]


def files(folder: str) -> list[Path]:
    """Return the mails of a folder of the public data."""
    found = sorted(path for path in (DATA / folder).rglob("*") if path.is_file())
    return [
        path
        for path in found
        if not path.name.endswith(NO_MAIL) and not any(word in path.name for word in NO_MAIL[3:])
    ]


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["stalwart", "mime4j", "mikel", "rspamd", "bounces"])
def test_every_file_is_accounted_for(folder: str) -> None:
    """A message or set aside with a reason, none over a CPU second; slow, as there are hundreds."""
    asked = files(f"malformed/{folder}")
    outcomes = []
    for path in asked:
        begin = time.process_time()
        message = parse(path.read_bytes(), HERE)
        parse_headers(path.read_bytes(), HERE)
        if isinstance(message, Message):
            normalise(message, around())
            identity(message)
        assert time.process_time() - begin < longest(), path.name
        outcomes.append(message)
    aside = [message.reason for message in outcomes if isinstance(message, SetAside)]
    assert asked
    assert aside == ["no_header"] * len(aside)
    assert len(aside) <= 2


@pytest.mark.slow
def test_bounces_are_never_requests() -> None:
    """Of all published bounces none becomes a contact request; slow, as there are hundreds."""
    requests = []
    for path in files("malformed/bounces"):
        message = parse(path.read_bytes(), HERE)
        if isinstance(message, Message) and isinstance(normalise(message, around()), ContactRequest):
            requests.append(path.name)
    assert [name for name in requests if not name.startswith(NO_BOUNCE)] == []


def expected_of(path: Path) -> tuple[str | None, str | None, str | None]:
    """Return From address, Subject and text that stalwart's parser reads."""
    told = json.loads(path.with_suffix(".json").read_text())
    headers = {
        one["name"]: one["value"] for one in told["parts"][0]["headers"] if isinstance(one["name"], str)
    }
    sender = None
    if isinstance(headers.get("from"), dict):
        people = headers["from"].get("Address", {}).get("List") or []
        named = mail_address(people[0].get("address") or "") if people else None
        sender = named.value if named else None
    subject = headers.get("subject")
    bodies = [told["parts"][place]["body"] for place in told["text_body"]]
    text = "\n".join(body["Text"] for body in bodies if isinstance(body, dict) and "Text" in body) or None
    return sender, subject.get("Text") if isinstance(subject, dict) else None, text


def test_reading_agrees_with_another_parser() -> None:
    """On the mails of stalwart's own tests From, Subject and text come out alike, nearly always."""
    asked = agreed = 0
    for path in files("malformed/stalwart"):
        message = parse(path.read_bytes(), HERE)
        if not isinstance(message, Message) or not path.with_suffix(".json").exists():
            continue
        sender, subject, text = expected_of(path)
        pairs = [
            (sender, message.sender and message.sender.address),
            (subject and " ".join(subject.split()), message.subject and " ".join(message.subject.split())),
            (text and text.split()[:40], message.text.split()[:40]),
        ]
        asked += sum(1 for theirs, _ in pairs if theirs)
        agreed += sum(1 for theirs, ours in pairs if theirs and theirs == ours)
    assert asked > 40
    assert agreed / asked >= 0.8, f"{agreed} of {asked}"


@pytest.mark.parametrize("path", files("replies/plain") if DATA.is_dir() else [], ids=lambda path: path.name)
def test_reply_is_left_without_its_quotes(path: Path) -> None:
    """No quoted line is left where the writer wrote anything, and never nothing."""
    text = path.read_text(encoding="utf-8", errors="replace")
    begin = time.process_time()
    own = own_words(text)
    assert time.process_time() - begin < longest()
    assert own


CLIENTS = ("android", "apple_mail", "comcast", "hotmail", "iphone_reply_text", "sparrow", "thunderbird")
ODD_CLIENTS = {"android": "a Russian attribution over two lines", "sparrow": "a device nobody uses any more"}


@pytest.mark.parametrize("client", CLIENTS)
def test_reply_of_a_known_program(client: str) -> None:
    """The same word, sent by seven programs, is that word."""
    (path,) = (DATA / "replies" / "clients").glob(f"*standard_replies_{client}*")
    raw = path.read_bytes()
    message = parse(raw, HERE)
    text = message.text if isinstance(message, Message) else raw.decode()
    own = own_words(text)
    assert own.split()[0] == "Hello"
    assert client in ODD_CLIENTS or own == "Hello"
