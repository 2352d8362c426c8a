"""A house under faults, in short: nothing is lost or done twice. `make soak` does the same for an hour."""

from __future__ import annotations

import pytest

from tests.chaos.rounds import Plan, play
from tests.conftest import go_without
from tests.servers import Dovecot, MissingError


@pytest.mark.slow  # a mail server, a database, pages and a worker, all of them processes that are killed
@pytest.mark.parametrize(
    ("memory", "seed"),
    [
        pytest.param("sqlite", 3, id="sqlite"),
        pytest.param("postgres", 4, id="postgres", marks=pytest.mark.postgres),
    ],
)
def test_faults_lose_nothing_and_do_nothing_twice(memory: str, seed: int, dovecot: Dovecot) -> None:
    """Letters, answers, words at the door and wishes, while processes die, wires break and clocks jump."""
    try:
        done = play(Plan(seed, memory, letters=4, faults=5, pause=0.7), dovecot)
    except MissingError as missing:
        go_without(missing)
    assert done.wrong == [], (done.story, done.logs)
    assert (sum(done.faults.values()), done.sent > 0) == (5, True)
