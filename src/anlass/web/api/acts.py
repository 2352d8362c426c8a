"""What the owner does with cases: decide, take back, word, release, cancel, teach, give time."""

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictBool, StrictInt

from anlass.desk.cases.acting import MOST, Acted, Seen, act_on
from anlass.desk.cases.surface import act_line, acted_line
from anlass.desk.cases.undoing import acts as acts_lately
from anlass.desk.cases.undoing import undo
from anlass.desk.cases.version import mark_of, unless_overtaken
from anlass.desk.decisions.answers import reword
from anlass.desk.decisions.deciding import Choice, choice_on
from anlass.desk.learning import teaching
from anlass.desk.outgoing import outbox as letters
from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine, moment
from anlass.desk.time import ledger as time
from anlass.errors import NotFound, Refused
from anlass.litmus import FindingKind, Verdict
from anlass.store.cases.wordings import Wording
from anlass.store.outgoing.outbox import Boxed
from anlass.web.api.asked import Body, Cursor, Id, Limit, Text, Words
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.cases import case_called
from anlass.web.api.lines import USUAL, cut, line, lines
from anlass.web.api.once import acting, looking, once, once_slowly, seen
from anlass.web.api.problems import Problem
from anlass.web.api.values import (
    CaseReceipt,
    DraftReceipt,
    Kept,
    LessonReceipt,
    LetterReceipt,
    OpinionReceipt,
    TimeReceipt,
    UndoReceipt,
)

acts = Router(tags=["acts on cases"])


class Decide(Body):
    """The owner's word on a case."""

    choice: Choice


class SeenCase(Body):
    """A case as it was seen: its version, where only that one is meant."""

    case: Annotated[str, Field(pattern=r"^[a-z0-9]{1,32}$")]
    version: Annotated[str, Field(pattern="^[a-z2-7]{16}$")] | None = None


class DecideTogether(Body):
    """One word on many cases."""

    choice: Choice
    cases: Annotated[list[SeenCase], Field(min_length=1, max_length=MOST)]


class Release(Body):
    """The owner's own words in place of the draft; without a text the draft goes as it stands."""

    text: Text | None = None
    subject: Words | None = None


class Reword(Body):
    """The owner's words for the answer to a case."""

    text: Text
    subject: Words | None = None


class Teach(Body):
    """What the letter is as a whole: a reason, an ask, or hollow."""

    verdict: Verdict


class TeachWords(Body):
    """What words of the letter are, or are not."""

    words: Words
    kind: FindingKind
    is_so: StrictBool = True


class Given(Body):
    """Minutes that were given."""

    minutes: Annotated[StrictInt, Field(ge=0, le=time.LONGEST)]


@acts.post("/cases/{case}/decide", summary="Decide on a case", **acting(CaseReceipt, Scope.DECIDE, seen=True))
@once
def decide_case(request: HttpRequest, case: Id, body: Decide) -> JsonLine:
    """Say a word on a case. The reading learns from it, and the letter fits it; nothing is sent."""
    caller = caller_of(request)
    with caller.book.outbox.alone():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        done = _act(caller, [Seen(case)], body.choice)
        if done.refused:
            raise Refused(done.refused[0][1])
    kept = caller.book.case(case)
    choice = choice_on(caller.book, kept.id)
    said, act = choice.value if choice else None, done.act or None
    return asdict(
        CaseReceipt(kept.id, kept.state.value, said, bool(done.done), mark_of(caller.book, kept), act)
    )


@acts.post("/decide", summary="Decide on many cases", **acting(line("decided"), Scope.DECIDE))
@once
def decide_together(request: HttpRequest, body: DecideTogether) -> JsonLine:
    """Say one word to up to 500 cases: one act, taken back as one. What cannot be done to one is told."""
    cases = [Seen(one.case, one.version or "") for one in body.cases]
    return acted_line(_act(caller_of(request), cases, body.choice))


