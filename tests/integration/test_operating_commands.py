"""`anlass backup`, `restore`, `forget`, `export --everything`, `doctor`: as an administrator calls them."""

from __future__ import annotations

import json
import mailbox
import os
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import icalendar
import pytest
from click.testing import CliRunner

from anlass.bootstrap import open_home
from anlass.channels.mail.account import Account, Server
from anlass.channels.mail.secrets import Secrets
from anlass.cli.backups import backup, restore
from anlass.cli.erasing import forget
from anlass.cli.examining import doctor
from anlass.cli.exporting import export_all
from anlass.desk.accounts.mail import keep
from anlass.desk.doctor import Patient, examine
from anlass.desk.doctor.certificates import ends
from anlass.desk.doctor.mail import worker
from anlass.desk.rules.rulebook import adopt
from anlass.desk.safekeeping.heartbeat import Pulse
from anlass.desk.safekeeping.packing import ask, is_asked, pack_due, packed, throw_away
from anlass.errors import Refused
from anlass.intake import Origin
from anlass.intake.message import Mailbox
from anlass.ledger.letter import Letter, Way
from anlass.store.accounts.mail import Watch
from tests.characters import NOW, SCENES
from tests.pages import a_house_with_rules, owner, pages_configured
from tests.servers import free_ports
from tests.walking import FRIEND, furnished

pytestmark = pytest.mark.slow  # makes a database with all its tables

RAW = b"From: friederike@amsel.example\r\nSubject: Hallo\r\n\r\nFrom here on\r\n>From there\r\n"
OTHERS = "Nachbars-Geheimnis"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a house with people, a letter on disk, and a neighbour in the same memory."""
    data = tmp_path / "house"
    data.mkdir(mode=0o700)
    (data / "house-rules.toml").write_text('preset = "open-door"\n', encoding="utf-8")
    (data / "anlass.toml").write_text('[owner]\nlanguage = "de"\n', encoding="utf-8")
    (tmp_path / "one.eml").write_bytes(RAW)
    book = furnished(data, "owner")
    origin = Origin(str(tmp_path / "one.eml"), 0, len(RAW))
    book.add_letters(
        [Letter("one", origin, Way.IN, writer=Mailbox("", FRIEND), sent_at=NOW, message_id="1@x")]
    )
    furnished(data, "neighbour", OTHERS).note("secret", about=OTHERS, now=NOW)
    book.close()
    return data


def called(command: object, *words: str, code: int = 0) -> str:
    """Call a command and return what it says."""
    done = CliRunner().invoke(command, words)  # type: ignore[arg-type]
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def test_backup_and_restore_by_command(place: Path, tmp_path: Path) -> None:
    """Both say what they did, what stayed out, and the file's digest; a rehearsal changes nothing."""
    said = called(backup, str(tmp_path / "b.tar"), "--data", str(place))
    digest = said.split("SHA-256: ")[1].split()[0]
    assert "Schlüsselbund" in said
    line = json.loads(called(backup, str(tmp_path / "c.tar"), "--json", "--data", str(place)))
    assert (line["left_out"], line["files"]) == ([], 3)
    there = ("--sha256", digest, "--data", str(tmp_path / "new"))
    assert str(tmp_path / "new") in called(restore, str(tmp_path / "b.tar"), "--dry-run", *there)
    assert not (tmp_path / "new").exists()
    assert "steht wieder" in called(restore, str(tmp_path / "b.tar"), *there)
    assert len(open_home(str(tmp_path / "new")).book.cases(limit=1).counts) > 0
    done = CliRunner().invoke(restore, [str(tmp_path / "b.tar"), *there])
    assert isinstance(done.exception, Refused)


