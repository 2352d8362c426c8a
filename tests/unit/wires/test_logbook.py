"""The log tells what is on a list, and nothing else, at whatever level and whoever writes."""

from __future__ import annotations

import ast
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from anlass.wires import logbook
from anlass.wires.logbook import EVENTS, FIELDS, Line, begin

SOURCE = Path(logbook.__file__).parents[1]
_LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
SECRET = "Zwiebelfisch-9000"


OTHERS = ("imapclient.imaplib", "httpcore", "django.request", "gunicorn.error")


@pytest.fixture
def root() -> Iterator[None]:
    """Leave the loggers as they were."""
    above = {name.partition(".")[0] for name in OTHERS}
    logs = [logging.getLogger(), *map(logging.getLogger, ("anlass", *above, *OTHERS))]
    kept = [(one, one.handlers[:], one.level) for one in logs]
    for name in (*above, *OTHERS):  # a server of another test may have told some to be quiet
        logging.getLogger(name).setLevel(logging.NOTSET)
    yield
    for log, handlers, level in kept:
        log.handlers[:] = handlers
        log.setLevel(level)
    logging.captureWarnings(False)
    threading.excepthook = threading.__excepthook__


def lines(style: str, level: str, *, quiet: bool = False) -> io.StringIO:
    """Begin a log, and return where it goes."""
    stream = io.StringIO()
    begin({"ANLASS_LOG": style, "ANLASS_LOG_LEVEL": level}, stream, quiet=quiet, owner="olga")
    return stream


def test_own_sentences_become_events_with_fields(root: None) -> None:
    """A line of JSON has time, level, event, owner, and the sentence's values by their names."""
    stream = lines("json", "")
    logging.getLogger("anlass.work").warning("%s: %s (%s)", "olga-home.example", "password", "WireError")
    told = json.loads(stream.getvalue())
    assert told.pop("time").endswith("Z")
    assert told == {
        "level": "warning",
        "event": "work.trouble",
        "account": "olga-home.example",
        "trouble": "password",
        "error": "WireError",
        "owner": "olga",
    }


def test_text_is_the_sentence_itself(root: None) -> None:
    """As people read it; a value with lines in it makes no further line."""
    stream = lines("", "")
    logging.getLogger("anlass.work").info("wishes: %s", "one\nforged: line")
    (line,) = stream.getvalue().splitlines()
    assert line.endswith(" info wishes: one forged: line")


@pytest.mark.parametrize("style", ["json", "text"])
def test_nothing_of_what_others_write_is_told(style: str, root: None) -> None:
    """Message, values, exception and stack of any library, and of unknown sentences of our own."""
    stream = lines(style, "DEBUG")
    for name in (*OTHERS, "anlass.new", "root"):
        log = logging.getLogger(name)
        log.debug("%s", SECRET)
        log.error(f"GET /w/{SECRET}", extra={"request": SECRET})
        try:
            int(SECRET)
        except ValueError:
            log.exception("Internal Server Error: %s", SECRET, stack_info=True)
    assert SECRET not in stream.getvalue()
    assert len(stream.getvalue().splitlines()) == 18
    assert stream.getvalue().count("ValueError") == 6
    assert "test_logbook.py" in stream.getvalue()


def test_commands_say_only_what_is_wrong(root: None) -> None:
    """A command is quiet; a server tells what it does; what the level asks for holds for both."""
    quiet, loud = (lines("text", level, quiet=True) for level in ("", ""))
    logging.getLogger("anlass.work").info("a letter: %s", "sent")
    assert (quiet.getvalue(), loud.getvalue()) == ("", "")
    loud = lines("text", "")
    logging.getLogger("anlass.work").info("a letter: %s", "sent")
    logging.getLogger("httpx").info("HTTP Request")
    assert len(loud.getvalue().splitlines()) == 1
    assert len([one for one in logging.getLogger().handlers if isinstance(one.formatter, Line)]) == 1


def test_every_sentence_of_the_house_is_on_the_list() -> None:
    """Whoever writes a new line into the log names its fields here; each is one that may be told."""
    said = set[str]()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in _LEVELS and ast.unparse(node.func.value) in {"LOG", "_LOG", "log"}:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}"
                said.add(str(first.value))
    assert said == EVENTS.keys()
    assert {field for _, fields in EVENTS.values() for field in fields} <= FIELDS
    assert all(words.count("%") == len(fields) for words, (_, fields) in EVENTS.items())


def test_thread_that_breaks_is_an_event(root: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody catches is told by its kind and place."""
    stream = lines("json", "")
    try:
        int(SECRET)
    except ValueError as error:
        told = threading.ExceptHookArgs((ValueError, error, error.__traceback__, None))
    threading.excepthook(told)
    assert json.loads(stream.getvalue())["raised"] == "ValueError"
    assert SECRET not in stream.getvalue()
    assert sys.exc_info()[0] is None
