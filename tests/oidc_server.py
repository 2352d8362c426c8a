"""A service to log in by, on loopback: it tells of itself, gives an identity for a code, and signs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


@dataclass
class Service:
    """What the service says; tests change it to see what is not believed."""

    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    shown: RSAKey | None = None
    claims: dict[str, object] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    endless: bytes = b""
    """What it says to everything in place of an answer, where it is not empty."""

    def page(self, path: str) -> dict[str, object] | None:
        """Return what lies at a path."""
        if path.endswith("/openid-configuration"):
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": self.address, **{key: f"{self.address}/{at}" for key, at in names.items()}}
        if path == "/keys":
            return dict(KeySet([self.shown or self.key]).as_dict(private=False))
        return None

    def token(self, form: dict[str, str]) -> dict[str, object]:
        """Return an identity for a code."""
        self.asked.append(form)
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, {"iss": self.address, **self.claims}, self.key)
        return {"id_token": signed, "token_type": "Bearer", "access_token": "x"}


@contextmanager
def service() -> Iterator[Service]:
    """Serve until the block ends."""
    said = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(said.page(self.path))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(said.token({key: values[0] for key, values in parse_qs(text).items()}))

        def _answer(self, page: dict[str, object] | None) -> None:
            content = said.endless or json.dumps(page or {}).encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    said.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield said
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
