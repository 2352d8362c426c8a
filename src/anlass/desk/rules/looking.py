"""Looking at house rules: those in force, those of a file, and what they say to one case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from anlass.bootstrap import Home, last_good, own_rules, policy_of
from anlass.errors import NotFound, PolicyError, Problem
from anlass.policy import PRESETS, Decision, Policy, decide, preset, preset_text
from anlass.store.cases.kept import KeptCase
from anlass.store.cases.versions import Version
from anlass.wires.own_files import read_own_file


def rules_named(home: Home, name: str) -> Policy:
    """Return the shipped rules of this name, else those of the file, completed as if they were the owner's.

    Raises `PolicyError` with every problem, and `NotFound`.
    """
    return preset(name) if name in PRESETS else policy_of(text_of(name), home.settings, home.lang, name)


def text_of(file: str) -> str:
    """Read a file of house rules, or the shipped rules of that name; raises `NotFound` and `PolicyError`."""
    if file in PRESETS:
        return preset_text(file)
    try:
        return read_own_file(Path(file))
    except FileNotFoundError:
        raise NotFound(
            f"There is no file {file!r}.", hint=f"Shipped rules are: {', '.join(PRESETS)}."
        ) from None
    except (OSError, ValueError) as error:
        raise PolicyError(Problem(f"cannot be read: {error}", file)) from error


def rules_in_force(home: Home) -> tuple[Policy, tuple[Problem, ...]]:
    """Return the house rules that hold, and what is wrong with those that should.

    Where the file cannot be used, the last good version holds; where there is none, no rule does.
    """
    try:
        return policy_of(own_rules(home.settings), home.settings, home.lang), ()
    except PolicyError as error:
        held = last_good(home.settings, home.book)
        return held[1] if held else Policy(), error.problems


def held_instead(home: Home) -> Version | None:
    """Return the version that holds where the rules in the file cannot be used; `None` where no rule does."""
    held = last_good(home.settings, home.book)
    return held[0] if held else None


def decision_under(policy: Policy, kept: KeptCase) -> Decision:
    """Return what these rules say to a case as it is kept, with the whole trace."""
    case, second = kept.case, kept.case.second
    known = replace(case.known, copies=case.copies.senders, answer=second.answer if second else None)
    marks = case.request.marks | (second.reply.request.marks if second else frozenset())
    return decide(
        policy,
        request=replace(case.request, marks=marks),
        reading=case.reading,
        tie=case.tie,
        at=kept.kept_at,
        known=known,
        opinion=case.opinion,
    )
