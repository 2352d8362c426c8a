"""The public page of house rules, in kind words: what strangers may know of how letters are read here.

It is made of a few topics that a policy touches, never of its rules: no number, name, day or word of a
condition reaches the page, so that nobody can learn from it how to steer around a rule. The owner edits it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from anlass.languages import languages
from anlass.policy import FACTS, Action, Policy
from anlass.replies.discretion import reveals
from anlass.replies.draft import OutwardText

_TALKS = ("'call'", "'meeting'")
_SELLING = ("'sale'", "'link'", "'pitch'", "'mass'")


@dataclass(frozen=True, slots=True)
class HousePage:
    """The page in one language: its title and its paragraphs."""

    lang: str
    title: OutwardText
    paragraphs: tuple[OutwardText, ...]

    @property
    def text(self) -> str:
        """The paragraphs as the owner edits them: with an empty line between each two."""
        return "\n\n".join(one.words for one in self.paragraphs)


def house_page(policy: Policy, lang: str) -> HousePage:
    """Return what these rules let strangers read."""
    words = _words(lang)
    told = tuple(OutwardText(words[topic]) for topic in _topics(policy))
    return HousePage(lang, OutwardText(words["title"]), told)


def edited_page(text: str, lang: str, title: str = "") -> HousePage:
    """Return the page as the owner wrote it; without a title it keeps the shipped one."""
    paragraphs = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    told = tuple(OutwardText(one) for one in paragraphs if one)
    return HousePage(lang, OutwardText(title or _words(lang)["title"]), told)


def gives_away(page: HousePage, policy: Policy) -> tuple[str, ...]:
    """Return what on the page a stranger could use: the house's own words, and what a condition compares."""
    text = page.text
    inward = reveals(text)
    compared = [one for one in _compared(policy) if one.casefold() in text.casefold()]
    return tuple(dict.fromkeys([*([inward] if inward else []), *compared]))


def _topics(policy: Policy) -> Iterator[str]:
    rules = policy.rules
    conditions = [one.source for rule in rules for one in (*rule.all, *rule.any)]
    yield "open"
    yield "reason"
    if any(rule.do is Action.ASK_BACK for rule in rules):
        yield "ask"
    if any(rule.do is Action.ACCEPT and _needs_letters(rule.all, rule.any) for rule in rules):
        yield "letters"
    if any(word in one for one in conditions for word in _TALKS) or "reading.asks_minutes" in policy.facts:
        yield "talk"
    if any(word in one for one in conditions for word in _SELLING):
        yield "selling"
    if "person.standing" in policy.facts:
        yield "close"
    yield "silence"
    yield "end"


def _needs_letters(*conditions: object) -> bool:
    return "tie.turns" in str(conditions) or "tie.mails_" in str(conditions)


def _compared(policy: Policy) -> Iterator[str]:
    """Yield the owner's own words that conditions compare: domains, code words, groups."""
    for rule in policy.rules:
        for one in (*rule.all, *rule.any):
            yield from _own_words(one.source)


def _own_words(source: str) -> Iterator[str]:
    shipped = _choices()
    for quote in ("'", '"'):
        for literal in source.split(quote)[1::2]:
            bare = literal.strip("(?i)^$\\b")
            if len(bare) >= 4 and literal not in shipped:
                yield bare


@cache
def _choices() -> frozenset[str]:
    return frozenset(str(choice) for fact in FACTS.values() for choice in fact.choices)


@cache
def _words(lang: str) -> Mapping[str, str]:
    """Read the words of the page in a language, those of the fallback where it has none."""
    known = languages()
    return tomllib.loads(known.text(lang, "house_page.toml") or known.text(known.fallback, "house_page.toml"))
