"""Fixtures for all tests: the real servers, and the wall around the test run.

A server is started when the first test asks for it, once per worker of the run. Where a
part is missing, tests that need it are skipped with the command that brings it; in CI
(`CI` set, or `ANLASS_REAL=1`) they fail instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

from tests import network_servers, servers

Server = TypeVar("Server")

# Playwright runs its loop in the thread of the tests, where the memory is used too, one after the other.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A shared machine stalls now and then, and a test that fails by chance teaches nobody: laws are held
# on the same examples in every run, without a deadline. `--hypothesis-profile=search` looks for new ones.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    """Let no test reach beyond this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def real_parts_are_wanted() -> bool:
    """Say whether a missing part fails a test, rather than skipping it."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"} or os.environ.get("ANLASS_REAL") == "1"


def go_without(missing: servers.MissingError) -> NoReturn:
    """Skip the test that needs the missing part, or fail it where all parts are wanted."""
    if real_parts_are_wanted():
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))


@pytest.fixture(scope="session", autouse=True)
def every_statement_names_its_owner() -> Iterator[None]:
    """Look at every statement that any test lets reach a database: none may ask for rows of all owners."""
    from tests.statements import guarded  # noqa: PLC0415 - brings the framework, after the wall stands

    with guarded() as guard:
        yield
    told = [f"{', '.join(tables)} in {place}:\n  {sql}" for sql, (tables, place) in guard.wrong.items()]
    assert not told, "Statements without an owner:\n" + "\n".join(told)


def running(start: Callable[[], AbstractContextManager[Server]]) -> Iterator[Server]:
    """Yield a real server, or go without where its part is missing."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(start())
        except servers.MissingError as missing:
            go_without(missing)
        yield server


@pytest.fixture(scope="session")
def dovecot() -> Iterator[servers.Dovecot]:
    """Yield a real Dovecot with IMAP, LMTP and ManageSieve; every account exists, password `secret`."""
    yield from running(servers.dovecot)


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    """Yield a real PostgreSQL, empty but for its own databases."""
    yield from running(servers.postgres)


@pytest.fixture(scope="session")
def radicale() -> Iterator[servers.Radicale]:
    """Yield a real Radicale with CardDAV and CalDAV; the account is `olga`, password `secret`."""
    yield from running(servers.radicale)


@pytest.fixture(scope="session")
def prosody() -> Iterator[network_servers.Prosody]:
    """Yield a real XMPP server; tests make their accounts there."""
    yield from running(network_servers.prosody)


@pytest.fixture(scope="session")
def synapse() -> Iterator[network_servers.Synapse]:
    """Yield a real Matrix server; tests make their accounts there."""
    yield from running(network_servers.synapse)


@pytest.fixture(scope="session")
def mastodon() -> Iterator[network_servers.MastodonMock]:
    """Yield a server that speaks Mastodon's interface; it lends its accounts, each to one test."""
    yield from running(network_servers.mastodon)


@pytest.fixture
def postgres_url(postgres: servers.Postgres, request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the address of an empty PostgreSQL database of this test alone."""
    database = "test_" + re.sub(r"\W+", "_", request.node.name.lower())[:50]
    yield postgres.create(database)
    postgres.drop(database)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser's program; start it with `servers.CHROMIUM_ARGS`."""
    try:
        return servers.chromium()
    except servers.MissingError as missing:
        go_without(missing)
