"""A made-up archive through the command line: ledger and requests are those that were put in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from bench.archive import Truth, write
from bench.archive.cast import OWNERS

pytestmark = pytest.mark.slow  # two thousand mails are made, collected and screened: some seconds

Line = dict[str, object]


class Screened(NamedTuple):
    """What was put in, and what the program prints about it."""

    truth: Truth
    ledger: list[Line]
    cases: list[Line]
    again: list[Line]


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    """Make an archive of 2,000 mails, Maildir and mbox mixed, and screen it twice."""
    folder = tmp_path_factory.mktemp("archive")
    truth = write(folder, mails=2000, seed=11)
    owners = [word for one in OWNERS for word in ("--owner", one)]

    def anlass(*words: str) -> list[Line]:
        done = subprocess.run(
            [sys.executable, "-m", "anlass", *words],
            env=os.environ | {"ANLASS_DATA": str(folder / "data")},
            capture_output=True,
            text=True,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    screen = ("screen", str(folder / "mail"), *owners, "--json", "--all")
    cases = anlass(*screen)
    return Screened(truth, anlass("ledger", "--json"), cases, anlass(*screen))


def addresses(line: Line) -> list[str]:
    """Return the addresses of the person a line speaks of."""
    person = line["person"]
    assert isinstance(person, dict)
    return list(person["addresses"])


def bare(message_id: object) -> str:
    """Return a Message-ID without its brackets."""
    return str(message_id).strip("<>")


def test_the_ledger_holds_exactly_what_was_exchanged(screened: Screened) -> None:
    """Letters each way, turns and threads of every correspondent; nobody from lists, robots or junk."""
    keys = ("mails_in", "mails_out", "turns", "threads")
    found = {
        address: {key: line[key] for key in keys}
        for line in screened.ledger
        for address in addresses(line)
        if line["mails_in"] or line["mails_out"]
    }
    assert found == screened.truth.people


def test_the_requests_are_exactly_those_of_strangers(screened: Screened) -> None:
    """Every stranger's letter and every network's invitation becomes a case, once, and nothing else does."""
    asked = [
        bare(line["message_id"])
        for line in screened.cases
        if line["is_request"] and line["channel"] == "mail"
    ]
    invited = [line for line in screened.cases if line["is_request"] and line["channel"] == "linkedin"]
    assert sorted(asked) == sorted(bare(one["message_id"]) for one in screened.truth.requests)
    assert len(invited) == screened.truth.kinds["network_request"]


def test_what_is_no_request_says_by_which_rule(screened: Screened) -> None:
    """Every other mail that was looked at names its rule; junk is not looked at."""
    others = [line for line in screened.cases if not line["is_request"]]
    kinds = screened.truth.kinds
    requests = len(screened.truth.requests) + kinds["network_request"]
    assert len(others) == screened.truth.mails - kinds["junk"] - requests
    assert [line for line in others if not str(line["rule"]).startswith("N")] == []


def test_a_second_run_finds_nothing_new_and_the_same_cases(screened: Screened) -> None:
    """The same lines but for `new`."""
    first = {line["case"]: line | {"new": False} for line in screened.cases if line["is_request"]}
    second = {line["case"]: line for line in screened.again if line["is_request"]}
    assert second == first
