"""From the demo to one's own mailbox, on the page, with a real Dovecot; and what the settings choose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.test import Client

from anlass.bootstrap import Home
from anlass.config import OwnerSettings, Settings
from anlass.desk.accounts.mail import accounts
from anlass.desk.house.preferences import preferences
from anlass.desk.safekeeping.retention import let_go
from anlass.store import open_book
from anlass.store.cases.inbox import Wanted
from anlass.store.cases.kept import CaseState
from anlass.web.frame.house import House, Stage
from anlass.wires.hosts import is_on_the_internet
from tests.characters import SCENES, case_of
from tests.gates import OLGA, gate
from tests.live import NOW, request
from tests.pages import a_house, a_house_with_rules, book_on_disk, owner, pages_configured
from tests.servers import HOST, Dovecot, free_ports

pytestmark = pytest.mark.slow  # a real server answers
_NAMES = count(1)
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def django(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Configure Django for these tests; the machine has no keyring."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    with pages_configured():
        yield


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A new owner's house, in which nothing is yet."""
    settings = Settings(tmp_path, owner=OwnerSettings(name="Olga Wend", language="en"))
    made = a_house_with_rules(Home(settings, "en", open_book(tmp_path)))
    return replace(made, now=lambda: NOW)


def form(dovecot: Dovecot, address: str, **more: str) -> dict[str, str]:
    """Return what an owner types to connect a mailbox of the real server."""
    typed = {"address": address, "password": "secret", "only-read": "1"}
    return {**typed, "imap": f"none {HOST}:{dovecot.imap}", **more}


def test_mailbox_is_connected_read_and_its_requests_stand_at_the_door(house: House, dovecot: Dovecot) -> None:
    """Typed, tried, read while the page says how far it is; then the newest requests are cases."""
    address = f"page{next(_NAMES)}@anlass.example"
    for number in range(3):
        send(dovecot, address, number)
    client = owner(house, "en")
    assert client.post("/settings/mailboxes/connect/", form(dovecot, address)).status_code == 302
    page = until_it_is_done(client)
    assert "Done. 3 requests stand at the door." in page
    assert "Sabine Krohn" in client.get("/").content.decode()
    assert client.get("/journal/?act=connect").content.decode().count("Mailbox connected") >= 2


def test_drafts_lie_in_the_mailbox_where_that_was_ticked(house: House, dovecot: Dovecot) -> None:
    """Without the tick nothing in the mailbox changes, as the page promises; what was ticked stays so."""
    client, ticked, plain = owner(house, "en"), f"page{next(_NAMES)}@anlass.example", "plain@anlass.example"
    ways: dict[str, dict[str, str]] = {ticked: {"drafts": "1"}, plain: {}}
    for address, more in ways.items():
        send(dovecot, address)
        assert client.post("/settings/mailboxes/connect/", form(dovecot, address, **more)).status_code == 302
        until_it_is_done(client)
    assert house.home is not None
    kept = {one.address: one.folders.keeps_drafts for one in accounts(house.home.book)}
    assert kept == {ticked: True, plain: False}
    wrong = client.post("/settings/mailboxes/connect/", form(dovecot, "nobody", drafts="1")).content.decode()
    assert wrong.count("checked") == 2


def send(dovecot: Dovecot, to: str, number: int = 0) -> None:
    """Let a stranger ask for something."""
    sender = f"sabine{number}@krohn.example"
    raw = request(f"{to.partition('@')[0]}-{number}", sender=f"Sabine Krohn <{sender}>", to=to)
    dovecot.deliver(raw, to=to, sender=sender)


def until_it_is_done(client: Client) -> str:
    """Look at the page until it says that nothing is read any more, as a browser without scripts does."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        page = client.get("/settings/mailboxes/").content.decode()
        if 'http-equiv="refresh"' not in page:
            return page
        sleep(0.05)  # the reading goes on in a thread of its own; what is waited for is its end
    raise AssertionError("It was never done.")


def test_what_fails_is_said_in_words_and_nothing_is_kept(
    house: House, dovecot: Dovecot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong password, a closed port, no address: the page says which, and shows no password."""
    client, address = owner(house, "en"), f"page{next(_NAMES)}@anlass.example"
    (closed,) = free_ports(1)
    cases = {
        "does not accept the user or the password": form(dovecot, address, password="Wr0ng-Zwiebelfisch"),
        "Nobody answers on": form(dovecot, address, imap=f"none {HOST}:{closed}"),
        "is no mail address": form(dovecot, "nobody"),
        "is no server": form(dovecot, address, imap="<script>"),
        "without encryption": form(dovecot, address, imap="none mail.example.org"),
    }
    for says, typed in cases.items():
        answer = client.post("/settings/mailboxes/connect/", typed)
        page = answer.content.decode()
        assert answer.status_code == 422, says
        assert says in page, page
        assert (
            typed["password"] not in page.replace('autocomplete="off"', "") or typed["password"] == "secret"
        )
        assert 'type="password" required' in page
        assert not re.search(r'id="password"[^>]*value', page)
    assert "Zwiebelfisch" not in caplog.text
    page = client.get("/settings/mailboxes/").content.decode()
    assert ("None is connected yet." in page, "example" in page) == (True, False)
    assert not (tmp_path / "secrets").exists()


