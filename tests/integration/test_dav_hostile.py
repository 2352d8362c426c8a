"""What a server may answer that means ill or is broken: nothing is believed, nothing hangs, nothing leaks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from anlass.desk.history.syncing import follow
from anlass.errors import SourceError
from anlass.sources.dav import CARDDAV, Server, account
from anlass.store import open_book

pytestmark = pytest.mark.slow  # a server of its own for each answer

NOW = datetime(2026, 11, 21, tzinfo=UTC)
Answer = tuple[int, dict[str, str], bytes]
BOOK = (
    b'<d:multistatus xmlns:d="DAV:"><d:response><d:href>/b/</d:href><d:propstat><d:prop><d:resourcetype>'
    b'<d:collection/><c:addressbook xmlns:c="urn:ietf:params:xml:ns:carddav"/></d:resourcetype></d:prop>'
    b"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
)


@contextmanager
def serving(answer: Callable[[str, str, bytes], Answer]) -> Iterator[tuple[str, list[str]]]:
    """Run a server that answers as told; yield its address and the headers it was sent."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Hands every question to `answer`."""

        def _answer(self) -> None:
            heard.append(f"{self.command} {self.path} {self.headers.get('Authorization', '')}")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, content = answer(self.command, self.path, body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_PROPFIND = do_REPORT = _answer  # noqa: N815 - the parent finds them by these names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/b/", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def run(tmp_path: Path, url: str) -> set[str]:
    """Follow the server; return the names it brought."""
    book = open_book(tmp_path / "data")
    book.add_owner_addresses(["olga@home.example"], is_given=True)
    follow(book, [Server(account(url, "olga", "geheim"), CARDDAV)], now=NOW)
    return {line.person.name for line in book.people(at=NOW)}


@pytest.mark.parametrize(
    ("status", "headers", "content", "says"),
    [
        (207, {}, b"<not xml", "cannot be read"),
        (207, {}, b"", "cannot be read"),
        (
            207,
            {},
            b'<!DOCTYPE a [<!ENTITY b "'
            + b"x" * 1000
            + b'"><!ENTITY c "'
            + b"&b;" * 1000
            + b'">]><a>&c;</a>',
            "cannot be read",
        ),
        (200, {}, b"<html>Welcome</html>", "status 200"),
        (500, {}, b"oh", "status 500"),
        (302, {"Location": "/b/"}, b"", "round in circles"),
        (302, {"Location": "http://127.0.0.1:9/"}, b"", "leads to another one, 127.0.0.1:9"),
        (302, {"Location": "http://[::1"}, b"", "address that is none"),
        (207, {}, BOOK.replace(b"/b/", b"http://evil.example/b/"), "leads to another one, evil.example"),
        (207, {}, b'<d:multistatus xmlns:d="DAV:"/>', "no addressbook"),
    ],
)
def test_answer_that_is_none_is_one_sentence(
    tmp_path: Path, status: int, headers: dict[str, str], content: bytes, says: str
) -> None:
    """Broken, hostile or foreign answers end in an error that names the server and no password."""
    with (
        serving(lambda *_: (status, headers, content)) as (url, _),
        pytest.raises(SourceError, match=says) as no,
    ):
        run(tmp_path, url)
    assert "geheim" not in str(no.value)


def test_server_without_tokens_is_listed_and_its_entries_stay_in_their_book(tmp_path: Path) -> None:
    """A server that knows no tokens gives a list; entries elsewhere are left out."""
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nEMAIL:{}@falk.example\r\nEND:VCARD\r\n"

    def entry(href: str, content: str = "") -> str:
        return (
            f'<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag>'
            f'<c:address-data xmlns:c="urn:ietf:params:xml:ns:carddav">{content}</c:address-data></d:prop>'
            "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
        )

    def answer(method: str, path: str, body: bytes) -> Answer:
        if b"sync-collection" in body:
            return 415, {}, b""
        if method == "PROPFIND" and b"getetag" not in body:
            return 207, {}, BOOK
        told = entry("/b/kai.vcf", card.format("Kai", "kai")) + entry(
            "/else/eva.vcf", card.format("Eva", "eva")
        )
        return 207, {}, f'<d:multistatus xmlns:d="DAV:">{entry("/b/")}{told}</d:multistatus>'.encode()

    with serving(answer) as (url, heard):
        assert run(tmp_path, url) == {"Kai"}
    assert {line.split()[0] for line in heard} == {"PROPFIND", "REPORT"}


def test_answer_that_never_ends_is_cut_off(tmp_path: Path) -> None:
    """A server that says "there is more" for ever is left."""
    more = (
        b'<d:multistatus xmlns:d="DAV:"><d:response><d:href>/b/</d:href>'
        b"<d:status>HTTP/1.1 507 Insufficient Storage</d:status></d:response><d:sync-token>%d</d:sync-token>"
        b"</d:multistatus>"
    )
    turns = iter(range(1_000_000))

    def answer(method: str, path: str, body: bytes) -> Answer:
        return 207, {}, BOOK if method == "PROPFIND" else more % next(turns)

    with serving(answer) as (url, heard), pytest.raises(SourceError, match="does not come to an end"):
        run(tmp_path, url)
    assert len(heard) < 200
