"""The doorman of a house that runs for days: the owner's rules may change beside him.

Before every use the file of house rules is looked at; where it changed it is read again. Rules that cannot
be used do not hold, not even in part: the last good ones go on, and what is wrong is told.
"""

from __future__ import annotations

from dataclasses import replace

from anlass.bootstrap import Home, load_policy, make_doorman, rules_path
from anlass.doorman import Doorman
from anlass.errors import PolicyError, Problem

_Stamp = tuple[int, int, int]


class OnDuty:
    """The doorman with the rules that hold now."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._stamp = self._look()
        self._doorman, self._problems = make_doorman(home.settings, home.lang, home.book)

    def doorman(self) -> Doorman:
        """Return the doorman, with the newest rules that can be used."""
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                policy = load_policy(self.home.settings, self.home.lang)
            except PolicyError as error:
                self._problems = error.problems
            else:
                self._doorman, self._problems = replace(self._doorman, policy=policy), ()
        return self._doorman

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the rules in the file; nothing where they hold."""
        self.doorman()
        return self._problems

    def _look(self) -> _Stamp | None:
        try:
            found = rules_path(self.home.settings).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
