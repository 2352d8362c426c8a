"""The cookbook: house rules for many wishes, each a file of its own that can be put before any preset."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from anlass.policy.parse import parse_policy
from anlass.policy.rules import Policy


@cache
def recipe_texts() -> dict[str, str]:
    """Read all recipes by name, in their order; the data files of the cookbook are read here alone."""
    folder = files("anlass.policy").joinpath("cookbook")
    found = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {name[3:].removesuffix(".toml"): entry.read_text(encoding="utf-8") for name, entry in found}


def recipe(name: str) -> Policy:
    """Return the rules of one recipe; raises `KeyError`."""
    return parse_policy(recipe_texts()[name], f"{name}.toml")


def rules_of(text: str) -> str:
    """Return the rules of a recipe as they are put into a file: without its title and its description."""
    return text[text.index("[[rule]]") :].rstrip("\n") + "\n"
