"""The pages served by the real server, as a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow  # starts a process with server, framework and database


@contextmanager
def serving(*words: str) -> Iterator[subprocess.Popen[str]]:
    """Start a server, and stop it if it still runs at the end."""
    command = [sys.executable, "-m", "tests.browser.served", "empty", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def announced(process: subprocess.Popen[str]) -> str:
    """Return the address that the server prints."""
    assert process.stdout
    return process.stdout.readline().strip()


def get(address: str) -> HTTPResponse:
    """Return the answer to one GET, following nothing."""
    parts = urlsplit(address)
    with closing(HTTPConnection(parts.netloc)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
        return answer


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_server_when_it_is_stopped(how: signal.Signals) -> None:
    """Port 0 becomes a free port that is announced; Ctrl-C and SIGTERM end it cleanly, without a word."""
    with serving() as process:
        assert get(announced(process)).status == 302
        process.send_signal(how)
        out, err = process.communicate(timeout=60)  # a worker that is slow to go is given 20 seconds
        assert (out, err, process.returncode) == ("", "", 0)


def test_server_when_its_port_is_taken() -> None:
    """A taken port ends the second server with an error, not with a wait for ever."""
    with serving() as first:
        port = str(urlsplit(announced(first)).port)
        with serving(port) as second:
            assert announced(second) == ""
            assert second.wait(timeout=30) == 1


def test_server_when_a_token_was_spent() -> None:
    """The announced address opens once, whichever thread answers."""
    with serving() as process:
        address = announced(process)
        assert [get(address).status for _ in range(5)] == [302, 403, 403, 403, 403]
