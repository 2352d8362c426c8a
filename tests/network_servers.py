"""Real servers of chat networks: Prosody (XMPP), Synapse (Matrix), and mastodon-mock.

Like the servers of `tests/servers.py` they run privately: a folder of their own, loopback, a free port.
Synapse and mastodon-mock live in an environment of their own (`.venv/servers`, made by `make dev`).
Everybody's password is `secret`; accounts are made as tests ask for them, so each test has new ones.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import (
    HOST,
    PASSWORD,
    MissingError,
    _folder,
    _humbly,
    _is_root,
    _listens,
    _owner,
    _running,
    find,
    free_ports,
)

DOMAIN = "anlass.example"
_HOUSE = Path(sys.prefix) / "servers" / "bin" / "python"


class NoHouseError(MissingError):
    """The environment of these servers is not there."""

    def __init__(self, part: str) -> None:
        LookupError.__init__(self, f"{part} is not on this machine: run `make dev`.")


@dataclass
class Life:
    """A server that can be killed in the middle of whatever it does, and started again where it was."""

    begin: Callable[[], AbstractContextManager[None]]
    _life: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Start it; it is up when this returns."""
        self._life.enter_context(self.begin())

    def kill(self) -> None:
        """Kill it."""
        self._life.close()


# --- XMPP ---


@dataclass(frozen=True, slots=True)
class Prosody:
    """A running XMPP server of `anlass.example`."""

    folder: Path
    port: int
    controls: Path
    life: Life

    def register(self, *names: str) -> None:
        """Make accounts, each with the password of all."""
        for name in names:
            command = (self.controls, "--config", self.folder / "prosody.cfg.lua", "register", name, DOMAIN)
            subprocess.run(_humbly([*command, PASSWORD]), check=True, capture_output=True, cwd=self.folder)


_PROSODY = """
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
certificates = "{folder}/certs"
log = {{ {{ levels = {{ min = "info" }}, to = "file", filename = "{folder}/prosody.log" }} }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
c2s_direct_tls_ports = {{ }}
s2s_ports = {{ }}
http_ports = {{ }}
https_ports = {{ }}
modules_enabled = {{ "roster", "saslauth", "disco", "ping", "presence", "message", "iq", "private", "offline",
                     "blocklist", "mam", "carbons", "tls" }}
{security}
authentication = "internal_plain"
VirtualHost "anlass.example"
"""
_OPEN = """
modules_disabled = {{ "s2s", "tls" }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
"""
_SHUT = """
modules_disabled = {{ "s2s" }}
c2s_require_encryption = true
ssl = {{ key = "{folder}/certs/shown.pem", certificate = "{folder}/certs/shown.pem" }}
"""


@contextmanager
def prosody(shown: Path | None = None) -> Iterator[Prosody]:
    """Run Prosody until the block ends, or raise `MissingError`.

    With a certificate and its key to be `shown`, nobody comes in without encryption.
    """
    program, controls = find("prosody"), find("prosodyctl")
    if program is None or controls is None:
        raise MissingError("Prosody")
    with _folder() as folder:
        (port,) = free_ports(1)
        config, log = folder / "prosody.cfg.lua", folder / "said.log"
        security = (_SHUT if shown else _OPEN).format(folder=folder)
        config.write_text(_PROSODY.format(folder=folder, port=port, security=security))
        for name in ("data", "certs"):
            (folder / name).mkdir()
        if shown:
            (folder / "certs" / "shown.pem").write_bytes(shown.read_bytes())
        log.touch()
        if _is_root():
            for path in folder.rglob("*"):
                os.chown(path, *_owner()[2:])
        command = (program, "--config", config, "-F")
        life = Life(lambda: _running(command, log, lambda: _listens(port), stop=signal.SIGKILL))
        life.start()
        try:
            yield Prosody(folder, port, controls, life)
        finally:
            life.kill()


# --- Matrix ---


