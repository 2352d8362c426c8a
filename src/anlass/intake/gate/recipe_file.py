"""A recipe as text, so that it can be kept, read by eye and passed on: TOML with plain strings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from anlass.errors import ConfigError, Problem
from anlass.intake.contact_request import Channel
from anlass.intake.gate.taught import Recipe, Where, faults_of
from anlass.toml_text import quoted, read_toml

_KEYS = frozenset("channel domain subject where who after before defaults".split())
_HEAD = """# How notices of {domain} are read. Made by `anlass teach-notice`, taken back by `--forget {name}`.
# It says where things stand in a notice, never what is done with it. `*` in `subject` stands for anything,
# `*` in `who` for the requester's name, `{{name}}` in `after` and `before` for that name again.
"""


def recipe_text(recipe: Recipe) -> str:
    """Return a recipe as TOML."""
    said = {
        "channel": recipe.channel.value,
        "domain": recipe.domain,
        "subject": recipe.subject,
        "where": recipe.where.value,
        "who": recipe.who,
        "after": recipe.after,
        "before": recipe.before,
    }
    lines = [f"{key} = {quoted(value)}" for key, value in said.items()]
    lines.append(f"defaults = [{', '.join(map(quoted, recipe.defaults))}]")
    return _HEAD.format(domain=recipe.domain, name=recipe.name) + "\n".join(lines) + "\n"


def recipe_of(name: str, text: str, where: str) -> Recipe:
    """Return the recipe in a TOML text; raises `ConfigError` with every problem."""
    try:
        told = read_toml(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(Problem(str(error) or "is nested too deeply", where)) from error
    problems = [f"{key} is not known." for key in told if key not in _KEYS]
    problems += [
        f"{key} must be text." for key in sorted(_KEYS - {"defaults"}) if not _is_text(told.get(key, ""))
    ]
    defaults = told.get("defaults", [])
    if not isinstance(defaults, list) or not all(map(_is_text, defaults)):
        problems.append("defaults must be a list of texts.")
    problems += [
        f"{key} must be one of {', '.join(kind)}."
        for key, kind in (("channel", Channel), ("where", Where))
        if told.get(key) not in list(kind)
    ]
    recipe = None if problems else _recipe(name, told)
    problems += faults_of(recipe) if recipe else ()
    if recipe is None or problems:
        raise ConfigError(*(Problem(one, where) for one in problems))
    return recipe


def _recipe(name: str, told: Mapping[str, object]) -> Recipe:
    texts = {key: str(told.get(key, "")) for key in ("domain", "subject", "who", "after", "before")}
    defaults = told.get("defaults", [])
    return Recipe(
        name=name,
        channel=Channel(str(told["channel"])),
        where=Where(str(told["where"])),
        defaults=tuple(map(str, defaults)) if isinstance(defaults, list) else (),
        **texts,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)
