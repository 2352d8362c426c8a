"""The wire to a language model, against real servers that behave badly: a value, never an exception."""

from __future__ import annotations

import gzip
import logging
import shutil
import socket
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from anlass.adviser import LARGEST, Adviser, Key
from anlass.litmus.opinion import Silence, Silent
from tests.model_server import Came, Handle, completion, model, told

GOOD = completion("yes")
SECRET = "sk-never-to-be-seen"


def test_a_good_answer_comes_back_whole() -> None:
    """The body of the answer is returned as it came, and one POST was made to the address named."""
    with model(told(GOOD)) as up:
        assert up.adviser().send(b'{"a": 1}') == GOOD
    assert [(came.path, came.body) for came in up.came] == [("/v1/chat/completions", b'{"a": 1}')]


def test_the_key_travels_in_its_header_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    """The key is sent as a bearer; no log line of any library and no printed value holds it."""
    with caplog.at_level(logging.DEBUG), model(told(GOOD)) as up:
        adviser = up.adviser(key=Key(SECRET))
        adviser.send(b"{}")
    (came,) = up.came
    assert came.headers["Authorization"] == f"Bearer {SECRET}"
    assert SECRET.encode() not in came.body
    printed = [record.getMessage() for record in caplog.records] + [repr(adviser), str(adviser)]
    assert [line for line in printed if SECRET in line] == []


def test_without_a_key_no_authorization_is_sent() -> None:
    """An address that needs no key is given none."""
    with model(told(GOOD)) as up:
        up.adviser().send(b"{}")
    assert "Authorization" not in up.came[0].headers


@pytest.mark.parametrize("key", [None, Key("two words"), Key("line\nfeed"), Key("schlüssel")])
def test_a_key_that_cannot_be_had_or_sent_keeps_the_letter_in(key: Key | None) -> None:
    """A missing key, and one that is no header value, send nothing."""
    with model(told(GOOD)) as up:
        assert up.adviser(key=key).send(b"{}") == Silent(Silence.NO_KEY)
    assert up.came == []


@pytest.mark.parametrize(
    ("handle", "silent", "times"),
    [
        (told(b"no", status=401), Silent(Silence.REFUSED, 401), 1),
        (told(b"no", status=404), Silent(Silence.REFUSED, 404), 1),
        (told(b"", status=204), Silent(Silence.REFUSED, 204), 1),
        (told(b"busy", status=429), Silent(Silence.REFUSED, 429), 2),
        (told(b"broken", status=503), Silent(Silence.REFUSED, 503), 2),
        (told(b"x" * (LARGEST + 1)), Silent(Silence.TOO_LARGE, 256), 1),
        (told(gzip.compress(b"x" * 9_000_000), headers={"Content-Encoding": "gzip"}),
         Silent(Silence.MISSHAPEN), 1),
    ],
    ids=["401", "404", "204", "429", "503", "large", "packed"],
)  # fmt: skip
def test_what_is_no_answer_is_named(handle: Handle, silent: Silent, times: int) -> None:
    """Errors are named by their status, and only what may pass is tried again, once."""
    with model(handle) as up:
        assert up.adviser().send(b"{}") == silent
    assert len(up.came) == times


def test_who_does_not_understand_is_asked_in_other_words_once() -> None:
    """The second question is sent where the first was not understood, and there is no third."""
    with model(told(b"what", status=400)) as up:
        assert up.adviser().send(b"one", b"two") == Silent(Silence.REFUSED, 400)
        assert up.adviser().send(b"one") == Silent(Silence.REFUSED, 400)
    assert [came.body for came in up.came] == [b"one", b"two", b"one"]


def test_a_second_try_may_help() -> None:
    """After one failure that may pass, the second answer is taken."""

    def handle(handler: BaseHTTPRequestHandler, came: Came) -> None:
        (told(b"busy", status=503) if len(up.came) == 1 else told(GOOD))(handler, came)

    with model(handle) as up:
        assert up.adviser().send(b"{}") == GOOD


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    """A letter goes to the address named and to no other, whatever that address says."""
    with model(told(GOOD)) as elsewhere:
        there = {"Location": f"{elsewhere.address}/chat/completions"}
        with model(told(b"", status=status, headers=there)) as up:
            assert up.adviser().send(b"{}") == Silent(Silence.REDIRECTED)
    assert elsewhere.came == []


def test_no_proxy_of_the_environment_sees_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies that the environment names are for others."""
    with model(told(b"proxy", status=502)) as proxy, model(told(GOOD)) as up:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        assert up.adviser().send(b"{}") == GOOD
    assert proxy.came == []


@pytest.mark.slow  # makes a certificate
def test_a_host_that_cannot_prove_its_name_gets_no_letter(tmp_path: Path) -> None:
    """Under https a certificate that nobody vouches for ends it before anything is sent."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    secret = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secret.load_cert_chain(certificate, key)
    with model(told(GOOD), secret=secret) as up:
        address = up.address.replace("http://127.0.0.1", "https://localhost")
        assert Adviser(address, "tiny", Key()).send(b"{}") == Silent(Silence.UNREACHABLE)
    assert up.came == []


def test_nobody_there_is_named() -> None:
    """A closed port is no exception."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    gone = Adviser(f"http://127.0.0.1:{port}/v1", "tiny", Key())
    assert gone.send(b"{}") == Silent(Silence.UNREACHABLE)


@pytest.mark.parametrize(
    "address",
    [
        "https://xn--/v1",
        "https://a..b/v1",
        "http://[::1]:1/v1",
    ],
)
def test_a_host_that_cannot_be_is_nobody(address: str) -> None:
    """A name that no network knows, or that no library takes, is not reached."""
    assert Adviser(address, "tiny", Key()).send(b"{}") == Silent(Silence.UNREACHABLE)


@pytest.mark.parametrize(
    "noise",
    [b"", b"\x00" * 64, b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"220 mail.example ESMTP\r\n"],
    ids=["closes", "zeros", "half", "short", "chunks", "smtp"],
)  # fmt: skip
def test_whatever_is_no_http_is_nobody(noise: bytes) -> None:
    """A server that speaks something else, or breaks off, is not reached."""

    def handle(handler: BaseHTTPRequestHandler, _came: Came) -> None:
        handler.wfile.write(noise)
        handler.close_connection = True

    with model(handle) as up:
        assert up.adviser().send(b"{}") == Silent(Silence.UNREACHABLE)


def _drips_head(handler: BaseHTTPRequestHandler, came: Came) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not came.over.wait(0.1):
        handler.wfile.write(b"a")
        handler.wfile.flush()


def _drips_body(handler: BaseHTTPRequestHandler, came: Came) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    while not came.over.wait(0.1):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def _silent(_handler: BaseHTTPRequestHandler, came: Came) -> None:
    came.over.wait(10)


@pytest.mark.slow
@pytest.mark.parametrize("handle", [_drips_head, _drips_body, _silent])
def test_slow_answers_end_in_time(handle: Handle) -> None:
    """However the other side stretches its answer, the time is up when it is up; slow by its nature."""
    with model(handle) as up:
        begin = time.monotonic()
        assert up.adviser(seconds=1).send(b"{}") == Silent(Silence.TIMED_OUT, 1)
        assert time.monotonic() - begin < 3
