"""The pages as they are served: several `anlass serve` over one memory, and owners who are logged in.

    python -m bench.scale.served FOLDER OWNER...

prints a cookie for every owner, as JSON: whose house it opens, and what a page of it needs to be asked for.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.inbox.visitors import Browser

COOKIE = "anlass"


@contextmanager
def serving(folder: Path, processes: int) -> Iterator[list[tuple[str, int]]]:
    """Run so many `anlass serve` until the block ends; yields host and port of each, and its process."""
    program = Path(sys.executable).with_name("anlass")
    command: list[str | Path] = [program, "serve", "--data", folder, "--port", "0"]
    with ExitStack() as stack:
        found = []
        for _ in range(processes):
            server = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            stack.callback(server.terminate)
            said = (re.search(r"127\.0\.0\.1:\d+", line) for line in server.stdout or ())
            place = next((one for one in said if one), None)
            if place is None:
                raise RuntimeError("the pages cannot be had")
            found.append((place[0], server.pid))
        yield found


def logged_in(folder: Path, owners: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return of each owner the cookie of a browser, a case and a person."""
    command = [sys.executable, "-m", "bench.scale.served", str(folder), *owners]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


def browsers(places: Sequence[tuple[str, int]], cookie: str) -> list[Browser]:
    """Return a browser of one owner for each process."""
    return [Browser(host, f"{COOKIE}={cookie}") for host, _ in places]


def _log_in(folder: Path, owners: Sequence[str]) -> dict[str, dict[str, str]]:
    from anlass.bootstrap import open_home  # noqa: PLC0415 - a process of its own
    from anlass.config import load_settings  # noqa: PLC0415
    from anlass.web.commands import _signing_key  # noqa: PLC0415
    from anlass.web.settings import web_settings  # noqa: PLC0415

    settings = load_settings(folder)
    home = open_home(str(folder), web_settings(_signing_key(settings), settings.server))
    return {owner: _inside(home.book.gate, owner) | _something(home.book, owner) for owner in owners}


def _inside(gate: object, owner: str) -> dict[str, str]:
    """Let an owner in and return the cookie."""
    from django.contrib.sessions.backends.signed_cookies import SessionStore  # noqa: PLC0415 - after `configure`

    from anlass.desk.house.entering import begin  # noqa: PLC0415
    from anlass.people import mail_address, person_id  # noqa: PLC0415
    from anlass.store.gate.keys import GateTables, Role  # noqa: PLC0415
    from anlass.web.gate.entrance import VISIT  # noqa: PLC0415

    assert isinstance(gate, GateTables)
    now, address = datetime.now(UTC), mail_address(f"{owner}@house.example")
    assert address is not None
    gate.add_keyholder(person_id(address), address.value, now=now)
    gate.give_key(owner, person_id(address), Role.OWNER, now=now)
    keyholder = gate.keyholder(person_id(address))
    assert keyholder is not None
    session = SessionStore()
    session[VISIT] = begin(gate, keyholder, "code", "bench", now=now)
    session.save()
    return {"cookie": str(session.session_key)}


def _something(book: object, owner: str) -> dict[str, str]:
    """Return a case in the middle of an owner's, and the person with the most encounters of some."""
    from anlass.store.book import Book  # noqa: PLC0415 - after `configure`

    assert isinstance(book, Book)
    tables = Book(owner, using=book._tables.using)._tables  # noqa: SLF001 - rows are chosen, not shown
    cases = tables.rows("SELECT id, person FROM store_case WHERE owner_id = %(owner)s ORDER BY id LIMIT 40")
    persons = tables.rows(
        "SELECT e.address FROM store_encounter e WHERE e.owner_id = %(owner)s AND e.is_turn LIMIT 1"
    )
    return {
        "cases": " ".join(str(id_) for id_, _ in cases),
        "persons": " ".join(str(one[0]) for one in [*persons, *((person,) for _, person in cases)]),
    }


if __name__ == "__main__":
    os.environ.pop("ANLASS_DATA", None)
    print(json.dumps(_log_in(Path(sys.argv[1]), sys.argv[2:])))
