"""The real parts that tests talk to: Dovecot, PostgreSQL, Radicale, Chromium.

Each server runs privately: its own folder, loopback, a free port, as an ordinary user
(as nobody where the tests run as root, since neither server likes root). It is a child
of the test run and dies with it, even when the run is killed. `tests/conftest.py` makes
fixtures of this; `make system` installs what is missing.
"""

from __future__ import annotations

import grp
import imaplib
import importlib.util
import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import psycopg

from tests.dovecot_conf import dovecot_conf

HOST = "127.0.0.1"
PASSWORD = "secret"  # every account of the private Dovecot has it
PATIENCE = 0.02  # seconds between two looks at a server that is starting
TRIES = 3000  # looks before we give up: a minute, for a machine with much else to do

CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How a browser is started that shall talk to nobody but the page under test."""


class MissingError(LookupError):
    """A real part is not on this machine; the message is one sentence that says what to do."""

    def __init__(self, part: str) -> None:
        super().__init__(f"{part} is not on this machine: run `make system` as root once.")


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running Dovecot: any account exists and has the same password."""

    folder: Path
    imap: int
    lmtp: int
    sieve: int

    def maildir(self, account: str) -> Path:
        """Return the Maildir++ of `account` on disk; it is there after the first delivery."""
        return self.folder / "home" / account / "Maildir"

    def deliver(self, raw: bytes, *, to: str, sender: str = "") -> None:
        """Hand one mail over by LMTP; `sender` is the envelope's, empty for a bounce."""
        with smtplib.LMTP(HOST, self.lmtp) as lmtp:
            lmtp.sendmail(sender, [to], raw)

    @contextmanager
    def login(self, account: str) -> Iterator[imaplib.IMAP4]:
        """Log in by IMAP, and out at the end."""
        with imaplib.IMAP4(HOST, self.imap) as session:
            session.login(account, PASSWORD)
            yield session


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running PostgreSQL that trusts everybody who reaches it on loopback."""

    port: int
    version: int
    process: int = 0
    """Which all others of this server come from."""

    def url(self, database: str = "postgres") -> str:
        """Return the address of `database` as libpq and Django's URL readers take it."""
        return f"postgresql://anlass@{HOST}:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty `database` and return its address."""
        with psycopg.connect(self.url(), autocommit=True) as link:
            link.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove `database`, also while somebody still holds a connection to it."""
        with psycopg.connect(self.url(), autocommit=True) as link:
            name = psycopg.sql.Identifier(database)
            link.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


# --- where things are ---


def find(name: str, *folders: str) -> Path | None:
    """Return the program `name` from PATH, else from the newest of the folder patterns that has it."""
    if found := shutil.which(name):
        return Path(found)
    for folder in folders:
        root, _, pattern = folder.partition("*")
        base = Path(root)
        here = base.glob(f"*{pattern}/{name}") if pattern or folder.endswith("*") else iter([base / name])
        if several := sorted((path for path in here if os.access(path, os.X_OK)), key=_newest):
            return several[-1]
    return None


def _newest(path: Path) -> tuple[int, ...]:
    """Order `/usr/lib/postgresql/15/bin/initdb` by the numbers in it, so that 15 is above 9."""
    return tuple(int(part) for part in path.parts if part.isdigit())


def chromium() -> Path:
    """Return the browser's program, or raise `MissingError`."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return Path(found)
    cache = Path.home() / ".cache" / "ms-playwright"
    for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True):
        return path
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    if mac.exists():
        return mac
    raise MissingError("Chromium")


# --- running something as nobody in particular ---


def _is_root() -> bool:
    return os.geteuid() == 0


def _owner() -> tuple[str, str, int, int]:
    """Return user, group and their numbers that servers run under."""
    user = pwd.getpwnam("nobody") if _is_root() else pwd.getpwuid(os.geteuid())
    return user.pw_name, grp.getgrgid(user.pw_gid).gr_name, user.pw_uid, user.pw_gid


def _humbly(command: Sequence[str | Path], *, dies_by: str = "", drops: bool = True) -> list[str]:
    """Return `command` so that it runs without root and, on Linux, dies with this process by a signal."""
    words = [str(word) for word in command]
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return words
    _, _, uid, gid = _owner()
    drop = [f"--reuid={uid}", f"--regid={gid}", "--clear-groups"] if _is_root() and drops else []
    death = ["--pdeathsig", dies_by] if dies_by else []
    return [setpriv, *drop, *death, *words] if drop or death else words


