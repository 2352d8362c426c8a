"""Rules and their changes in words: what a rule asks for, what is new in it, whom it would have touched."""

from __future__ import annotations

from anlass.desk.voice.common import Lang
from anlass.policy import Action, Rule, Words
from anlass.policy.compare import Changes
from anlass.policy.labels import ACTIONS
from anlass.policy.proposals import Proposal
from anlass.policy.replay import Replayed
from anlass.policy.says import wish_says

_RULE = Words("„{name}“: {do}. {wishes}", "“{name}”: {do}. {wishes}")
_ALL = Words("Alles davon: ", "All of: ")
_ANY = Words("Eines davon: ", "One of: ")
_ALWAYS = Words("Immer.", "Always.")
_HEADS = {
    "gone": Words("Fort ist die Regel „{name}“: {do}.", "Gone is the rule “{name}”: {do}."),
    "added": Words("Neu ist die Regel „{name}“: {do}.", "New is the rule “{name}”: {do}."),
    "changed": Words("Anders ist die Regel „{name}“.", "Changed is the rule “{name}”."),
    "moved": Words("Anderswo steht die Regel „{name}“.", "Moved is the rule “{name}”."),
}
_BEFORE = Words("  bisher: {says}", "  so far: {says}")
_AFTER = Words("  künftig: {says}", "  from now on: {says}")
_NONE = Words("Die Regeln sind dieselben.", "The rules are the same.")
_CHANGE = Words(
    "{name}: bisher {before}, dann {after}{became}", "{name}: so far {before}, then {after}{became}"
)
_BECAME = {
    (True, True): Words(" (seither schreibt ihr euch)", " (you have written to each other since)"),
    (True, False): Words(" (du hast geantwortet)", " (you answered)"),
    (False, True): Words(" (seither schreibt ihr euch)", " (you have written to each other since)"),
    (False, False): Words("", ""),
}


_PROPOSED = Words(
    "{kind}: Du hast {count} von {of} beantwortet. Eine Regel dazu ({do})?",
    "{kind}: you answered {count} of {of}. Add a rule ({do})?",
)
_PROPOSED_SILENCE = Words(
    "{kind}: Du hast keine von {of} beantwortet. Eine Regel dazu ({do})?",
    "{kind}: you answered none of {of}. Add a rule ({do})?",
)


def rule_says(rule: Rule, lang: Lang) -> str:
    """Say one rule: its name, what it does, and what it asks for."""
    return _RULE.in_(lang).format(
        name=rule.name.in_(lang), do=do_says(rule.do, lang), wishes=wishes(rule, lang)
    )


def do_says(action: Action, lang: Lang) -> str:
    """Say what a rule does."""
    return ACTIONS[action].in_(lang)


def wishes(rule: Rule, lang: Lang) -> str:
    """Say all conditions of a rule."""
    if [one.source for one in rule.all] == ["true"] and not rule.any:
        return _ALWAYS.in_(lang)
    said = []
    for head, conditions in ((_ALL, rule.all), (_ANY, rule.any)):
        wanted = [wish_says(one.source, lang) for one in conditions]
        one = "" if len(wanted) == 1 else head.in_(lang)
        said += [f"{one}{'; '.join(wanted)}."] if wanted else []
    return " ".join(said)


def changes_of_rules_say(changes: Changes, lang: Lang) -> tuple[str, ...]:
    """Say what two sets of rules differ in."""
    if not changes:
        return (_NONE.in_(lang),)
    said = [_head("gone", rule, lang) for rule in changes.gone]
    said += [_head("added", rule, lang) for rule in changes.added]
    for old, new in changes.changed:
        said.append(_head("changed", new, lang))
        said.append(_BEFORE.in_(lang).format(says=rule_says(old, lang)))
        said.append(_AFTER.in_(lang).format(says=rule_says(new, lang)))
    return (*said, *(_head("moved", rule, lang) for rule in changes.moved))


def past_change_says(before: Replayed, after: Replayed, lang: Lang) -> str:
    """Say what would have become of one past request."""
    became = _BECAME[before.became.answered, before.became.in_letters].in_(lang)
    return _CHANGE.in_(lang).format(
        name=before.name,
        before=do_says(before.last.action, lang),
        after=do_says(after.last.action, lang),
        became=became,
    )


def proposal_says(proposal: Proposal, lang: Lang) -> str:
    """Say what the owner's answers suggest, as a question."""
    share = proposal.answered
    words = _PROPOSED if share.count else _PROPOSED_SILENCE
    kind = proposal.kind.name.in_(lang)
    return words.in_(lang).format(
        kind=kind, count=share.count, of=share.of, do=do_says(proposal.rule.do, lang)
    )


def _head(kind: str, rule: Rule, lang: Lang) -> str:
    return _HEADS[kind].in_(lang).format(name=rule.name.in_(lang), do=do_says(rule.do, lang))
