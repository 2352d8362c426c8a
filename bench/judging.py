"""One mail after another, judged as a peer judges it: parsed, stripped, its language told, its words weighed.

    python -m bench.judging FOLDER

Prints a line with the reading and its reasons for every mail of the folder. Peers judge every mail,
so one that a rule turns away is read all the same. No ledger and no store: that is `anlass screen`.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from anlass.cli.main import YOUNG
from anlass.desk.surface import JsonLine, reading_line
from anlass.intake import (
    Channel,
    ContactRequest,
    NoRequest,
    Origin,
    Recipient,
    SetAside,
    Surroundings,
    normalise,
    own_words,
    parse,
)
from anlass.litmus.panel import Panel
from anlass.litmus.shipped import load_panel
from bench.archive.cast import OWNERS

AROUND = Surroundings(frozenset(OWNERS), Recipient())


_TOGETHER = 32
"""Mails in hand at a time, as many as the panel adds up together; each is judged as if alone."""


def judged(panel: Panel, mails: Sequence[Path]) -> Iterator[JsonLine]:
    """What each mail is, and why."""
    met = [_met(file) for file in mails]
    readings = iter(panel.read_all([letter for letter, _ in met if letter is not None]))
    for letter, line in met:
        yield line if letter is None else {**line, **reading_line(next(readings))}


def _met(file: Path) -> tuple[ContactRequest | None, JsonLine]:
    """The letter to be read, and what is known before: the rule that turns it away, or why it is none."""
    message = parse(file.read_bytes(), Origin(str(file)))
    if isinstance(message, SetAside):
        return None, {"set_aside": message.reason, "says": message.says}
    found = normalise(message, AROUND)
    if isinstance(found, ContactRequest):
        return found, {}
    return ContactRequest("", Channel.MAIL, own_words(message.text), message.subject or ""), _rule(found)


def _rule(found: NoRequest) -> JsonLine:
    return {"rule": found.rule, "rule_says": found.says}


def main() -> int:
    """Judge every file of a folder."""
    gc.set_threshold(YOUNG)  # as the command line does
    panel = load_panel()
    written = json.JSONEncoder(ensure_ascii=False).encode
    files = iter(sorted(Path(sys.argv[1]).iterdir()))
    while some := list(islice(files, _TOGETHER)):
        sys.stdout.writelines(written(line) + "\n" for line in judged(panel, some))
    return 0


if __name__ == "__main__":
    sys.exit(main())
