"""Fetching another house's keys from a real server on this machine: what is refused, and how it ends."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from anlass.errors import EdgeError, Refused
from anlass.wires.publicly import fetch
from tests.certificates import certificate

pytestmark = pytest.mark.slow  # a real server answers each question

HERE = ("127.0.0.1", "localhost")
JSON = {"Content-Type": "application/json"}


@dataclass(slots=True)
class Place:
    """A server that answers what it is told to, and keeps what it was asked."""

    port: int = 0
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: JSON)
    body: bytes = b"{}"
    is_slow: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_over: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """Its address in the clear."""
        return f"http://127.0.0.1:{self.port}/keys.json"


@contextmanager
def a_place(tls: ssl.SSLContext | None = None) -> Iterator[Place]:
    """Yield such a server, by TLS where a context is given."""
    place = Place()

    class Handler(BaseHTTPRequestHandler):
        """Answers every question as the place is told to."""

        def do_GET(self) -> None:
            """Answer; a slow one gives a byte and then nothing until the test is over."""
            place.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            self.send_response(place.status)
            for name, value in place.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if place.is_slow:
                self.wfile.write(b"{")
                place.is_over.wait(5)
                return
            self.wfile.write(place.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    place.port = server.server_address[1]
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield place
    finally:
        place.is_over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def place() -> Iterator[Place]:
    """Return a server in the clear."""
    with a_place() as one:
        yield one


def ended(url: str, most: int = 100, seconds: float = 5.0) -> tuple[str, bool]:
    """Return what is said of a failure, and whether trying again may help."""
    with pytest.raises(EdgeError) as told:
        fetch(url, most=most, local_hosts=HERE, seconds=seconds)
    assert told.value.where == url
    return told.value.says, told.value.temporary


def test_json_is_fetched_in_one_question_that_names_nobody(place: Place) -> None:
    """The whole text, whatever parameters its type has; the question holds no name and no cookie."""
    place.headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    place.body = '{"a": "ä"}'.encode()
    assert fetch(place.url, most=11, local_hosts=HERE) == '{"a": "ä"}'
    ((path, headers),) = place.asked
    assert path == "/keys.json"
    assert headers == {
        "host": f"127.0.0.1:{place.port}",
        "user-agent": "anlass",
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "keep-alive",
    }


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_followed_nowhere(place: Place, status: int) -> None:
    """Neither to a place within the house nor to itself."""
    place.status, place.headers = status, {**JSON, "Location": f"{place.url}/elsewhere"}
    assert ended(place.url) == ("This address leads on to another; name that one.", False)
    assert len(place.asked) == 1


@pytest.mark.parametrize(
    ("status", "temporary"), [(404, False), (410, False), (429, True), (500, True), (503, True)]
)
def test_status_says_whether_to_try_again(place: Place, status: int, temporary: bool) -> None:
    """What is not there is not there; a house that is busy or broken may be well later."""
    place.status = status
    assert ended(place.url) == (f"There is nothing at this address ({status}).", temporary)


def test_what_is_too_large_is_given_up_within_the_limit(place: Place) -> None:
    """One byte too many is too many, whatever length is announced."""
    place.body = b"x" * 100
    assert fetch(place.url, most=100, local_hosts=HERE) == "x" * 100
    for headers in (JSON, {**JSON, "Content-Length": "101"}):
        place.headers, place.body = headers, b"x" * 101
        assert ended(place.url) == ("What lies at this address is too large.", False)


def test_what_comes_too_slowly_is_given_up_in_time(place: Place) -> None:
    """A house that begins and never ends holds nobody longer than was allowed."""
    place.is_slow = True
    began = monotonic()
    assert ended(place.url, seconds=0.3) == ("The other house is too slow.", True)
    assert monotonic() - began < 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/html"},
        {"Content-Type": "application/octet-stream"},
        {},
        {**JSON, "Content-Encoding": "gzip"},
    ],
)
def test_other_types_are_not_read(place: Place, headers: Mapping[str, str]) -> None:
    """A page, bytes, what names no type, what was packed: no key of a house."""
    place.headers, place.body = headers, gzip.compress(b"{}")
    assert ended(place.url) == ("What lies at this address is no JSON.", False)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "https://192.168.1.1/", "https://[::1]/",
        "https://169.254.169.254/latest/", "https://100.64.0.1/", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
        "https://2130706433/", "https://0x7f000001/", "https://[fd00::1]/", "https://[64:ff9b::7f00:1]/",
    ],
)  # fmt: skip
def test_address_within_the_house_is_refused_before_anything_is_asked(url: str) -> None:
    """The machine itself, the network around it, a cloud's own services, however they are written."""
    with pytest.raises(Refused, match="leads to a machine in your own network"):
        fetch(url, most=100)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://example.org/", "must begin with https://"),
        ("http://127.0.0.1/", "must begin with https://"),
        ("ftp://example.org/", "is no address"),
        ("https://olga:word@example.org/", "is no address"),
        ("https://exa mple.org/", "is no address"),
        ("https://[::1/", "is no address"),
        ("https://", "is no address"),
    ],
)
def test_what_is_no_safe_address_is_refused(url: str, says: str) -> None:
    """In the clear, with a password, in pieces."""
    with pytest.raises(Refused, match=says):
        fetch(url, most=100)


def test_nobody_there_may_be_there_later() -> None:
    """A closed door is passing trouble."""
    with a_place() as place:
        url = place.url
    assert ended(url) == ("The other house cannot be reached.", True)


def test_certificate_is_checked(tmp_path: Path) -> None:
    """By TLS with a known certificate it is read; with an unknown one, or one of another host, it is not."""
    context, known = certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=known)
    with a_place(context) as place:
        url = f"https://localhost:{place.port}/keys.json"
        assert fetch(url, most=100, local_hosts=HERE, tls=trusted) == "{}"
        assert ended(url) == ("The other house cannot be reached.", True)
        with pytest.raises(EdgeError):
            fetch(url.replace("localhost", "127.0.0.1"), most=100, local_hosts=HERE, tls=trusted)
    assert len(place.asked) == 1
