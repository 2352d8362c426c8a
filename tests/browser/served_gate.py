"""Serve Olga's house as a server does, before which one logs in; letters of the gate are printed.

python -m tests.browser.served_gate PORT
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from anlass.bootstrap import Home, home_of
from anlass.config import OwnerSettings, load_settings
from anlass.desk.house.courier import Courier, GateLetter
from anlass.desk.house.keys import accept, invite
from anlass.store.gate.keys import Role
from anlass.store.settings import configure
from anlass.web.frame.house import House, Houses, application
from anlass.web.frame.limiter import Limiter
from anlass.web.frame.site import Site
from anlass.web.serving.opening import house_for
from anlass.web.serving.serve import door, serve
from anlass.web.settings import web_settings
from anlass.wires.server import ServerSettings
from tests.characters import NOW
from tests.walking import furnished


def main() -> None:
    """Print the address once the pages can be had, then a line for each letter, and serve until stopped."""
    port = int(sys.argv[1])
    address = f"http://localhost:{port}"
    server = ServerSettings(address=address)
    with TemporaryDirectory() as folder:
        configure(Path(folder), more=web_settings("a secret for tests", server))
        book = furnished(Path(folder), "owner")
        settings = replace(load_settings(Path(folder)), server=server, owner=OwnerSettings(name="Olga Wend"))
        home = Home(settings, "en", book)
        for who, role in (("olga@home.example", Role.OWNER), ("host@home.example", Role.HOST)):
            accept(book, invite(book, who, role, now=NOW).invitation, now=NOW)

        def opened(owner: str) -> House:
            return house_for(home_of(home, owner), lambda: NOW)

        site = replace(
            Site(book.gate, book.whose, server, Courier(_printed), lambda: NOW),
            for_address=Limiter(1_000, 1_000),
            from_network=Limiter(1_000, 1_000),
        )
        serve(
            application(Houses(book.gate.owners, opened, site)),
            door("127.0.0.1", port),
            lambda _host, _port: print(address, flush=True),
        )


def _printed(letter: GateLetter) -> bool:
    print(json.dumps({"to": letter.to, "subject": letter.subject, "text": letter.text}), flush=True)
    return True


if __name__ == "__main__":
    main()
