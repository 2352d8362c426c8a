"""The table of figures, and where it is written."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, what came out, what it is held against."""

    what: str
    figure: str
    against: str = ""
    note: str = ""


def left_out(what: str, why: str) -> Row:
    """Return the row of something that could not be measured here, with the reason."""
    return Row(what, "–", "", why)


def measured(command: str, day: date | None = None) -> str:
    """Return the line that says when figures were measured, by which command, and on how many cores."""
    day = day or date.today()  # noqa: DTZ011 - a day is enough
    return f"Measured on {day.isoformat()} with `{command}`, {os.cpu_count() or 1} cores."


def table(rows: list[Row], command: str, day: date, load: tuple[float, float]) -> str:
    """Return the figures as a Markdown table under a line that says where they come from.

    `load` is that of the machine before and after: how many others were at work, with one or two of its own.
    """
    head = (
        f"{measured(command, day)[:-1]}, load {load[0]:.1f} before and {load[1]:.1f} after, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}. "
        "Ratios are of CPU seconds within this run, A B A B, the median of the pairs.\n"
    )
    lines = ["| what | figure | against | note |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.against} | {row.note} |" for row in rows]
    return head + "\n" + "\n".join(lines) + "\n"


def write_into(path: Path, figures: str, block: str) -> None:
    """Put `figures` between the two marks of a block in `path`; what stands outside of them stays.

    A file without the marks gets them at its end.
    """
    begin, end = f"<!-- {block}: begin -->", f"<!-- {block}: end -->"
    text = path.read_text(encoding="utf-8") if path.exists() else "# Figures\n"
    marked = f"{begin}\n{figures}\n{end}"
    if begin in text and end in text:
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = before + marked + after
    else:
        text = f"{text.rstrip()}\n\n{marked}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
