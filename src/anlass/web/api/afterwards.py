"""Whom the owner vouches for, what came of requests, an own draft from the other side, and the export."""

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from ninja import Router
from pydantic import Field, StrictStr

from anlass.desk.cards import vouching
from anlass.desk.cards.voice_of_vouching import vouched_says
from anlass.desk.cases.outcomes import say_outcome
from anlass.desk.outgoing.linting import DraftText, draft_in, look_over, view_line
from anlass.desk.people.shared import shared_with
from anlass.desk.programs.tokens import Scope
from anlass.desk.safekeeping.exporting import export
from anlass.desk.surface import JsonLine, moment
from anlass.ledger.outcome import CameOf
from anlass.web.api.asked import Body, Cursor, Id, Limit, Text, Words
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.cases import case_called
from anlass.web.api.lines import USUAL, cut, line
from anlass.web.api.once import acting, looking, once
from anlass.web.api.people import person_called
from anlass.web.api.values_of_doors import (
    OutcomeLine,
    OutcomePart,
    OutcomeReceipt,
    VouchedLine,
    VouchedPart,
    VouchedReceipt,
)

afterwards = Router(tags=["house"])
_PIECE = 65_536


class Why(Body):
    """Why, for the owner alone."""

    why: Words = ""


class Came(Body):
    """What came of a case."""

    outcome: CameOf


class OwnDraft(Body):
    """A draft of the owner's, and for whom it is."""

    text: Text
    to: Annotated[StrictStr, Field(max_length=320)] = ""
    subject: Words = ""


@afterwards.get("/vouching", summary="List whom you vouch for", **looking(VouchedPart))
def list_vouched(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List everybody you vouch for, by name, and whether they agreed to be named."""
    caller = caller_of(request)
    found = tuple(vouching.vouched(caller.book, at=caller.now))
    return cut(found, lambda one: _vouched(caller, one), cursor=cursor, limit=limit)


@afterwards.put(
    "/people/{person}/vouching", summary="Vouch for somebody", **acting(VouchedReceipt, Scope.PEOPLE)
)
@once
def vouch(request: HttpRequest, person: Id, body: Why) -> JsonLine:
    """Say that you could give a reference for somebody. Nobody is named before they agree."""
    caller = caller_of(request)
    who = person_called(caller, person)
    return _receipt(vouching.vouch(caller.book, who.id, why=body.why, now=caller.now))


@afterwards.delete(
    "/people/{person}/vouching", summary="Vouch no more", **acting(VouchedReceipt, Scope.PEOPLE)
)
@once
def vouch_no_more(request: HttpRequest, person: Id) -> JsonLine:
    """Take back that you vouch for somebody, with the vouchers they have."""
    caller = caller_of(request)
    return _receipt(vouching.take_back(caller.book, person_called(caller, person).id, now=caller.now))


@afterwards.get("/outcomes", summary="List what came of cases", **looking(OutcomePart))
def list_outcomes(
    request: HttpRequest, outcome: CameOf | None = None, cursor: Cursor = None, limit: Limit = USUAL
) -> JsonLine:
    """List the answered cases with what came of them, the newest first; of one outcome or all."""
    told = caller_of(request).book.outcomes.all()
    wanted = [one for one in told if outcome is None or one[1] is outcome]
    return cut(
        wanted,
        lambda one: asdict(OutcomeLine(one[0], one[1].value if one[1] else None)),
        cursor=cursor,
        limit=limit,
    )


@afterwards.put(
    "/cases/{case}/outcome", summary="Say what came of it", **acting(OutcomeReceipt, Scope.DECIDE)
)
@once
def say_what_came(request: HttpRequest, case: Id, body: Came) -> JsonLine:
    """Say what came of a case."""
    return _said(request, case, body.outcome)


@afterwards.delete(
    "/cases/{case}/outcome", summary="Say nothing of it", **acting(OutcomeReceipt, Scope.DECIDE)
)
@once
def say_nothing_came(request: HttpRequest, case: Id) -> JsonLine:
    """Take back what was said to have come of a case."""
    return _said(request, case, None)


@afterwards.post(
    "/lint",
    summary="See your draft from the other side",
    **looking(line("lint_line"), Scope.READ, "too-large"),
)
def lint_draft(request: HttpRequest, body: OwnDraft) -> JsonLine:
    """Read a draft of yours as a stranger's, and say how it reads over there. Nothing is kept or sent."""
    caller = caller_of(request)
    told = draft_in(body.text.encode("utf-8", "replace"))
    draft = DraftText(told.text, body.subject or told.subject, body.to or told.to, told.first_line)
    shared = shared_with(caller.book, draft.to, at=caller.now) if draft.to else None
    writer = caller.house.settings.owner.name if caller.house.settings else ""
    view = look_over(caller.doorman.panel, draft, writer=writer, lang=caller.lang, shared=shared)
    return view_line(draft, view)


@afterwards.get(
    "/export", summary="Take everything along", **looking(None, Scope.EXPORT, sends="application/zip")
)
def take_along(request: HttpRequest) -> HttpResponseBase:
    """Everything the house remembers in open formats, as `anlass export` writes it; without its keys."""
    caller = caller_of(request)
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    with tempfile.TemporaryDirectory(prefix="anlass-export-") as folder:
        done = export(caller.book, Path(folder), now=caller.now, lang=caller.lang)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in sorted(one for one in done.folder.rglob("*") if one.is_file()):
                pack.write(path, path.relative_to(done.folder))
    return handed_over(packed, f"anlass-{caller.now.date().isoformat()}.zip")


def handed_over(packed: IO[bytes], name: str) -> HttpResponseBase:
    """Return a ZIP that was just written, up to where it stands, as a file to keep; the answer closes it."""
    told = {"Content-Length": str(packed.tell()), "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_pieces(packed), headers=told, content_type="application/zip")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file from its beginning, and close it behind the last piece."""
    with file:
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _vouched(caller: Caller, one: vouching.Vouched) -> JsonLine:
    word, said = one.word, one.said
    told = VouchedLine(
        one.person.id,
        one.person.name,
        moment(word.said_at) if word else None,
        word.why or None if word else None,
        said.kind.value if said else None,
        moment(said.said_at) if said else None,
        one.listed or None,
        vouched_says(one, caller.now, caller.lang),
    )
    return asdict(told)


def _receipt(one: vouching.Vouched) -> JsonLine:
    return asdict(VouchedReceipt(one.person.id, one.word is not None, bool(one.listed)))


def _said(request: HttpRequest, case: str, came: CameOf | None) -> JsonLine:
    caller = caller_of(request)
    kept = case_called(caller, case)
    said = say_outcome(caller.book, kept.id, came, now=caller.now, lang=caller.lang)
    before = said.before.value if said.before else None
    return asdict(OutcomeReceipt(kept.id, came.value if came else None, before))
