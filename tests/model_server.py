"""A language model for tests: a real server on loopback that says what the test wants it to say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread

from anlass.adviser import Adviser, Key

Json = dict[str, object]


@dataclass(frozen=True)
class Came:
    """One request as it came in; `over` is set when the test is."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    over: Event

    @property
    def letter(self) -> str:
        """What the model is given to read, with the marks around it."""
        return str(json.loads(self.body)["messages"][1]["content"])


Handle = Callable[[BaseHTTPRequestHandler, Came], None]


@dataclass
class Model:
    """A server that is up; `came` is all that was asked."""

    address: str
    came: list[Came] = field(default_factory=list)

    def adviser(self, *, key: Key | None = Key(), seconds: int = 20) -> Adviser:  # noqa: B008 - frozen
        """Return the wire to it."""
        return Adviser(self.address, "tiny", key, seconds)


def completion(said: str, usage: object = None, **more: object) -> bytes:
    """Return what a server wraps around the words of a model."""
    usage = {"prompt_tokens": 700, "completion_tokens": 50} if usage is None else usage
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}
    return json.dumps({"choices": [{**choice, **more}], "usage": usage}).encode()


def opinion(
    answers: Mapping[str, str] | None = None, findings: Mapping[str, str] | None = None, reason: str = ""
) -> str:
    """Return an answer in the shape that is asked for."""
    told: Json = {
        "answers": [{"question": name, "quote": quote} for name, quote in (answers or {}).items()],
        "findings": [{"kind": name, "quote": quote} for name, quote in (findings or {}).items()],
        "reason": reason,
    }
    return json.dumps(told)


def told(body: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Handle:
    """Answer everything in this way."""

    def handle(handler: BaseHTTPRequestHandler, _came: Came) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return handle


def says(*args: object, **kwargs: object) -> Handle:
    """Answer everything with this opinion."""
    return told(completion(opinion(*args, **kwargs)))  # type: ignore[arg-type] # passed through


@contextmanager
def model(handle: Handle, *, secret: SSLContext | None = None) -> Iterator[Model]:
    """Serve on loopback until the test is over; behind TLS where a context is given."""
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            came = Came(self.path, dict(self.headers.items()), body, over)
            up.came.append(came)
            try:
                handle(self, came)
            except OSError:
                self.close_connection = True  # nobody listens any more

        def log_message(self, *_args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if secret is not None:
        server.socket = secret.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    up = Model(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield up
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
