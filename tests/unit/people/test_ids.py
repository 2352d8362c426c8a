"""Ids are found by their beginning, and what has a name by that first."""

from dataclasses import dataclass

import pytest

from anlass.people.ids import called, digest_id, named


@dataclass(frozen=True)
class _Thing:
    id: str
    name: str = ""


_ALL = (_Thing("abcd", "Fair"), _Thing("abce", "fair "), _Thing("ab", "Abc"), _Thing("f00d", "abce"))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("abcd", ["abcd"]),
        (" ABCD ", ["abcd"]),
        ("abc", ["abcd", "abce"]),
        ("f", ["f00d"]),
        ("", []),
        (" ", []),
        ("x", []),
    ],
)
def test_the_beginning_of_an_id_names_all_that_begin_so(said: str, found: list[str]) -> None:
    assert [one.id for one in called(said, _ALL)] == found


def test_an_id_in_full_means_itself_though_others_begin_with_it() -> None:
    assert called("ab", _ALL) == [_ALL[2]]


@pytest.mark.parametrize(
    ("said", "found"),
    [("FAIR", ["abcd", "abce"]), ("abc", ["ab"]), ("abce", ["f00d"]), ("abcd", ["abcd"]), ("", [])],
)
def test_a_name_goes_before_the_beginning_of_an_id(said: str, found: list[str]) -> None:
    assert [one.id for one in named(said, iter(_ALL))] == found


def test_an_id_is_made_of_its_parts_and_not_of_their_sum() -> None:
    assert digest_id("ab", "c") != digest_id("a", "bc")
