"""Where somebody turns who is threatened, as data: one file for each language, what holds in its countries.

Reads what `languages/` holds in `threat.toml`; the languages themselves are read there.
"""

from __future__ import annotations

import tomllib
from functools import cache

from anlass.languages import languages

FILE = "threat.toml"


@cache
def where_to_turn(lang: str) -> tuple[str, ...]:
    """Return what is said to somebody who is threatened, sentence by sentence.

    That of the fallback where a language says nothing.
    """
    known = languages()
    text = known.text(lang, FILE) or known.text(known.fallback, FILE)
    told = tomllib.loads(text).get("turn", [])
    return tuple(str(line) for line in told) if isinstance(told, list) else ()
