"""The command line within the tests: the real command with its exit code, and a house that was lived in."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jsonschema import Draft202012Validator

from anlass.cli.main import run
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.vouchers import give_voucher, published, take_key
from anlass.desk.cards.vouching import agree, note_asked, vouch
from anlass.people import Address, AddressKind, person_at
from anlass.policy import Action
from anlass.store import open_book
from anlass.store.cases.kept import CaseState
from tests.contract.values import case_of
from tests.unit.cards.samples import TEXT

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "docs/reference/surface.schema.json").read_text(encoding="utf-8")
)
SETTINGS = """\
[owner]
name = "Olga Tueren"
addresses = ["olga@tueren.example"]
language = "en"

[mail]
trusted_servers = ["mx.tueren.example"]

[webhooks]
local_hosts = ["127.0.0.1", "localhost"]
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, and what it said."""

    code: int
    out: str
    err: str

    def lines(self, shape: str = "") -> list[dict[str, Any]]:
        """Return the JSON lines, each held against a shape of the surface where one is named."""
        told = [json.loads(one) for one in self.out.splitlines()]
        for one in told if shape else ():
            Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{shape}"}).validate(one)
        return told


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs `anlass` on one data folder as whoever types it; `ids` names what lies there."""

    data: Path
    ids: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> Ended:
        """Run the command; words in braces stand for ids of this house."""
        named = [self.ids.get(word.strip("{}"), word) if word.startswith("{") else word for word in words]
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.object(sys, "argv", ["anlass", *named, "--data", str(self.data)]),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                run()
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else 0
        return Ended(int(code), out.getvalue(), err.getvalue())

    def dump(self) -> list[str]:
        """Return everything the house remembers."""
        with closing(sqlite3.connect(self.data / "anlass.sqlite3")) as book:
            return list(book.iterdump())

    def copy(self, folder: Path) -> Shell:
        """Return the same house once more in another folder."""
        folder.mkdir(exist_ok=True)
        for one in self.data.iterdir():
            if one.is_file() and not one.name.startswith("anlass.sqlite3"):
                shutil.copy2(one, folder)
        with (
            closing(sqlite3.connect(self.data / "anlass.sqlite3")) as there,
            closing(sqlite3.connect(folder / "anlass.sqlite3")) as here,
        ):
            there.backup(here)
        ids = {name: value.replace(str(self.data), str(folder)) for name, value in self.ids.items()}
        shutil.copytree(self.data / "given", folder / "given", dirs_exist_ok=True)
        return Shell(folder, ids)


def a_lived_in_house(folder: Path) -> Shell:
    """Return a house that vouches, believes another, answered, gave tokens away, and was written out."""
    given, now = folder / "given", datetime.now(UTC).replace(microsecond=0)
    given.mkdir()
    (folder / "anlass.toml").write_text(SETTINGS, encoding="utf-8")
    book, then = open_book(folder), now - timedelta(days=100)
    take_in(book, TEXT, FILE, "en", now=then)
    kai, eva, sam = (
        person_at(Address(AddressKind.MAIL, f"{name.split()[0].lower()}@{place}.example"), name)
        for name, place in (("Kai Falk", "falk"), ("Eva Amsel", "amsel"), ("Sam Wald", "wald"))
    )
    for person in (kai, eva, sam):
        book.meet(person)
    for person in (eva, sam):
        vouch(book, person.name, why="Two projects", now=then)
    note_asked(book, sam, now=then)
    agree(book, sam, "Sam", now=then)
    voucher = give_voucher(book, "Eva Amsel", now=now)
    for id_ in ("old", "said"):
        case = case_of(id_, action=Action.ACCEPT, arrived=then, address="sam@wald.example")
        book.keep(replace(case, person=sam), now=then)
        book.set_state(id_, CaseState.DONE)
    # the key of a house that is nobody's here: Eva's, with a seed of its own
    theirs = open_book(folder / "given" / "theirs")
    theirs.meet(kai)
    vouch(theirs, "Kai Falk", now=then)
    for_kai = give_voucher(theirs, "Kai Falk", now=now - timedelta(days=2)).text
    (given / "keys.json").write_text(json.dumps(published(theirs, at=now)), encoding="utf-8")
    book = open_book(folder)
    (taken,) = take_key(book, "Eva Amsel", (given / "keys.json").read_text("utf-8"), now=then)
    shutil.rmtree(given / "theirs")
    shell = Shell(
        folder,
        {"voucher": voucher.id, "key": taken.key.id, "keys": str(given / "keys.json"), "for kai": for_kai},
    )
    for name, words in (
        ("token", ("token", "add", "Skript", "--scope", "read")),
        ("token", ("feed", "add", "Kalender")),
        ("webhook", ("webhook", "add", "https://example.org/hook", "--on", "case.new")),
    ):
        (made,) = shell.run(*words, "--json").lines()
        shell.ids[words[0]] = made[name]
    assert shell.run("outcome", "said", "job").code == 0
    (granted,) = shell.run("grant", "give", "Sam Wald", "--json").lines()
    shell.ids["grant"] = str(granted["grant"])
    assert shell.run("watch", "add", "Sam Wald", "--why", "Clocks").code == 0
    assert shell.run("export", str(given / "export"), "--with-keys").code == 0
    shell.ids["export"] = str(given / "export")
    return shell
