"""The rest: letters that leave, lessons, time, journal, settings, doctor, a text to judge, an audit."""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Body as OfBody
from ninja import Query, Router
from pydantic import Field, WithJsonSchema

from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.desk.audit.auditing import audit
from anlass.desk.audit.table import audit_line
from anlass.desk.doctor import Patient, examine
from anlass.desk.learning import teaching
from anlass.desk.learning.lessons import all_lessons
from anlass.desk.outgoing import outbox as letters
from anlass.desk.outgoing.voice import boxed_says
from anlass.desk.programs.tokens import Scope
from anlass.desk.requests.reading import BadLine, request_of
from anlass.desk.surface import JsonLine, moment, reading_line, time_line
from anlass.desk.time.ledger import asked_in, time_sheet
from anlass.errors import NotFound
from anlass.store.outgoing.outbox import Boxed, OutboxState
from anlass.web.api.acts import lesson_receipt, letter_receipt
from anlass.web.api.asked import Body, Cursor, Id, Limit, Text
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.lines import REFERENCE, USUAL, after, cut, line, lines, part
from anlass.web.api.once import acting, looking, once
from anlass.web.api.problems import Problem
from anlass.web.api.values import (
    CheckLine,
    CheckPart,
    JournalLine,
    JournalPart,
    LessonLine,
    LessonPart,
    LessonReceipt,
    LetterLine,
    LetterPart,
    LetterReceipt,
    OutboxReceipt,
    SettingsLine,
    TokenLine,
)
from anlass.web.frame.house import houses_of

rest = Router(tags=["house"])
ReadIn = Annotated[dict[str, Any], WithJsonSchema({REFERENCE: "read_in"}), OfBody()]


class Contacts(Body):
    """A list of contacts as text: Connections.csv of LinkedIn, contacts of XING, or vCards."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(csv|vcf|json|ldif)$")]
    text: Text


@rest.get("/token", summary="Show this token", **looking(TokenLine, None))
def show_token(request: HttpRequest) -> JsonLine:
    """Show what the token of this request may do, and until when."""
    token = caller_of(request).token
    until = moment(token.expires_at)
    return asdict(TokenLine(token.id, token.name, list(token.may), str(moment(token.made_at)), until))


@rest.post("/read", summary="Judge a text", **looking(line("read_out"), Scope.JUDGE, "too-large"))
def read_text(request: HttpRequest, body: ReadIn) -> JsonLine:
    """Judge a text as `anlass read` does: by these words and the shipped weights alone. Nothing is kept."""
    try:
        id_, asked = request_of(json.dumps(body).encode())
    except BadLine as bad:
        raise Problem("not-understood", str(bad)) from None
    return {"id": id_, **reading_line(caller_of(request).doorman.panel.read(asked))}


@rest.get("/outbox", summary="List letters", **looking(LetterPart))
def list_letters(
    request: HttpRequest,
    state: OutboxState | None = None,
    cursor: Cursor = None,
    limit: Limit = USUAL,
) -> JsonLine:
    """List the letters that leave, left, or did not get away, with their words."""
    caller = caller_of(request)
    found = caller.book.outbox.all(*([state] if state else []))
    return cut(found, lambda one: _letter(caller, one), cursor=cursor, limit=limit)


@rest.post("/outbox/hold", summary="Let nothing leave", **acting(OutboxReceipt, Scope.SEND))
@once
def hold_outbox(request: HttpRequest) -> JsonLine:
    """Let nothing leave until resumed."""
    caller = caller_of(request)
    is_new = letters.pause(caller.book, now=caller.now)
    return asdict(OutboxReceipt(is_held=True, is_new=is_new))


@rest.post("/outbox/resume", summary="Let letters leave again", **acting(OutboxReceipt, Scope.SEND))
@once
def resume_outbox(request: HttpRequest) -> JsonLine:
    """Let letters leave again, also those that go by themselves."""
    caller = caller_of(request)
    is_new = letters.resume(caller.book, now=caller.now)
    return asdict(OutboxReceipt(is_held=False, is_new=is_new))


@rest.post("/outbox/{letter}/send", summary="Send a letter now", **acting(LetterReceipt, Scope.SEND))
@once
def send_letter(request: HttpRequest, letter: Id) -> JsonLine:
    """Let a letter go now that waits, is in doubt or was stopped."""
    caller = caller_of(request)
    if letter not in {one.id for one in caller.book.outbox.all()}:
        raise NotFound(letter)
    return letter_receipt(letters.send_again(caller.book, letter, now=caller.now, lang=caller.lang))


@rest.get("/lessons", summary="List lessons", **looking(LessonPart))
def list_lessons(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List what the owner taught, the newest first."""
    caller = caller_of(request)
    said = {one.id: moment(one.said_at) for one in caller.book.lessons()}
    return cut(
        all_lessons(caller.book, now=caller.now, lang=caller.lang),
        lambda one: asdict(LessonLine(one.id, one.case, str(said[one.id]), one.says)),
        cursor=cursor,
        limit=limit,
    )