def test_everything_in_open_formats_and_nothing_of_others(place: Path, tmp_path: Path) -> None:
    """Letters as mbox, journal, decisions, events, own files, a page that explains each."""
    called(export_all, str(tmp_path / "all.zip"), "--everything", "--data", str(place))
    assert (tmp_path / "all.zip").stat().st_mode & 0o077 == 0
    with ZipFile(tmp_path / "all.zip") as packed_:
        names = set(packed_.namelist())
        packed_.extractall(tmp_path / "all")
    told = {name: (tmp_path / "all" / name).read_bytes() for name in names}
    assert [name for name, content in told.items() if OTHERS.encode() in content] == []
    explained = told["README.md"].decode()
    readable = {name for name in names if not name.startswith(("memory/", "files/", "README", "anlass.json"))}
    assert [name for name in readable if f"`{name}`" not in explained] == []
    box = mailbox.mbox(tmp_path / "all" / "letters.mbox")
    (letter,) = list(box)
    assert letter["Subject"] == "Hallo"
    assert letter.get_payload() == ">From here on\n>>From there\n"
    box.close()
    calendar = icalendar.Calendar.from_ical(told["events.ics"])
    assert [str(one["summary"]) for one in calendar.walk("VEVENT")] == ["Tagung"]
    decisions = [json.loads(line) for line in told["decisions.jsonl"].splitlines()]
    assert {one["case"] for one in decisions} == {scene.id for scene in SCENES}
    assert all(one["action"] and one["trace"] is not None for one in decisions)
    assert [json.loads(line)["act"] for line in told["journal.jsonl"].splitlines()]
    assert told["files/house-rules.toml"] == b'preset = "open-door"\n'
    done = CliRunner().invoke(export_all, [str(tmp_path / "all.zip"), "--everything", "--data", str(place)])
    assert isinstance(done.exception, Refused)


def test_everything_is_packed_by_the_worker_and_fetched_on_a_page(place: Path) -> None:
    """Asked for on the page, packed in the worker's round, handed over, gone after a week."""
    home, secrets = open_home(str(place)), Secrets(place)
    with pages_configured():
        page = owner(a_house_with_rules(home))
        assert page.get("/settings/take/file/").status_code == 404
        assert page.post("/settings/take/", {"take": "all"}).status_code == 302
        assert is_asked(home.settings)
        assert "gepackt" in page.get("/settings/take/").content.decode()
        assert pack_due(home, secrets, now=NOW) is not None
        handed = page.get("/settings/take/file/")
        content = b"".join(handed.streaming_content)  # type: ignore[attr-defined]
        assert content[:2] == b"PK"
        assert "attachment" in handed["Content-Disposition"]
        page.post("/settings/take/", {"take": "away"})
        assert packed(home.settings) is None
    assert pack_due(home, secrets, now=NOW) is None
    ask(home, secrets, now=NOW)
    made = pack_due(home, secrets, now=NOW)
    assert made is not None
    os.utime(made, (NOW.timestamp(), NOW.timestamp()))
    pack_due(home, secrets, now=NOW + timedelta(days=6))
    assert packed(home.settings) == made
    pack_due(home, secrets, now=NOW + timedelta(days=8))
    assert packed(home.settings) is None
    throw_away(home.settings)
    home.book.close()


def test_somebody_is_forgotten_by_command_and_on_a_page(place: Path) -> None:
    """Both show by number what would go, and ask; nothing goes without a yes."""
    shown = called(forget, FRIEND, "--dry-run", "--data", str(place))
    assert "Begegnungen" in shown
    assert CliRunner().invoke(forget, [FRIEND, "--data", str(place)], input="n\n").exit_code == 1
    home = open_home(str(place))
    person = home.book.people_named(FRIEND)[0]
    with pages_configured():
        page = owner(a_house_with_rules(home))
        address = f"/person/{person.id}/forget/"
        seen = page.get(address).content.decode()
        assert "Begegnung" in seen
        assert page.post(address).status_code == 422
        assert home.book.people_named(FRIEND)
        assert page.post(address, {"agreed": "yes"}).status_code == 302
        assert "nennt diesen Menschen mehr" in page.get("/people/").content.decode()
        assert page.get(address).status_code == 404
    home.book.close()


def results(place: Path) -> dict[str, tuple[bool | None, str]]:
    """Return what the doctor finds, by check."""
    home = open_home(str(place))
    patient = Patient(home.settings, home.book, Secrets(place), NOW, home.lang)
    found = {one.check: (one.is_well, one.says) for one in examine(patient)}
    home.book.close()
    return found


