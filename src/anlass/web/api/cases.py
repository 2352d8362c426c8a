"""Cases: the list with its filters, one case with everything about it, and how it was decided."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from anlass.desk.cases.version import marks_of
from anlass.desk.decisions.answers import answers_to
from anlass.desk.decisions.deciding import Stood, stood_on_all
from anlass.desk.programs.tokens import Scope
from anlass.desk.rules.looking import decision_under
from anlass.desk.surface import JsonLine, case_line, moment
from anlass.errors import NotFound
from anlass.intake import Channel
from anlass.litmus import Verdict
from anlass.policy import Action, Decision, explain
from anlass.store.cases.inbox import Wanted
from anlass.store.cases.kept import CaseState, KeptCase
from anlass.store.ground.terms import LONGEST
from anlass.web.api.asked import Body, Cursor, Id, Limit, Moment, Text, moment_of
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.lines import USUAL, after, line, lines, part
from anlass.web.api.once import looking
from anlass.web.api.rules_text import policy_in
from anlass.web.api.values import Explained, Tried

cases = Router(tags=["cases"])


class Filters(Body):
    """Which cases are wanted; all of it together."""

    q: Annotated[
        str | None, Query(max_length=LONGEST, description="Words, as they are typed into the inbox.")
    ] = None
    state: CaseState | None = None
    channel: Channel | None = None
    verdict: Verdict | None = None
    action: Action | None = None
    lang: Annotated[str | None, Query(pattern=r"^[a-z]{2,3}$", description="The letter's language.")] = None
    person: Annotated[str | None, Query(pattern=r"^[a-z0-9]{1,32}$")] = None
    since: Moment | None = None
    until: Moment | None = None
    cursor: Cursor = None
    limit: Limit = USUAL


class AsIf(Body):
    """House rules to decide by, as text; without them those that did decide."""

    rules: Text | None = None


@cases.get("/cases", summary="List cases, the newest first", **looking(lines("case")))
def list_cases(request: HttpRequest, filters: Query[Filters]) -> JsonLine:
    """List the cases that fit all filters, the newest first, a part at a time."""
    caller = caller_of(request)
    wanted = Wanted(
        words=" ".join((filters.q or "").split()),
        state=filters.state,
        action=filters.action,
        channel=filters.channel,
        verdict=filters.verdict,
        lang=filters.lang or "",
        person=filters.person or "",
        since=moment_of(filters.since) if filters.since else None,
        until=moment_of(filters.until) if filters.until else None,
    )
    found, end = caller.book.inbox.row(wanted, after=after(filters.cursor), limit=filters.limit)
    return part(told(caller, found), end)


@cases.get("/cases/{case}", summary="Show one case", **looking(line("case")))
def show_case(request: HttpRequest, response: HttpResponse, case: Id) -> JsonLine:
    """Show one case: letter, reading, tie, decision and draft. The ETag is its version."""
    caller = caller_of(request)
    (shown,) = told(caller, [case_called(caller, case)])
    response["ETag"] = f'"{shown["version"]}"'
    return shown


@cases.post(
    "/cases/{case}/explain",
    summary="Explain a decision",
    **looking(Explained, Scope.READ, "rules-unusable", "too-large"),
)
def explain_case(request: HttpRequest, case: Id, body: AsIf) -> Explained:
    """Say rule by rule how a case is decided, or would be by the rules in the body; nothing changes."""
    caller = caller_of(request)
    kept = case_called(caller, case)
    if body.rules is None:
        return explained(kept.case.decision, caller.lang)
    return explained(decision_under(policy_in(caller, body.rules), kept), caller.lang)


def case_called(caller: Caller, case: str) -> KeptCase:
    """Return the case of exactly this id; raises `NotFound`."""
    kept = caller.book.case(case)
    if kept.id != case:
        raise NotFound(case)
    return kept


def told(caller: Caller, cases: Sequence[KeptCase]) -> list[JsonLine]:
    """Return cases as the API shows them."""
    ids = [kept.id for kept in cases]
    versions, stood = marks_of(caller.book, cases), stood_on_all(caller.book, ids)
    drafts = [answer.draft for answer in answers_to(caller.book, caller.doorman.templates, cases)]
    return [
        _told(replace(kept, case=replace(kept.case, draft=draft)), versions[kept.id], said, caller.lang)
        for kept, draft, said in zip(cases, drafts, map(stood.get, ids), strict=True)
    ]


def _told(kept: KeptCase, version: str, stood: Stood | None, lang: str) -> JsonLine:
    shown = case_line(kept.case, new=False, lang=lang)
    choice = stood.choice if stood else None
    del shown["new"]
    return {
        **shown,
        "state": kept.state.value,
        "choice": choice.value if choice else None,
        "kept_at": moment(kept.kept_at),
        "answered_at": moment(kept.answered_at),
        "version": version,
    }


def explained(decision: Decision, lang: str) -> Explained:
    """Return a decision with every rule that was tried."""
    return Explained(
        decision.action.value,
        decision.rule.in_(lang),
        decision.why.in_(lang),
        [
            Tried(rule.name.in_(lang), rule.matched, [one.expression for one in rule.conditions])
            for rule in decision.trace
        ],
        [row.strip() for row in explain(decision, lang)],
    )