@rest.delete("/lessons/{lesson}", summary="Take a lesson back", **acting(LessonReceipt, Scope.TEACH))
@once
def unteach_lesson(request: HttpRequest, lesson: Id) -> JsonLine:
    """Take a lesson back; what was said before on the same counts again."""
    caller = caller_of(request)
    if lesson not in {one.id for one in caller.book.lessons()}:
        raise NotFound(lesson)
    return lesson_receipt(teaching.unteach(caller.book, caller.doorman, lesson, now=caller.now))


@rest.get("/time", summary="List months", **looking(lines("time_line")))
def list_months(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List the months with the time that was asked, given and spared, and their cases."""
    caller = caller_of(request)
    return cut(
        time_sheet(caller.book, now=caller.now).months,
        lambda one: time_line(*one, [asked.case for asked in asked_in(caller.book, one[0], now=caller.now)]),
        cursor=cursor,
        limit=limit,
    )


@rest.get("/journal", summary="List the journal", **looking(JournalPart))
def list_journal(
    request: HttpRequest,
    about: Annotated[str | None, Query(pattern=r"^[a-z0-9]{1,32}$")] = None,
    cursor: Cursor = None,
    limit: Limit = USUAL,
) -> JsonLine:
    """List what was done, the newest first, about one case or person or all."""
    told, end = caller_of(request).book.entries_part(about, after=after(cursor), limit=limit)
    return part(
        (asdict(JournalLine(one.id, str(moment(one.when)), one.act, one.about or None)) for one in told),
        end,
    )


@rest.get("/settings", summary="Show the settings", **looking(SettingsLine))
def show_settings(request: HttpRequest) -> JsonLine:
    """Show what the house goes by; no secret is among it."""
    caller = caller_of(request)
    settings, book = caller.house.settings, caller.book
    reader = caller.house.second_reader
    told = SettingsLine(
        settings.owner.name if settings else "",
        sorted(book.owner_addresses()),
        caller.lang,
        sorted(book.trusted()),
        settings.policy.preset if settings else None,
        reader.model if reader else None,
        reader.host if reader else None,
    )
    return asdict(told)


@rest.get("/doctor", summary="Ask the doctor", **looking(CheckPart))
def ask_doctor(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """Check memory, disk, clock and every mailbox; nothing changes."""
    caller = caller_of(request)
    settings = caller.home.settings
    # the ring of a server is its host's, and no owner's
    secrets = Secrets(settings.data, None if houses_of(request) is not None else system_ring())
    found = tuple(examine(Patient(settings, caller.book, secrets, caller.now, caller.lang)))
    return cut(
        found, lambda one: asdict(CheckLine(one.check, one.is_well, one.says)), cursor=cursor, limit=limit
    )


@rest.post(
    "/audit",
    summary="Audit a list of contacts",
    **looking(lines("audit_line"), Scope.READ, "too-large", "refused"),
)
def audit_contacts(
    request: HttpRequest, body: Contacts, cursor: Cursor = None, limit: Limit = USUAL
) -> JsonLine:
    """Say of every contact in a list what it rests on, the strongest first; nothing is kept."""
    caller = caller_of(request)
    with TemporaryDirectory(prefix="anlass-audit-") as folder:
        path = Path(folder) / body.name
        path.write_text(body.text, encoding="utf-8")
        found = audit(caller.book, [path], now=caller.now)
    return cut(found.contacts, lambda one: audit_line(one, caller.lang), cursor=cursor, limit=limit)


def _letter(caller: Caller, boxed: Boxed) -> JsonLine:
    letter = boxed.letter
    told = LetterLine(
        boxed.id,
        letter.request,
        letter.to,
        letter.subject,
        letter.text,
        boxed.state.value,
        str(moment(boxed.due)),
        letter.is_automatic,
        letter.rule or None,
        boxed_says(boxed, caller.now, caller.lang),
    )
    return asdict(told)
