"""`anlass teach-notice` as whole processes: taught, used, taken back, given away; and no key anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from anlass.store import open_book
from tests.pages import a_house, owner, pages_configured

pytestmark = pytest.mark.slow  # every test runs processes

ROOT = Path(__file__).parents[2]
ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((ROOT / "docs/reference/surface.schema.json").read_text("utf-8"))
KEYS = (b"AbCdEf12", b"TOKEN7")
NOTICE = """Authentication-Results: mx.home.example; dmarc=pass header.from=post.neuesnetz.example
From: Neues Netz <no-reply@post.neuesnetz.example>
To: Olga Brandt <olga@home.example>
Subject: {name} klopft bei dir an
Date: Tue, 03 Nov 2026 09:12:33 +0000
Message-ID: <{id}@neuesnetz.example>
List-Unsubscribe: <https://www.neuesnetz.example/out?key=TOKEN7>
Content-Type: text/plain; charset=utf-8

Hallo Olga,

{name} schreibt:

{words}

Zur Anfrage: https://www.neuesnetz.example/accept/AbCdEf12?key=TOKEN7
"""
INVITATION = """Authentication-Results: mx.home.example; dmarc=pass header.from=linkedin.com
From: Max Muster <invitations@linkedin.com>
To: Olga Brandt <olga@home.example>
Subject: Olga, please add me to your LinkedIn network
Date: Tue, 03 Nov 2026 10:12:33 +0000
Message-ID: <3@x.example>
X-LinkedIn-Template: email_m2m_invite_single_01
List-Unsubscribe: <https://www.linkedin.com/e/v2?midToken=TOKEN7>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Hi Olga,

We met in Bremen.

Max Muster

Accept: https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/70/sharedKey/AbCdEf12/?midToken=TOKEN7
--b
Content-Type: text/html; charset=utf-8

<p>We met.</p><a href="https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/70/sharedKey/AbCdEf12/">x</a>
--b--
"""


def anlass(*arguments: str, data: Path, lang: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": lang, "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [ANLASS, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """Return a folder with two notices of a network that nobody knows here."""
    folder = tmp_path / "mail"
    folder.mkdir()
    for number, (name, words) in enumerate([("Ina Wolf", "We met in Bremen."), ("Udo Lang", "Any news?")]):
        (folder / f"{number}.eml").write_text(NOTICE.format(name=name, words=words, id=number), "utf-8")
    return folder


def screened(mailbox: Path, data: Path) -> list[tuple[str, str]]:
    """Return name and words of every request in the mailbox."""
    done = anlass("screen", str(mailbox), "--owner", "olga@home.example", "--json", data=data)
    assert done.returncode == 0, done.stderr
    return [(line["person"]["name"], line["text"]) for line in map(json.loads, done.stdout.splitlines())]


def test_notice_is_taught_used_and_taken_back(mailbox: Path, tmp_path: Path) -> None:
    """One notice teaches how its like are read; a rehearsal and a taken-back recipe leave all as it was."""
    data, file = tmp_path / "data", str(mailbox / "0.eml")
    assert screened(mailbox, data) == []
    told = ("--name", "Ina Wolf", "--words", "We met in Bremen.", "--as", "newnet")
    assert anlass("teach-notice", file, *told, "--dry-run", data=data).returncode == 0
    assert anlass("teach-notice", "--list", "--json", data=data).stdout == ""
    done = anlass("teach-notice", file, *told, "--json", data=data)
    line = json.loads(done.stdout)
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/notice_line"}).validate(line)
    assert (done.returncode, line["kept"], line["links"]) == (
        0,
        True,
        [{"host": "www.neuesnetz.example", "count": 1}],
    )
    listed = json.loads(anlass("teach-notice", "--list", "--json", data=data).stdout)
    assert listed == line["recipe"]
    assert screened(mailbox, data) == [("Ina Wolf", "We met in Bremen."), ("Udo Lang", "Any news?")]
    assert anlass("teach-notice", file, *told, data=data).returncode == 2  # the name is taken
    assert anlass("teach-notice", "--forget", "newnet", data=data).returncode == 0
    assert anlass("teach-notice", "--forget", "newnet", data=data).returncode == 2


def test_wrong_words_teach_nothing(mailbox: Path, tmp_path: Path) -> None:
    """What does not stand in the notice is said, and the exit code tells that a check failed."""
    done = anlass("teach-notice", str(mailbox / "0.eml"), "--name", "Eva Fremd", data=tmp_path / "data")
    assert done.returncode == 1
    assert not (tmp_path / "data" / "notices").exists()


def test_copy_names_nobody(mailbox: Path, tmp_path: Path) -> None:
    """The copy of a taught notice reads alike, and an existing file is not overwritten."""
    data, out = tmp_path / "data", tmp_path / "out.eml"
    (mailbox / "3.eml").write_text(INVITATION, "utf-8")
    assert anlass("teach-notice", str(mailbox / "3.eml"), "--anonymous", str(out), data=data).returncode == 0
    copy = out.read_bytes()
    assert [word for word in (b"Max", b"Olga", b"Bremen", *KEYS) if word in copy] == []
    assert anlass("teach-notice", str(mailbox / "3.eml"), "--anonymous", str(out), data=data).returncode != 0
    assert out.read_bytes() == copy


def test_no_key_is_kept_logged_or_shown(mailbox: Path, tmp_path: Path) -> None:
    """Neither a file of the data folder, nor anything printed, nor a page holds a key of a notice."""
    data = tmp_path / "data"
    (mailbox / "3.eml").write_text(INVITATION, "utf-8")
    told = ("--name", "Ina Wolf", "--words", "We met in Bremen.")
    runs = [
        anlass("teach-notice", str(mailbox / "0.eml"), *told, data=data),
        anlass("screen", str(mailbox), "--owner", "olga@home.example", "--all", data=data),
        anlass("screen", str(mailbox), "--owner", "olga@home.example", "--json", data=data),
        anlass("time", "--digest", "--month", "2026-11", data=data),
    ]
    shown = "".join(run.stdout + run.stderr for run in runs).encode()
    kept = b"".join(file.read_bytes() for file in data.rglob("*") if file.is_file())
    with pages_configured():
        book = open_book(data)
        client = owner(a_house(book))
        cases = [one.id for one in book.cases().cases]
        for path in ("/", "/time/", "/set-aside/", *(f"/case/{id_}/" for id_ in cases)):
            shown += client.get(path).content
        book.close()
    assert len(cases) == 3
    assert b"Ina Wolf" in shown
    assert [key for key in KEYS if key in shown or key in kept] == []
