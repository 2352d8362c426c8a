"""OAuth2: the owner allows it elsewhere, what is kept is a secret, and tokens come when needed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from anlass.channels.mail.oauth import Code, Grant, Issuer, access_token, ask_owner
from anlass.cli.collecting import collect
from anlass.cli.connecting import connect
from anlass.wires.trouble import Trouble, WireError
from tests.imap_server import line, serving
from tests.servers import HOST

pytestmark = pytest.mark.slow  # servers of its own


class Tokens(ThreadingHTTPServer):
    """A token server that answers as told, and writes down what it was asked."""

    def __init__(self) -> None:
        super().__init__((HOST, 0), Answers)
        self.told: list[dict[str, object]] = []
        self.endless = b""
        """What it says again and again in place of an answer, where it is not empty."""
        self.pause = 0.0
        """Seconds between two of these."""
        self.is_over = threading.Event()
        self.heard: list[dict[str, str]] = []

    def url(self, path: str) -> str:
        """Return an address on it."""
        return f"http://{HOST}:{self.server_address[1]}/{path}"


class Answers(BaseHTTPRequestHandler):
    """Answers one question."""

    server: Tokens

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append({name: values[0] for name, values in parse_qs(body).items()})
        if self.server.endless:
            self._goes_on()
            return
        told = self.server.told.pop(0)
        answer = json.dumps(told).encode()
        self.send_response(400 if "error" in told else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _goes_on(self) -> None:
        """Say the same until nobody listens any more."""
        self.close_connection = True
        try:
            while not self.server.is_over.wait(self.server.pause):
                self.wfile.write(self.server.endless)
        except OSError:
            self.server.is_over.set()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def tokens() -> Iterator[Tokens]:
    """Run a token server."""
    with Tokens() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.is_over.set()
        server.shutdown()
        thread.join()


BEGUN: dict[str, object] = {
    "device_code": "d1",
    "user_code": "ABCD-EFGH",
    "verification_uri": "https://x.example/device",
    "interval": 5,
}


def test_the_owner_allows_it_on_another_device(tokens: Tokens) -> None:
    """The code is shown, the house asks patiently, and keeps a refresh token."""
    tokens.told = [
        BEGUN,
        {"error": "authorization_pending"},
        {"error": "slow_down"},
        {"access_token": "a", "refresh_token": "r1"},
    ]
    shown, waited = list[Code](), list[float]()
    issuer = Issuer(tokens.url("device"), tokens.url("token"), "mail")
    kept = ask_owner(issuer, "me", "", shown.append, waited.append)
    assert kept == Grant(tokens.url("token"), "me", "r1")
    assert shown == [Code("https://x.example/device", "ABCD-EFGH")]
    assert waited == [5, 5, 10]
    assert [one.get("device_code") for one in tokens.heard] == [None, "d1", "d1", "d1"]


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        ([{"error": "invalid_client"}], Trouble.TURNED_DOWN),
        ([BEGUN, {"error": "access_denied"}], Trouble.PASSWORD),
        ([BEGUN, {"error": "expired_token"}], Trouble.PASSWORD),
    ],
)
def test_what_is_not_allowed_is_said(tokens: Tokens, told: list[dict[str, object]], trouble: Trouble) -> None:
    """A client id that is not known, and an owner who says no."""
    tokens.told = told
    issuer = Issuer(tokens.url("device"), tokens.url("token"), "mail")
    with pytest.raises(WireError) as caught:
        ask_owner(issuer, "me", "", lambda _: None, lambda _: None)
    assert caught.value.trouble is trouble


def test_a_permission_that_was_taken_back(tokens: Tokens) -> None:
    """It counts as a password that does not hold any more: the owner has to connect again."""
    tokens.told = [{"error": "invalid_grant"}]
    with pytest.raises(WireError) as caught:
        access_token(Grant(tokens.url("token"), "me", "r1").written())
    assert caught.value.trouble is Trouble.PASSWORD
    with pytest.raises(WireError) as caught:
        access_token("just a password")
    assert caught.value.trouble is Trouble.NO_SECRET


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


@pytest.mark.parametrize(
    "endless",
    [b"[" * 4096, b" " * 4096, HEAD + b"{" * 4096],
    ids=["no-head", "no-header-ends", "no-end"],
)
def test_an_answer_without_end_is_read_no_further(tokens: Tokens, endless: bytes) -> None:
    """A server that talks on is left, long before its answer fills the memory; it cannot be read."""
    tokens.endless = endless
    with pytest.raises(WireError) as caught:
        access_token(Grant(tokens.url("token"), "me", "r1").written())
    assert caught.value.trouble in {Trouble.UNREADABLE, Trouble.UNREACHABLE}
    assert tokens.is_over.wait(10)  # the house has hung up


@pytest.mark.parametrize("endless", [b"H", b"x: y\r\n", HEAD], ids=["head", "headers", "body"])
def test_an_answer_that_drips_ends_with_its_time(tokens: Tokens, endless: bytes) -> None:
    """A byte now and then keeps no connection open for longer than a whole answer may take."""
    tokens.endless, tokens.pause = endless, 0.05
    with pytest.raises(WireError) as caught:
        access_token(Grant(tokens.url("token"), "me", "r1").written(), seconds=1)
    assert (caught.value.trouble, caught.value.temporary) == (Trouble.SILENT, True)
    assert tokens.is_over.wait(10)  # the house has hung up


def test_connecting_with_a_token(tmp_path: Path, tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mailbox is opened with the token; the refresh token is a secret like a password."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    tokens.told = [
        {**BEGUN, "interval": 0.01},
        {"refresh_token": "r1"},
        {"access_token": "a1"},
        {"access_token": "a2"},
    ]

    with serving(CAPABILITY=line(b"CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR"), AUTHENTICATE=line()) as fake:
        done = CliRunner().invoke(
            connect,
            [
                *("olga@anlass.example", "--name", "post", "--data", str(tmp_path), "--no-smtp", "--json"),
                *("--imap", f"none {HOST}:{fake.port}", "--client-id", "me"),
                *("--device-url", tokens.url("device"), "--token-url", tokens.url("token")),
            ],
        )
    assert done.exit_code == 0, done.output
    assert "ABCD-EFGH" in done.output
    assert json.loads((tmp_path / "secrets" / "post").read_text())["refresh_token"] == "r1"
    assert json.loads(done.stdout)["auth"] == "oauth2"
    assert b"r1" not in b"".join(fake.heard)


def test_a_connected_mailbox_is_collected_by_its_name(
    tmp_path: Path, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a provider takes tokens only, its history is read by the permission that was given once."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    where = ("--data", str(tmp_path))
    tokens.told = [
        {**BEGUN, "interval": 0.01},
        {"refresh_token": "r1"},
        {"access_token": "a1"},
        {"access_token": "a2"},
        {"access_token": "a3"},
    ]
    with serving(CAPABILITY=line(b"CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR"), AUTHENTICATE=line()) as fake:
        urls = ("--device-url", tokens.url("device"), "--token-url", tokens.url("token"))
        server = ("--imap", f"none {HOST}:{fake.port}", "--client-id", "me")
        CliRunner().invoke(
            connect, ["olga@anlass.example", "--name", "post", "--no-smtp", *where, *server, *urls]
        )
        fake.heard.clear()
        done = CliRunner().invoke(collect, ["--imap", "post", *where])
    assert done.exit_code == 0, done.output
    said = [one.split(maxsplit=1)[-1] for one in fake.heard]
    assert [one for one in said if b"AUTH" in one or b"LOGIN" in one] == [b"AUTHENTICATE XOAUTH2"]
