"""Reads the languages: the only module of this room that touches files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from anlass.errors import ConfigError, Problem
from anlass.languages.language import LISTS, OF_ITS_OWN, SIGNS, Language, Languages

TEXTS = (
    "phrases.toml",
    "says.toml",
    "templates.toml",
    "hosting.toml",
    "house_page.toml",
    "lint.toml",
    "threat.toml",
    "mailing.toml",
    "door.toml",
    "slips.txt",
    "words.txt",
    "origins.txt",
)
"""Files that other rooms read; what they mean is told there."""

_TABLES = ("language.toml", "replies.toml")


@cache
def languages() -> Languages:
    """The shipped languages, read once: `bootstrap` is the first to ask, and so may anybody after."""
    return read_languages(files("anlass.languages"))


def read_languages(folder: Traversable) -> Languages:
    """Read the languages that `languages.toml` in a folder lists; raise `ConfigError` with every problem.

    A language without files is spoken with what the fallback has; a name that is no piece is a problem.
    """
    listed = tomllib.loads(folder.joinpath("languages.toml").read_text(encoding="utf-8"))
    codes, fallback = [str(code) for code in listed["languages"]], str(listed["fallback"])
    problems: list[Problem] = []
    own: dict[str, dict[str, object]] = {}
    for code in codes:
        own[code] = {}
        for name in _TABLES:
            try:
                own[code].update(tomllib.loads(_text(folder, code, name)))
            except tomllib.TOMLDecodeError as error:
                problems.append(Problem(str(error), f"{code}/{name}"))
    problems += [Problem(says, code) for code, found in own.items() for says in _unknown(found)]
    if fallback not in own:
        problems.append(
            Problem(f"the fallback language {fallback} is not among {', '.join(codes)}", "languages.toml")
        )
    if problems:
        raise ConfigError(*problems)
    spoken = {code: _language(code, own, fallback) for code in codes}
    return Languages(
        spoken, fallback, {code: {name: _text(folder, code, name) for name in TEXTS} for code in codes}
    )


def _text(folder: Traversable, code: str, name: str) -> str:
    file = folder.joinpath(code, name)
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _unknown(found: Mapping[str, object]) -> Iterator[str]:
    """What a file says that nobody would read: mostly a slip of the pen."""
    for key, value in found.items():
        if key in LISTS and isinstance(value, dict):
            known = {*LISTS[key].split(), *(["familiar"] if key == "address" else [])}
            yield from (f"{key}.{name} is unknown" for name in value.keys() - known)
        elif key not in {"stemmer", "mixes", "named", *SIGNS}:
            yield f"{key} is unknown"


def _language(code: str, own: Mapping[str, Mapping[str, object]], fallback: str) -> Language:
    """Put a language together from its files and from those that are mixed into it."""
    found = own[code]
    mixes = _words(found.get("mixes", [] if code == fallback else [fallback]))
    sources = [found, *(own[other] for other in mixes if other in own)]
    return Language(
        code=code,
        named={lang: str(name) for lang, name in _table(found, "named").items()},
        stemmer=str(found.get("stemmer", "")),
        mixes=tuple(other for other in mixes if other in own),
        lists=dict(_lists(sources)),
        signs=frozenset(sign for sign in SIGNS if found.get(sign) is True),
        familiar=str(_table(found, "address").get("familiar", "")),
    )


def _lists(sources: list[Mapping[str, object]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section, names in LISTS.items():
        for name in names.split():
            key = f"{section}.{name}"
            of = sources[:1] if key in OF_ITS_OWN else sources
            entries = [entry for source in of for entry in _words(_table(source, section).get(name, []))]
            if entries:
                yield key, tuple(dict.fromkeys(entries))


def _table(source: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = source.get(name, {})
    return found if isinstance(found, dict) else {}


def _words(value: object) -> tuple[str, ...]:
    """A list of wordings, or words in one text."""
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
