"""LinkedIn's interface for members, as documented: a local server speaks so; LinkedIn was not asked."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

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
    events: list[dict[str, Any]] = field(default_factory=list)
    page: int = 50
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://{HOST}:{self.port}/rest"

    def snapshot(self, asked: dict[str, str]) -> tuple[int, object]:
        """Return the status and a page of one domain."""
        domain, page = asked["domain"], int(asked["start"])
        pages = self.pages.get(domain)
        status = self.status if self.status != 200 else 404 if pages is None else 200
        rows = pages[page] if pages and page < len(pages) else []
        elements = [{"snapshotDomain": domain, "snapshotData": rows}] if rows else []
        return status, {"paging": {"start": page}, "elements": elements}

    def logged(self, asked: dict[str, str]) -> tuple[int, object]:
        """Return the status and a page of the log; the event at the moment that is asked for repeats."""
        assert asked["q"] == "memberAndApplication"
        since, count = int(asked["startTime"]), min(int(asked["count"]), self.page)
        events = [one for one in self.events if one["processedAt"] >= since]
        return 200, {"elements": events[:count]}


@contextmanager
def serving(members: Members) -> Iterator[Members]:
    """Serve a member's data as documented."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            members.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            is_log = urlsplit(self.path).path.endswith("/memberChangeLogs")
            status, told = members.logged(asked) if is_log else members.snapshot(asked)
            body = members.raw or json.dumps(told).encode()
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
    """What is no list of rows tells nothing; where nothing is left, the last export stays."""
    raw = json.dumps({"elements": [1, None, {"snapshotData": "x"}, {"snapshotData": [7, {}]}]}).encode()
    (tmp_path / FILE).write_bytes(b"before")
    with serving(Members({"CONNECTIONS": []}, raw=raw)) as members, pytest.raises(SourceError, match="yet"):
        fetch(Portability("token", members.address), tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes() == b"before"


# --- the log of changes ---

OLGA, MAX, INA = (f"urn:li:person:{name}" for name in ("olga", "max", "ina"))
NOW = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp() * 1000)


def event(number: int, **told: object) -> dict[str, Any]:
    """Return the event of a new invitation, as the schema of invitations has it."""
    activity: dict[str, object] = {
        "inviter": MAX,
        "inviter~": {"firstName": "Max", "lastName": "Muster", "vanityName": "max-muster"},
        "invitee": {"person": OLGA},
        "sentAt": NOW - number * 60_000,
        "message": {"com.linkedin.invitations.InvitationMessage": {"body": f"Frage {number} zu Ihrem Buch."}},
    }
    return {
        "id": number,
        "owner": OLGA,
        "actor": MAX,
        "resourceName": "invitations",
        "method": "CREATE",
        "processedAt": NOW - 1_000 + number,
        "activity": {**activity, **told},
    }


def fetched(members: Members, into: Path, *, is_asked: bool = True) -> list[Row]:
    """Fetch, and return the rows of the invitations."""
    fetch(Portability("token", members.address, changes_until=NOW if is_asked else 0), into)
    with ZipFile(into) as zipped:
        if "Invitations.csv" not in zipped.namelist():
            return []
        return list(csv.DictReader(StringIO(zipped.read("Invitations.csv").decode(), newline="")))


def test_the_log_tells_invitations_page_by_page_each_once(tmp_path: Path) -> None:
    """The last event of a page comes again at the head of the next, and is one invitation."""
    with serving(
        Members({"CONNECTIONS": [[CONNECTION]]}, events=[event(n) for n in range(7)], page=3)
    ) as members:
        rows = fetched(members, tmp_path / FILE)
        first = next(path for path, _ in members.asked if "memberChangeLogs" in path)
    assert [row["Message"] for row in rows] == [f"Frage {n} zu Ihrem Buch." for n in range(7)]
    assert rows[0] | {"To": ""} == {
        "From": "Max Muster",
        "To": "",
        "Sent At": "2026-11-22 12:00:00",
        "Message": "Frage 0 zu Ihrem Buch.",
        "Direction": "INCOMING",
        "inviterProfileUrl": "https://www.linkedin.com/in/max-muster",
        "inviteeProfileUrl": "",
    }
    assert f"startTime={NOW - 28 * 86_400_000}" in first


def test_the_log_is_asked_only_where_wanted_and_needed(tmp_path: Path) -> None:
    """Not without the owner's word, and not where the data itself holds invitations."""
    told = Members({"CONNECTIONS": [[CONNECTION]]}, events=[event(1)])
    with serving(told) as members:
        assert fetched(members, tmp_path / FILE, is_asked=False) == []
    with serving(Members({"INVITATIONS": [[INVITATION]]}, events=[event(1)])) as members:
        assert [row["From"] for row in fetched(members, tmp_path / FILE)] == [INVITATION["From"]]
        assert [path for path, _ in members.asked if "ChangeLogs" in path] == []


@pytest.mark.parametrize(
    ("odd", "rows"),
    [
        (event(1, **{"inviter~": None}), [(MAX, "INCOMING", "Frage 1 zu Ihrem Buch.")]),
        (event(1, inviter=OLGA, **{"inviter~": None}), [(OLGA, "OUTGOING", "Frage 1 zu Ihrem Buch.")]),
        (event(1, message={"invite_member_28": {}}), [("Max Muster", "INCOMING", "")]),
        (event(1, message="invite_member_28"), [("Max Muster", "INCOMING", "")]),
        (event(1, sentAt=None), []),
        (event(1, sentAt=-5), []),
        (event(1, inviter=7, **{"inviter~": []}), []),
        ({**event(1), "activity": None}, []),
        ({**event(1), "method": "DELETE"}, []),
        ({**event(1), "resourceName": "messages"}, []),
    ],
)
def test_events_of_any_shape_tell_what_is_certain(
    tmp_path: Path, odd: dict[str, Any], rows: list[tuple[str, str, str]]
) -> None:
    """A member without a name is known by LinkedIn's own; a ready-made text is no word; the rest is left."""
    with serving(Members({"CONNECTIONS": [[CONNECTION]]}, events=[odd])) as members:
        found = fetched(members, tmp_path / FILE)
    assert [(row["From"], row["Direction"], row["Message"]) for row in found] == rows


@pytest.mark.slow
def test_an_invitation_of_the_log_becomes_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetched by the command with the owner's word in anlass.toml, screened like any archive."""
    monkeypatch.setenv("ANLASS_LINKEDIN_TOKEN", "token")
    data = tmp_path / "data"
    data.mkdir()
    now = int(datetime.now(UTC).timestamp() * 1000)
    new = event(1, sentAt=now - 60_000) | {"processedAt": now}
    with serving(Members({"CONNECTIONS": [[CONNECTION]]}, events=[new])) as members:
        told = f'[sources]\nlinkedin = "{members.address}"\nlinkedin_changes = true\n'
        (data / "anlass.toml").write_text(told, encoding="utf-8")
        options = ["--owner", "olga@home.example", "--data", str(data)]
        assert CliRunner().invoke(collect, ["--linkedin", *options]).exit_code == 0
    shown = CliRunner().invoke(screen, [str(data / "linkedin" / FILE), "--json", *options])
    (line,) = [json.loads(one) for one in shown.stdout.splitlines()]
    assert (line["channel"], line["text"]) == ("linkedin", "Frage 1 zu Ihrem Buch.")
    assert line["person"]["name"] == "Max Muster"
