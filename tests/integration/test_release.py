"""What a release consists of: built twice it is the same, it holds what is needed alone, and it runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from scripts import release

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "src" / "anlass"
WHEN = "1763800000"

pytestmark = pytest.mark.slow  # packages are built, and a bill of materials


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with sdist and wheel of this tree."""
    folder = tmp_path_factory.mktemp("dist")
    release.packages(folder, ROOT, WHEN)
    return folder


def test_built_again_elsewhere_they_are_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """An sdist builds itself and its wheel again, in any folder, byte for byte."""
    with tarfile.open(built / release.SDIST) as packed:
        packed.extractall(tmp_path, filter="data")
    again = tmp_path / "again"
    release.packages(again, tmp_path / release.NAME, WHEN)
    differ = [
        n for n in (release.SDIST, release.WHEEL) if (built / n).read_bytes() != (again / n).read_bytes()
    ]
    assert differ == []


def files_of_the_program() -> set[str]:
    """Return what lies in the program's folder, with every catalogue's compiled twin, as a wheel names it."""
    there = {one for one in PROGRAM.rglob("*") if one.is_file() and "__pycache__" not in one.parts}
    there |= {one.with_suffix(".mo") for one in there if one.suffix == ".po"}
    return {one.relative_to(PROGRAM.parent).as_posix() for one in there if one.name != ".gitattributes"}


def test_wheel_holds_the_program_with_all_its_data_and_nothing_else(built: Path) -> None:
    """Weights, phrases, pages, migrations, fonts and the example are there; beside them only metadata."""
    about = f"{release.NAME}.dist-info/"
    more = ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"]
    with zipfile.ZipFile(built / release.WHEEL) as wheel:
        assert set(wheel.namelist()) == files_of_the_program() | {about + one for one in more}


def test_sdist_holds_what_builds_and_runs_it(built: Path) -> None:
    """No tests, no corpus, no documents: what builds the program, installs it as locked and runs it."""
    with tarfile.open(built / release.SDIST) as packed:
        inside = {one.removeprefix(f"{release.NAME}/") for one in packed.getnames()}
    beside = {one for one in inside if not one.startswith(("src/anlass/", "deploy/"))}
    assert {
        one.removeprefix("src/") for one in inside - beside if one.startswith("src/")
    } == files_of_the_program()
    assert beside == {
        "CHANGELOG.md",
        "LICENSE",
        "NOTICE",
        "PKG-INFO",
        "README.md",
        ".gitignore",
        "hatch_build.py",
        "pyproject.toml",
        "requirements/anlass.lock",
        "requirements/build.lock",
        "requirements/server.lock",
    }


def test_installed_wheel_works_without_the_repository(built: Path, tmp_path: Path) -> None:
    """Unpacked far from here it says its version, reads a letter, shows the example and looks after itself.

    Its libraries are those of this environment; `make release` installs them anew, by their hashes.
    """
    house = tmp_path / "house"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", house], check=True)
    site = next(house.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(built / release.WHEEL) as wheel:
        wheel.extractall(site)
    libraries = next(one for one in sys.path if one.endswith("site-packages"))
    (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    program = house / "bin" / "anlass"
    program.write_text(f"#!{house}/bin/python\nfrom anlass.cli.main import run\nrun()\n", encoding="utf-8")
    program.chmod(0o755)
    version, *seen, looked = release.trial(program, tmp_path)
    assert (version, seen) == ("anlass, version 0.1.0", ["read ask", "demo 200"])
    assert looked.startswith("doctor version memory ")
    where = subprocess.run(
        [house / "bin" / "python", "-c", "import anlass; print(anlass.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.strip() == str(site / "anlass" / "__init__.py")


def pins(lock: str) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return name, version and hashes of all that a lock installs."""
    entries = re.split(r"\n(?=[a-z])", (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8"))
    heads = (re.match(r"([a-z0-9-]+)==([^ ;\\]+)", one) for one in entries)
    hashes = (tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]+)", one))) for one in entries)
    return {(head[1], head[2], each) for head, each in zip(heads, hashes, strict=True) if head}


def test_bill_of_materials_names_all_that_is_installed() -> None:
    """Every package of a server's lock, which holds all others, stands in it with hashes and licence."""
    bill = json.loads(release.bill("server", is_checked=False))
    listed = {
        (one["name"], one["version"], tuple(sorted(mark["content"] for mark in reference["hashes"])))
        for one in bill["components"]
        for reference in one["externalReferences"]
    }
    assert listed == pins("server")
    assert {name for name, _, _ in pins("anlass")} <= {name for name, _, _ in pins("server")}
    licences = tomllib.loads((ROOT / "requirements" / "licences.toml").read_text(encoding="utf-8"))
    told = {one["name"]: one["licenses"][0]["expression"] for one in bill["components"] if "licenses" in one}
    assert told == licences
    named = bill["metadata"]["component"]
    assert (bill["bomFormat"], named["name"], named["version"]) == ("CycloneDX", "anlass", "0.1.0")
    assert {"serialNumber", "timestamp"} & {*bill, *bill["metadata"]} == set()


def test_every_change_stands_in_the_draft_of_the_changelog(tmp_path: Path) -> None:
    """Each fragment, and one of each kind, has a kind that is known; its first words stand in the draft."""
    shutil.copytree(ROOT / "changes", tmp_path / "changes")
    for part in ("pyproject.toml", "CHANGELOG.md", "scripts/changelog.jinja"):
        (tmp_path / part).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / part, tmp_path / part)
    for kind in ("added", "changed", "fixed", "seen-from-outside"):
        (tmp_path / f"changes/example.{kind}.md").write_text(f"Something was {kind}.\n", encoding="utf-8")
    drafted = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9", "--date", "2026-01-01"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    fragments = [one for one in (tmp_path / "changes").glob("*.md") if one.name != "README.md"]
    first = {one.name: one.read_text(encoding="utf-8").splitlines()[0].strip() for one in fragments}
    assert [name for name, words in first.items() if words not in drafted] == []
    assert drafted.count("### ") == len({name.split(".")[-2] for name in first})
