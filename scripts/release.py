"""Builds a release into a folder: `make release`.

python scripts/release.py build [FOLDER]   sdist, wheel, locks, bills of materials, checksums; into dist/
python scripts/release.py check [FOLDER]   install that wheel in a new place, as its hashes say, and run it
python scripts/release.py changelog        write the draft of CHANGELOG.md from changes/, and keep those

Two builds of one commit are the same bytes: the time in them is that of the commit, or SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import anlass

ROOT = Path(__file__).parents[1]
NAME = f"anlass-{anlass.__version__}"
WHEEL, SDIST = f"{NAME}-py3-none-any.whl", f"{NAME}.tar.gz"
LOCKS = {"anlass": NAME, "server": f"{NAME}-server"}
"""Each lock, and what it is called in a release: of one's own machine, and of a server."""
_MARK = "<!-- releases, the newest first -->\n"
_LETTER = (
    '{"id": "a", "text": "Ich würde Sie gern kennenlernen. Haben Sie diese Woche 15 Minuten für mich?"}\n'
)


def build(folder: Path) -> None:
    """Put everything a release consists of into `folder`; what lay there by these names is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    packages(folder, ROOT, os.environ.get("SOURCE_DATE_EPOCH") or _time_of_the_commit())
    made = [SDIST, WHEEL]
    for lock, name in LOCKS.items():
        made += [f"{name}.lock", f"{name}.cdx.json"]
        (folder / f"{name}.lock").write_bytes((ROOT / "requirements" / f"{lock}.lock").read_bytes())
        (folder / f"{name}.cdx.json").write_text(bill(lock), encoding="utf-8")
    sums = [f"{sha256((folder / one).read_bytes()).hexdigest()}  {one}\n" for one in sorted(made)]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def packages(folder: Path, tree: Path, when: str) -> None:
    """Build the sdist of a tree, and the wheel from that sdist; `when` is the time that both name."""
    hatch, time = (sys.executable, "-m", "hatchling", "build", "-d", str(folder)), {"SOURCE_DATE_EPOCH": when}
    _run(*hatch, "-t", "sdist", at=tree, more=time)
    with TemporaryDirectory() as place, tarfile.open(folder / SDIST) as packed:
        packed.extractall(place, filter="data")
        _run(*hatch, "-t", "wheel", at=Path(place) / NAME, more=time)


def bill(lock: str, *, is_checked: bool = True) -> str:
    """Return what is installed with the program by a lock, as CycloneDX: names, versions, hashes, licences.

    It is checked against the schema of CycloneDX, which takes a while.
    """
    with TemporaryDirectory() as place:
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        named = project.replace('dynamic = ["version"]', f'version = "{anlass.__version__}"')
        about = Path(place) / "pyproject.toml"
        about.write_text(named, encoding="utf-8")
        tool = [sys.executable, "-m", "cyclonedx_py", "requirements", f"requirements/{lock}.lock"]
        without_time = {"SOURCE_DATE_EPOCH": ""}
        tool += ["--pyproject", str(about), "--output-reproducible"]
        said = _run(*tool, "--validate" if is_checked else "--no-validate", more=without_time)
    told = json.loads(said)
    licences = tomllib.loads((ROOT / "requirements" / "licences.toml").read_text(encoding="utf-8"))
    for one in told["components"]:
        if licence := licences.get(one["name"]):
            one["licenses"] = [{"expression": licence}]
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def check(folder: Path) -> None:
    """Install the wheel where no repository is near, exactly as locked, and let it work."""
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        told, _, name = line.partition("  ")
        if sha256((folder / name).read_bytes()).hexdigest() != told:
            raise SystemExit(f"{name} is not what SHA256SUMS says.")
    with TemporaryDirectory() as place:
        bin_ = Path(place) / "venv" / "bin"
        venv.create(bin_.parent, with_pip=True)
        pip = [str(bin_ / "python"), "-m", "pip", "install", "--quiet"]
        lock, wheel = (str((folder / one).resolve()) for one in (f"{NAME}.lock", WHEEL))
        _run(*pip, "--require-hashes", "-r", lock, at=Path(place))
        _run(*pip, "--no-deps", wheel, at=Path(place))
        for said in trial(bin_ / "anlass", Path(place)):
            print(said)


def trial(program: Path, place: Path) -> tuple[str, ...]:
    """Let an installed program say its version, read a letter, show the example and look after itself."""
    data = {"ANLASS_DATA": str(place / "data"), "HOME": str(place), "LANG": "C.UTF-8"}
    version = _run(str(program), "--version", at=place, more=data).strip()
    verdict = json.loads(_run(str(program), "read", "-", at=place, more=data, given=_LETTER))["verdict"]
    shown = [str(program), "demo", "--port", "0"]
    environment = {**_environment(), **data, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(shown, cwd=place, env=environment, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout
        try:
            address = next(found[0] for one in demo.stdout if (found := re.search(r"http://\S+", one)))
            with urlopen(f"{address.partition('?')[0]}static/anlass/anlass.css") as answer:
                style = f"demo {answer.status}"
        finally:
            demo.terminate()
    looked = _run(str(program), "doctor", "--json", at=place, more=data)
    checks = [json.loads(line)["check"] for line in looked.splitlines()]
    return version, f"read {verdict}", style, f"doctor {' '.join(checks)}"


def changelog() -> None:
    """Write the part of CHANGELOG.md that is to come, anew; the fragments stay until the release itself."""
    if not any((ROOT / "changes").glob("*.*.md")):
        raise SystemExit("There is nothing new in changes/; CHANGELOG.md stays as it is.")
    page = ROOT / "CHANGELOG.md"
    head, mark, rest = page.read_text(encoding="utf-8").partition(_MARK)
    before = re.split(r"(?m)^(?=## )", rest)[1:]
    kept = [part for part in before if not part.startswith(f"## {anlass.__version__} ")]
    page.write_text(head + mark + "".join(f"\n{part}" for part in kept), encoding="utf-8")
    _run(sys.executable, "-m", "towncrier", "build", "--keep", "--version", anlass.__version__)


def _time_of_the_commit() -> str:
    return _run("git", "log", "-1", "--format=%ct").strip()


def _environment() -> dict[str, str]:
    """Return this environment without what would make a program find the repository."""
    return {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "ANLASS_DATA"}}


def _run(*words: str, at: Path = ROOT, more: Mapping[str, str] = {}, given: str = "") -> str:
    environment = {**_environment(), **{key: value for key, value in more.items() if value}}
    for key in (key for key, value in more.items() if not value):
        environment.pop(key, None)
    done = subprocess.run(
        words, cwd=at, env=environment, input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def main(words: list[str]) -> None:
    """Do what the words say."""
    folder = Path(words[1]) if len(words) > 1 else ROOT / "dist"
    match words[:1]:
        case ["build"]:
            build(folder)
        case ["check"]:
            check(folder)
        case ["changelog"]:
            changelog()
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
