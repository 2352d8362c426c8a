"""The words of this room, as data: one table per language, checked when read.

Reads what `languages/` holds in `lint.toml` and `mailing.toml`; the languages themselves are read there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from anlass.languages import languages

Words = Mapping[str, str]


@cache
def words(lang: str, file: str, section: str) -> Words:
    """Return the texts of a section ("says"); those of the fallback where a language has none."""
    for code in dict.fromkeys((lang, languages().fallback)):
        found = _section(code, file, section)
        if found:
            return found
    return {}


@cache
def in_form(lang: str, file: str, section: str, form: str) -> Words:
    """Return the texts of a section in a form of address (du, sie), or the language's first form.

    Those of the fallback where a language has none.
    """
    for code in dict.fromkeys((lang, languages().fallback)):
        told = tomllib.loads(languages().text(code, file)).get(section)
        if isinstance(told, dict) and told:
            return _section(code, file, f"{section}.{form if form in told else next(iter(told))}")
    return {}


def _section(lang: str, file: str, section: str) -> Words:
    told: object = tomllib.loads(languages().text(lang, file))
    for name in section.split("."):
        told = told.get(name, {}) if isinstance(told, dict) else {}
    return {key: str(text) for key, text in told.items()} if isinstance(told, dict) else {}