def test_mailbox_that_is_disconnected_is_forgotten_with_its_password(
    house: House, dovecot: Dovecot, tmp_path: Path
) -> None:
    """The secret is gone from the disk; what was read stays."""
    client, address = owner(house, "en"), f"page{next(_NAMES)}@anlass.example"
    send(dovecot, address)
    client.post("/settings/mailboxes/connect/", form(dovecot, address))
    until_it_is_done(client)
    (kept,) = (tmp_path / "secrets").iterdir()
    assert (kept.stat().st_mode & 0o777, kept.read_text()) == (0o600, "secret\n")
    assert client.post("/settings/mailboxes/forget/", {"mailbox": kept.name}).status_code == 302
    assert list((tmp_path / "secrets").iterdir()) == []
    assert "Sabine Krohn" in client.get("/").content.decode()
    assert client.post("/settings/mailboxes/forget/", {"mailbox": "nobody"}).status_code == 404


def test_own_mailbox_takes_the_place_of_the_example(
    house: House, dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A mailbox that cannot be read leaves the example as it is; one that can gets a house of its own."""
    example = a_house(book_on_disk(tmp_path_factory.mktemp("example")))
    stage = Stage(lambda stage: replace(example, stage=stage), lambda: house)
    client, address = owner(stage.house, "en"), f"page{next(_NAMES)}@anlass.example"
    send(dovecot, address)
    client.post("/settings/mailboxes/connect/", form(dovecot, address, password="wrong"))
    assert stage.house.stage is stage
    page = client.get("/settings/mailboxes/").content.decode()
    assert "The example is over as soon as your own letters are here." in page
    assert client.post("/settings/mailboxes/connect/", form(dovecot, address)).status_code == 302
    assert stage.house is house
    client.defaults["anlass.house"] = stage.house  # type: ignore[assignment] # a value of WSGI
    until_it_is_done(client)
    page = client.get("/").content.decode()
    assert "Sabine Krohn" in page
    assert [one.name for one in SCENES if len(one.name) > 4 and one.name in page] == []
    assert len(example.book.inbox.part(Wanted(), limit=100).cases) == len(SCENES)


def test_guest_of_a_server_reaches_no_machine_of_its_network(tmp_path: Path, dovecot: Dovecot) -> None:
    """On a server with several owners a name that leads inside is no server, whoever answers there."""
    with gate(tmp_path) as here:
        olga = here.inside(OLGA)
        for inner in (f"none {HOST}:{dovecot.imap}", f"localhost:{dovecot.imap}", "10.0.0.7", "[::1]:993"):
            answer = olga.post("/settings/mailboxes/connect/", form(dovecot, "a@anlass.example", imap=inner))
            assert answer.status_code == 422, inner
            assert "There is no server" in answer.content.decode(), inner
        assert here.olga.mail.states() == ()
    assert not any(is_on_the_internet(one) for one in ("127.0.0.1", "169.254.169.254", "192.168.1.1", "::1"))


def test_language_and_retention_are_chosen_on_the_page(house: House) -> None:
    """The page speaks the language at once, and in the next browser; the journal tells of retention."""
    client = owner(house, "en")
    assert client.post("/settings/", {"language": "de", "years": "3"}).status_code == 302
    page = client.get("/settings/").content.decode()
    assert '<html lang="de">' in page
    assert re.search(r'<option value="3" selected>', page)
    assert '<html lang="de">' in client.get("/").content.decode()
    client.post("/settings/", {"language": "xx", "years": "4"})
    page = client.get("/settings/").content.decode()
    assert re.search(r'<option value="3" selected>', page)
    assert client.get("/journal/?act=retention").content.decode().count("Retention changed") >= 2


def test_years_that_would_delete_something_ask_first(house: House) -> None:
    """Without a yes nothing is chosen and nothing goes; with it the worker may delete the old ones."""
    client, (old, young) = owner(house, "en"), SCENES[:2]
    assert house.classroom
    book = house.classroom.book
    for scene, years in ((old, 3), (young, 0)):
        before = NOW.replace(year=NOW.year - years)
        case = case_of(scene)
        book.keep(replace(case, request=replace(case.request, arrived=before)), now=before)
        book.set_state(scene.id, CaseState.DONE)
    answer = client.post("/settings/", {"language": "", "years": "2"})
    assert answer.status_code == 422
    assert (
        "One case is older than that. `anlass work` would delete it by tomorrow, for good."
        in answer.content.decode()
    )
    assert re.search(r'<option value="2" selected>', answer.content.decode())
    assert (preferences(book).keep_years, len(book.cases().cases)) == (0, 2)
    assert client.post("/settings/", {"language": "", "years": "2", "agreed": "yes"}).status_code == 302
    assert (preferences(book).keep_years, len(book.cases().cases)) == (2, 2)
    let_go(book, now=NOW)
    assert [kept.id for kept in book.cases().cases] == [young.id]
    assert "Finished cases deleted" in client.get("/journal/").content.decode()
