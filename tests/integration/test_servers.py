"""The real parts run, are private, and go when the run goes."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import conftest, servers

HOLD = """
import sys
from tests import servers
with servers.{server}() as one:
    print(one.{port}, flush=True)
    sys.stdin.read()
"""


def test_dovecot_hands_out_by_imap_what_it_took_by_lmtp(dovecot: servers.Dovecot) -> None:
    """A mail delivered to an account is in that account's inbox, and in nobody else's."""
    dovecot.deliver(b"Subject: Hallo\r\n\r\nEin Brief.\r\n", to="lmtp-to-imap@anlass.example")
    with dovecot.login("lmtp-to-imap@anlass.example") as session:
        session.select("INBOX", readonly=True)
        _, found = session.search(None, "SUBJECT", "Hallo")
    with dovecot.login("somebody-else@anlass.example") as session:
        _, counted = session.select("INBOX", readonly=True)
    assert (found, counted) == ([b"1"], [b"0"])


@pytest.mark.postgres
def test_postgres_gives_each_test_an_empty_database(postgres_url: str) -> None:
    """A table made here is the only one, and UTF-8 comes back as it went in."""
    with psycopg.connect(postgres_url) as link:
        link.execute("CREATE TABLE letters (words text)")
        link.execute("INSERT INTO letters VALUES ('Grüße')")
        tables = link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        words = link.execute("SELECT words FROM letters").fetchall()
    assert (tables, words) == ([("letters",)], [("Grüße",)])


@pytest.mark.slow  # a server starts and ends: one second
@pytest.mark.parametrize(
    ("server", "port", "fixture"), [("dovecot", "imap", "dovecot"), ("postgres", "port", "postgres")]
)
def test_a_server_dies_when_the_test_run_is_killed(
    server: str, port: str, fixture: str, request: pytest.FixtureRequest
) -> None:
    """Nothing stays behind, even when the run gets no chance to clean up."""
    request.getfixturevalue(fixture)  # skips where the server is missing
    if not Path("/proc/self").exists():
        pytest.skip("Only Linux tells a child that its parent died.")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", HOLD.format(server=server, port=port)]
    with subprocess.Popen(
        command,
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(root)},
    ) as run:
        assert run.stdout is not None
        number = int(run.stdout.readline())
        child = children(run.pid)[0]
        inside = Path(f"/proc/{child}/cwd").resolve()
        run.send_signal(signal.SIGKILL)
    ended = os.pidfd_open(child) if Path(f"/proc/{child}").exists() else None
    if ended is not None:
        signal_of_end(ended)
    assert not Path(f"/proc/{child}/exe").exists()
    assert any(not listens(number) for _ in range(servers.TRIES))  # helpers go a moment after their master
    for folder in (inside, *inside.parents):
        if folder.name.startswith("anlass-"):
            shutil.rmtree(folder)


def children(pid: int) -> list[int]:
    """Return the process ids whose parent is `pid`."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def signal_of_end(pidfd: int) -> None:
    """Wait until the process behind `pidfd` has ended, five seconds at most."""
    select.select([pidfd], [], [], 5)
    os.close(pidfd)


def listens(port: int) -> bool:
    """Say whether anybody takes connections at `port`."""
    try:
        socket.create_connection((servers.HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [({}, False), ({"CI": "true"}, True), ({"CI": "false"}, False), ({"ANLASS_REAL": "1"}, True)],
)
def test_a_missing_part_fails_in_ci_and_skips_elsewhere(
    settings: dict[str, str], wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In CI nothing is skipped for want of a server; at home it is, with the command that helps."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("ANLASS_REAL", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    outcome = pytest.fail.Exception if wanted else pytest.skip.Exception
    with pytest.raises(outcome) as caught:
        conftest.go_without(servers.MissingError("Dovecot"))
    assert caught.value.msg == "Dovecot is not on this machine: run `make system` as root once."
