"""What a house asks itself with each new mail, in one house: how many questions, and what they cost.

    python -m bench.scale.looks FOLDER

prints for each look the CPU seconds of the program and its questions to the database, the first time and
again: what was found out once need not be found out a second time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.scale.pages import cpu_of


def looked(folder: Path) -> list[dict[str, object]]:
    """Look at everything a new mail makes the house in `folder` look at, two times; in this process."""
    from django.db import connections  # noqa: PLC0415 - a process of its own

    from anlass.bootstrap import make_doorman, open_home  # noqa: PLC0415
    from anlass.cli.clock import moment  # noqa: PLC0415
    from anlass.desk.evidence.outside import take_in_replies  # noqa: PLC0415
    from anlass.desk.evidence.rounds import let_lapse  # noqa: PLC0415
    from anlass.desk.people.circle import unscreened  # noqa: PLC0415
    from anlass.desk.people.register import register  # noqa: PLC0415
    from anlass.desk.people.standing import promote  # noqa: PLC0415
    from anlass.desk.people.watch_list import wake  # noqa: PLC0415
    from anlass.intake import Recipient, Surroundings  # noqa: PLC0415
    from anlass.sources import reread  # noqa: PLC0415

    home, now = open_home(str(folder)), moment()
    book, (doorman, _) = home.book, make_doorman(home.settings, home.lang, home.book)
    around = Surroundings(book.owner_addresses(), Recipient(), book.trusted())
    looks: Mapping[str, Callable[[], object]] = {
        "the list of persons, closest first": lambda: register(book, now=now, lang="en"),
        "who is never screened": lambda: unscreened(book, at=now),
        "what came to questions": lambda: take_in_replies(book, doorman, around, reread),
        "which questions lapse": lambda: let_lapse(book, now=now),
        "what wakes the watch list": lambda: wake(book, at=now),
        "who becomes a contact": lambda: promote(book, doorman, at=now),
    }
    asked = list[str]()

    def counted(go_on: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return go_on(sql, *rest)

    found = list[dict[str, object]]()
    book.settle()
    for name, look in looks.items():
        for time_ in ("first", "again"):
            asked.clear()
            begin, cpu = time.perf_counter(), time.process_time()
            with connections["default"].execute_wrapper(counted):
                look()
            took, cpu = time.perf_counter() - begin, time.process_time() - cpu
            found.append({"look": name, "time": time_, "questions": len(asked), "seconds": took, "cpu": cpu})
    return found


def looks_of(folder: Path, servers: Sequence[int]) -> list[str]:
    """Return a line for each look at a house, in a process of its own, and what the server took for all."""
    before = cpu_of(servers)
    command = [sys.executable, "-m", "bench.scale.looks", str(folder)]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    lines = [
        f"{one['look']}, {one['time']}: {one['questions']} questions, {one['seconds']:.2f} s,"
        f" {one['cpu']:.2f} s of CPU beside the database's"
        for one in told
    ]
    return [*lines, f"all of them: {cpu_of(servers) - before:.1f} s of the database's CPU"]


if __name__ == "__main__":
    os.environ.pop("ANLASS_DATA", None)
    print(json.dumps(looked(Path(sys.argv[1]))))
