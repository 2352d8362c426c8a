"""House-rules TOML becomes a policy, or every problem at once with its place.

    title = { de = "...", en = "..." }         what these rules are called (optional)
    about = { de = "...", en = "..." }         what they do, in a sentence or two (optional)
    preset = "open-door"                       the shipped rules that follow; "none" for none (optional)

    [[rule]]
    name = { de = "...", en = "..." }          or one string for both languages
    why  = { de = "...", en = "..." }          one sentence for the owner; {tie.turns} names a number
    all  = ["reading.verdict == 'ask'"]        all of these hold
    any  = ["tie.cards >= 1"]                  and one of these, where given
    do   = "ask_back"
    send = "automatically"                     instead of "draft": without your release (optional)

    [[rule.example]]                           these facts must make this rule win
    facts = { reading.verdict = "ask" }
    applies = true                             false: with these facts it must not win (optional)

A file with one problem is not applied at all: half a will is nobody's will.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import NoReturn

from anlass.errors import PolicyError, Problem
from anlass.policy.cel import Compiled
from anlass.policy.decision import Action, Send, Words
from anlass.policy.examples import Example, example_facts, lost
from anlass.policy.facts import FACTS
from anlass.policy.faults import check
from anlass.policy.rules import ALONE, FIELD, PRESETS, UNSAID, Policy, Rule
from anlass.policy.situation import FactType
from anlass.policy.words import KINDS, SAYS, nearest
from anlass.toml_text import Path, Place, Places, places_of, read_toml

LONGEST = 256 * 1024
"""Characters of a rules file."""

_TOP = ("title", "about", "preset", "rule")
_RULE = ("name", "why", "all", "any", "do", "send", "example")
_RESERVED = ("tier", "until", "template", "unless")
SPEAKING = frozenset({Action.ACCEPT, Action.ASK_BACK, Action.DECLINE_WITH_MESSAGE, Action.UNLOCK})
"""Actions that write to the requester."""
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def parse_policy(text: str, where: str = "", *, lang: str = "en") -> Policy:
    """Read house rules; raise `PolicyError` with every problem, its line, column and caret.

    `where` names the file in the problems; `lang` is the language of the problems.
    """
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise PolicyError(Problem(SAYS["too_long"].in_(lang).format(size=len(text), limit=LONGEST), where))
    try:
        data = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        _refuse_toml(str(error), text, where, lang)
    except RecursionError:
        raise PolicyError(Problem(SAYS["toml"].in_(lang).format(detail="too deeply nested"), where)) from None
    reader = _Reader(places_of(text), where, lang)
    policy = reader.policy(data)
    if reader.problems:
        raise PolicyError(
            *sorted(reader.problems, key=lambda problem: (problem.line or 0, problem.column or 0))
        )
    return policy


def _refuse_toml(says: str, text: str, where: str, lang: str) -> NoReturn:
    match = _AT.search(says)
    line = int(match[1]) if match and match[1] else text.count("\n") + 1
    lines = text.split("\n")
    column = int(match[2]) if match and match[2] else len(lines[-1]) + 1
    place = Place(line, column, lines[line - 1] if line <= len(lines) else "")
    says = SAYS["toml"].in_(lang).format(detail=_AT.sub("", says).rstrip("."))
    raise PolicyError(_problem(says, place, where)) from None


def _problem(says: str, place: Place, where: str) -> Problem:
    """Return the problem with the line it stands in and a caret under the spot."""
    before = "".join("\t" if char == "\t" else " " for char in place.text[: place.column - 1])
    return Problem(f"{says}\n  {place.text}\n  {before}^", where, place.line, place.column)


class _Reader:
    """Walks the parsed TOML, builds rules and gathers problems."""

    def __init__(self, places: Places, where: str, lang: str) -> None:
        self.places, self.where, self.lang = places, where, lang
        self.problems: list[Problem] = []

    def policy(self, data: Mapping[str, object]) -> Policy:
        self._keys((), data, _TOP)
        title, about = (self._words((key,), data.get(key, "")) for key in ("title", "about"))
        tables = self._tables((), data, "rule")
        rules = [self._rule(("rule", i), table) for i, table in enumerate(tables)]
        self._unique(rules)
        complete = [rule for rule in rules if rule is not None]
        policy = Policy(tuple(complete), title or UNSAID, about or UNSAID, self._preset(data))
        if not self.problems:
            self._examples(policy, tables)
        return policy

    def _preset(self, data: Mapping[str, object]) -> str:
        value, known = data.get("preset", ""), (*PRESETS, ALONE)
        if "preset" not in data or (isinstance(value, str) and value in known):
            return str(value)
        near = nearest(str(value), known, self.lang)
        place = self.places.value(("preset",))
        self._say("unknown_preset", place, name=str(value), near=near, known=", ".join(known))
        return ""

    # --- one rule ---

    def _rule(self, path: Path, table: Mapping[str, object]) -> Rule | None:
        self._keys(path, table, _RULE)
        name = self._required(path, table, "name")
        why = self._required(path, table, "why")
        do = self._action(path, table)
        send = self._send(path, table, do)
        all_ = self._conditions((*path, "all"), table.get("all", []))
        any_ = self._conditions((*path, "any"), table.get("any", []))
        if not table.get("all") and not table.get("any"):
            self._say("no_condition", self.places.key(path))
        if why:
            self._fields((*path, "why"), why)
        if name is None or why is None or do is None:
            return None
        return Rule(name, why, do, all_, any_, send)

    def _required(self, path: Path, table: Mapping[str, object], key: str) -> Words | None:
        if key not in table:
            self._say("missing", self.places.key(path), name=key)
            return None
        words = self._words((*path, key), table[key])
        if words and not (words.de.strip() and words.en.strip()):
            self._say("empty", self.places.value((*path, key)), name=key)
        return words

    def _action(self, path: Path, table: Mapping[str, object]) -> Action | None:
        if "do" not in table:
            self._say("missing", self.places.key(path), name="do")
            return None
        value, known = table["do"], [str(action) for action in Action]
        if isinstance(value, str) and value in known:
            return Action(value)
        near = nearest(str(value), known, self.lang)
        place = self.places.value((*path, "do"))
        self._say("unknown_action", place, name=str(value), near=near, known=", ".join(known))
        return None

    def _send(self, path: Path, table: Mapping[str, object], do: Action | None) -> Send:
        """Read how the answer leaves; only what speaks can be sent."""
        value, known = table.get("send", Send.DRAFT.value), [str(send) for send in Send]
        if value not in known:
            near = nearest(str(value), known, self.lang)
            self._say("unknown_send", self.places.value((*path, "send")), name=str(value), near=near)
            return Send.DRAFT
        send = Send(str(value))
        if send is Send.AUTOMATICALLY and do is not None and do not in SPEAKING:
            self._say("send_silent", self.places.value((*path, "send")), name=str(do))
        return send

    def _conditions(self, path: Path, value: object) -> tuple[Compiled, ...]:
        if not isinstance(value, list):
            self._kind(path, "list")
            return ()
        checked = (self._condition((*path, i), source) for i, source in enumerate(value))
        return tuple(compiled for compiled in checked if compiled is not None)

    def _condition(self, path: Path, source: object) -> Compiled | None:
        if not isinstance(source, str):
            self._say("condition", self.places.value(path), name=str(path[-2]))
            return None
        checked = check(source, self.lang)
        if isinstance(checked, Compiled):
            return checked
        for told in checked:
            place = self.places.within(path, told.line, told.column)
            self.problems.append(_problem(told.says, place, self.where))
        return None

    def _fields(self, path: Path, why: Words) -> None:
        """Let a reason name whole numbers only: they carry no words of a stranger."""
        numbers = [name for name, fact in FACTS.items() if fact.type is FactType.INT]
        for name in dict.fromkeys(FIELD.findall(why.de) + FIELD.findall(why.en)):
            if name not in numbers:
                near = nearest(name, numbers, self.lang)
                self._say("why_field", self.places.value(path), name=name, near=near)

    # --- the whole ---

    def _unique(self, rules: list[Rule | None]) -> None:
        seen: set[str] = set()
        for i, rule in enumerate(rules):
            for name in {rule.name.de, rule.name.en} if rule else ():
                if name in seen:
                    self._say("twice", self.places.value(("rule", i, "name")), name=name)
                    break
            seen |= {rule.name.de, rule.name.en} if rule else set()

    def _examples(self, policy: Policy, tables: list[Mapping[str, object]]) -> None:
        for i, (rule, table) in enumerate(zip(policy.rules, tables, strict=True)):
            for j, found in enumerate(self._tables(("rule", i), table, "example")):
                path: Path = ("rule", i, "example", j)
                self._keys(path, found, ("facts", "applies"))
                example = self._example(path, found, rule)
                winner = lost(policy, example) if example else None
                if example and winner:
                    key = "example_lost" if example.applies else "example_won"
                    self._say(key, self.places.key(path), rule=rule.name.in_(self.lang),
                              winner=winner.rule.in_(self.lang), action=str(winner.action))  # fmt: skip

    def _example(self, path: Path, table: Mapping[str, object], rule: Rule) -> Example | None:
        facts, applies = table.get("facts", {}), table.get("applies", True)
        if not isinstance(applies, bool):
            self._say("expected", self.places.value((*path, "applies")), name="applies", what="true, false")
            return None
        if not isinstance(facts, dict):
            self._kind((*path, "facts"), "table")
            return None
        flat, wrong = example_facts(facts)
        for name in wrong:
            place = self.places.value((*path, "facts", *name.split(".")))
            if name in FACTS:
                self._say("expected", place, name=name, what=FACTS[name].type.value)
            else:
                self._say("example_fact", place, name=name, near=nearest(name, FACTS, self.lang))
        return None if wrong else Example(rule.name, rule.do, flat, applies)

    # --- kinds of values ---

    def _keys(self, path: Path, table: Mapping[str, object], known: tuple[str, ...]) -> None:
        for key in table:
            if key in known:
                continue
            place = self.places.key((*path, key))
            if key in _RESERVED and path:
                self._say("reserved", place, name=key)
            else:
                near = nearest(key, known, self.lang)
                self._say("unknown_key", place, name=key, near=near, known=", ".join(known))

    def _tables(self, path: Path, table: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        self._kind((*path, key), "tables")
        return []

    def _words(self, path: Path, value: object) -> Words | None:
        if isinstance(value, str):
            return Words(value, value)
        if isinstance(value, dict):
            self._keys(path, value, ("de", "en"))
            de, en = value.get("de"), value.get("en")
            if isinstance(de, str) and isinstance(en, str):
                return Words(de, en)
        self._kind(path, "words")
        return None

    def _kind(self, path: Path, kind: str) -> None:
        name = str(next(part for part in reversed(path) if isinstance(part, str)))
        what = KINDS[kind].in_(self.lang).replace("{name}", name)
        self._say("expected", self.places.value(path), name=name, what=what)

    def _say(self, key: str, place: Place, **fields: str) -> None:
        self.problems.append(_problem(SAYS[key].in_(self.lang).format(**fields), place, self.where))
