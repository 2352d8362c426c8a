"""Lays the documents out for the generator: what lies in docs/, and the pages beside the code, in one folder.

Links are kept where they lead to another page or picture. A link to the code leaves its words behind: the
site holds the documents alone.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

BESIDE = ("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")
"""Pages at the root of the repository that developers read here too."""
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_FENCE = re.compile(r"(^ {0,3}```.*?^ {0,3}```[ ]*$)", re.DOTALL | re.MULTILINE)
_TWIN = re.compile(r"^\*(?:Deutsch|English): \[[^\]]+\]\([^)]+\)\*\n\n?", re.MULTILINE)
"""The line that leads to the other language, which on the site stands in the head of a page."""
_LISTED = "decisions/README.md"


def stage(root: Path, into: Path) -> tuple[str, ...]:
    """Write every page into a new folder; return the links that lead nowhere, each with its page."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(root / "docs", into)
    lost: list[str] = []
    for page in sorted([*(root / "docs").rglob("*.md"), *(root / name for name in BESIDE)]):
        text, place = page.read_text(encoding="utf-8"), placed(page, root)
        if place is None:
            continue
        if place.as_posix() == _LISTED:
            text += _decisions(page.parent)
        pieces = _FENCE.split(_TWIN.sub("", text, count=1))
        for at in range(0, len(pieces), 2):
            pieces[at] = _LINK.sub(lambda link, page=page: _linked(link, page, root, lost), pieces[at])
        (into / place).write_text("".join(pieces), encoding="utf-8")
    return tuple(lost)


def placed(file: Path, root: Path) -> Path | None:
    """Return where a file of the repository lies on the site, `None` where it does not."""
    if file == root / "docs" / "decisions":
        return Path(_LISTED)
    if file.is_relative_to(root / "docs") and file.is_file():
        return file.relative_to(root / "docs")
    return Path(file.name) if file.parent == root and file.name in BESIDE else None


def _linked(link: re.Match[str], page: Path, root: Path, lost: list[str]) -> str:
    """Return a link as it is on the site: to where its page lies there, or its words alone."""
    sign, words, target = link.groups()
    path, _, anchor = target.partition("#")
    if "://" in target or target.startswith("mailto:") or not path:
        return link[0]
    there, here = (page.parent / path).resolve(), placed(page, root)
    if not there.exists():
        lost.append(f"{page.relative_to(root)}: {target}")
    inside = placed(there, root)
    if inside is None or here is None:
        return words
    up = "../" * (len(here.parts) - 1)
    return f"{sign}[{words}]({up}{inside.as_posix()}{'#' + anchor if anchor else ''})"


def _decisions(folder: Path) -> str:
    """Return the list of decisions, by their numbers and titles."""
    pages = sorted(folder.glob("[0-9]*.md"))
    titles = {page.name: page.read_text(encoding="utf-8").splitlines()[0].lstrip("# ") for page in pages}
    return "\n" + "\n".join(f"- [{title}]({name})" for name, title in titles.items()) + "\n"
