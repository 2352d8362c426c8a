"""`anlass collect` with files and servers, as the owner types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.contract.test_collecting_traces import FALK, HOME, ME, calendar, card
from tests.contract.trace_samples_calendar import OLGA, event, guest
from tests.servers import HOST, PASSWORD, Dovecot, Radicale

pytestmark = pytest.mark.slow  # whole processes, half a second each


def anlass(data: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("ANLASS_")}
    return subprocess.run(
        [sys.executable, "-m", "anlass", *words],
        env=around | {"ANLASS_DATA": str(data), "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_files_beside_mail_are_collected_and_counted(tmp_path: Path) -> None:
    """One line says what was read; what is broken stands above it, in German, with its line."""
    meeting = event("1@home", "20260105T100000Z", OLGA, guest(FALK, name="Kai Falk"), "LOCATION:Café")
    (tmp_path / "termine.ics").write_text(calendar(meeting))
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK, HOME) + "BEGIN:VCARD\r\nFN:Halb\r\n")
    done = anlass(
        tmp_path / "data", "collect", str(tmp_path / "buch.vcf"), str(tmp_path / "termine.ics"), "--owner", ME
    )
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"anlass: {tmp_path / 'buch.vcf'}:7: Was hier beginnt, ist abgeschnitten: Das Ende fehlt.",
        "3 Einträge anderer Quellen gelesen, Begegnungen darin: 1. Nichts verschickt.",
    ]
    (line,) = map(json.loads, anlass(tmp_path / "data", "ledger", "--json").stdout.splitlines())
    assert (line["person"]["name"], line["meetings"], line["mails_in"]) == ("Kai Falk", 1, 0)
    shown = anlass(tmp_path / "data", "ledger", "Kai").stdout.splitlines()
    assert shown[0] == "Kai Falk"
    assert sorted(shown[1:3]) == sorted((FALK, HOME))
    assert shown[4:6] == [
        "Ihr habt euch einmal getroffen (Café).",
        "Ihr habt euch getroffen; es fehlt noch eine Antwort, dann seid ihr in Verbindung.",
    ]
    assert shown[-3:] == [
        "Ein Treffen",
        "  5. Januar 2026: Ihr habt euch getroffen (Café).",
        "    calendar:termine.ics, Zeile 20",
    ]


def test_servers_of_the_settings_are_read_without_a_path(tmp_path: Path, radicale: Radicale) -> None:
    """The password comes from the environment; without it the hint says where to put it."""
    with httpx2.Client(auth=("olga", PASSWORD), base_url=radicale.url("/")) as client:
        body = (
            '<?xml version="1.0"?><D:mkcol xmlns:D="DAV:"><D:set><D:prop><D:resourcetype><D:collection/>'
            '<C:addressbook xmlns:C="urn:ietf:params:xml:ns:carddav"/>'
            "</D:resourcetype></D:prop></D:set></D:mkcol>"
        )
        client.request("MKCOL", "/olga/command/", content=body).raise_for_status()
        content = card("Kai Falk", FALK).replace("FN:", "UID:1\r\nFN:")
        client.put("/olga/command/kai.vcf", content=content.encode()).raise_for_status()
    data = tmp_path / "data"
    data.mkdir()
    (data / "anlass.toml").write_text(
        f'[owner]\naddresses = ["{ME}"]\n'
        f'[sources]\ncarddav = ["{radicale.url("/olga/command/")}"]\nuser = "olga"\n'
    )
    without = anlass(data, "collect")
    assert without.returncode == 2
    assert "ANLASS_DAV_PASSWORD" in without.stderr
    done = anlass(data, "collect", ANLASS_DAV_PASSWORD=PASSWORD)
    assert done.stderr == "1 Eintrag einer anderen Quelle gelesen, Begegnungen darin: 0. Nichts verschickt.\n"
    again = anlass(data, "collect", ANLASS_DAV_PASSWORD=PASSWORD)
    assert again.stderr == "Nichts Neues seit dem letzten Mal. Nichts verschickt.\n"
    assert PASSWORD not in without.stderr + done.stderr + again.stderr


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    """Without paths and servers the command asks for one."""
    done = anlass(tmp_path / "data", "collect")
    assert done.returncode == 2
    assert "--carddav URL" in done.stderr


def test_one_password_goes_to_one_server(tmp_path: Path) -> None:
    """Two servers in one call are refused before anything is sent."""
    words = ("--carddav", "https://a.example/", "--caldav", "https://b.example/", "--user", "olga")
    done = anlass(tmp_path / "data", "collect", *words, ANLASS_DAV_PASSWORD="geheim")
    assert done.returncode == 2
    assert "one password for a.example and b.example" in done.stderr
    assert "geheim" not in done.stderr


def test_mailbox_is_collected_as_named_and_as_written_in_the_settings(
    tmp_path: Path, dovecot: Dovecot
) -> None:
    """The password comes from the environment or a file that others cannot read; it stands in no line."""
    name = "command@anlass.example"
    dovecot.deliver(f"From: Kai Falk <{FALK}>\r\nTo: {ME}\r\n\r\nHallo Olga.\r\n".encode(), to=name)
    data, server = tmp_path / "data", f"imap://{HOST}:{dovecot.imap}"
    data.mkdir()
    words = ("collect", "--imap", server, "--user", name, "--owner", ME)
    without = anlass(data, *words)
    assert without.returncode == 2
    assert "ANLASS_IMAP_PASSWORD" in without.stderr
    done = anlass(data, *words, ANLASS_IMAP_PASSWORD=PASSWORD)
    assert done.stderr == "1 Brief gelesen, 1 davon neu, 0 beiseitegelegt. Nichts verschickt.\n"
    (data / "anlass.toml").write_text(
        f'[sources]\nimap = "{server}"\nimap_user = "{name}"\nimap_password_file = "key"\n'
    )
    (data / "key").write_text(PASSWORD + "\n")
    (data / "key").chmod(0o644)
    assert anlass(data, "collect").returncode == 2
    (data / "key").chmod(0o600)
    again = anlass(data, "collect")
    assert again.stderr == "Nichts Neues seit dem letzten Mal. Nichts verschickt.\n"
    assert PASSWORD not in without.stderr + done.stderr + again.stderr


def test_collecting_loads_neither_rules_nor_litmus_test(tmp_path: Path) -> None:
    """What only reads what is there takes no memory for judging it."""
    code = (
        "import sys; from anlass.cli.main import run\n"
        f"sys.argv = ['anlass', 'collect', {str(tmp_path / 'mail')!r}, '--owner', {ME!r}]\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "sys.exit(sorted({'cel_expr_python', 'numpy'} & sys.modules.keys()) or None)"
    )
    around = os.environ | {"ANLASS_DATA": str(tmp_path / "data")}
    for folder in ("cur", "new", "tmp"):
        (tmp_path / "mail" / folder).mkdir(parents=True)
    assert subprocess.run([sys.executable, "-c", code], env=around, check=False).returncode == 0
