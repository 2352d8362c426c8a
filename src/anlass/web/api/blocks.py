"""Whom the owner blocked: the list, the word and its end, and all of theirs in one file for the police."""

import tempfile
from contextlib import ExitStack
from dataclasses import asdict

from django.http import HttpRequest, HttpResponseBase
from ninja import Router

from anlass.desk.blocking import blocking as desk
from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine, moment
from anlass.web.api.afterwards import handed_over
from anlass.web.api.asked import Cursor, Id, Limit
from anlass.web.api.caller import caller_of
from anlass.web.api.lines import USUAL, cut
from anlass.web.api.once import acting, looking, once
from anlass.web.api.people import person_called
from anlass.web.api.values_of_hosts import BlockLine, BlockPart, BlockReceipt
from anlass.web.people.blocking import report_written

blocks = Router(tags=["people"])


@blocks.get("/blocks", summary="List who is blocked", **looking(BlockPart))
def list_blocked(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List everybody who is blocked, the last first, and how many cases are kept of theirs."""
    found = tuple(desk.blocked_people(caller_of(request).book))
    return cut(found, _line, cursor=cursor, limit=limit)


@blocks.put("/people/{person}/block", summary="Block somebody", **acting(BlockReceipt, Scope.PEOPLE))
@once
def block(request: HttpRequest, person: Id) -> JsonLine:
    """Keep what somebody sends from now on, answer none of it, and show it nowhere but here."""
    caller = caller_of(request)
    who = person_called(caller, person)
    desk.block(caller.book, who.id, now=caller.now, lang=caller.lang)
    return asdict(BlockReceipt(who.id, is_blocked=True))


@blocks.delete("/people/{person}/block", summary="End a block", **acting(BlockReceipt, Scope.PEOPLE))
@once
def lift(request: HttpRequest, person: Id) -> JsonLine:
    """End a block: what was kept waits in the inbox as if it had come today."""
    caller = caller_of(request)
    who = person_called(caller, person)
    desk.lift(caller.book, caller.doorman, who.id, now=caller.now, lang=caller.lang)
    return asdict(BlockReceipt(who.id, is_blocked=False))


@blocks.get(
    "/people/{person}/report",
    summary="Take all of theirs along",
    **looking(None, Scope.EXPORT, "refused", "elsewhere", sends="application/zip"),
)
def take_report(request: HttpRequest, person: Id) -> HttpResponseBase:
    """Everything that somebody sent, with checksums, for the police or a lawyer; nobody learns of it."""
    caller = caller_of(request)
    who = person_called(caller, person)
    with ExitStack() as until_told:
        packed = until_told.enter_context(tempfile.TemporaryFile())
        report_written(caller.house, caller.book, who, packed, caller.lang)
        until_told.pop_all()  # from here on the answer closes it
    packed.seek(0, 2)
    return handed_over(packed, f"report-{caller.now.date().isoformat()}.zip")


def _line(one: desk.Blocked) -> JsonLine:
    return asdict(BlockLine(one.person.id, one.person.name, moment(one.word.said_at), one.cases))
