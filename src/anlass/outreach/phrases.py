"""The words of this room, as data: one table per language, checked when read.

Reads what `languages/` holds in `lint.toml`, `mailing.toml` and `hosting.toml`; the languages themselves are
read there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from anlass.languages import languages

Words = Mapping[str, str]
_MOMENT = "hosting.toml"


@cache
def words(lang: str, file: str, section: str) -> Words:
    """Return the texts of a section ("says"); those of the fallback where a language has none."""
    for code in dict.fromkeys((lang, languages().fallback)):
        found = _section(code, file, section)
        if found:
            return found
    return {}


def day_says(when: datetime, lang: str) -> str:
    """Return a day in words: "20. Januar 2027", "20 January 2027"."""
    said = words(lang, _MOMENT, "moment")
    return said["day"].format(**_parts(when, said, lang))


def moment_says(when: datetime, lang: str) -> str:
    """Return a moment in words, with the name of its time zone."""
    said = words(lang, _MOMENT, "moment")
    return said["says"].format(**_parts(when, said, lang))


def zone_says(when: datetime, lang: str) -> str:
    """Return the short name of a moment's time zone as a language has it: "MEZ", "CET"."""
    name = when.tzname() or ""
    return words(lang, _MOMENT, "zones").get(name, name)


def _parts(when: datetime, said: Words, lang: str) -> dict[str, object]:
    return {
        "weekday": said["weekdays"].split()[when.weekday()],
        "day": when.day,
        "month": said["months"].split()[when.month - 1],
        "year": when.year,
        "time": f"{when.hour}:{when:%M}",
        "zone": zone_says(when, lang),
    }


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