@acts.get("/acts", summary="List what was done last", **looking(lines("act")))
def list_acts(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List what was done to cases lately, the newest first, and whether it still stands."""
    caller = caller_of(request)
    return cut(acts_lately(caller.book, lang=caller.lang), act_line, cursor=cursor, limit=limit)


@acts.post("/acts/{act}/undo", summary="Take an act back", **acting(UndoReceipt, Scope.DECIDE))
@once
def undo_act(request: HttpRequest, act: Id) -> JsonLine:
    """Take a decision back with what was learned from it; or, with `send` or `teach` too, what those did."""
    caller = caller_of(request)
    entry = caller.book.entry(act)
    if entry is None:
        raise NotFound(act)
    needed = _NEEDED.get(entry.act)
    if needed and needed.value not in caller.token.may:
        raise Problem("no-scope")
    undone = undo(caller.book, caller.doorman, act, now=caller.now, lang=caller.lang)
    return asdict(UndoReceipt(undone.act, list(undone.cases), [Kept(*one) for one in undone.kept]))


@acts.put("/cases/{case}/draft", summary="Reword a draft", **acting(DraftReceipt, Scope.SEND, seen=True))
@once
def reword_draft(request: HttpRequest, case: Id, body: Reword) -> JsonLine:
    """Keep other words for the answer to a case, without letting it go.

    A letter that was released is taken back first, then reworded.
    """
    lang = caller_of(request).lang
    return _worded(request, case, letters.wording_of(letters.Words(body.text, body.subject), lang))


@acts.delete("/cases/{case}/draft", summary="Drop own words", **acting(DraftReceipt, Scope.SEND, seen=True))
@once
def drop_words(request: HttpRequest, case: Id) -> JsonLine:
    """Go back to the house's words for the answer to a case."""
    return _worded(request, case, None)


@acts.post(
    "/cases/{case}/release", summary="Release the answer", **acting(LetterReceipt, Scope.SEND, seen=True)
)
@once
def release_letter(request: HttpRequest, case: Id, body: Release) -> JsonLine:
    """Let the answer to a case go, as drafted or in own words. It leaves in two minutes."""
    caller = caller_of(request)
    writer = caller.house.writer
    if writer is None:
        raise Problem("not-found")
    words = None if body.text is None else letters.Words(body.text, body.subject)
    with caller.book.outbox.alone():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        boxed = letters.release(
            caller.book,
            writer,
            case,
            now=caller.now,
            lang=caller.lang,
            words=words,
            templates=caller.doorman.templates,
        )
    return letter_receipt(boxed)


@acts.post(
    "/cases/{case}/cancel", summary="Take a letter back", **acting(LetterReceipt, Scope.SEND, seen=True)
)
@once
def cancel_letter(request: HttpRequest, case: Id) -> JsonLine:
    """Take the letter of a case back that has not left."""
    caller = caller_of(request)
    with caller.book.outbox.alone():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        boxed = letters.cancel(caller.book, case, now=caller.now, lang=caller.lang)
    return letter_receipt(boxed)


@acts.post("/cases/{case}/verdict", summary="Teach a verdict", **acting(LessonReceipt, Scope.TEACH))
@once
def teach_verdict(request: HttpRequest, case: Id, body: Teach) -> JsonLine:
    """Teach what the letter of a case is as a whole; alike letters read accordingly from now on."""
    caller = caller_of(request)
    kept = case_called(caller, case)
    return lesson_receipt(
        teaching.teach_verdict(caller.book, caller.doorman, kept.id, body.verdict, now=caller.now)
    )


@acts.post("/cases/{case}/words", summary="Teach words", **acting(LessonReceipt, Scope.TEACH))
@once
def teach_words(request: HttpRequest, case: Id, body: TeachWords) -> JsonLine:
    """Teach what words of a letter are or are not."""
    caller = caller_of(request)
    kept, said = case_called(caller, case), teaching.OnWords(body.words, body.kind, body.is_so)
    return lesson_receipt(
        teaching.teach_words(caller.book, caller.doorman, kept.id, said, now=caller.now, lang=caller.lang)
    )


@acts.post(
    "/cases/{case}/second-opinion",
    summary="Ask for a second opinion",
    **acting(OpinionReceipt, Scope.DECIDE, "under-way"),
)
@once_slowly
def second_opinion(request: HttpRequest, case: Id) -> JsonLine:
    """Ask the language model that the owner named about a case; its letter leaves the house for that."""
    caller = caller_of(request)
    reader, kept = caller.house.second_reader, case_called(caller, case)
    if reader is None:
        raise Problem("not-found")
    opinion = reader.read(kept.id, caller.now)
    return asdict(OpinionReceipt(kept.id, opinion.silence.value if opinion.silence else None))


@acts.put("/cases/{case}/time", summary="Say what time was given", **acting(TimeReceipt, Scope.DECIDE))
@once
def give_time(request: HttpRequest, case: Id, body: Given) -> JsonLine:
    """Say how many minutes were given to a case."""
    caller = caller_of(request)
    kept = case_called(caller, case)
    told = time.give(caller.book, kept.id, body.minutes, now=caller.now, lang=caller.lang)
    return asdict(TimeReceipt(kept.id, told.minutes, told.before))


@acts.delete("/cases/{case}/time", summary="Say nothing of time", **acting(TimeReceipt, Scope.DECIDE))
@once
def take_time_back(request: HttpRequest, case: Id) -> JsonLine:
    """Take back what was said of the minutes given to a case."""
    caller = caller_of(request)
    kept = case_called(caller, case)
    told = time.take_back(caller.book, kept.id, now=caller.now, lang=caller.lang)
    return asdict(TimeReceipt(kept.id, told.minutes, told.before))


def lesson_receipt(learned: teaching.Learned) -> JsonLine:
    """Return what an act on lessons did."""
    lesson = learned.lesson
    return asdict(LessonReceipt(lesson.id, lesson.case, learned.is_new, len(learned.others)))


def letter_receipt(boxed: Boxed) -> JsonLine:
    """Return how a letter stands now."""
    return asdict(LetterReceipt(boxed.id, boxed.letter.request, boxed.state.value, str(moment(boxed.due))))


def _act(caller: Caller, cases: list[Seen], choice: Choice) -> Acted:
    return act_on(caller.book, caller.doorman, cases, choice, now=caller.now, lang=caller.lang)


def _worded(request: HttpRequest, case: str, wording: Wording | None) -> JsonLine:
    caller = caller_of(request)
    with caller.book.outbox.alone():
        kept = case_called(caller, case)
        unless_overtaken(caller.book, kept.id, seen(request), caller.lang)
        before = reword(caller.book, caller.doorman.templates, kept.id, wording, now=caller.now)
        version = mark_of(caller.book, kept)
    return asdict(DraftReceipt(kept.id, wording is not None, wording != before, version))


_NEEDED = {"release": Scope.SEND, "reword": Scope.SEND, "teach": Scope.TEACH}
"""What a token must be let to do besides deciding, to take these acts back."""
