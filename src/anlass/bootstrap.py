"""The composition root: settings become a doorman and a book.

The only place that knows how the rooms' data files, the settings and the store come
together. Everything else is handed what it needs.
"""

from __future__ import annotations

from dataclasses import replace

from anlass.config import Settings
from anlass.doorman import Doorman
from anlass.errors import PolicyError, Problem
from anlass.litmus.shipped import load_panel
from anlass.policy import PRESETS, Policy, parse_policy, preset
from anlass.replies import shipped_templates


def make_doorman(settings: Settings, lang: str) -> tuple[Doorman, tuple[Problem, ...]]:
    """Return the doorman, giving his reasons in `lang`, and what is wrong with the house rules.

    House rules that cannot be used are no reason to stop, nor to act on half of them:
    the doorman then has no rules at all, so every case is held for the owner.
    """
    problems: tuple[Problem, ...] = ()
    try:
        policy = load_policy(settings, lang)
    except PolicyError as error:
        policy, problems = Policy(lang=lang), error.problems
    return Doorman(load_panel(), policy, shipped_templates(fallback=lang)), problems


def load_policy(settings: Settings, lang: str) -> Policy:
    """The owner's own rules, then the preset's. Raises `PolicyError` with every problem."""
    if settings.policy.preset not in PRESETS:
        known = ", ".join(PRESETS)
        raise PolicyError(
            Problem(f"policy.preset is {settings.policy.preset!r}; known are {known}", "anlass.toml")
        )
    shipped = preset(settings.policy.preset, lang=lang)
    if not settings.policy.file:
        return shipped
    path = settings.data / settings.policy.file
    try:
        own = parse_policy(path.read_text(encoding="utf-8"), str(path), lang=lang)
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(Problem(f"cannot be read: {error}", str(path))) from error
    return replace(own, rules=(*own.rules, *shipped.rules))
