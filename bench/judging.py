"""One mail after another, judged as a peer judges it: parsed, stripped, its language told, its words weighed.

    python -m bench.judging FOLDER

Prints a line with the reading and its reasons for every mail of the folder. Peers judge every mail,
so one that a rule turns away is read all the same. No ledger and no store: that is `anlass screen`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

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


def judged(panel: Panel, raw: bytes, origin: Origin) -> JsonLine:
    """What one mail is, and why."""
    message = parse(raw, origin)
    if isinstance(message, SetAside):
        return {"set_aside": message.reason, "says": message.says}
    found = normalise(message, AROUND)
    if isinstance(found, ContactRequest):
        return reading_line(panel.read(found))
    letter = ContactRequest("", Channel.MAIL, own_words(message.text), message.subject or "")
    return {**_rule(found), **reading_line(panel.read(letter))}


def _rule(found: NoRequest) -> JsonLine:
    return {"rule": found.rule, "rule_says": found.says}


def main() -> int:
    """Judge every file of a folder."""
    panel = load_panel()
    for file in sorted(Path(sys.argv[1]).iterdir()):
        line = judged(panel, file.read_bytes(), Origin(str(file)))
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
