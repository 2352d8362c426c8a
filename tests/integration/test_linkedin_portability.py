"""LinkedIn's interface for members, as documented: a local server speaks so; LinkedIn was not asked."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from anlass.cli.collecting import collect
from anlass.cli.screening import screen
from anlass.errors import SourceError
from anlass.sources.linkedin.portability import FILE, Portability, fetch
from tests.servers import HOST

Row = dict[str, str]
CONNECTION = {
    "First Name": "Erika",
    "Last Name": "Beispiel",
    "URL": "https://www.linkedin.com/in/erika-b",
    "Connected On": "08 Feb 2026",
}
INVITATION = {
    "From": "Max Muster",
    "To": "Olga Muster",
    "Sent At": "3/5/26, 1:45 AM",
    "Message": "Wir saßen im Panel, „neben“ einander,\nund sprachen über Kiel.",
    "Direction": "INCOMING",
    "inviterProfileUrl": "https://www.linkedin.com/in/max-muster",
    "inviteeProfileUrl": "https://www.linkedin.com/in/olga-m",
}


@dataclass
class Members:
    """What the server has of one member, in pages, and what it was asked."""

    pages: dict[str, list[list[Row]]]
    status: int = 200
    raw: bytes = b""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://{HOST}:{self.port}/rest"


@contextmanager
def serving(members: Members) -> Iterator[Members]:
    """Serve a member's data as documented."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            members.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            domain, page = asked["domain"][0], int(asked["start"][0])
            pages = members.pages.get(domain)
            status = members.status if members.status != 200 else 404 if pages is None else 200
            rows = pages[page] if pages and page < len(pages) else []
            elements = [{"snapshotDomain": domain, "snapshotData": rows}] if rows else []
            body = members.raw or json.dumps({"paging": {"start": page}, "elements": elements}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    members.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield members
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_members_data_becomes_an_export(tmp_path: Path) -> None:
    """All pages of all domains are fetched with the token; a domain that is not there is no fault."""
    pages = {
        "CONNECTIONS": [[CONNECTION], [{**CONNECTION, "First Name": "Ina"}]],
        "INVITATIONS": [[INVITATION]],
    }
    into = tmp_path / "linkedin" / FILE
    with serving(Members(pages)) as members:
        counts = fetch(Portability("token", members.address), into)
    assert counts == {"Connections.csv": 2, "messages.csv": 0, "Invitations.csv": 1, "Profile.csv": 0}
    assert stat.S_IMODE(into.stat().st_mode) == 0o600
    assert {headers["authorization"] for _, headers in members.asked} == {"Bearer token"}
    assert {headers["linkedin-version"] for _, headers in members.asked} == {"202312"}


@pytest.mark.slow
def test_the_command_fetches_and_what_it_fetched_is_screened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`anlass collect --linkedin` fills the ledger, `anlass screen` of the same archive makes the cases."""
    monkeypatch.setenv("ANLASS_LINKEDIN_TOKEN", "token")
    data = tmp_path / "data"
    data.mkdir()
    with serving(Members({"CONNECTIONS": [[CONNECTION]], "INVITATIONS": [[INVITATION]]})) as members:
        (data / "anlass.toml").write_text(f'[sources]\nlinkedin = "{members.address}"\n', encoding="utf-8")
        options = ["--owner", "olga@home.example", "--data", str(data)]
        done = CliRunner().invoke(collect, ["--linkedin", *options])
    assert done.exit_code == 0, done.output
    shown = CliRunner().invoke(screen, [str(data / "linkedin" / FILE), "--json", *options])
    (line,) = [json.loads(one) for one in shown.stdout.splitlines()]
    assert (line["channel"], line["text"]) == ("linkedin", INVITATION["Message"])
    assert "token" not in done.output + shown.output


@pytest.mark.parametrize(
    ("status", "raw", "says"), [(401, b"", "token"), (503, b"", "503"), (200, b"[[[", "read")]
)
def test_what_goes_wrong_is_said_and_the_last_export_stays(
    tmp_path: Path, status: int, raw: bytes, says: str
) -> None:
    """A wrong token, a server that fails, an answer that is none."""
    into = tmp_path / FILE
    into.write_bytes(b"before")
    with (
        serving(Members({"CONNECTIONS": [[CONNECTION]]}, status, raw)) as members,
        pytest.raises(SourceError) as told,
    ):
        fetch(Portability("token", members.address), into)
    assert says in told.value.says
    assert into.read_bytes() == b"before"


def test_the_token_goes_nowhere_unencrypted(tmp_path: Path) -> None:
    """Without TLS it leaves this machine for nobody."""
    with pytest.raises(SourceError):
        fetch(Portability("token", "http://linkedin.example/rest"), tmp_path / FILE)


def test_rows_of_any_shape_are_passed_over(tmp_path: Path) -> None:
    """What is no list of rows tells nothing and breaks nothing."""
    raw = json.dumps({"elements": [1, None, {"snapshotData": "x"}, {"snapshotData": [7, {}]}]}).encode()
    with serving(Members({"CONNECTIONS": []}, raw=raw)) as members:
        assert sum(fetch(Portability("token", members.address), tmp_path / FILE).values()) == 0
