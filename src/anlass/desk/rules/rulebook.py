"""The owner changes the house rules: chooses shipped ones, writes own ones, goes back to earlier ones.

The file in the data folder is the owner's will; the journal keeps every version that held, so that
any change can be taken back. Rules that cannot be used are never applied, not even in part. With new
rules the requests that still wait are decided again, each on its own evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from anlass.bootstrap import Home, make_doorman, own_rules, policy_of, rules_path
from anlass.desk.evidence.outside import evidence_of, state_after
from anlass.desk.learning.teaching import as_taught
from anlass.doorman import Doorman
from anlass.errors import NotFound, PolicyError, Problem, Refused
from anlass.policy import Policy
from anlass.policy.editing import with_preset, with_rule
from anlass.policy.rules import ALONE, PRESETS
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState, KeptCase
from anlass.store.cases.versions import ABOUT, Version, keep_version, last_version, versions
from anlass.wires.own_files import write_own_file

_MOST_DECIDED_AGAIN = 1_000
"""Waiting cases that are decided again at once; older ones keep what was decided."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a change of the house rules did: the version that holds now, and the cases decided otherwise.

    `is_new` is false where these rules held already.
    """

    policy: Policy
    version: Version
    cases: tuple[str, ...]
    is_new: bool


def remember_rules(home: Home, *, now: datetime) -> None:
    """Remember the rules in force as the last good ones; those that cannot be used are none."""
    with suppress(PolicyError):
        text = own_rules(home.settings)
        policy_of(text, home.settings, home.lang)
        keep_version(home.book, text, "file", now=now)


def adopt(home: Home, text: str, *, by: str, now: datetime, rehearse: bool = False) -> Adopted:
    """Let `text` be the owner's own house rules from now on; raises `PolicyError` with all that is wrong.

    A rehearsal does everything but write the file; what it writes into the book is the caller's to drop.
    """
    policy = policy_of(text, home.settings, home.lang)
    with home.book.together():
        _keep_what_is_there(home, now=now)
        return _made(home, text, policy, by=by, now=now, rehearse=rehearse)


def choose(home: Home, name: str, *, now: datetime, rehearse: bool = False) -> Adopted:
    """Let the shipped rules `name` follow the owner's own; raises `PolicyError`, `NotFound`, `Refused`."""
    if name not in (*PRESETS, ALONE):
        raise NotFound(f"There are no shipped rules {name!r}.", hint=f"There are: {', '.join(PRESETS)}.")
    text = with_preset(_usable(home), name)
    if policy_of(text, home.settings, home.lang).preset not in {name, ALONE}:
        raise Refused(Problem("The line with the preset cannot be placed.", str(rules_path(home.settings))))
    return adopt(home, text, by=f"choose {name}", now=now, rehearse=rehearse)


def add_rule(home: Home, rule: str, *, by: str, now: datetime, rehearse: bool = False) -> Adopted:
    """Put the words of a rule before all others; raises `PolicyError`."""
    return adopt(home, with_rule(_usable(home), rule), by=by, now=now, rehearse=rehearse)


def undo(home: Home, *, now: datetime, rehearse: bool = False) -> Adopted:
    """Bring back the rules that held before; raises `NotFound` where none are remembered."""
    with home.book.together():
        _keep_what_is_there(home, now=now)
        known = {one.number: one for one in versions(home.book)}
        newest = _origin(known, max(known, default=0))
        before = known.get(_origin(known, newest - 1))
        if before is None:
            raise NotFound("No earlier house rules are remembered.")
        policy = policy_of(before.text, home.settings, home.lang)
        return _made(home, before.text, policy, by="undo", now=now, rehearse=rehearse, back_to=before.number)


def _origin(known: Mapping[int, Version], number: int) -> int:
    """Return the version that this one is: what an undo brought back is what it was."""
    while number in known and (back_to := known[number].back_to) is not None:
        number = back_to
    return number


def _made(
    home: Home,
    text: str,
    policy: Policy,
    *,
    by: str,
    now: datetime,
    rehearse: bool,
    back_to: int | None = None,
) -> Adopted:
    """Write the rules down, decide again what waits, and last of all write the file."""
    last = last_version(home.book)
    shipped, _ = make_doorman(home.settings, home.lang, home.book)
    doorman = as_taught(Doorman(shipped.panel, policy, shipped.templates), home.book)
    undone = last.cases if last and back_to is not None else ()
    cases = decide_again(home.book, doorman, also=undone)
    version = keep_version(home.book, text, by, now=now, cases=cases, back_to=back_to)
    if not rehearse:
        write_own_file(rules_path(home.settings), text)
    held = version or last
    if held is None:
        raise AssertionError("a version was just kept")
    return Adopted(policy, held, cases, version is not None)


def decide_again(book: Book, doorman: Doorman, *, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Decide the waiting cases again, and those in `also`; return which are decided otherwise now."""
    waiting = book.cases(CaseState.WAITING, limit=_MOST_DECIDED_AGAIN).cases
    cases: dict[str, KeptCase] = {kept.id: kept for kept in waiting}
    for id_ in also:
        with suppress(NotFound):
            cases.setdefault(id_, book.case(id_))
    return tuple(id_ for id_, kept in cases.items() if _became(book, doorman, kept))


def _became(book: Book, doorman: Doorman, kept: KeptCase) -> bool:
    before, after = kept.case, doorman.consider(evidence_of(kept))
    if (after.decision, after.draft) == (before.decision, before.draft):
        return False
    book.rewrite(after, kept.encounters, state=state_after(kept, after))
    return after.decision.action is not before.decision.action


def _usable(home: Home) -> str:
    """Return the owner's own rules as they can be built on: as they are, or the last good ones."""
    text = own_rules(home.settings)
    policy_of(text, home.settings, home.lang)
    return text


def _keep_what_is_there(home: Home, *, now: datetime) -> None:
    """Remember what the file holds before it is written over, be it usable or not."""
    text = own_rules(home.settings)
    try:
        policy_of(text, home.settings, home.lang)
    except PolicyError:
        home.book.note("house_rules_refused", about=ABOUT, content={"text": text}, now=now)
    else:
        keep_version(home.book, text, "file", now=now)
