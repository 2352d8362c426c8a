"""Plays a page of the documents: its commands are run as they stand, what it shows is held against what came.

A block that begins with `.venv/bin/anlass` or `cat > FILE` is typed; the block behind it, if there is one,
shows what is printed. There `...` stands for lines, or the end of a line, that the page leaves out.
A page works in a folder of its own under /tmp; here another folder takes its place.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from unittest.mock import patch

from anlass.cli.main import run

ROOT = Path(__file__).parents[1]
PROGRAM = ".venv/bin/anlass "
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"cat > (\S+) <<'?END'?\n(.*?)^END\n", re.DOTALL | re.MULTILINE)
_FOLDERS = re.compile(r"^mkdir -p (.+)\n", re.MULTILINE)
_NOW = "$(date -R)"


@dataclass(frozen=True, slots=True)
class Step:
    """What is typed, and what the page shows of what comes; "" where it shows nothing."""

    typed: str
    shown: str = ""


def steps(page: Path) -> tuple[Step, ...]:
    """Return the steps of a page, in its order."""
    found: list[Step] = []
    for _, block in _FENCE.findall(page.read_text(encoding="utf-8")):
        if block.startswith((PROGRAM, "cat > ", "mkdir ")):
            found.append(Step(block))
        elif found and not found[-1].shown:
            found[-1] = Step(found[-1].typed, block)
    return tuple(found)


def play(page: Path, folder: Path, lang: str) -> None:
    """Run every step of a page in `folder`; what it shows is what comes, in this language."""
    for step in steps(page):
        printed = typed(_moved(step.typed, folder), lang)
        assert lacking(step.shown, printed.replace(str(folder), "/tmp/anlass")) == [], printed


def lacking(shown: str, printed: str) -> list[str]:
    """Return the lines that a page shows and that did not come, or not in this order."""
    came, missing = [" ".join(line.split()) for line in printed.splitlines()], list[str]()
    for line in (" ".join(one.split()) for one in shown.splitlines()):
        pattern = re.compile(re.escape(line).replace(r"\.\.\.", ".*"))
        at = next((n for n, one in enumerate(came) if pattern.fullmatch(one)), None)
        if at is None and line != "...":
            missing.append(line)
        elif at is not None and line != "...":
            came = came[at + 1 :]
    return missing


def typed(block: str, lang: str) -> str:
    """Do what a block says, as a shell would, and return what is printed; every command must end well."""
    printed = ""
    block = _FILE.sub(_written, _FOLDERS.sub(_made, block))
    for line in block.replace("\\\n", " ").splitlines():
        if words := shlex.split(line, comments=True):
            printed += _ran(words, lang)
    return printed


def _made(found: re.Match[str]) -> str:
    for one in shlex.split(found[1]):
        Path(one).mkdir(parents=True, exist_ok=True)
    return ""


def _written(found: re.Match[str]) -> str:
    file, text = Path(found[1]), found[2]
    text = text.replace(_NOW, format_datetime(datetime.now(UTC)))
    file.write_text(text, encoding="utf-8")
    return ""


def _moved(block: str, folder: Path) -> str:
    """Return a block with the folder of the page replaced, and its paths below the house made whole."""
    block = re.sub(r"/tmp/anlass\b", str(folder), block)
    return re.sub(r"(?<=\s)src/anlass/example/", f"{ROOT}/src/anlass/example/", block)


def _ran(words: list[str], lang: str) -> str:
    assert words[0] == PROGRAM.strip(), words
    given, kept = "", ""
    if "<" in words:
        at = words.index("<")
        given = Path(words[at + 1]).read_text(encoding="utf-8")
        del words[at : at + 2]
    if ">" in words:
        at = words.index(">")
        kept = words[at + 1]
        del words[at : at + 2]
    out, code = io.StringIO(), 0
    aside = io.StringIO() if kept else out  # what is said beside a kept file stays on the screen
    with (
        patch.object(sys, "argv", ["anlass", *words[1:]]),
        patch.object(sys, "stdin", io.StringIO(given)),
        patch.dict(os.environ, {"LANG": {"de": "de_DE.UTF-8", "en": "en_GB.UTF-8"}[lang]}),
        redirect_stdout(out),
        redirect_stderr(aside),
    ):
        try:
            run()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0
    assert code == (1 if words[1] == "lint" else 0), (words, out.getvalue(), aside.getvalue())
    if kept:
        Path(kept).write_text(out.getvalue(), encoding="utf-8")
        return aside.getvalue()
    return out.getvalue()