@dataclass(frozen=True, slots=True)
class Synapse:
    """A running Matrix server of `anlass.example`."""

    folder: Path
    port: int
    life: Life

    @property
    def url(self) -> str:
        """Where clients speak to it."""
        return f"http://{HOST}:{self.port}"

    def register(self, name: str) -> str:
        """Make an account; return its address on Matrix."""
        body = {
            "username": name,
            "password": PASSWORD,
            "auth": {"type": "m.login.dummy"},
            "inhibit_login": True,
        }
        request = urllib.request.Request(
            f"{self.url}/_matrix/client/v3/register",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return str(json.load(answer)["user_id"])


_SYNAPSE = """
server_name: anlass.example
pid_file: {folder}/hs.pid
listeners:
  - {{port: {port}, tls: false, type: http, bind_addresses: ["127.0.0.1"], resources: [{{names: [client]}}]}}
database: {{name: sqlite3, args: {{database: "{folder}/hs.db"}}}}
log_config: {folder}/log.yaml
media_store_path: {folder}/media
signing_key_path: {folder}/signing.key
macaroon_secret_key: anlass
form_secret: anlass
report_stats: false
enable_registration: true
enable_registration_without_verification: true
trusted_key_servers: []
federation_domain_whitelist: []
presence: {{enabled: false}}
url_preview_enabled: false
bcrypt_rounds: 4
caches: {{sync_response_cache_duration: 0}}
"""
_FREE = (
    *("message", "registration", "login.address", "login.account", "login.failed_attempts"),
    *("invites.per_room", "invites.per_user", "invites.per_issuer", "joins.local", "joins_per_room"),
    "room_creation",
)


def _unlimited() -> str:
    """Return settings by which nobody has to wait: the tests are quicker than people."""
    rates: dict[str, object] = {}
    for name in _FREE:
        kind, _, part = name.partition(".")
        rate = {"per_second": 10_000, "burst_count": 10_000}
        if part:
            found = rates.setdefault(f"rc_{kind}", {})
            assert isinstance(found, dict)
            found[part] = rate
        else:
            rates[f"rc_{kind}"] = rate
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in rates.items())


@contextmanager
def synapse() -> Iterator[Synapse]:
    """Run Synapse until the block ends, or raise `MissingError`."""
    if not _HOUSE.exists():
        raise NoHouseError("Synapse")
    with _folder() as folder:
        (port,) = free_ports(1)
        config, log = folder / "hs.yaml", folder / "hs.log"
        config.write_text(_SYNAPSE.format(folder=folder, port=port) + _unlimited())
        (folder / "log.yaml").write_text(
            "version: 1\nhandlers: {said: {class: logging.StreamHandler}}\n"
            "root: {level: WARNING, handlers: [said]}\n"
        )
        command = (_HOUSE, "-m", "synapse.app.homeserver", "-c", config)
        made = subprocess.run(
            [*map(str, command), "--generate-keys"], capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            raise RuntimeError(f"Synapse made no keys:\n{made.stdout}{made.stderr}")
        life = Life(
            lambda: _running(command, log, lambda: _answers(port), stop=signal.SIGKILL, is_humble=False)
        )
        life.start()
        try:
            yield Synapse(folder, port, life)
        finally:
            life.kill()


def _answers(port: int) -> bool:
    if not _listens(port):
        return False
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/_matrix/client/versions", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


# --- Mastodon ---


@dataclass(slots=True)
class MastodonMock:
    """A running server that speaks Mastodon's interface; each account has a token of its own name."""

    port: int
    taken: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where clients speak to it."""
        return f"http://{HOST}:{self.port}"

    def lend(self) -> str:
        """Return an account that no other test has; its name is its token too."""
        name = f"person{len(self.taken)}"
        self.taken.append(name)
        return name


_PEOPLE = 60


@contextmanager
def mastodon() -> Iterator[MastodonMock]:
    """Run mastodon-mock until the block ends, or raise `MissingError`; followers are approved by hand."""
    if not _HOUSE.exists():
        raise NoHouseError("mastodon-mock")
    with _folder() as folder:
        (port,) = free_ports(1)
        config, log = folder / "mock.toml", folder / "mock.log"
        people = (
            f'[[seed.accounts]]\nusername = "person{one}"\naccess_token = "person{one}"\nlocked = true\n'
            for one in range(_PEOPLE)
        )
        config.write_text("".join(people))
        command = (
            _HOUSE,
            "-m",
            "mastodon_mock",
            "serve",
            "--config",
            config,
            "--in-memory",
            "--port",
            str(port),
        )
        with _running(command, log, lambda: _listens(port), stop=signal.SIGTERM, is_humble=False):
            yield MastodonMock(port)
