"""The server that the door is measured on: as `anlass serve` serves it, pinned to one core.

python -m bench.door_server FOLDER|postgresql://... CORE
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from anlass.bootstrap import Home
from anlass.config import load_settings
from anlass.desk.door.own import open_door, rename, set_texts
from anlass.desk.requests.on_duty import OnDuty
from anlass.store import open_book
from anlass.store.settings import configure
from anlass.web.frame.house import Classroom, House, application
from anlass.web.frame.key import Key
from anlass.web.frame.limiter import DoorLimits, Limiter
from anlass.web.serving.serve import door, serve
from anlass.web.settings import web_settings


def main() -> None:
    """Serve a door that asks nobody for patience, and print its port once it can be had."""
    place, core = sys.argv[1], int(sys.argv[2])
    os.sched_setaffinity(0, {core})
    is_address = "://" in place
    folder = Path(mkdtemp()) if is_address else Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "anlass.toml").write_text('[owner]\nname = "Olga Türen"\nlanguage = "de"\n', encoding="utf-8")
    configure(folder, place if is_address else None, web_settings("a secret for the bench"))
    home = Home(load_settings(folder), "de", open_book(place if is_address else folder))
    now = datetime.now(UTC)
    rename(home.book, "olga", "de", now=now)
    texts = {"who": "Ich baue Türen.", "glad": "Über Fragen.", "imprint": "Torweg 3", "privacy": "Nichts."}
    set_texts(home.book, "de", texts, "de", now=now)
    open_door(home.book, "de", now=now)
    on_duty = OnDuty(home)
    free = DoorLimits(*(Limiter(10**9, 10**9) for _ in range(3)))
    room = Classroom(on_duty.doorman(), home.book, on_duty)
    house = House(home.book, lambda: datetime.now(UTC), Key(), room, settings=home.settings, door_limits=free)
    serve(application(house), door("127.0.0.1", 0), lambda _host, port: print(port, flush=True))


if __name__ == "__main__":
    main()
