"""Why something was not done, in the owner's language: what is thrown speaks English, the desk both.

Reads `refusals.toml` beside it, once. A sentence that is not there stays English, so nothing is left unsaid.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from anlass.desk.voice.common import Lang
from anlass.errors import AnlassError, EdgeError, UserError

_QUOTED = re.compile(r"'([^']*)'")
_LONGEST = 600


def in_words(says: str, lang: Lang) -> str:
    """Return a sentence of a refusal in the owner's language."""
    if lang != "de" or not says or len(says) > _LONGEST:
        return says
    plain = _exact().get(says)
    if plain is not None:
        return plain
    for pattern, german in _open():
        found = pattern.fullmatch(says)
        if found:
            return german.format(*(_QUOTED.sub("„\\1“", one) for one in found.groups()))
    return says


def spoken_error(error: AnlassError, lang: Lang) -> AnlassError:
    """Return an error with the same problems, said in the owner's language."""
    if lang != "de":
        return error
    if isinstance(error, UserError):
        told = (replace(one, says=in_words(one.says_in(lang), lang), german="") for one in error.problems)
        return UserError(*told, hint=in_words(error.hint_in(lang), lang))
    if isinstance(error, EdgeError):
        return EdgeError(in_words(error.says, lang), where=error.where, temporary=error.temporary)
    return error


@cache
def _catalogue() -> dict[str, str]:
    text = files("anlass.desk.voice").joinpath("refusals.toml").read_text(encoding="utf-8")
    return {english: str(german) for english, german in tomllib.loads(text).items()}


@cache
def _exact() -> dict[str, str]:
    return {english: german for english, german in _catalogue().items() if "{}" not in english}


@cache
def _open() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the sentences with room in them, those with most words of their own first."""
    rows = sorted(_catalogue().items(), key=lambda row: -len(row[0].replace("{}", "")))
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), german)
        for english, german in rows
        if "{}" in english
    )
