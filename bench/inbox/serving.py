"""Serve the pages over a book, on one core: `python -m bench.inbox.serving FOLDER-OR-ADDRESS KEY`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from anlass.doorman import Doorman
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store import open_book
from anlass.store.settings import configure
from anlass.web.frame.house import Classroom, House, application
from anlass.web.frame.key import Key
from anlass.web.serving.serve import door, serve
from anlass.web.settings import web_settings
from bench.inbox.making import NOW


def main() -> None:
    """Print the address once the pages can be had, and serve until stopped."""
    place, key = sys.argv[1:3]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    is_address = "://" in place
    configure(
        Path() if is_address else Path(place), place if is_address else None, web_settings("of the bench")
    )
    book = open_book(place)
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    house = House(book, lambda: NOW, Key(key), Classroom(doorman, book))
    serve(
        application(house),
        door("127.0.0.1", 0),
        lambda host, port: print(f"{host}:{port}", flush=True),
    )


if __name__ == "__main__":
    main()
