"""A voucher at the public door counts: typed into the letter or attached to it, the address is confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from anlass.case import Case
from anlass.cli.cases import why
from anlass.desk.cards.vouchers import give_voucher, published, take_key
from anlass.desk.cards.vouching import vouch
from anlass.people import Address, AddressKind, person_at
from anlass.policy import Action
from tests.at_door import MATTER, AtDoor, at_door
from tests.characters import NOW
from tests.pages import book_on_disk, pages_configured

pytestmark = pytest.mark.slow  # a house with a door, and another that vouches

KAI, EVA = (
    person_at(Address(AddressKind.MAIL, address), name)
    for address, name in (("kai@falk.example", "Kai Falk"), ("eva@amsel.example", "Eva Amsel"))
)
RULE = """
[[rule]]
name = "Friends of friends"
why = "Somebody I vouch for vouches for them."
all = ["person.vouchers >= 1"]
do = "accept"
"""


@pytest.fixture
def door(tmp_path: Path) -> Iterator[AtDoor]:
    """Yield a door of Henrike's, who vouches for Eva."""
    (tmp_path / "henrike").mkdir()
    with pages_configured():
        made = at_door(tmp_path / "henrike", RULE)
        made.book.meet(EVA)
        vouch(made.book, "Eva Amsel", now=NOW)
        yield made


@pytest.fixture
def line(door: AtDoor, tmp_path: Path) -> str:
    """Return Eva's voucher for Kai."""
    (tmp_path / "eva").mkdir()
    theirs = book_on_disk(tmp_path / "eva", (), ())
    theirs.meet(KAI)
    vouch(theirs, "Kai Falk", now=NOW - timedelta(hours=1))
    given = give_voucher(theirs, "Kai Falk", now=NOW - timedelta(hours=1))
    take_key(door.book, "Eva Amsel", json.dumps(published(theirs, at=NOW)), now=NOW)
    return given.text


def written(door: AtDoor, **fields: object) -> Case:
    """Write at the door, confirm, and return the case."""
    door.writes(None, **fields)
    door.visitor().post(door.link(), {"yes": "yes"})
    (case,) = door.takes_in()
    return case


def weighed(case: Case) -> tuple[int, Action]:
    """Return how many vouch, and what the rules make of it."""
    return case.known.elsewhere.vouchers, case.decision.action


def test_a_typed_voucher_counts_and_is_said(door: AtDoor, line: str) -> None:
    """The rule that asks for a voucher matches, and the command line says whose it was."""
    case = written(door, matter=f"{MATTER}\n\n{line}")
    assert weighed(case) == (1, Action.ACCEPT)
    order = [case.request.id, "--data", str(door.home.settings.data)]
    told = CliRunner().invoke(why, order, env={"LANG": "de_DE.UTF-8"})
    assert told.exit_code == 0
    said = " ".join(told.output.split())
    assert "Eva Amsel bürgt für diese Adresse, bis zum " in said
    assert "Du bürgst für Eva Amsel." in said


def test_an_attached_voucher_counts(door: AtDoor, line: str) -> None:
    """The line lies in a small text beside the letter."""
    file = SimpleUploadedFile("buergschein.txt", f"{line}\n".encode())
    assert weighed(written(door, files=[file])) == (1, Action.ACCEPT)


@pytest.mark.parametrize("lead", [b"%PDF-1.4\n", b"x" * 5_000 + b"\n"])
def test_a_voucher_in_no_small_text_is_not_looked_for(door: AtDoor, line: str, lead: bytes) -> None:
    """Other files are kept and never opened."""
    case = written(door, files=[SimpleUploadedFile("a.txt", lead + line.encode())])
    assert weighed(case)[0] == 0


def test_a_voucher_for_another_address_does_not_count(door: AtDoor, line: str) -> None:
    """Copied into the letter of somebody else it is said, and without effect."""
    case = written(door, matter=f"{MATTER}\n\n{line}", address="sam@wald.example")
    assert weighed(case)[0] == 0
    assert [one.fault for one in door.book.vouching.seen(case.request.id)] == ["other address"]
