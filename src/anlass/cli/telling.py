"""How the command line says that something is wrong: where, and what, on one or more plain lines."""

from __future__ import annotations

from dataclasses import replace

from anlass.cli.plain import plain_lines, plain_path
from anlass.errors import AnlassError, EdgeError, Problem, UserError


def told(problem: Problem) -> str:
    """Say one problem with its place."""
    return plain_lines(f"anlass: {replace(problem, where=plain_path(problem.where))}")


def all_told(error: AnlassError, lang: str = "en") -> tuple[str, ...]:
    """Say everything that an error holds in the owner's language, its hint last."""
    if isinstance(error, UserError):
        hint = error.hint_in(lang)
        problems = (told(replace(one, says=one.says_in(lang))) for one in error.problems)
        return (*problems, *((plain_lines(hint),) if hint else ()))
    where = error.where if isinstance(error, EdgeError) else ""
    says = error.says if isinstance(error, EdgeError) else str(error)
    return (told(Problem(says, where)),)
