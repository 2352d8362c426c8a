"""The public door, and what asks at the doors of chat networks."""

from dataclasses import asdict
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import AfterValidator, Field, StrictBool, StrictStr

from anlass.desk.accounts.networks import network_accounts
from anlass.desk.door import own as desk
from anlass.desk.door.surface import code_word_line, door_line
from anlass.desk.outgoing.at_doors import let_in, they_see, turn_down
from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine, moment
from anlass.replies.door import FIELDS, CodeWord
from anlass.store.outgoing.outbox import Boxed
from anlass.web.api.asked import Body, Cursor, Id, Limit, Moment, Name, Text, moment_of
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.cases import case_called
from anlass.web.api.lines import USUAL, cut, line, lines
from anlass.web.api.once import acting, looking, once
from anlass.web.api.values_of_doors import DoorReceipt, KnockLine, KnockPart, KnockReceipt

doors = Router(tags=["doors"])
DoorText = Annotated[StrictStr, Field(max_length=desk.LONGEST_TEXT)]


class DoorName(Body):
    """The name of the door, and how it addresses Germans; as before unless said."""

    name: Name
    speaks: Literal["du", "sie"] | None = Field(None, alias="register")


class DoorSays(Body):
    """Texts of the door in one language; what is left out stays, an empty one goes."""

    lang: Literal["de", "en"]
    who: DoorText | None = None
    glad: DoorText | None = None
    imprint: DoorText | None = None
    privacy: DoorText | None = None


class Word(Body):
    """A code word."""

    word: Name


class GivenWord(Word):
    """A code word, until when it holds, and to whom it was given."""

    until: Moment | None = None
    note: Annotated[StrictStr, Field(max_length=200)] = ""


class Welcome(Body):
    """Words that go with a yes; none without them."""

    text: Text = ""


def _is_said(seen: bool) -> bool:  # noqa: FBT001 - a validator is handed what came
    if not seen:
        raise ValueError("true, in so many words")
    return seen


class TurnDown(Body):
    """The owner knows that the other side sees it."""

    seen: Annotated[StrictBool, Field(json_schema_extra={"const": True}), AfterValidator(_is_said)]


@doors.get("/door", summary="Show the door", **looking(line("door_line")))
def show_door(request: HttpRequest) -> JsonLine:
    """Show the public door: where it is, whether it is open, what it lacks, and its texts."""
    caller = caller_of(request)
    return door_line(caller.book, caller.home.settings.public_address)


@doors.put("/door/name", summary="Name the door", **acting(DoorReceipt, Scope.DOOR))
@once
def name_door(request: HttpRequest, body: DoorName) -> JsonLine:
    """Let the door stand at another address."""
    caller = caller_of(request)
    with caller.book.together():
        desk.rename(caller.book, body.name, caller.lang, now=caller.now)
        if body.speaks:
            desk.set_register(caller.book, body.speaks, caller.lang, now=caller.now)
    return _receipt(caller)


@doors.put("/door/texts", summary="Change texts of the door", **acting(DoorReceipt, Scope.DOOR))
@once
def change_texts(request: HttpRequest, body: DoorSays) -> JsonLine:
    """Let texts of the door read so from now on; without imprint or privacy notice it shuts."""
    caller = caller_of(request)
    said = {field: text for field in FIELDS if (text := getattr(body, field)) is not None}
    desk.set_texts(caller.book, body.lang, said, caller.lang, now=caller.now)
    return _receipt(caller)


@doors.post("/door/open", summary="Open the door", **acting(DoorReceipt, Scope.DOOR))
@once
def open_door(request: HttpRequest) -> JsonLine:
    """Open the door to the world; refused with all that is missing."""
    caller = caller_of(request)
    desk.open_door(caller.book, caller.lang, now=caller.now)
    return _receipt(caller)


@doors.post("/door/close", summary="Shut the door", **acting(DoorReceipt, Scope.DOOR))
@once
def close_door(request: HttpRequest) -> JsonLine:
    """Shut the door to the world."""
    caller = caller_of(request)
    desk.close_door(caller.book, now=caller.now)
    return _receipt(caller)


@doors.get("/door/words", summary="List code words", **looking(lines("code_word_line")))
def list_words(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List the code words that were given away."""
    words = desk.door_of(caller_of(request).book).words
    return cut(words, code_word_line, cursor=cursor, limit=limit)


@doors.put("/door/words", summary="Give a code word", **acting(DoorReceipt, Scope.DOOR))
@once
def add_word(request: HttpRequest, body: GivenWord) -> JsonLine:
    """Let a code word hold: whoever names it at the door is asked nothing more."""
    caller = caller_of(request)
    word = CodeWord(body.word, moment_of(body.until) if body.until else None, body.note)
    desk.add_word(caller.book, word, caller.lang, now=caller.now)
    return _receipt(caller)


@doors.post("/door/words/remove", summary="Remove a code word", **acting(DoorReceipt, Scope.DOOR))
@once
def remove_word(request: HttpRequest, body: Word) -> JsonLine:
    """Let a code word hold no longer."""
    caller = caller_of(request)
    desk.remove_word(caller.book, body.word, caller.lang, now=caller.now)
    return _receipt(caller)


@doors.get("/knocks", summary="List who knocks", **looking(KnockPart))
def list_knocks(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List what still asks at your doors on chat networks, and what an answer would show the other side."""
    caller = caller_of(request)
    book = caller.book
    asks = [(one, ask) for one in network_accounts(book) for ask in book.networks.open_asks(one.name)]
    return cut(
        asks,
        lambda one: asdict(
            KnockLine(
                one[1].request or None,
                one[0].name,
                one[1].kind.value,
                str(moment(one[1].since)),
                they_see(book, one[1].request, caller.lang) if one[1].request else "",
            )
        ),
        cursor=cursor,
        limit=limit,
    )


@doors.post("/knocks/{case}/let-in", summary="Let somebody in", **acting(KnockReceipt, Scope.SEND))
@once
def let_somebody_in(request: HttpRequest, case: Id, body: Welcome) -> JsonLine:
    """Say yes to a case where it came in. It leaves in two minutes; the other side sees it."""
    caller = caller_of(request)
    kept = case_called(caller, case)
    return _knock(let_in(caller.book, kept.id, now=caller.now, lang=caller.lang, text=body.text))


@doors.post("/knocks/{case}/turn-down", summary="Turn somebody down", **acting(KnockReceipt, Scope.SEND))
@once
def turn_somebody_down(request: HttpRequest, case: Id, body: TurnDown) -> JsonLine:  # noqa: ARG001 - its being there is the word
    """Turn a case down where the other side sees it. To decline in silence, do nothing."""
    caller = caller_of(request)
    kept = case_called(caller, case)
    return _knock(turn_down(caller.book, kept.id, now=caller.now, lang=caller.lang))


def _knock(released: tuple[Boxed, str]) -> JsonLine:
    boxed, sees = released
    due = str(moment(boxed.due))
    return asdict(KnockReceipt(boxed.id, boxed.letter.request, boxed.state.value, due, sees))


def _receipt(caller: Caller) -> JsonLine:
    lacks = desk.missing(caller.book, caller.home.settings.public_address)
    return asdict(DoorReceipt(desk.door_of(caller.book).is_open, list(lacks)))
