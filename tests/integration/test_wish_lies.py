"""Servers that answer garbage: a participant's program says so by an error with a name, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.desk.wishes import own_key as own
from anlass.desk.wishes.purse import Purse, keep_purse, purse_called
from anlass.errors import EdgeError, NotFound, Refused
from anlass.outreach.wish_roster import packed
from tests.lying_server import lying
from tests.unit.outreach.wishing import EVENT, entry, roster, secret

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OF = roster(3)
ODD: dict[str, bytes] = {
    "nested": b"[" * 50_000,
    "no JSON": b"\xff\xfe",
    "no object": b"[1, 2]",
    "empty": b"{}",
    "words for numbers": b'{"event": 5, "ticket": "x", "times": [], "quota": "many", "stage": 7}',
    "no moment": b'{"stage": "wishing", "round": 1, "times": {"match": "soon"}, "quota": 6}',
    "a moment beyond time": b'{"stage": "wishing", "round": 1, "times": {"match": "0001-01-01"}, "quota": 6}',
    "fewer wishes than were made": b'{"stage": "wishing", "round": 1, "quota": 1}',
    "a million wishes": b'{"stage": "wishing", "round": 1, "quota": 1000000}',
    "a list of nobody": b"ANWR1\0" + bytes(24),
    "a list without end": b"ANWR1\0" + bytes(20) + b"\xff" * 4,
}


def purse_at(address: str) -> Purse:
    """Return what somebody keeps who joined and wished for two, and whose server is another one now."""
    me, *others = (entry(number) for number in range(3))
    wishes = dict.fromkeys((one.pid.hex() for one in others), "")
    kept = (secret(0).hex(), me.public.hex(), me.pid.hex())
    return Purse(address, EVENT.hex(), "Club", *kept, me.name, "card", wishes, {}, "", OF.code, 1)


@pytest.mark.slow  # a server is asked over the wire, again and again
@pytest.mark.parametrize("has_list", [True, False], ids=["a good list", "nothing good"])
def test_whatever_a_server_answers_is_an_error_with_a_name(tmp_path: Path, *, has_list: bool) -> None:
    """Garbage for every question in turn: never a crash, never a lost key, and no wish that goes astray."""
    answers = {"roster": packed(OF)} if has_list else {}
    said = dict(answers)
    with lying(said) as address:
        for what, odd in ODD.items():
            said.clear()
            said.update(dict.fromkeys(("about", "upload", "release", "join", "roster"), odd) | answers)
            for act in acts(tmp_path, address) if has_list else [lambda: own.people(purse_at(address))]:
                keep_purse(tmp_path, purse_at(address))
                try:
                    act()
                except (EdgeError, NotFound, Refused):
                    continue
                finally:
                    assert purse_called(tmp_path).secret == secret(0).hex(), what


def acts(data: Path, address: str) -> tuple[Callable[[], object], ...]:
    """Return everything that asks the server, each with a purse of its own."""
    return (
        lambda: own.join(data / "other", address),
        lambda: own.plan(data, purse_at(address), now=NOW),
        lambda: own.send(data, purse_at(address)),
        lambda: own.results(data, purse_at(address)),
    )