def test_doctor_finds_what_is_wrong_with_running(place: Path, tmp_path: Path) -> None:
    """Open folders, broken rules, a worker that fell silent, backups too old: each with what to do."""
    well = results(place)
    assert {
        name: well[name][0] for name in ("version", "schema", "permissions", "rules", "outbox")
    } == dict.fromkeys(("version", "schema", "permissions", "rules", "outbox"), True)
    assert (well["backups"][0], well["heartbeat"][0]) == (None, None)
    folder = tmp_path / "backups"
    (place / "anlass.toml").write_text(f'[backup]\nfolder = "{folder}"\n', encoding="utf-8")
    (place / "house-rules.toml").write_text("preset = 1\n", encoding="utf-8")
    assert results(place)["backups"][0] is False
    called(backup, "--data", str(place))
    (made,) = folder.glob("*.tar")
    os.utime(made, (NOW.timestamp(), NOW.timestamp() - 86_400))
    assert results(place)["backups"][0] is True
    os.utime(made, (NOW.timestamp(), NOW.timestamp() - 3 * 86_400))
    Pulse(place).beat(NOW.timestamp() - 3600)
    place.chmod(0o755)
    (place / "anlass.sqlite3").chmod(0o644)
    (place / "cards.toml").write_text("", encoding="utf-8")
    wide = {"anlass.sqlite3", "anlass.toml", "cards.toml"}
    told = called(doctor, "--data", str(place), code=1)
    assert {name for name in wide if f"{place / name}." in told} == wide
    (place / "anlass.toml").chmod(0o600)
    assert "anlass.toml" not in called(doctor, "--data", str(place), code=1)
    ill = results(place)
    assert {name: ill[name][0] for name in ("backups", "rules", "heartbeat", "permissions")} == dict.fromkeys(
        ("backups", "rules", "heartbeat", "permissions"), False
    )
    assert "anlass backup" in ill["backups"][1]
    assert "Everything is left to you" in ill["rules"][1]
    assert not any(piece in ill["rules"][1] for piece in ("^", "\n", "preset = 1")), "the line it shows"
    assert "chmod 700" in ill["permissions"][1]
    called(doctor, "--data", str(place), code=1)


def test_doctor_says_which_house_rules_hold_where_those_in_the_file_do_not(place: Path) -> None:
    """The last good ones, but not where a slip in anlass.toml keeps these from holding as well."""
    home = open_home(str(place))
    adopt(home, 'preset = "open-door"\n', by="page", now=NOW)
    adopt(home, "# mine\n", by="page", now=NOW)
    home.book.close()
    (place / "house-rules.toml").write_text("broken", encoding="utf-8")
    assert "Die letzte gute gilt" in results(place)["rules"][1]
    (place / "anlass.toml").write_text('[owner]\nlanguage = "de"\n[policy]\npreset = "?"\n', encoding="utf-8")
    assert "Alles wird dir vorgelegt" in results(place)["rules"][1]


def test_server_that_is_away_shows_no_certificate() -> None:
    """A server that is away is told by another check."""
    assert ends("127.0.0.1", free_ports(1)[0]) is None


def test_doctor_knows_a_watch_that_hangs_from_none(place: Path) -> None:
    """Where somebody watches, nobody is told to start a watch that is there: it is to be started again.

    But not at once: whoever was away for days reads for minutes before a mailbox counts as seen.
    """
    home = open_home(str(place))
    patient = Patient(home.settings, home.book, Secrets(place), NOW, home.lang)
    account = Account("neu", "neu@home.example", Server("127.0.0.1", 1), None, "neu")
    keep(home.book, account, now=NOW)

    def told() -> tuple[bool | None, str]:
        return next((one.is_well, one.says) for one in worker(patient) if one.about == account.name)

    start = "anlass work (oder mit Seiten: anlass serve)"
    assert told() == (False, f"neu wurde noch nie bewacht. Start: {start}")
    home.book.mail.say(account.name, Watch.OPEN, now=NOW - timedelta(hours=1))
    assert told() == (False, f"neu bewacht gerade niemand, zuletzt heute um 17:30 Uhr. Start: {start}")
    Pulse(place).beat(NOW.timestamp() - 10)
    assert "obwohl Anlass wacht. Bleibt es dabei, starte es neu" in told()[1]
    home.book.mail.say(account.name, Watch.OPEN, now=NOW)
    assert told()[0] is True
    home.book.close()
