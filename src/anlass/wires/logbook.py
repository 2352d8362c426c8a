"""The log: one event a line, with its time, its level, its name, and fields that are on a list.

What a line may say is said here and nowhere else. A sentence of the house's own is known by its words, and
its values by the names of fields; whatever another library writes is named by its place in the code alone, at
every level, for nobody here knows what it holds. So no letter, no address of a stranger, no password and no
secret link can stand in a log, whoever raises whatever.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO

LOG = logging.getLogger("anlass.thread")
Style = Literal["text", "json"]
STYLE, LEVEL = "ANLASS_LOG", "ANLASS_LOG_LEVEL"
"""The variables of the environment that choose the shape of a line, and the lowest level told."""
FIELDS = frozenset(
    "about account bytes cases changed decided drafts ended error fate file fresh house left owner page"
    " problem proof read seconds step trouble who".split()
)
"""Every field a line may have beside time, level, event and place."""
EVENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "%s: %s (%s)": ("work.trouble", ("account", "trouble", "error")),
    "%s: the memory takes nothing (%s)": ("work.memory", ("account", "error")),
    "%s: did not end in time": ("work.late", ("account",)),
    "%s: the house cannot be worked in (%s)": ("work.house", ("house", "error")),
    "%s: the house can be worked in again": ("work.house_again", ("house",)),
    "%s: not left in order (%s)": ("work.left", ("house", "error")),
    "%s: a letter: %s": ("work.door_letter", ("account", "fate")),
    "%s: new cases %d, changed %d, ended %d": ("work.door", ("account", "fresh", "changed", "ended")),
    "%s: read %d, new cases %d, decided %d, drafts %d": (
        "work.mailbox",
        ("account", "read", "fresh", "decided", "drafts"),
    ),
    "a thread broke": ("thread.broke", ()),
    "another machine watches over this house": ("work.another", ()),
    "the memory cannot be read (%s)": ("work.memory", ("error",)),
    "the clock jumped by %d seconds (set anew, or this machine slept)": ("work.clock", ("seconds",)),
    "a letter at the door became a case": ("door.case", ()),
    "letters at the door wait: %s": ("door.waits", ("error",)),
    "a letter: %s": ("outbox.letter", ("fate",)),
    "a link of the door: %s": ("outbox.link", ("fate",)),
    "a webhook: %s": ("webhook.told", ("fate",)),
    "a hosted event was deleted: proof %s": ("hosting.deleted", ("proof",)),
    "wishes: %s": ("wishes.step", ("step",)),
    "%d cases were kept long enough and are deleted, %d rows left": ("retention.deleted", ("cases", "left")),
    "house rules: %s": ("rules.problem", ("problem",)),
    "an export was packed (%d bytes)": ("export.packed", ("bytes",)),
    "a letter of the gate was dropped: too many are waiting": ("gate.dropped", ()),
    "a letter of the gate could not be sent": ("gate.unsent", ()),
    "an assistant (%s) looks: %s %s": ("page.looked", ("who", "page", "about")),
    "the memory cannot be used (%s)": ("api.memory", ("error",)),
    "an operation broke: %s": ("api.broke", ("error",)),
    "The memory is of an older Anlass (step %s). It is kept first: %s": ("store.kept", ("step", "file")),
    "The memory is of an older Anlass (step %s). You keep a backup of your own.": (
        "store.trusted",
        ("step",),
    ),
    "The memory is renewed (step %s).": ("store.renewed", ("step",)),
}
"""Every sentence that the house writes into its log, by its words: the event's name, and its fields."""
_FRAMES = 5
_LONGEST = 300


class Line(logging.Formatter):
    """Makes a line of a record, in one of two styles."""

    def __init__(self, style: Style, owner: str = "") -> None:
        super().__init__()
        self._shape, self._owner = style, owner

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = event_of(record)
        if self._owner:
            told["owner"] = self._owner
        if self._shape == "json":
            return json.dumps(told)
        says = sentence(record) or " ".join(str(told[key]) for key in ("event", "at") if key in told)
        more = f" [{told['raised']} at {told['at']}]" if "raised" in told else ""
        return f"{told['time']} {told['level']} {says}{more}"


def event_of(record: logging.LogRecord) -> dict[str, object]:
    """Return what of a record may be told, as fields."""
    when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    known = _known(record)
    told: dict[str, object] = {
        "time": when.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "event": known[0] if known else f"other.{record.name.partition('.')[0]}",
    }
    if known:
        told |= {name: _plain(value) for name, value in zip(known[1], _values(record), strict=False)}
    else:
        told["at"] = f"{record.module}:{record.lineno}"
    kind, _, trace = record.exc_info or (None, None, None)
    if kind is not None:
        told |= {"raised": kind.__name__, "at": _place(trace)}
    return told


def sentence(record: logging.LogRecord) -> str:
    """Return the words of one of the house's own sentences, "" for all else."""
    if _known(record) is None:
        return ""
    values = tuple(_plain(one) for one in _values(record))
    return str(record.msg) % values if values else str(record.msg)


def begin(
    environ: Mapping[str, str], stream: TextIO | None = None, *, quiet: bool = False, owner: str = ""
) -> None:
    """Write the log of this process to `stream` (standard error) from now on, and nothing beside it.

    `quiet` writes what is wrong alone, as commands do. What nobody catches becomes an event too: what an
    exception says may hold the words of a letter.
    """
    style: Style = "json" if environ.get(STYLE, "").strip().lower() == "json" else "text"
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Line(style, owner))
    root = logging.getLogger()
    root.handlers[:] = [*(one for one in root.handlers if not isinstance(one.formatter, Line)), handler]
    wanted = logging.getLevelName(environ.get(LEVEL, "").strip().upper() or "INFO")
    level = wanted if isinstance(wanted, int) else logging.INFO
    root.setLevel(max(level, logging.WARNING) if level >= logging.INFO else level)
    logging.getLogger("anlass").setLevel(logging.WARNING if quiet and level >= logging.INFO else level)
    logging.captureWarnings(True)  # noqa: FBT003 - the standard library's own
    if not quiet:
        threading.excepthook = _uncaught_in_thread


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_type is not SystemExit and told.exc_value is not None:
        what = (told.exc_type, told.exc_value, told.exc_traceback)
        LOG.critical("a thread broke", exc_info=what)


def _known(record: logging.LogRecord) -> tuple[str, tuple[str, ...]] | None:
    return EVENTS.get(str(record.msg)) if record.name.partition(".")[0] == "anlass" else None


def _values(record: logging.LogRecord) -> tuple[object, ...]:
    return record.args if isinstance(record.args, tuple) else ()


def _plain(value: object) -> object:
    """Return a value as a field has it: a number, or a short text on one line."""
    if isinstance(value, bool | int | float):
        return value
    return "".join(one if one.isprintable() else " " for one in str(value)[:_LONGEST])


def _place(trace: TracebackType | None) -> str:
    """Return where something was raised: files, lines and functions, and no value of any."""
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return " < ".join(
        f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}" for one in reversed(frames)
    )
