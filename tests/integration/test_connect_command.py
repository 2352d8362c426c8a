"""`anlass connect`, `anlass doctor`: a mailbox is tried before it is kept; what fails is said in words."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from anlass.cli.clock import moment
from anlass.cli.connecting import connect
from anlass.cli.examining import doctor
from anlass.store import open_book
from anlass.store.accounts.mail import Watch
from tests.certificates import certificate
from tests.imap_server import line, serving
from tests.servers import HOST, Dovecot, free_ports

pytestmark = pytest.mark.slow  # a real server answers each question
_NAMES = count(1)


@pytest.fixture
def address() -> str:
    """Return the address of a new mailbox."""
    return f"connect{next(_NAMES)}@anlass.example"


@pytest.fixture(autouse=True)
def _speaks_german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def call(data: Path, *arguments: str, secret: str = "secret") -> Result:
    """Call the command with a password on standard input."""
    return CliRunner().invoke(
        connect, [*arguments, "--password-file", "-", "--data", str(data)], input=f"{secret}\n"
    )


def everything_in(data: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield all files of a data folder."""
    for path in sorted(data.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes()


def test_a_mailbox_is_connected_and_its_password_lies_in_one_place_only(
    tmp_path: Path, dovecot: Dovecot, address: str
) -> None:
    """Everything is tried and told; the password is in a file for the owner alone, and nowhere else."""
    done = call(tmp_path, address, "--imap", f"none {HOST}:{dovecot.imap}", "--no-smtp", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["trouble"], told["folders"], told["drafts"], told["lacks"]) == (None, 2, "Drafts", ["QUOTA"])
    assert "„Drafts“" in " ".join(told["says"])
    (kept,) = [path for path, content in everything_in(tmp_path) if content == b"secret\n"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    # The table of the house's own secrets is named so too, and its page may have the number of a new line.
    told_of = [
        path for path, content in everything_in(tmp_path) if re.search(rb"(?<!store_)secret\n", content)
    ]
    assert told_of == [kept]
    assert "secret\n" not in done.output
    listed = CliRunner().invoke(connect, ["--list", "--json", "--data", str(tmp_path)])
    assert json.loads(listed.stdout)["address"] == address


@pytest.mark.parametrize(
    ("lang", "says"),
    [("de_DE.UTF-8", "nimmt Nutzer oder Passwort nicht an"), ("en_GB.UTF-8", "does not accept the user")],
)
def test_a_wrong_password_is_said_and_nothing_is_kept(
    tmp_path: Path, dovecot: Dovecot, address: str, monkeypatch: pytest.MonkeyPatch, lang: str, says: str
) -> None:
    """The exit code is 1; neither the mailbox nor the password is kept."""
    monkeypatch.setenv("LANG", lang)
    done = call(tmp_path, address, "--imap", f"none {HOST}:{dovecot.imap}", "--no-smtp", secret="falsch")
    assert done.exit_code == 1
    assert says in done.output
    assert not (tmp_path / "secrets").exists()
    assert open_book(tmp_path).mail.connected(address) is None


def test_a_rehearsal_keeps_nothing(tmp_path: Path, dovecot: Dovecot, address: str) -> None:
    """With --dry-run everything is tried, and nothing is kept."""
    done = call(tmp_path, address, "--imap", f"none {HOST}:{dovecot.imap}", "--no-smtp", "--dry-run")
    assert (done.exit_code, (tmp_path / "secrets").exists()) == (0, False)
    assert "Nur geprobt" in done.output
    assert CliRunner().invoke(connect, ["--list", "--data", str(tmp_path)]).stdout == ""


def test_forgetting_takes_the_password_with_it(tmp_path: Path, dovecot: Dovecot, address: str) -> None:
    """A mailbox that is forgotten leaves no password behind; one that is not known is said."""
    call(tmp_path, address, "--name", "post", "--imap", f"none {HOST}:{dovecot.imap}", "--no-smtp")
    assert (tmp_path / "secrets" / "post").exists()
    done = CliRunner().invoke(connect, ["--forget", "post", "--data", str(tmp_path)])
    assert (done.exit_code, (tmp_path / "secrets" / "post").exists()) == (0, False)
    assert CliRunner().invoke(connect, ["--test", "post", "--data", str(tmp_path)]).exit_code != 0


def trouble(tmp_path: Path, *arguments: str) -> str:
    """Return the trouble that a command ran into."""
    done = call(tmp_path, "olga@anlass.example", *arguments, "--no-smtp", "--json")
    assert done.exit_code == 1, done.output
    return str(json.loads(done.stdout)["trouble"])


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    """Nobody there, no TLS, and a certificate by nobody known."""
    (port,) = free_ports(1)
    assert trouble(tmp_path, "--imap", f"{HOST}:{port}") == "refused"
    with serving() as fake:
        assert trouble(tmp_path, "--imap", f"{HOST}:{fake.port}") == "no_tls"
    context, _ = certificate(tmp_path)
    with serving(context) as fake:
        assert trouble(tmp_path, "--imap", f"localhost:{fake.port}") == "certificate_unknown"
        assert fake.heard == []


@pytest.mark.parametrize(
    ("host", "is_over", "named"),
    [("localhost", True, "certificate_expired"), ("other.example", False, "certificate_of_another")],
)
def test_a_certificate_that_is_over_or_anothers_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, is_over: bool, named: str
) -> None:
    """The password is not said to either."""
    context, known = certificate(tmp_path, host, is_over=is_over)
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    with serving(context) as fake:
        assert trouble(tmp_path, "--imap", f"localhost:{fake.port}") == named
        assert fake.heard == []


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (b"NO [ALERT] Application-specific password required: https://x.example", "app_password"),
        (b"NO [AUTHENTICATIONFAILED] no", "password"),
        (b"NO [UNAVAILABLE] later", "busy"),
    ],
)
def test_why_a_server_lets_nobody_in_is_told_by_its_words(tmp_path: Path, said: bytes, named: str) -> None:
    """An app password that is wanted is another thing than a wrong one; the server's words are not shown."""
    with serving(LOGIN=line(ok=said)) as fake:
        assert trouble(tmp_path, "--imap", f"none {HOST}:{fake.port}") == named


