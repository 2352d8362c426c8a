"""The owner's clock and absences come from anlass.toml."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from anlass.bootstrap import load_policy, owner_days
from anlass.config import OwnerSettings, Settings
from anlass.errors import ConfigError

SUMMER = datetime(2026, 7, 3, 22, 30, tzinfo=UTC)


def test_zone_and_absences_reach_the_house_rules(tmp_path: Path) -> None:
    """The shipped rules speak by the owner's clock, and so do own rules that stand alone."""
    owner = OwnerSettings(time_zone="Asia/Tokyo", away=("2026-07-04/2026-07-05", "2026-08-01"))
    settings = Settings(tmp_path, owner=owner)
    for text in ("", 'preset = "none"\n'):
        (tmp_path / "house-rules.toml").write_text(text, encoding="utf-8")
        days = load_policy(settings, "en").days
        assert days.here(SUMMER).isoformat() == "2026-07-04T07:30:00+09:00"
        assert days.away == (
            (date(2026, 7, 4), date(2026, 7, 5)),
            (date(2026, 8, 1), date(2026, 8, 1)),
        )


def test_machines_clock_holds_where_no_zone_is_named(tmp_path: Path) -> None:
    """Nobody has to set what the machine knows."""
    assert owner_days(Settings(tmp_path)).here(SUMMER) == SUMMER


def test_everything_wrong_with_the_days_is_said_at_once(tmp_path: Path) -> None:
    """A zone that is none and days that are none: two lines, and no traceback."""
    owner = OwnerSettings(time_zone="Mars/Olympus", away=("Christmas", "2026-12-24"))
    with pytest.raises(ConfigError) as caught:
        owner_days(Settings(tmp_path, owner=owner))
    assert [str(problem) for problem in caught.value.problems] == [
        "anlass.toml: owner.time_zone is 'Mars/Olympus', no time zone",
        "anlass.toml: owner.away has 'Christmas', no day (2026-12-24) and no span (2026-12-20/2027-01-06)",
    ]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/localtime", "Europe/", "\x00", "Europe/Berlin\n"])
def test_name_of_a_zone_reads_no_other_file(tmp_path: Path, name: str) -> None:
    """What is no name of a zone is refused, not opened."""
    with pytest.raises(ConfigError):
        owner_days(Settings(tmp_path, owner=OwnerSettings(time_zone=name)))
