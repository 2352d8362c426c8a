"""The composition root: settings become a doorman and a book.

The only place that knows how the rooms' data files, the settings and the store come
together. Everything else is handed what it needs.
"""

from __future__ import annotations

from anlass.config import Settings, language_of_the_system
from anlass.doorman import Doorman
from anlass.errors import PolicyError, Problem
from anlass.litmus.shipped import load_panel
from anlass.policy import Policy, parse_policy, preset
from anlass.replies import load_templates


def owner_language(settings: Settings) -> str:
    """The language Anlass speaks with its owner: `de` or `en`."""
    return settings.owner.language or language_of_the_system()


def make_doorman(settings: Settings) -> tuple[Doorman, tuple[Problem, ...]]:
    """Return the doorman and what is wrong with the house rules.

    House rules that cannot be used are no reason to stop, nor to act on half of them:
    the doorman then has no rules at all, so every case is held for the owner.
    """
    problems: tuple[Problem, ...] = ()
    try:
        policy = load_policy(settings)
    except PolicyError as error:
        policy, problems = Policy(()), error.problems
    return Doorman(panel=load_panel(), policy=policy, templates=load_templates()), problems


def load_policy(settings: Settings) -> Policy:
    """The owner's own rules, then the preset's. Raises `PolicyError` with every problem."""
    shipped = preset(settings.policy.preset)
    if not settings.policy.file:
        return shipped
    path = settings.data / settings.policy.file
    try:
        own = parse_policy(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(Problem(f"cannot be read: {error}", str(path))) from error
    return own.before(shipped)
