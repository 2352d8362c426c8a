"""Lines of the surface about what the owner did: a word on cases, the acts lately done, the way back."""

from __future__ import annotations

from anlass.desk.cases.acting import Acted
from anlass.desk.cases.undoing import Act, Undone
from anlass.desk.surface import JsonLine, moment


def acted_line(acted: Acted) -> JsonLine:
    """One word that was said to cases, and what became of each."""
    return {
        "act": acted.act or None,
        "action": acted.choice.action.value,
        "done": list(acted.done),
        "others": list(acted.others),
        "stood": list(acted.stood),
        "refused": _with_why(acted.refused),
    }


def undone_line(undone: Undone) -> JsonLine:
    """An act that was taken back."""
    return {
        "act": undone.act,
        "says": undone.says,
        "cases": list(undone.cases),
        "kept": _with_why(undone.kept),
    }


def act_line(act: Act) -> JsonLine:
    """One act lately done, and whether it still stands."""
    return {
        "act": act.id,
        "says": act.says,
        "when": moment(act.when),
        "cases": list(act.cases),
        "stands": act.stands,
    }


def _with_why(cases: tuple[tuple[str, str], ...]) -> list[JsonLine]:
    return [{"case": case, "why": why} for case, why in cases]
