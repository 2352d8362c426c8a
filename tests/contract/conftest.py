"""Both databases, each started once: a SQLite file, and a PostgreSQL of our own on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from anlass.store import open_book
from anlass.store.book import Book

NewBook = Callable[[], Book]
_OWNERS = count(1)


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as_nobody(*command: str) -> list[str]:
    """Return the command for an ordinary user: the server refuses to run as root."""
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Yield the address of a PostgreSQL that lives as long as the tests do."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL here; `make system` installs it")
    folder = Path(tempfile.mkdtemp(prefix="anlass-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    port, data = _free_port(), str(folder / "data")
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    initdb = ["-U", "anlass", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
    start = ["-w", "-l", str(folder / "log"), "-o", options, "start"]
    _run(*_as_nobody(str(binaries / "initdb"), "-D", data, *initdb))
    _run(*_as_nobody(str(binaries / "pg_ctl"), "-D", data, *start))
    try:
        yield f"postgresql://anlass@127.0.0.1:{port}/postgres"
    finally:
        _run(*_as_nobody(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop"))
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path | str:
    """Return each database in turn."""
    if request.param == "sqlite":
        return tmp_path_factory.mktemp("data")
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def new_book(database: Path | str) -> Iterator[NewBook]:
    """Return a function that opens the book of a new owner: books share a database and nothing else."""
    opened: list[Book] = []

    def new() -> Book:
        opened.append(open_book(database, f"owner-{next(_OWNERS)}"))
        return opened[-1]

    yield new
    for book in opened:
        book.close()


@pytest.fixture
def book(new_book: NewBook) -> Book:
    """Return the empty book of a new owner."""
    return new_book()
