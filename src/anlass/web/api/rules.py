"""House rules: show, check, try on the past, change, and go back."""

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictInt, StrictStr

from anlass.bootstrap import own_rules
from anlass.desk.programs.tokens import Scope
from anlass.desk.rules import rulebook
from anlass.desk.rules.looking import rules_in_force
from anlass.desk.rules.replaying import try_on_past
from anlass.desk.rules.sharing import shared_rules
from anlass.desk.rules.surface import replayed_line, rule_line, sums_line
from anlass.desk.rules.voice import left_out_says
from anlass.desk.surface import JsonLine, moment
from anlass.errors import NotFound
from anlass.policy.recipes import recipe, recipe_texts, rules_of
from anlass.policy.replay import sums, truth
from anlass.store.cases.versions import versions
from anlass.web.api.asked import Body, Cursor, Limit, Moment, Name, Text, moment_of
from anlass.web.api.caller import caller_of
from anlass.web.api.lines import MOST, USUAL, cut, line, lines
from anlass.web.api.once import acting, looking, once
from anlass.web.api.rules_text import policy_in
from anlass.web.api.values import (
    Checked,
    RecipeLine,
    RecipePart,
    RulesReceipt,
    RulesText,
    VersionLine,
    VersionPart,
)

rules = Router(tags=["house rules"])
_BAD = "rules-unusable"


class Rules(Body):
    """House rules as text, as they stand in house-rules.toml."""

    text: Text


class Preset(Body):
    """The name of shipped rules that follow the owner's own; `none` for none."""

    preset: Name


class Recipe(Body):
    """The name of a rule of the cookbook."""

    recipe: Name


class Trial(Body):
    """Rules to try on the past, those in force without a text; and since when."""

    text: Text | None = None
    since: Moment | None = None
    cursor: Annotated[StrictStr, Field(min_length=1, max_length=200)] | None = None
    limit: Annotated[StrictInt, Field(ge=1, le=MOST)] = USUAL


@rules.get("/rules", summary="List the rules in force", **looking(lines("rule_line")))
def list_rules(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List the rules in force, in the order in which they are tried."""
    caller = caller_of(request)
    held, _ = rules_in_force(caller.home)
    return cut(held.rules, lambda one: rule_line(one, caller.lang), cursor=cursor, limit=limit)


@rules.get("/rules/text", summary="Show the owner's own rules", **looking(RulesText, Scope.READ, _BAD))
def show_text(request: HttpRequest) -> JsonLine:
    """Show the owner's own rules as they are written."""
    return asdict(RulesText(own_rules(caller_of(request).home.settings), []))


@rules.put("/rules/text", summary="Change the rules", **acting(RulesReceipt, Scope.RULES, _BAD))
@once
def change_rules(request: HttpRequest, body: Rules) -> JsonLine:
    """Let a text be the owner's own rules from now on; with a fault in it nothing changes."""
    caller = caller_of(request)
    return _changed(rulebook.adopt(caller.home, body.text, by="api", now=caller.now))


@rules.post("/rules/check", summary="Check rules", **looking(Checked, Scope.READ, _BAD, "too-large"))
def check_rules(request: HttpRequest, body: Rules) -> JsonLine:
    """Say everything that is wrong with a text of house rules; nothing changes."""
    return asdict(Checked(len(policy_in(caller_of(request), body.text).rules)))


@rules.post(
    "/rules/replay",
    summary="Try rules on the past",
    **looking(lines("replayed_line"), Scope.READ, _BAD, "too-large"),
)
def replay_rules(request: HttpRequest, body: Trial) -> JsonLine:
    """List past requests with what the rules in force do to them, and those of the body would."""
    caller = caller_of(request)
    held, _ = rules_in_force(caller.home)
    policies = [held] if body.text is None else [held, policy_in(caller, body.text)]
    since = moment_of(body.since) if body.since else None
    tried = try_on_past(caller.home, policies, now=caller.now, since=since)
    rows = list(zip(*tried.cases, strict=True))
    return cut(rows, lambda row: replayed_line(row, caller.lang), cursor=body.cursor, limit=body.limit)


@rules.post(
    "/rules/sums", summary="Sum up a trial", **looking(line("replay_sums"), Scope.READ, _BAD, "too-large")
)
def sum_rules(request: HttpRequest, body: Trial) -> JsonLine:
    """Sum up what rules do to the past, and how that fits the owner's answers."""
    caller = caller_of(request)
    held, _ = rules_in_force(caller.home)
    policy = held if body.text is None else policy_in(caller, body.text)
    since = moment_of(body.since) if body.since else None
    (cases,) = try_on_past(caller.home, [policy], now=caller.now, since=since).cases
    return sums_line(sums(cases), truth(cases, now=caller.now))


@rules.post("/rules/choose", summary="Choose shipped rules", **acting(RulesReceipt, Scope.RULES, _BAD))
@once
def choose_rules(request: HttpRequest, body: Preset) -> JsonLine:
    """Let shipped rules follow the owner's own."""
    caller = caller_of(request)
    return _changed(rulebook.choose(caller.home, body.preset, now=caller.now))


@rules.post("/rules/add", summary="Add a rule of the cookbook", **acting(RulesReceipt, Scope.RULES, _BAD))
@once
def add_recipe(request: HttpRequest, body: Recipe) -> JsonLine:
    """Put a rule of the cookbook before the owner's own."""
    caller, known = caller_of(request), recipe_texts()
    if body.recipe not in known:
        raise NotFound(body.recipe)
    text, by = rules_of(known[body.recipe]), f"add {body.recipe}"[:80]
    return _changed(rulebook.add_rule(caller.home, text, by=by, now=caller.now))


@rules.post("/rules/undo", summary="Go back", **acting(RulesReceipt, Scope.RULES, _BAD))
@once
def undo_rules(request: HttpRequest) -> JsonLine:
    """Bring back the rules that held before the last change."""
    caller = caller_of(request)
    return _changed(rulebook.undo(caller.home, now=caller.now))


@rules.get("/rules/shared", summary="Export the rules", **looking(RulesText, Scope.READ, _BAD))
def share_rules(request: HttpRequest) -> JsonLine:
    """Show the owner's own rules for others, without personal data; what is left out is said."""
    caller = caller_of(request)
    shared = shared_rules(caller.home, now=caller.now)
    return asdict(RulesText(shared.text, list(left_out_says(shared, caller.lang))))


@rules.get("/rules/versions", summary="List earlier rules", **looking(VersionPart))
def list_versions(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List the rules that held, the newest first."""
    caller = caller_of(request)
    return cut(
        versions(caller.book),
        lambda one: asdict(VersionLine(one.number, str(moment(one.since)), one.by, one.text)),
        cursor=cursor,
        limit=limit,
    )


@rules.get("/rules/cookbook", summary="List the cookbook", **looking(RecipePart))
def list_recipes(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List the rules of the cookbook."""
    lang = caller_of(request).lang

    def told(name: str) -> JsonLine:
        policy = recipe(name)
        title, about = policy.title.in_(lang), policy.about.in_(lang)
        return asdict(RecipeLine(name, title, about, rules_of(recipe_texts()[name])))

    return cut(tuple(recipe_texts()), told, cursor=cursor, limit=limit)


def _changed(made: rulebook.Adopted) -> JsonLine:
    return asdict(RulesReceipt(made.version.number, made.is_new, list(made.cases)))
