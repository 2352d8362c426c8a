"""Serve the characters' house as `anlass serve` does.

python -m tests.browser.served [empty | acquainted | carded | conference | door | threatened] [letters] [PORT]

With `letters` the owner can let letters go from here; nothing sends them.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from anlass.bootstrap import Home
from anlass.config import load_settings
from anlass.desk.door.own import add_word
from anlass.desk.outgoing.outbox import Writer
from anlass.replies.door import CodeWord
from anlass.store.settings import configure
from anlass.web.frame.house import House, application
from anlass.web.frame.limiter import DoorLimits, Limiter
from anlass.web.serving.serve import door, serve
from anlass.web.settings import web_settings
from tests.characters import NOW
from tests.conference import after_conference
from tests.pages import TOKEN, a_house_with_rules, acquainted, book_on_disk, carded, with_a_door
from tests.threatened import threatened


def main() -> None:
    """Print the address with its token once the pages can be had, and serve until stopped."""
    port = next((int(word) for word in sys.argv[1:] if word.isdigit()), 0)
    with TemporaryDirectory() as folder:
        configure(Path(folder), more=web_settings("a secret for tests"))
        book = book_on_disk(Path(folder), (), ()) if "empty" in sys.argv else book_on_disk(Path(folder))
        lists = [acquainted(book, Path(folder))] if "acquainted" in sys.argv else []
        home = Home(load_settings(Path(folder)), "en", book)
        house = a_house_with_rules(home, *lists)
        if "letters" in sys.argv:
            house = replace(house, writer=Writer("Olga Brandt", "olga@home.example"))
        if "carded" in sys.argv:
            carded(book)
            house = replace(house, writer=Writer("Olga von Türen", "olga@tueren.example"))
        if "conference" in sys.argv:
            house = replace(house, writer=after_conference(book))
        if "threatened" in sys.argv:
            threatened(book)
        if "door" in sys.argv:
            house = at_the_door(house, home)
        serve(
            application(house),
            door("127.0.0.1", port),
            lambda host, real: print(f"http://{host}:{real}/?token={TOKEN}", flush=True),
        )


def at_the_door(house: House, home: Home) -> House:
    """Return the house of somebody with a door, at which a minute passes in a second."""
    (home.settings.data / "anlass.toml").write_text('[owner]\nname = "Henrike Solbach"\n', encoding="utf-8")
    home = with_a_door(replace(home, settings=load_settings(home.settings.data)))
    add_word(home.book, CodeWord("Kornblume", note="Vortrag in Bremen"), "de", now=NOW)
    began = monotonic()
    return replace(
        house,
        settings=home.settings,
        now=lambda: NOW + timedelta(seconds=60 * (monotonic() - began)),
        door_limits=DoorLimits(*(Limiter(10_000, 10_000) for _ in range(3))),
    )


if __name__ == "__main__":
    main()
