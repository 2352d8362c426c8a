"""What the owner does with a case: decide, undo, release, cancel, teach, ask elsewhere, give time."""

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictBool, StrictInt

from anlass.desk import outbox as letters
from anlass.desk import teaching, time
from anlass.desk.case_version import unless_overtaken, version_of
from anlass.desk.deciding import Choice, choice_on, decide, take_back
from anlass.desk.surface import JsonLine, moment
from anlass.desk.tokens import Scope
from anlass.litmus import FindingKind, Verdict
from anlass.store.outbox import Boxed
from anlass.web.api.asked import Body, Id, Text, Words
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.cases import case_called
from anlass.web.api.once import acting, once, once_slowly, seen
from anlass.web.api.problems import Problem
from anlass.web.api.values import CaseReceipt, LessonReceipt, LetterReceipt, OpinionReceipt, TimeReceipt

acts = Router(tags=["acts on cases"])


class Decide(Body):
    """The owner's word on a case."""

    choice: Choice


class Release(Body):
    """The owner's own words in place of the draft; without a text the draft goes as it stands."""

    text: Text | None = None
    subject: Words | None = None


class Reword(Body):
    """The words of a letter that has not left yet."""

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
    """Say a word on a case: asked, watched, accepted or lapsed. The reading learns from it."""
    caller = caller_of(request)
    with caller.book.together():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        done = decide(caller.book, caller.doorman, case, body.choice, now=caller.now)
    return _receipt(caller, case, is_new=done.is_new)


@acts.post("/cases/{case}/undo", summary="Undo a decision", **acting(CaseReceipt, Scope.DECIDE, seen=True))
@once
def undo_decision(request: HttpRequest, case: Id) -> JsonLine:
    """Take the last word on a case back, with what was learned from it."""
    caller = caller_of(request)
    with caller.book.together():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        is_new = take_back(caller.book, caller.doorman, case, now=caller.now)
    return _receipt(caller, case, is_new=is_new)


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
    with caller.book.together():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        boxed = letters.release(caller.book, writer, case, now=caller.now, lang=caller.lang, words=words)
    return letter_receipt(boxed)


@acts.post(
    "/cases/{case}/cancel", summary="Take a letter back", **acting(LetterReceipt, Scope.SEND, seen=True)
)
@once
def cancel_letter(request: HttpRequest, case: Id) -> JsonLine:
    """Take the letter of a case back that has not left."""
    caller = caller_of(request)
    with caller.book.together():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        boxed = letters.cancel(caller.book, case, now=caller.now, lang=caller.lang)
    return letter_receipt(boxed)


@acts.put("/cases/{case}/letter", summary="Reword a letter", **acting(LetterReceipt, Scope.SEND, seen=True))
@once
def reword_letter(request: HttpRequest, case: Id, body: Reword) -> JsonLine:
    """Put other words into the letter of a case that was released and has not left."""
    caller = caller_of(request)
    with caller.book.together():
        unless_overtaken(caller.book, case_called(caller, case).id, seen(request), caller.lang)
        words = letters.Words(body.text, body.subject)
        boxed = letters.reword(caller.book, case, words, now=caller.now, lang=caller.lang)
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


def _receipt(caller: Caller, case: str, *, is_new: bool) -> JsonLine:
    kept = caller.book.case(case)
    choice = choice_on(caller.book, kept.id)
    told = CaseReceipt(
        kept.id, kept.state.value, choice.value if choice else None, is_new, version_of(caller.book, kept)
    )
    return asdict(told)