def test_a_server_that_tells_nothing_is_asked_instead(tmp_path: Path) -> None:
    """Without IDLE the owner is told that Anlass asks every half minute; it connects all the same."""
    with serving() as fake:
        done = call(tmp_path, "olga@anlass.example", "--imap", f"none {HOST}:{fake.port}", "--no-smtp")
    assert done.exit_code == 0, done.output
    assert "kein IDLE" in done.output


def test_nothing_leaves_this_machine_unencrypted(tmp_path: Path) -> None:
    """`none` is for this machine only."""
    done = call(tmp_path, "olga@anlass.example", "--imap", "none mail.anlass.example", "--no-smtp")
    assert done.exit_code != 0
    assert "without encryption" in str(done.exception)


def test_the_doctor_finds_what_is_wrong(tmp_path: Path, dovecot: Dovecot, address: str) -> None:
    """A house that is not watched, and a password that others can read, are said; then the exit code is 1."""
    call(tmp_path, address, "--name", "post", "--imap", f"none {HOST}:{dovecot.imap}", "--no-smtp")
    (tmp_path / "secrets" / "post").chmod(0o644)
    done = CliRunner().invoke(doctor, ["--json", "--data", str(tmp_path)])
    results = [json.loads(row) for row in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert {one["check"]: one["well"] for one in results} == {
        "version": True,
        "memory": True,
        "schema": True,
        "disk": True,
        "permissions": True,
        "clock": True,
        "backups": None,
        "rules": True,
        "secrets": False,
        "heartbeat": None,
        "worker": False,
        "outbox": True,
        "trust": None,
    }
    assert "chmod 600" in done.stdout
    (tmp_path / "secrets" / "post").chmod(0o600)
    open_book(tmp_path).mail.say("post", Watch.OPEN, now=moment())
    done = CliRunner().invoke(doctor, ["--data", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "secret" not in done.output
