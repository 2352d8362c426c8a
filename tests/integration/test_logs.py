"""A story with planted secrets, told at the loudest level: none of them is in any line of the log."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from anlass.adviser import Key, adviser
from anlass.errors import AnlassError
from anlass.store.ground.sql import Tables
from anlass.wires.logbook import EVENTS, FIELDS, begin
from tests.integration.test_live_mail import Box
from tests.live import House, request
from tests.pages import a_house_with_rules, owner, pages_configured
from tests.servers import HOST, Dovecot, free_ports

pytestmark = pytest.mark.slow  # a real server answers

PASSWORD = "Zwiebelfisch-Passwort-77"
TOKEN = "tok_Geheimlink_4711"
WORDS = "Rhabarberkuchen-im-Brief"
STRANGER = "wilhelmine.fremdling"
SUBJECT = "Betreff-Quittenmus"
KEY = "sk-Schluessel-0815"
PLANTS = (PASSWORD, TOKEN, WORDS, STRANGER, SUBJECT, KEY, STRANGER.upper())


@pytest.fixture
def loud() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """Begin the log at its loudest; yield it, and beside it what libraries said in their own words."""
    kept = [(one, one.handlers[:], one.level) for one in (logging.getLogger(), logging.getLogger("anlass"))]
    log, raw = io.StringIO(), io.StringIO()
    beside = logging.StreamHandler(raw)
    logging.getLogger().addHandler(beside)
    begin({"ANLASS_LOG": "json", "ANLASS_LOG_LEVEL": "DEBUG"}, log)
    for name in (
        "django",
        "django.request",
        "django.db.backends",
        "imapclient",
        "httpcore2",
        "httpx2",
        "gunicorn",
    ):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield log, raw
    logging.captureWarnings(False)
    threading.excepthook = threading.__excepthook__
    for one, handlers, level in kept:
        one.handlers[:] = handlers
        one.setLevel(level)


def mail_story(folder: Path, dovecot: Dovecot) -> None:
    """A letter comes and is judged; then the password is wrong, and the server away."""
    box, house = Box(dovecot), House(folder)
    house.connect(box.name, dovecot.imap)
    letter = request("one", sender=f"{STRANGER} <{STRANGER}@krohn.example>", to=box.address)
    words = letter.replace(b"inspirierend", WORDS.encode()).replace(b"Ein kurzer Austausch", SUBJECT.encode())
    dovecot.deliver(words, to=box.address, sender=f"{STRANGER}@krohn.example")
    assert house.once() == {}
    house.secrets.put(box.name, PASSWORD, "file")
    house.once()
    book = house.home.book
    (kept,) = book.cases(limit=2).cases
    assert WORDS in kept.case.request.text
    with pytest.raises(AnlassError):
        Tables("owner", book._tables.using).row(f"SELECT '{TOKEN}' FROM nowhere")
    book.close()


def page_story(folder: Path) -> None:
    """Strangers and the owner come by links with secrets, some to pages that are not there or break."""
    house = House(folder)
    with pages_configured():
        client = owner(a_house_with_rules(house.home))
        client.raise_request_exception = False
        links = (
            f"/?token={TOKEN}",
            f"/c/{TOKEN}",
            f"/w/{TOKEN}/",
            f"/n/{TOKEN}",
            f"/u/{TOKEN}",
            f"/{TOKEN}/",
        )
        for link in (*links, f"/people/?q={STRANGER}", f"/case/{TOKEN}/", "/static/none.css"):
            client.get(link)
        client.get("/", headers={"host": f"{TOKEN}.example"})
        client.post("/settings/", {"language": PASSWORD})
        replaced = replace(a_house_with_rules(house.home), now=broken)  # type: ignore[arg-type] # it never returns  # type: ignore[arg-type] # it never returns
        broke = owner(replaced)
        broke.raise_request_exception = False
        assert broke.get("/people/", {"q": TOKEN}).status_code == 500
    house.home.book.close()


def broken() -> None:
    """Break as code does that nobody foresaw, with the words of a letter in its mouth."""
    raise ValueError(f"{WORDS} {STRANGER}@krohn.example")


def wire_story() -> None:
    """A language model and a server of others are asked where nobody listens."""
    (port,) = free_ports(1)
    adviser(f"http://{HOST}:{port}/{TOKEN}", "model", Key(KEY), 2).send(WORDS.encode())
    with pytest.raises(httpx2.HTTPError):
        httpx2.get(f"http://{HOST}:{port}/?token={TOKEN}", headers={"Authorization": KEY})


def test_no_line_of_the_log_holds_a_secret(
    loud: tuple[io.StringIO, io.StringIO], dovecot: Dovecot, tmp_path: Path
) -> None:
    """Passwords, links, words, subjects, strangers: libraries say them aloud, the log says none."""
    log, raw = loud
    mail_story(tmp_path, dovecot)
    page_story(tmp_path)
    wire_story()
    said, told = raw.getvalue(), log.getvalue()
    assert {one for one in PLANTS if one in said} >= {TOKEN, WORDS, STRANGER}, "nothing was planted"
    assert [one for one in PLANTS if one.lower() in told.lower()] == []
    lines = [json.loads(line) for line in told.splitlines()]
    assert len(lines) > 20
    events = {one["event"] for one in lines}
    assert {"work.mailbox", "work.trouble", "other.django"} <= events
    assert {one for one in events if not one.startswith("other.")} <= {name for name, _ in EVENTS.values()}
    assert {field for one in lines for field in one} <= FIELDS | {"time", "level", "event", "at", "raised"}
