"""The exception family, on one screen.

    AnlassError
      UserError          shown without a traceback: problems and a hint
        ConfigError      anlass.toml is wrong, and where
        PolicyError      the house rules are wrong, and where
        NotFound         no such case, person or file
        Refused          an act that the house forbids
      EdgeError          the outside world failed; `temporary` says whether to try again
        ChannelError
        SourceError
        StoreError

Strange mail is never an exception: it becomes a value (`Oddity`, `SetAside`) and
goes on, because a request must not be lost for being odd.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with its place.

    `line` and `column` count from 1 and are `None` where there is no place. `german` says the same to owners
    who read German; it is empty where `says` is in the reader's language already.
    """

    says: str
    where: str = ""
    line: int | None = None
    column: int | None = None
    german: str = ""

    def says_in(self, lang: str) -> str:
        """Return what is wrong in the language of whoever reads it."""
        return self.german if lang == "de" and self.german else self.says

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.where, self.line, self.column) if part)
        return f"{place}: {self.says}" if place else self.says


class AnlassError(Exception):
    """Whatever Anlass raises on purpose."""


class UserError(AnlassError):
    """Something the owner can mend: every problem at once, and a hint."""

    def __init__(self, *problems: Problem | str, hint: Problem | str = "") -> None:
        self.problems = tuple(Problem(p) if isinstance(p, str) else p for p in problems)
        self._hint = hint if isinstance(hint, Problem) else Problem(hint)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def hint(self) -> str:
        """What to do about it, in English where it is there in two languages."""
        return self._hint.says

    def hint_in(self, lang: str) -> str:
        """Return what to do about it in the language of whoever reads it; "" where nothing is known."""
        return self._hint.says_in(lang)


class ConfigError(UserError):
    """The configuration cannot be used as it is."""


class PolicyError(UserError):
    """The house rules cannot be used as they are."""


class NotFound(UserError):
    """There is no such case, person or file."""


class Refused(UserError):
    """The house does not do that."""


class EdgeError(AnlassError):
    """The outside world failed at `where`; `temporary` says whether trying again may help."""

    def __init__(self, says: str, *, where: str = "", temporary: bool = False) -> None:
        self.says, self.where, self.temporary = says, where, temporary
        super().__init__(f"{where}: {says}" if where else says)


class ChannelError(EdgeError):
    """A channel could not fetch or deliver."""


class SourceError(EdgeError):
    """A source could not be read."""


class StoreError(EdgeError):
    """The memory could not be read or written."""
