"""Why something was not done, as a page says it: the only way a page speaks of a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anlass.desk.voice.refused import in_words, spoken_error
from anlass.errors import AnlassError, EdgeError, UserError
from anlass.web.frame.language import lang_of

if TYPE_CHECKING:
    from anlass.errors import Problem


def why(error: AnlassError | ValueError) -> str:
    """Return everything that was wrong, in the language of the page; lines of files are left out."""
    if isinstance(error, UserError):
        return " ".join(dict.fromkeys(said(one) for one in error.problems))
    if isinstance(error, EdgeError):
        return str(spoken_error(error, lang_of()))
    return in_words(str(error), lang_of())


def said(problem: Problem) -> str:
    """Return one thing that is wrong, in the language of the page."""
    return in_words(problem.says_in(lang_of()), lang_of())


def to_do(error: UserError) -> str:
    """Return what to do about it, in the language of the page; "" where nothing is known."""
    return in_words(error.hint_in(lang_of()), lang_of())
