"""`anlass mailing` and `anlass host` as whole processes."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.integration.test_event_command import anlass, lines
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # every test runs processes


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a data folder with cards and an address to write from."""
    (tmp_path / "cards.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "anlass.toml").write_text('[owner]\nname = "Olga"\naddresses = ["olga@tueren.example"]\n')
    assert anlass("card", "edit", data=tmp_path).returncode == 0
    return tmp_path


def test_a_mailing_is_looked_over_released_and_taken_back(home: Path) -> None:
    """Preview and rehearsal keep nothing; what was released waits, and whoever wants none gets none."""
    anlass("event", "new", "re:publica", data=home)
    nobody = anlass("mailing", "preview", "re:publica", data=home)
    assert (nobody.returncode, "There is nobody to write to." in nobody.stderr) == (2, True)
    for name in ("ada", "bo"):
        anlass("event", "met", "re:publica", "--name", name, "--mail", f"{name}@people.example", data=home)
    shown = lines("mailing_letter", "mailing", "preview", "re:publica", data=home)
    assert [(one["to"], one["sent"]) for one in shown] == [
        ("ada@people.example", False),
        ("bo@people.example", False),
    ]
    assert anlass("mailing", "send", "re:publica", "--dry-run", data=home).returncode == 0
    assert anlass("outbox", "--json", data=home).stdout == ""
    assert anlass("mailing", "stop", "BO@people.example", data=home).returncode == 0
    sent = anlass("mailing", "send", "re:publica", "--json", data=home).stdout.splitlines()
    assert [json.loads(line)["to"] for line in sent] == ["ada@people.example"]
    assert anlass("mailing", "send", "re:publica", data=home).returncode == 2
    assert "1" in anlass("mailing", "cancel", "re:publica", data=home).stdout


def test_an_event_is_hosted_from_list_to_proof(home: Path) -> None:
    """Links come out as a table, badges and records are written, one leaves, and then all are gone."""
    (line,) = lines("hosting_line", "host", "new", "Tagung", "--contact", "Olga", data=home)
    event = str(line["event"])
    table = home / "list.csv"
    table.write_text("Name,Email,Ticket\nAda,ada@people.example,T1\n=cmd(),bo@people.example,T2\n")
    told = list(csv.DictReader(StringIO(anlass("host", "import", event, str(table), data=home).stdout)))
    assert [(one["name"], one["ticket"]) for one in told] == [("Ada", "T1"), ("'=cmd()", "T2")]
    assert all(one["link"].startswith(str(line["page"])) for one in told)
    out = home / "badges.pdf"
    assert anlass("host", "print", event, "badges", "-o", str(out), data=home).returncode == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert anlass("host", "records", event, data=home).stdout.startswith("# Records of processing: Tagung")
    assert "fewer than 5" in anlass("host", "report", event, data=home).stdout
    assert json.loads(anlass("host", "export", event, "T1", data=home).stdout)["name"] == "Ada"
    assert anlass("host", "erase", event, "ada@people.example", data=home).returncode == 0
    assert anlass("host", "export", event, "T1", data=home).returncode == 2
    assert anlass("host", "delete", event, "--dry-run", data=home).returncode == 0
    proof = json.loads(anlass("host", "delete", event, data=home).stdout)
    assert set(proof["left"].values()) == {0}
    (line,) = lines("hosting_line", "host", "list", data=home)
    assert (line["proof"], line["participants"]) == (proof["proof"], 0)


def test_an_event_without_an_address_says_so_and_takes_the_first_there_is(tmp_path: Path) -> None:
    """Links and paper lead nowhere until the cards name an address; then those of the same event do."""
    assert anlass("host", "new", "Tagung", "--contact", "Olga", data=tmp_path).returncode == 0
    table = tmp_path / "list.csv"
    table.write_text("Name,Email,Consent\nAda,ada@people.example,yes\nBo,bo@people.example,no\n")
    told = anlass("host", "import", "Tagung", str(table), data=tmp_path)
    assert "The links do not say yet where they are reached" in told.stderr
    assert "By the table 1 of 2 want to be on the list." in told.stderr
    out = str(tmp_path / "poster.pdf")
    refused = anlass("host", "print", "Tagung", "poster", "-o", out, data=tmp_path)
    assert (refused.returncode, "reached from outside" in refused.stderr) == (2, True)
    assert anlass("host", "print", "Tagung", "slide", "-o", out, data=tmp_path).returncode == 0
    (tmp_path / "cards.toml").write_text(TEXT, encoding="utf-8")
    assert anlass("card", "edit", data=tmp_path).returncode == 0
    assert anlass("host", "print", "Tagung", "poster", "-o", out, data=tmp_path).returncode == 0
    link = anlass("host", "link", "Tagung", "ada@people.example", data=tmp_path).stdout
    assert "https://" in link


def test_nobody_on_a_list_that_does_not_say_who_wants_to_be(tmp_path: Path) -> None:
    """A table without consent puts nobody on the list, and the command says that."""
    assert anlass("host", "new", "Tagung", "--contact", "Olga", data=tmp_path).returncode == 0
    table = tmp_path / "list.csv"
    table.write_text("Name,Email,May be seen\nAda,ada@people.example,yes\n")
    assert "No column says who" in anlass("host", "import", "Tagung", str(table), data=tmp_path).stderr


def test_a_round_takes_the_times_that_its_page_proposes(tmp_path: Path) -> None:
    """Those that are named stay; of an event that is not hosted all are named."""
    assert anlass("host", "new", "Tagung", "--on", "2027-05-03", data=tmp_path).returncode == 0
    late = ("--release", "2027-05-20T09:00")
    made = anlass("wish", "host", "round", "Tagung", *late, data=tmp_path)
    assert made.stdout == "1\n"
    days = ("3 May 2027", "6 May 2027", "20 May 2027", "22 May 2027")
    assert [day in line for day, line in zip(days, made.stderr.splitlines(), strict=True)] == [True] * 4
    anlass("wish", "host", "event", "club", data=tmp_path)
    assert anlass("wish", "host", "round", "club", data=tmp_path).returncode == 2
