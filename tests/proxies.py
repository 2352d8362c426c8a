"""A real nginx before a real `anlass serve`, both on loopback, with the configuration that is shipped."""

from __future__ import annotations

import os
import re
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from socket import create_connection
from urllib.parse import urlencode

from tests import servers
from tests.certificates import certificate

ROOT = Path(__file__).parents[1]
NAME = "anlass.example.org"
SETTINGS = f"""[server]
address = "https://{NAME}"
trusted_proxies = ["127.0.0.1"]
"""
_AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  access_log {folder}/everything.log;
  {shipped}
}}
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(slots=True)
class Proxied:
    """A server behind its proxy, and a browser before it: its cookie stays."""

    folder: Path
    plain: int
    tls: int
    behind: int
    known: Path
    caller: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Told:
        """Ask for a page by TLS, as any browser does."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, typed: Mapping[str, str]) -> Told:
        """Send a form."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{NAME}{path}"}
        return self._ask("POST", path, urlencode(typed), sent)

    def in_the_clear(self, path: str) -> Told:
        """Ask without TLS."""
        with closing(HTTPConnection(servers.HOST, self.plain, timeout=20)) as line:
            return self._answer(line, "GET", path, None, {})

    def past_the_proxy(self, path: str, **headers: str) -> Told:
        """Ask the program itself."""
        with closing(HTTPConnection(servers.HOST, self.behind, timeout=20)) as line:
            return self._answer(
                line, "GET", path, None, {key.replace("_", "-"): v for key, v in headers.items()}
            )

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Told:
        context = ssl.create_default_context(cafile=self.known)
        with closing(HTTPSConnection(NAME, self.tls, context=context, timeout=20)) as line:
            raw = create_connection((servers.HOST, self.tls), 20, (self.caller, 0))
            line.sock = context.wrap_socket(raw, server_hostname=NAME)
            named = {key.replace("_", "-"): value for key, value in headers.items()}
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            told = self._answer(line, method, path, body, {**named, **({"Cookie": cookie} if cookie else {})})
        if found := re.match(r"([^=]+)=([^;]*)", told.headers.get("Set-Cookie", "")):
            self.cookies[found[1]] = found[2]
        return told

    def _answer(
        self, line: HTTPConnection, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> Told:
        line.request(method, path, body, {"Host": NAME, **headers})
        answer = line.getresponse()
        return Told(answer.status, dict(answer.headers), answer.read().decode(errors="replace"))


def shipped(folder: Path, ports: tuple[int, int, int], both: Path) -> str:
    """Return deploy/nginx.conf with the ports and files of a test, and all else as it is."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    plain, tls, behind = ports
    text = re.sub(r"(?m)^\s*listen \[::\].*\n", "", text)
    for before, after in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{tls} "),
        ("http://127.0.0.1:8025", f"http://127.0.0.1:{behind}"),
        ("/etc/letsencrypt/live/anlass.example.org/fullchain.pem", str(both)),
        ("/etc/letsencrypt/live/anlass.example.org/privkey.pem", str(both)),
        ("/var/log/nginx/anlass.log", f"{folder}/anlass.log"),
    ):
        assert before in text, before
        text = text.replace(before, after)
    return text


@contextmanager
def proxied(data: Path) -> Iterator[Proxied]:
    """Serve the house in `data` behind nginx until the block ends, or raise `MissingError`."""
    program = servers.find("nginx", "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
    if program is None:
        raise servers.MissingError("nginx")
    plain, tls, behind = servers.free_ports(3)
    with servers.private_folder() as folder:
        _, known = certificate(folder, NAME)
        both = known.with_suffix(".pem")
        config = folder / "nginx.conf"
        around = _AROUND.format(folder=folder, shipped=shipped(folder, (plain, tls, behind), both))
        config.write_text(around, encoding="utf-8")
        for path in (config, both):
            servers.give_away(path)
        command = [
            sys.executable,
            "-m",
            "anlass",
            "serve",
            "--pages-alone",
            "--data",
            str(data),
            "--port",
            str(behind),
        ]
        told = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=told) as pages:
            assert pages.stdout
            try:
                pages.stdout.readline()
                log = folder / "start.log"
                with servers.running((program, "-c", config), log, tls, stop=signal.SIGQUIT):
                    yield Proxied(folder, plain, tls, behind, known)
            finally:
                pages.terminate()
