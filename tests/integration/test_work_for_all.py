"""`anlass work --all`: one worker goes round all houses of a server, and a second one stands by."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from anlass.bootstrap import Home, home_of, open_home
from anlass.jobs.lock import only_worker
from anlass.jobs.rounds import Rounds
from anlass.store import OWNER

OTHERS = ("kai", "mia")


@pytest.fixture
def server(tmp_path: Path) -> Home:
    """A server with three houses."""
    home = open_home(str(tmp_path))
    for owner in OTHERS:
        home_of(home, owner).book.close()
    return home


def _beats(server: Home) -> list[str]:
    """Return the owners in whose houses somebody gave a sign of life."""
    found = sorted(server.settings.data.rglob("work.beat"))
    return [OWNER if one.parent == server.settings.data else one.parent.name for one in found]


def test_it_works_in_every_house_of_the_server(server: Home) -> None:
    """After one round there is a sign of life in each; at the end none is left."""
    with closing(server.book):
        rounds = Rounds(server)
        assert rounds.once() == 3
        assert set(_beats(server)) == {OWNER, *OTHERS}
        rounds.over.set()
        rounds.run()
        assert _beats(server) == []


def test_the_second_stands_by_and_takes_over(server: Home) -> None:
    """A house where somebody works already is left out, until they put it down."""
    with closing(server.book):
        first, second = Rounds(server), Rounds(server)
        kai = server.settings.data / "owners" / "kai"
        with only_worker(kai) as is_only:
            assert is_only
            assert (first.once(), second.once()) == (2, 0)
        assert (first.once(), second.once()) == (3, 0)
        first.over.set()
        first.run()
        assert second.once() == 3
        second.over.set()
        second.run()


def test_a_house_that_came_meanwhile_is_taken_up(server: Home) -> None:
    """An owner who moves in while it works is looked after from the next round on."""
    with closing(server.book):
        rounds = Rounds(server)
        rounds.once()
        home_of(server, "ida").book.close()
        assert rounds.once() == 4
        rounds.over.set()
        rounds.run()


def test_a_house_that_breaks_stops_no_other(server: Home, caplog: pytest.LogCaptureFixture) -> None:
    """Settings that nobody can read are one owner's trouble: the log names the house and nothing else."""
    with closing(server.book):
        (server.settings.data / "owners" / "kai" / "anlass.toml").write_text("[owner\n", encoding="utf-8")
        rounds = Rounds(server)
        assert rounds.once() == 2
        assert [one.getMessage() for one in caplog.records] == [
            "kai: the house cannot be worked in (ConfigError)"
        ]
        rounds.over.set()
        rounds.run()


def test_what_breaks_a_house_is_said_once_until_it_changes(
    server: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """Round after round one line is enough; another mistake is another line, and so is the end of it."""
    said = []
    with closing(server.book):
        settings, rounds = server.settings.data / "owners" / "kai" / "anlass.toml", Rounds(server)
        for text in ("[owner\n", "[owner\n", "[owner]\nnime = 1\n", "", "", "[owner\n"):
            settings.write_text(text, encoding="utf-8")
            caplog.clear()
            rounds.once()
            said.append([one.getMessage().partition(": ")[2] for one in caplog.records])
        rounds.over.set()
        rounds.run()
    broken, well = "the house cannot be worked in (ConfigError)", "the house can be worked in again"
    assert said == [[broken], [], [broken], [well], [], []]
