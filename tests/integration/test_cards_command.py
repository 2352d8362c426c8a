"""`anlass card`, `grant`, `watch` and `standing` as whole processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from anlass.desk.cards.granting import card_behind
from anlass.store import open_book
from tests.characters import NOW
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # every test runs processes

ROOT = Path(__file__).parents[2]
ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((ROOT / "docs/reference/surface.schema.json").read_text("utf-8"))
KAI = "kai@falk.example"


def anlass(*arguments: str, data: Path, lang: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": lang, "PATH": "/usr/bin:/bin"}
    return subprocess.run([ANLASS, *arguments], env=environment, capture_output=True, text=True, check=False)


def lines(shape: str, *arguments: str, data: Path) -> list[dict[str, object]]:
    """Return the lines of a list, each held against the schema."""
    check = Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{shape}"})
    told = [json.loads(line) for line in anlass(*arguments, "--json", data=data).stdout.splitlines()]
    for line in told:
        check.validate(line)
    return told


@pytest.fixture
def carded(tmp_path: Path) -> Path:
    """Return a data folder whose cards hold."""
    (tmp_path / "cards.toml").write_text(TEXT, encoding="utf-8")
    assert anlass("card", "edit", data=tmp_path).returncode == 0
    return tmp_path


def test_a_first_card_is_begun_checked_and_let_hold(tmp_path: Path) -> None:
    """Without a card the way to one is said; a file with problems names them all and changes nothing."""
    nothing = anlass("card", "list", data=tmp_path)
    assert (nothing.returncode, "card edit --new" in nothing.stderr) == (2, True)
    (tmp_path / "anlass.toml").write_text(
        '[owner]\nname = "Olga \\"T\\""\naddresses = ["olga@home.example"]\n'
    )
    assert anlass("card", "edit", "--new", data=tmp_path).returncode == 0
    path = tmp_path / "cards.toml"
    assert path.stat().st_mode & 0o077 == 0
    assert anlass("card", "edit", "--dry-run", data=tmp_path).returncode == 0
    assert anlass("card", "list", data=tmp_path).returncode == 2
    assert anlass("card", "edit", data=tmp_path).returncode == 0
    assert [one["value"] for one in lines("card_line", "card", "list", data=tmp_path)] == [
        "olga@home.example"
    ]
    path.write_text(TEXT.replace('"mail"', '"mial"', 1).replace('"business"', '"x"', 1), encoding="utf-8")
    wrong = anlass("card", "edit", data=tmp_path, lang="de_DE.UTF-8")
    told = [line.partition("cards.toml:")[2] for line in wrong.stderr.splitlines()]
    assert wrong.returncode == 2
    assert [line.partition(" Es gibt")[0] for line in told] == [
        "17:1: Diese Art gibt es nicht: „mial“.",
        "35:1: Diese Stufe gibt es nicht: „x“.",
    ]
    assert "says something else by now" in anlass("card", "list", data=tmp_path).stdout


def test_a_card_is_written_in_every_form(carded: Path) -> None:
    """vCard, jCard, JSContact, code and PDF; the first tier without a word, an end where one is named."""
    three = anlass("card", "write", "vcard", "--until", "2099-12-24", data=carded).stdout
    assert "VERSION:3.0" in three
    assert "X-ANLASS-VALID-UNTIL:209912" in three
    assert "+49" not in three
    four = anlass("card", "write", "vcard4", "--tier", "direct", "--card", "press", data=carded).stdout
    assert "VERSION:4.0" in four
    assert "presse@tueren.example" in four
    assert json.loads(anlass("card", "write", "jcard", data=carded).stdout)[0] == "vcard"
    assert json.loads(anlass("card", "write", "jscontact", data=carded).stdout)["@type"] == "Card"
    assert anlass("card", "write", "qr", data=carded).stdout.startswith("<svg")
    assert anlass("card", "write", "pdf", "-o", str(carded / "card.pdf"), data=carded).returncode == 0
    assert (carded / "card.pdf").read_bytes().startswith(b"%PDF-")
    refused = anlass("card", "write", "qr", "--tier", "private", data=carded)
    assert (refused.returncode, "earlier tier" in refused.stderr) == (2, True)
    assert anlass("card", "write", "vcard", "--tier", "nope", data=carded).returncode == 2


def test_a_grant_is_given_listed_and_taken_back(carded: Path) -> None:
    """A rehearsal keeps nothing; the link works until it is taken back; the log says what was when."""
    assert anlass("grant", "give", KAI, "--dry-run", data=carded).returncode == 0
    assert lines("grant_line", "grant", "list", data=carded) == []
    (given,) = lines("grant_line", "grant", "give", KAI, "--tier", "card", "--days", "30", data=carded)
    link = str(given["link"])
    assert link.startswith("https://karte.tueren.example/c/")
    assert (given["state"], given["tier"], given["occasion"]) == ("holds", "card", "later")
    (listed,) = lines("grant_line", "grant", "list", KAI, data=carded)
    assert listed == given
    (over,) = lines("grant_line", "grant", "revoke", str(given["grant"])[:8], data=carded)
    assert over["state"] == "revoked"
    assert card_behind(open_book(carded), link.rpartition("/")[2], at=NOW) is None
    log = [json.loads(line) for line in anlass("grant", "log", "--json", data=carded).stdout.splitlines()]
    assert sorted(one["act"] for one in log) == ["cards", "grant", "revoke"]
    assert link.rpartition("/")[2] not in json.dumps(log)
    assert anlass("grant", "revoke", "zzz", data=carded).returncode == 2
    assert anlass("grant", "give", KAI, "--until", "soon", data=carded).returncode == 2


def test_people_are_watched_and_said_to_be_something(carded: Path) -> None:
    """Lists fit the schema, rehearsals keep nothing, and what is said can be said otherwise."""
    lines("grant_line", "grant", "give", KAI, data=carded)
    assert anlass("watch", "add", KAI, "--dry-run", data=carded).returncode == 0
    assert lines("watch_line", "watch", "list", data=carded) == []
    (added,) = lines("watch_line", "watch", "add", KAI, "--why", "door", "--until", "2099-01-01", data=carded)
    assert (added["why"], added["by"], added["wake"]) == ("door", "owner", None)
    assert [one["why"] for one in lines("watch_line", "watch", "list", data=carded)] == ["door"]
    (seen,) = lines("standing_line", "standing", KAI, data=carded)
    assert seen["standing"] == "watched"
    assert anlass("watch", "remove", KAI, data=carded).returncode == 0
    (said,) = lines("standing_line", "standing", KAI, "--vouch", "--why", "wrote my book", data=carded)
    assert (said["standing"], said["by"], said["why"]) == ("vouched-for", "owner", "wrote my book")
    assert [one["standing"] for one in lines("standing_line", "standing", data=carded)] == ["vouched-for"]
    assert anlass("watch", "remove", KAI, data=carded).returncode == 2


def test_refusals_speak_the_owners_language(carded: Path) -> None:
    """German where the settings or the system say so, with place and hint; English else."""
    german = anlass("grant", "revoke", "zz", data=carded, lang="de_DE.UTF-8")
    assert (german.returncode, german.stderr) == (
        2,
        "anlass: Eine Freigabe „zz“ gibt es nicht.\n`anlass grant list` zeigt sie mit ihren Kennungen.\n",
    )
    assert anlass("grant", "revoke", "zz", data=carded).stderr.startswith("anlass: There is no grant 'zz'.")
    (carded / "anlass.toml").write_text('[owner]\nlanguage = "de"\n')
    named = anlass("watch", "add", KAI, "--until", "2020-01-01", "--data", str(carded), data=carded / "no")
    assert named.stderr.startswith("anlass: Unter")


def test_an_end_is_the_end_of_its_day_and_to_come(carded: Path) -> None:
    """Programs read the same end as people; a day that is past is refused, not written."""
    told = anlass("card", "write", "vcard4", "--until", "2999-12-24", data=carded).stdout
    assert "X-ANLASS-VALID-UNTIL:29991224T" in told
    assert "X-ANLASS-VALID-UNTIL:29991224T000000Z" not in told
    past = anlass("card", "write", "vcard4", "--until", "1999-12-24", data=carded)
    assert (past.returncode, past.stdout) == (2, "")


def test_two_words_on_one_person_are_none(carded: Path) -> None:
    """A contact and somebody put back at once is a slip of the pen."""
    told = anlass("standing", KAI, "--contact", "--back", data=carded)
    assert (told.returncode, "Name one of --contact, --vouch, --back." in told.stderr) == (2, True)


def test_a_link_for_whoever_holds_it_is_written_in_every_shape(carded: Path, tmp_path: Path) -> None:
    """As text and code on the screen, as tag and printed card into a file."""
    (line,) = lines("grant_line", "grant", "hand-out", "Badge", "--tier", "card", data=carded)
    id_ = str(line["grant"])
    assert anlass("grant", "write", id_[:5], "link", data=carded).stdout == f"{line['link']}\n"
    assert anlass("grant", "write", id_, "qr", data=carded).stdout.startswith("<svg")
    for shape, begins in (("nfc", b"\xd1\x01"), ("pdf", b"%PDF-")):
        file = tmp_path / shape
        assert anlass("grant", "write", id_, shape, "-o", str(file), data=carded).returncode == 0
        assert file.read_bytes().startswith(begins)
    assert anlass("grant", "write", "zz", "link", data=carded).returncode == 2
    assert [one["grant"] for one in lines("grant_line", "grant", "list", data=carded)] == [id_]
