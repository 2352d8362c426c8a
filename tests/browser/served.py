"""Serve the characters' house as `anlass serve` does.

python -m tests.browser.served [empty | acquainted] [letters] [PORT]

With `letters` the owner can let letters go from here; nothing sends them.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from anlass.bootstrap import Home
from anlass.config import load_settings
from anlass.desk.outbox import Writer
from anlass.store.settings import configure
from anlass.web.house import application
from anlass.web.serve import door, serve
from anlass.web.settings import web_settings
from tests.pages import TOKEN, a_house_with_rules, acquainted, book_on_disk


def main() -> None:
    """Print the address with its token once the pages can be had, and serve until stopped."""
    port = next((int(word) for word in sys.argv[1:] if word.isdigit()), 0)
    with TemporaryDirectory() as folder:
        configure(Path(folder), more=web_settings("a secret for tests"))
        book = book_on_disk(Path(folder), (), ()) if "empty" in sys.argv else book_on_disk(Path(folder))
        lists = [acquainted(book, Path(folder))] if "acquainted" in sys.argv else []
        house = a_house_with_rules(Home(load_settings(Path(folder)), "en", book), *lists)
        if "letters" in sys.argv:
            house = replace(house, writer=Writer("Olga Brandt", "olga@home.example"))
        serve(
            application(house),
            door("127.0.0.1", port),
            lambda host, real: print(f"http://{host}:{real}/?token={TOKEN}", flush=True),
        )


if __name__ == "__main__":
    main()
