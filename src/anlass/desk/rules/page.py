"""House rules as a page shows them: what holds, what it did to the past, what a draft would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.bootstrap import Home, own_rules, policy_of
from anlass.desk.rules.flow_picture import ON_A_PAGE, Frame, as_svg, half
from anlass.desk.rules.looking import rules_in_force
from anlass.desk.rules.replaying import try_on_newest
from anlass.desk.rules.voice import (
    changes_say,
    limits_say,
    past_says,
    sum_says,
    sums_rows,
    truth_says,
    version_says,
)
from anlass.desk.rules.voice_of_changes import (
    changes_of_rules_say,
    do_says,
    past_change_says,
    proposal_says,
    wishes,
)
from anlass.desk.voice.common import Lang
from anlass.errors import PolicyError, Problem
from anlass.policy import PRESETS, Policy, preset
from anlass.policy.compare import compare
from anlass.policy.proposals import Proposal, propose
from anlass.policy.recipes import recipe, recipe_texts
from anlass.policy.replay import Replayed, sums, truth
from anlass.policy.written import rule_text
from anlass.store.cases.versions import versions

_NEWEST = 2_000
"""Past requests that a page looks at; the command line takes them all."""
_MOST_CHANGED = 12


@dataclass(frozen=True, slots=True)
class RuleSays:
    """One rule: its name, what it does, what it asks for, why; whether it is the owner's own."""

    name: str
    do: str
    wishes: str
    why: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its key, its title, what it does, and whether it is chosen now."""

    key: str
    title: str
    about: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One set of rules on the past: its title, its rows of sums, its picture, and how it fits the truth."""

    title: str
    rows: tuple[tuple[str, str], ...]
    picture: str
    truth: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Everything about the rules in force."""

    title: str
    about: str
    problems: tuple[Problem, ...]
    rules: tuple[RuleSays, ...]
    presets: tuple[Choice, ...]
    recipes: tuple[Choice, ...]
    proposals: tuple[Choice, ...]
    versions: tuple[str, ...]
    past: tuple[str, ...]
    side: Side
    limits: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft of own rules would change, or everything that is wrong with it."""

    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    says: str = ""
    touched: tuple[tuple[str, str], ...] = ()
    more: int = 0
    before: Side | None = None
    after: Side | None = None


def rules_page(home: Home, *, now: datetime, lang: Lang) -> RulesPage:
    """Return the page of the rules in force."""
    policy, problems = rules_in_force(home)
    cases = try_on_newest(home, [policy], limit=_NEWEST).cases[0]
    shipped = {rule.name for rule in preset(policy.preset).rules} if policy.preset in PRESETS else set()
    known = {one.key: one for one in (_recipe(name, lang) for name in recipe_texts())}
    found = propose(policy, home.book.past.cases(limit=_NEWEST), now=now)
    return RulesPage(
        title=policy.title.in_(lang),
        about=policy.about.in_(lang),
        problems=problems,
        rules=tuple(
            RuleSays(
                rule.name.in_(lang), do_says(rule.do, lang), wishes(rule, lang), rule.why.in_(lang),
                rule.name not in shipped,
            )
            for rule in policy.rules
        ),
        presets=tuple(_preset(name, policy, lang) for name in PRESETS),
        recipes=tuple(known.values()),
        proposals=tuple(_proposal(one, lang) for one in found),
        versions=tuple(version_says(one, lang) for one in versions(home.book)[:10]),
        past=past_says(cases, 0, now, lang),
        side=_side(policy, cases, now, lang),
        limits=limits_say(lang),
    )  # fmt: skip


def own_text(home: Home) -> str:
    """Return the owner's own rules as they are written, usable or not."""
    try:
        return own_rules(home.settings)
    except PolicyError:
        return ""


def preview(home: Home, text: str, *, now: datetime, lang: Lang) -> Preview:
    """Return what a draft of own rules would have done to the newest past, beside the rules in force."""
    try:
        draft = policy_of(text, home.settings, lang, "house-rules.toml")
    except PolicyError as error:
        return Preview(problems=error.problems)
    held, _ = rules_in_force(home)
    before, after = try_on_newest(home, [held, draft], limit=_NEWEST).cases
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a.last.action is not b.last.action]
    return Preview(
        changes=changes_of_rules_say(compare(held, draft), lang),
        says=changes_say(len(changed), lang).replace(":", "."),
        touched=tuple((a.id, past_change_says(a, b, lang)) for a, b in changed[:_MOST_CHANGED]),
        more=max(0, len(changed) - _MOST_CHANGED),
        before=_side(held, before, now, lang, half("before")),
        after=_side(draft, after, now, lang, half("after")),
    )


def _side(
    policy: Policy, cases: tuple[Replayed, ...], now: datetime, lang: Lang, frame: Frame = ON_A_PAGE
) -> Side:
    rows = tuple((word, sum_says(count, lang)) for word, count in sums_rows(sums(cases), lang))
    title = policy.title.in_(lang)
    picture = as_svg(cases, lang, title, frame)
    return Side(title, rows, picture, truth_says(truth(cases, now=now), lang))


def _preset(name: str, held: Policy, lang: Lang) -> Choice:
    policy = preset(name)
    return Choice(name, policy.title.in_(lang), policy.about.in_(lang), name == held.preset)


def _proposal(one: Proposal, lang: Lang) -> Choice:
    return Choice(rule_text(one.rule), proposal_says(one, lang), wishes(one.rule, lang))


def _recipe(name: str, lang: Lang) -> Choice:
    policy = recipe(name)
    return Choice(name, policy.title.in_(lang), policy.about.in_(lang))
