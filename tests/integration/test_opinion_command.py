"""`anlass screen` and `anlass why --second-opinion` as whole processes, with a model on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.model_server import model, says, told

pytestmark = pytest.mark.slow  # every test runs processes

ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/surface.schema.json").read_text("utf-8"))
LETTER = """From: Tilo Ratjen <tilo@sender.example>
To: vera@example.org
Message-ID: <1@x.example>
Date: Fri, 20 Nov 2026 10:00:00 +0000
Content-Type: text/plain; charset=utf-8

Guten Tag Frau Holm,

Ihr Vortrag in Kiel beschäftigt mich. Haben Sie 15 Minuten?

Tilo Ratjen
"""
SECRET = "sk-never-to-be-seen"


def anlass(
    *arguments: str, data: Path, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": "en_GB.UTF-8", "PATH": "/usr/bin:/bin", **(more or {})}
    return subprocess.run([ANLASS, *arguments], env=environment, capture_output=True, text=True, check=False)


def wired(folder: Path, address: str, more: str = "") -> tuple[Path, str]:
    """Make a data folder that names this model, and a mailbox with one letter; return both."""
    data, mail = folder / "data", folder / "mail"
    data.mkdir()
    mail.mkdir()
    (mail / "1.eml").write_text(LETTER, "utf-8")
    owner = '[owner]\naddresses = ["vera@example.org"]\n'
    opinion = f'[opinion]\naddress = "{address}"\nmodel = "tiny"\n{more}'
    (data / "anlass.toml").write_text(owner + opinion, "utf-8")
    return data, str(mail)


def test_screening_asks_and_says_so(tmp_path: Path) -> None:
    """The line keeps the contract, the last line names what left the house; a rehearsal sends nothing."""
    with model(says({"occasion": "Ihr Vortrag in Kiel"}, reason="Nennt den Vortrag.")) as up:
        data, mail = wired(tmp_path, up.address, 'when = "every"\n')
        rehearsed = anlass("screen", mail, "--json", "--dry-run", data=data)
        assert (up.came, rehearsed.returncode) == ([], 0)
        assert rehearsed.stderr.endswith("Nothing was sent.\n")
        real = anlass("screen", mail, "--json", data=data)
        host = up.address.removeprefix("http://").removesuffix("/v1")
    assert real.stderr == (
        f"1 letter read, 1 of them new, 0 set aside. "
        f"Nothing was sent but 1 letter, for a second opinion (tiny, {host}).\n"
    )
    line = json.loads(real.stdout)
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/screen_case"}).validate(line)
    assert line["opinion"]["answers"] == ["occasion"]


def test_why_asks_on_demand_with_the_owners_key(tmp_path: Path) -> None:
    """The key comes from the environment; the sheet shows the opinion as what it is, and no key anywhere."""
    sentence = "Nennt den Vortrag. \\u001b[31m"
    with model(says({"occasion": "Ihr Vortrag in Kiel"}, {"pitch": "gratis"}, sentence)) as up:
        data, mail = wired(tmp_path, up.address, 'when = "demand"\nkey_variable = "MY_KEY"\n')
        key = {"MY_KEY": SECRET}
        case = json.loads(anlass("screen", mail, "--json", data=data).stdout)["case"]
        assert up.came == []
        plain = anlass("why", case, data=data)
        done = anlass("why", case, "--second-opinion", data=data, more=key)
        host = up.address.removeprefix("http://").removesuffix("/v1")
    assert [came.headers["Authorization"] for came in up.came] == [f"Bearer {SECRET}"]
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert f"Second opinion of tiny at {host}, on " in text
    assert "Occasion? “Ihr Vortrag in Kiel”" in text
    assert "One quotation does not stand in the letter like that and is left out." in text
    assert text.endswith("Nothing was sent but this letter, for the second opinion.")
    assert "\x1b" not in done.stdout
    assert "econd opinion" not in plain.stdout
    kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert SECRET.encode() not in kept + done.stdout.encode()


def test_why_there_is_no_opinion_is_said_and_the_case_is_shown_all_the_same(tmp_path: Path) -> None:
    """The sheet on standard output, the reason on standard error, and the code that means: try again."""
    with model(told(b"no", status=503)) as up:
        data, mail = wired(tmp_path, up.address, 'when = "demand"\n')
        case = json.loads(anlass("screen", mail, "--json", data=data).stdout)["case"]
        done = anlass("why", case, "--second-opinion", data=data)
        host = up.address.removeprefix("http://").removesuffix("/v1")
        assert done.stdout == anlass("why", case, data=data).stdout
    said = f"No second opinion of tiny at {host}: the other side refused (HTTP 503).\n"
    assert (done.returncode, done.stderr) == (75, said)


def test_without_a_model_the_command_says_what_to_do(tmp_path: Path) -> None:
    """Asking for an opinion that nobody can give is wrong use, and the hint names the page."""
    done = anlass("why", "x", "--second-opinion", data=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "anlass: anlass.toml: opinion.address names no language model\n"
        "docs/howto/second-opinion.md says how.\n"
    )


def test_nothing_of_the_wire_is_loaded_until_somebody_asks() -> None:
    """Opening a home and making the reader of second opinions loads no HTTP library."""
    code = (
        "import sys, anlass.bootstrap, anlass.desk.requests.advising, anlass.cli.cases\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'httpx2', 'httpcore2', 'anyio'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
