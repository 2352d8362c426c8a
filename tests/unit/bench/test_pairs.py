"""Two commands against each other: the figure, and when there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.pairs import Comparison, FailedError, Job, Used, compare, run


def ran(*ratios: float) -> Comparison:
    """Return a comparison of these pair ratios."""
    return Comparison(ratios, (), ())


@pytest.mark.parametrize(
    ("ratios", "says"),
    [
        ((2.0, 2.1, 1.9), "2.00 times"),
        ((10.0, 10.0, 13.0), "10.00 times"),
        ((10.0, 10.0, 13.1), "not judged: the pairs gave 10.00 to 13.10"),
    ],
)
def test_a_figure_is_given_only_where_the_pairs_agree(ratios: tuple[float, ...], says: str) -> None:
    """More than 30 % between the lowest and the highest ratio, and there is no figure."""
    assert str(ran(*ratios)) == says


@pytest.mark.slow  # six processes
def test_jobs_alternate_after_one_warm_up_each_and_start_afresh(tmp_path: Path) -> None:
    """A B, then A B A B; `before` runs each time, and is not measured."""
    order: list[str] = []
    a, b = (
        Job(name, [sys.executable, "-S", "-c", "pass"], before=lambda name=name: order.append(name))  # type: ignore[misc]
        for name in "AB"
    )
    found = compare(a, b, 2, less=(Used(0, 0, 0), Used(0, 0, 0)))
    assert "".join(order) == "ABABAB"
    assert [len(found.ratios), len(found.a), len(found.b)] == [2, 2, 2]


def test_a_job_that_fails_is_no_figure(tmp_path: Path) -> None:
    """A peer that stops at once would otherwise be the fastest of all."""
    with pytest.raises(FailedError, match=r"^peer ended with 3: no such mailbox$"):
        run(Job("peer", ["sh", "-c", "echo no such mailbox >&2; exit 3"]))


def test_what_is_measured_is_not_charged_with_what_measures() -> None:
    """Linux hands the memory of whoever starts a process on to it; here a small program stands in between."""
    ballast = bytearray(100_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])
    assert run(Job("little", [sys.executable, "-S", "-c", "pass"])).peak < 50_000 < len(ballast)


def test_what_cannot_be_started_is_said() -> None:
    """As what ends badly is."""
    with pytest.raises(FailedError, match="missing"):
        run(Job("none", [Path("/missing")]))
