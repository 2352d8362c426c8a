"""The words that go out, as data: one table per language and register, checked when read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from string import Formatter

from anlass.errors import ConfigError, Problem
from anlass.languages import languages
from anlass.litmus import Asks
from anlass.replies.discretion import reveals
from anlass.replies.draft import Register
from anlass.toml_text import read_toml

_FIELDS: Mapping[str, frozenset[str]] = {
    "greeting": frozenset({"name"}),
    "lead_call_minutes": frozenset({"minutes"}),
    "lead_meeting_minutes": frozenset({"minutes"}),
    "lead_minutes": frozenset({"minutes"}),
}
"""The fields a template has; every template not named here has none."""

_WITHOUT_FIELDS = (
    "greeting_plain thanks thanks_click met card wrote joint lead_call lead_meeting occasion occasion_answer "
    "occasion_known why_me occasion_why_me who who_also benefit benefit_also who_benefit who_benefit_also "
    "ease further accept_contact accept_call accept_meeting accept_answer accept_other unlock offer_times "
    "settled calm closing subject"
)
KEYS: frozenset[str] = frozenset(
    {*_FIELDS, *_WITHOUT_FIELDS.split(), *(f"substance_{asks.value}" for asks in Asks)}
)
"""Every template a register must have."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """All templates of one language and register."""

    lang: str
    register: Register
    words: Mapping[str, str]

    def say(self, key: str, **fields: str) -> str:
        """Fill one template; a missing or surplus field is an error, never a gap in a letter."""
        wanted = _FIELDS.get(key, frozenset())
        if wanted != frozenset(fields):
            raise KeyError(f"{key} has the fields {sorted(wanted)}, not {sorted(fields)}")
        return self.words[key].format_map(fields)


@dataclass(frozen=True, slots=True)
class Templates:
    """The words of every language; `fallback` answers a request whose language is not spoken here."""

    phrases: tuple[Phrases, ...]
    fallback: str = ""

    def of(self, lang: str, register: Register) -> Phrases:
        """Return the phrases for a language and register; the first of the language where it has one form."""
        spoken = [p for p in self.phrases if p.lang == lang] or [
            p for p in self.phrases if p.lang == self.fallback
        ]
        return next((p for p in spoken if p.register == register), spoken[0])

    def languages(self) -> frozenset[str]:
        """Return the languages spoken."""
        return frozenset(p.lang for p in self.phrases)


def shipped_templates(fallback: str = "") -> Templates:
    """Return the shipped words of every language that has some; elsewhere `fallback` speaks."""
    known = languages()
    texts = {code: known.text(code, "templates.toml") for code in known.spoken}
    return parse_templates({code: text for code, text in texts.items() if text}, fallback)


def parse_templates(texts: Mapping[str, str], fallback: str = "") -> Templates:
    """Return the templates in these TOML texts, by language; raise `ConfigError` with every problem."""
    fallback = fallback or languages().fallback
    problems: list[Problem] = []
    phrases: list[Phrases] = []
    for lang, text in texts.items():
        where = f"{lang}.toml"
        try:
            data = read_toml(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            problems.append(Problem(str(error), where))
            continue
        for register in languages().of(lang).words("address.forms") or tuple(data)[:1]:
            words = data.get(register)
            found = dict(words) if isinstance(words, dict) else {}
            problems += [Problem(f"[{register}] {says}", where) for says in _problems(found)]
            phrases.append(Phrases(lang, Register(register), found))
    if fallback not in texts:
        problems.append(Problem(f"the fallback language {fallback} is not among {', '.join(texts)}"))
    if problems:
        raise ConfigError(*problems)
    return Templates(tuple(phrases), fallback)


def overlaid(shipped: Templates, texts: Mapping[str, str]) -> Templates:
    """Return the shipped words with the owner's over them; raise `ConfigError` with every problem.

    `texts` are TOML texts by the file they come from, named by their language (`de.toml`). A text has a
    table for each form of address and in it only what is to be said otherwise.
    """
    problems: list[Problem] = []
    own: dict[tuple[str, str], dict[str, str]] = {}
    for where, text in texts.items():
        lang = where.rpartition("/")[2].removesuffix(".toml")
        forms = {phrases.register for phrases in shipped.phrases if phrases.lang == lang}
        if not forms:
            problems.append(Problem(f"{lang} is no language that is spoken here", where))
            continue
        try:
            data = read_toml(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            problems.append(Problem(str(error), where))
            continue
        for register, words in data.items():
            if register not in forms or not isinstance(words, dict):
                problems.append(
                    Problem(f"[{register}] is unknown; known are {', '.join(sorted(forms))}", where)
                )
                continue
            problems += [Problem(f"[{register}] {says}", where) for says in _own_problems(words)]
            own[lang, register] = words
    if problems:
        raise ConfigError(*problems, hint="`anlass preview` shows every letter with your words.")
    return replace(
        shipped,
        phrases=tuple(
            replace(one, words={**one.words, **own.get((one.lang, one.register), {})})
            for one in shipped.phrases
        ),
    )


def _own_problems(words: Mapping[str, object]) -> Iterable[str]:
    """Yield what is wrong with words of the owner: unknown, empty, with other fields, or indiscreet."""
    yield from (says for says in _problems(words) if not says.endswith(" is missing"))
    for key in sorted(KEYS & words.keys()):
        word = reveals(str(words[key]))
        if word:
            yield f"{key} must not say “{word}”: it tells how the house decides"


def _problems(words: Mapping[str, object]) -> Iterable[str]:
    yield from (f"{key} is missing" for key in sorted(KEYS - words.keys()))
    yield from (f"{key} is unknown" for key in sorted(words.keys() - KEYS))
    for key in sorted(KEYS & words.keys()):
        text = words[key]
        if not isinstance(text, str) or not text.strip():
            yield f"{key} must be a text"
        elif _fields(text) != _FIELDS.get(key, frozenset()):
            yield f"{key} must have the fields {sorted(_FIELDS.get(key, ()))} and no others"


def _fields(text: str) -> frozenset[str]:
    """Return the fields a template names; anything beyond a bare `{field}` counts as its own."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return frozenset({"{"})
    return frozenset(
        f"{name}{spec}{conversion or ''}" for _, name, spec, conversion in parts if name is not None
    )
