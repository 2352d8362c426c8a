"""The three sets of house rules that come with the program."""

from __future__ import annotations

from importlib.resources import files

from anlass.policy.parse import parse_policy
from anlass.policy.rules import DEFAULT, PRESETS, Policy


def preset_text(name: str = DEFAULT) -> str:
    """Read the words of a shipped preset; the data files of this room are read here and nowhere else."""
    if name not in PRESETS:
        raise KeyError(name)
    return files("anlass.policy").joinpath("presets", f"{name}.toml").read_text(encoding="utf-8")


def preset(name: str = DEFAULT) -> Policy:
    """Return a shipped preset."""
    return parse_policy(preset_text(name), f"{name}.toml")