@contextmanager
def _folder() -> Iterator[Path]:
    """Lend a short-named folder of the servers' user: sockets allow about 100 bytes of path."""
    folder = Path(tempfile.mkdtemp(prefix="anlass-"))
    try:
        if _is_root():
            _, _, uid, gid = _owner()
            os.chown(folder, uid, gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    """Return `count` ports that nobody listens on right now."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


@contextmanager
def _running(
    command: Sequence[str | Path],
    log: Path,
    is_up: Callable[[], bool],
    *,
    stop: signal.Signals,
    is_humble: bool = True,
) -> Iterator[None]:
    """Run a server in the foreground until the block ends; stop it by the pid we started.

    One that is not humble keeps the user of the tests: it runs in their environment.
    """
    with log.open("ab") as sink:
        server = subprocess.Popen(
            _humbly(command, dies_by=stop.name.removeprefix("SIG"), drops=is_humble),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            cwd=log.parent,
            start_new_session=True,  # ^C in the terminal is for pytest, which then stops us in order
        )
    try:
        _await(server, log, is_up)
        yield
    finally:
        server.send_signal(stop)
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(5)


def _await(server: subprocess.Popen[bytes], log: Path, is_up: Callable[[], bool]) -> None:
    """Wait until `is_up` says so; a server that ends before raises with its log."""
    for _ in range(TRIES):
        if is_up():
            return
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"The server ended at once:\n{log.read_text(errors='replace')}")
    raise RuntimeError(f"The server did not come up:\n{log.read_text(errors='replace')}")


def _listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


# --- what lies in files of its own: `proxies.py` ---


def private_folder() -> AbstractContextManager[Path]:
    """Return a folder for a server of its own, gone at the end."""
    return _folder()


def give_away(path: Path) -> None:
    """Let the ordinary user that servers run as read a file."""
    if _is_root():
        os.chown(path, *_owner()[2:])


def running(
    command: Sequence[str | Path], log: Path, port: int, *, stop: signal.Signals
) -> AbstractContextManager[None]:
    """Run a server in the foreground, once it listens, until the block ends."""
    return _running(command, log, lambda: _listens(port), stop=stop)


# --- Dovecot ---


def _dovecot_version(program: Path) -> tuple[int, int]:
    said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    major, minor, *_ = said.split()[0].split(".")
    return int(major), int(minor)


def _dovecot_config(program: Path, folder: Path, ports: Sequence[int]) -> str:
    user, group, uid, gid = _owner()
    who: dict[str, object] = {"user": user, "group": group, "uid": uid, "gid": gid, "password": PASSWORD}
    where = dict(zip(("imap", "lmtp", "sieve"), ports, strict=True))
    return dovecot_conf(_dovecot_version(program), {**who, **where, "folder": folder})


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Run Dovecot (IMAP, LMTP, ManageSieve) until the block ends, or raise `MissingError`."""
    program = find("dovecot", "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin")
    if program is None:
        raise MissingError("Dovecot")
    with _folder() as folder:
        ports = free_ports(3)
        config, log = folder / "dovecot.conf", folder / "dovecot.log"
        config.write_text(_dovecot_config(program, folder, ports))
        log.touch()
        if _is_root():
            for path in (config, log):
                os.chown(path, *_owner()[2:])
        imap, lmtp, sieve = ports
        command = (program, "-F", "-c", config)
        # Its helpers go by themselves when the master is gone; a polite stop takes a second.
        with _running(command, log, lambda: _listens(imap), stop=signal.SIGKILL):
            yield Dovecot(folder, imap, lmtp, sieve)


# --- PostgreSQL ---


def _initdb(program: Path, data: Path) -> None:
    command = (program, "-D", data, "-U", "anlass", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
    done = subprocess.run(_humbly(command), capture_output=True, text=True, cwd=data.parent, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


@contextmanager
def postgres(settings: Mapping[str, object] = MappingProxyType({})) -> Iterator[Postgres]:
    """Run the newest PostgreSQL here until the block ends, or raise `MissingError`.

    `settings` are further ones of the server's own, by name.
    """
    initdb = find("initdb", "/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/*/bin")
    if initdb is None:
        raise MissingError("PostgreSQL")
    with _folder() as folder:
        _initdb(initdb, folder / "data")
        with _postgres_in(folder, initdb, free_ports(1)[0], is_safe=False, more=settings) as running:
            yield running


@contextmanager
def _postgres_in(
    folder: Path,
    initdb: Path,
    port: int,
    *,
    is_safe: bool,
    more: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[Postgres]:
    """Run PostgreSQL on the data in a folder until the block ends, as abruptly as where it is killed."""
    data, log = folder / "data", folder / "postgres.log"
    settings = {"listen_addresses": HOST, "unix_socket_directories": folder, "max_connections": 40, **more}
    # Nothing here has to survive a power cut; the tests shall be quick.
    quick = ("fsync", "full_page_writes") if is_safe else ("fsync", "synchronous_commit", "full_page_writes")
    settings |= dict.fromkeys(quick, "off")
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command: tuple[str | Path, ...] = (
        initdb.with_name("postgres"),
        "-D",
        data,
        "-p",
        str(port),
        *options,
    )
    with _running(command, log, lambda: _answers(port), stop=signal.SIGQUIT):
        process = int((data / "postmaster.pid").read_text().split()[0])
        yield Postgres(port, int((data / "PG_VERSION").read_text()), process)


def _answers(port: int) -> bool:
    """Say whether PostgreSQL takes queries; it listens a moment before it does."""
    try:
        psycopg.connect(host=HOST, port=port, user="anlass", dbname="postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


# --- Radicale ---


@dataclass(frozen=True, slots=True)
class Radicale:
    """A running CardDAV and CalDAV server with one account, `olga`."""

    port: int
    user: str = "olga"

    def url(self, path: str = "/") -> str:
        """Return an address on the server."""
        return f"http://{HOST}:{self.port}{path}"


@contextmanager
def radicale() -> Iterator[Radicale]:
    """Run Radicale until the block ends, or raise `MissingError`."""
    if importlib.util.find_spec("radicale") is None:
        raise MissingError("Radicale")
    with tempfile.TemporaryDirectory(prefix="anlass-") as name:
        folder = Path(name)
        (port,) = free_ports(1)
        (folder / "users").write_text(f"olga:{PASSWORD}\n")
        (folder / "config").write_text(
            f"[server]\nhosts = {HOST}:{port}\n[auth]\ntype = htpasswd\nhtpasswd_encryption = plain\n"
            f"htpasswd_filename = {folder / 'users'}\ndelay = 0\n"
            f"[storage]\nfilesystem_folder = {folder / 'collections'}\n[rights]\ntype = owner_only\n"
        )
        command = (sys.executable, "-m", "radicale", "--config", folder / "config")
        with _running(command, folder / "log", lambda: _listens(port), stop=signal.SIGTERM, is_humble=False):
            yield Radicale(port)
