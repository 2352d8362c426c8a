"""What is said to the owner of what came of a case; none of it is an outward word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anlass.desk.voice.common import Lang
from anlass.ledger.outcome import CameOf

if TYPE_CHECKING:
    from anlass.desk.cases.outcomes import Came

CAME: dict[Lang, dict[CameOf | None, str]] = {
    "de": {
        CameOf.JOB: "ein Auftrag",
        CameOf.PROJECT: "ein gemeinsames Vorhaben",
        CameOf.FRIENDSHIP: "eine Freundschaft",
        CameOf.TALK: "ein Gespräch",
        CameOf.NOTHING: "nichts",
        None: "noch nicht gesagt",
    },
    "en": {
        CameOf.JOB: "a job",
        CameOf.PROJECT: "a project together",
        CameOf.FRIENDSHIP: "a friendship",
        CameOf.TALK: "a conversation",
        CameOf.NOTHING: "nothing",
        None: "not said yet",
    },
}
_OUTCOME: dict[Lang, tuple[str, str]] = {
    "de": ("Daraus wurde: {came}.", "Zurückgenommen: Was daraus wurde, ist nicht gesagt."),
    "en": ("What came of it: {came}.", "Taken back: what came of it is not said."),
}


def came_says(one: Came, lang: Lang) -> str:
    """Say what came of a case."""
    says, back = _OUTCOME[lang]
    return says.format(came=CAME[lang][one.came]) if one.came else back
