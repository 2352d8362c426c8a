"""Commands that write much are killed at any step of it, run again, and leave what a calm run leaves.

The clock stands still, so that whatever is written down twice would be the same twice.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anlass.bootstrap import open_home
from anlass.desk.house.preferences import prefer, preferences
from anlass.desk.wishes.hosting import admit, open_event, open_round
from anlass.desk.wishes.keys import key_ring
from anlass.outreach.wish_times import timetable
from anlass.store.cases.kept import CaseState
from tests.chaos.processes import Clock, Started, Starter, starter
from tests.characters import SCENES, case_of
from tests.live import request

pytestmark = pytest.mark.slow  # dozens of processes

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SETTINGS = '[owner]\nname = "Olga Wend"\naddresses = ["olga@wend.example"]\nlanguage = "en"\n'
AT = (0.0, 0.4, 1.0)
"""Where in the writing a command is killed, as a part of all of it."""
OF_CHANCE = frozenset({"store_secret", "store_latch", "store_doorrequest"})
"""Tables whose rows are made of dice."""
SEEN = {"store_journalentry": "act, about", "store_wishround": "event, number, phase, participants"}
"""Columns that are looked at, where others are made of dice."""


@dataclass(frozen=True, slots=True)
class Story:
    """A command with its words, and what lies in the house before."""

    name: str
    words: tuple[str, ...]
    before: Callable[[Path], None]

    def __str__(self) -> str:
        return self.name


def _mail(folder: Path) -> None:
    """Put a Maildir with a dozen letters beside the house."""
    for number in range(12):
        sender = f"Sabine Krohn <sabine{number % 9}@krohn.example>"
        raw = request(f"k{number}", sender=sender, to="olga@wend.example")
        place = folder / "mail" / "cur"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.x:2,S").write_bytes(raw)


def _cases(folder: Path) -> None:
    """Let a few cases wait."""
    book = open_home(str(folder)).book
    for scene in SCENES:
        book.keep(case_of(scene), scene.encounters, now=NOW - timedelta(days=3))
    book.close()


def _old_cases(folder: Path) -> None:
    """Let cases have stayed for longer than the owner wants."""
    book = open_home(str(folder)).book
    long_ago = NOW - timedelta(days=900)
    for scene in SCENES:
        book.keep(case_of(scene), scene.encounters, now=long_ago)
        book.set_state(scene.id, CaseState.DONE)
    prefer(book, replace(preferences(book), keep_years=1), now=long_ago)
    book.close()


def _round(step: timedelta) -> Callable[[Path], None]:
    """Let a round of wishes be at a step that is due."""

    def before(folder: Path) -> None:
        home = open_home(str(folder))
        book = home.book
        event = open_event(book, "Sommerschule", quota=4)
        list(admit(book, event, ((f"Guest {one}", f"guest{one}@wishes.example") for one in range(6))))
        begins = NOW - step
        open_round(book, event, timetable(begins, begins + timedelta(days=1), begins + timedelta(days=2)))
        key_ring(home.settings)
        book.close()

    return before


STORIES = (
    Story("collect", ("collect", "{mail}"), _mail),
    Story("screen", ("screen", "{mail}"), _mail),
    Story("decide", ("decide", "sam", "hohl", "ask_back"), _cases),
    Story("retention", ("work", "--once"), _old_cases),
    Story("a round is frozen", ("work", "--once"), _round(timedelta(hours=1))),
    Story("a round is over", ("work", "--once"), _round(timedelta(days=9))),
)


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Yield what starts commands while the clock stands still."""
    folder = tmp_path_factory.mktemp("killed")
    clock = Clock(folder / "clock", pace=0.0)
    clock.jump((NOW - clock.now()).total_seconds())
    with starter(folder, clock) as made:
        yield made


def ran(starts: Starter, words: Sequence[str], house: Path, *, dies_at: int = 0) -> Started:
    """Run a command in a house to its end."""
    filled = [one.format(mail=house.parent / "mail") for one in words]
    done = starts.start(*filled, "--data", str(house), dies_at=dies_at)
    assert done.wait(120)
    return done


def remembered(house: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of a house by table, without those that are made of dice."""
    with closing(sqlite3.connect(house / "anlass.sqlite3")) as book:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [one for one in tables if one.startswith("store_") and one not in OF_CHANCE]
        asked = {one: f"SELECT {SEEN.get(one, '*')} FROM {one}" for one in kept}
        return {one: sorted(book.execute(sql).fetchall(), key=repr) for one, sql in asked.items()}


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_a_command_killed_at_any_step_and_run_again_leaves_what_a_calm_run_leaves(
    story: Story, starts: Starter, tmp_path: Path
) -> None:
    """At several places of its writing, each from the same beginning."""
    first = tmp_path / "first"
    first.mkdir()
    (first / "anlass.toml").write_text(SETTINGS, encoding="utf-8")
    open_home(str(first)).book.close()
    story.before(tmp_path if story.before is _mail else first)
    calm = copied(first, tmp_path / "calm")
    done = ran(starts, story.words, calm)
    assert (done.code, done.wrote > 1) == (0, True), done.said()
    right = remembered(calm)
    for at in sorted({1 + round(part * (done.wrote - 1)) for part in AT}):
        again = copied(first, tmp_path / f"killed{at}")
        assert ran(starts, story.words, again, dies_at=at).code is None
        last = ran(starts, story.words, again)
        assert last.code == 0, last.said()
        found = remembered(again)
        assert {one: found[one] for one in right if found[one] != right[one]} == {}, at


def copied(first: Path, to: Path) -> Path:
    """Return a copy of a house that nobody uses."""
    shutil.copytree(first, to)
    return to
