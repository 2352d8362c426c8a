"""A server that answers whatever it likes, as a hostile one would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread


@contextmanager
def lying(answers: Mapping[str, bytes], rest: bytes = b"") -> Iterator[str]:
    """Serve these answers, and `rest` to every other question, as a ticket's page; yields its address."""

    class Liar(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = answers.get(self.path.rpartition("/")[2], rest)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
            return

    server = HTTPServer(("127.0.0.1", 0), Liar)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/w/x/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
