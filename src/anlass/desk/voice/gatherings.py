"""Why an act on events, mailings, hosted events and wishes was not done; `refusals.toml` has the German.

Hints are the command line's.
"""

from __future__ import annotations

from typing import NamedTuple

from anlass.desk.voice.common import set_aside_says
from anlass.errors import NotFound, Problem, Refused
from anlass.intake.message import SetAside


class _Why(NamedTuple):
    """A reason, and what to do about it where something can be done."""

    says: str
    do: str = ""


_EVENTS = {
    "nameless": _Why("An event needs a name.", "anlass event new NAME --on 2026-12-24"),
    "names no event": _Why("The file names no event.", "Say which one it belongs to: --event EVENT"),
    "nobody named": _Why("Nobody is named here.", "A name or an address is enough."),
    "too large": _Why("The file is too large. Nothing of it was kept."),
}
_MAILINGS = {
    "nobody to write to": _Why(
        "There is nobody to write to.", "People need a mail address, and that you met them."
    ),
    "no card": _Why("You have no card yet.", "`anlass card edit --new` begins one."),
    "no page to end it": _Why(
        "A mailing needs a page on which everybody can end it.",
        'Name an address in your cards: address = "https://card.example.org"',
    ),
    "no sender": _Why("There is no address to write from.", "anlass.toml, [outbox] address"),
    "no mail address": _Why("{text!r} is no mail address."),
}
_HOSTING = {
    "kept for ever": _Why("What is kept is deleted after the event, and within a year of it."),
    "no way to invite": _Why(
        "An invitation needs an address to write from, and pages that are reached from outside.",
        'cards.toml, address = "https://doors.example.org"; anlass.toml, [outbox] address',
    ),
    "nowhere to lead": _Why(
        "What is printed leads to pages, and nothing says yet where those are reached from outside.",
        'cards.toml, address = "https://doors.example.org"',
    ),
    "no file": _Why("Choose a file or write somebody down first."),
    "deleted": _Why("Everything of this event was deleted."),
    "not there": _Why("Nobody there has the address or ticket {text!r}."),
}
_ROUNDS = {
    "no wishes": _Why("There are no wishes at this event."),
    "wishes nameless": _Why("An event needs a name, and between {few} and {many} wishes for each."),
    "no ticket": _Why("There is no such ticket."),
    "no event": _Why("There is no event {text!r}.", "`anlass wish host events` lists them."),
    "several events": _Why("Several events answer to {text!r}.", "`anlass wish host events` lists them."),
    "order": _Why("A list closes first, then wishes are compared, then results open."),
    "no time": _Why("That is no moment like 2026-12-24T18:00."),
    "past": _Why("The list would have closed already."),
    "beyond the clock": _Why("By then everything of this event is deleted, on {day}."),
    "runs": _Why("The round before is not forgotten by then."),
    "nothing to call off": _Why("No round is to come. One whose list has closed goes to its end."),
    "key elsewhere": _Why("A round runs whose key is not on this machine. Nothing was deleted."),
}
_OWN = {
    "key not taken": _Why(
        "The server did not take the key: a round is running, and this ticket has one in it already."
    ),
    "no list": _Why("There is no list yet, or you are not on it."),
    "not on it": _Why("You are not on this list.", "Wish for nobody by this list, and tell the organiser."),
    "changed": _Why(
        "Your own entry on this list is not what you published.",
        "Wish for nobody by this list, and tell the organiser.",
    ),
    "other key": _Why(
        "Somebody whose badge you scanned has another key on this list.",
        "Wish for nobody by this list, and tell the organiser.",
    ),
    "other code": _Why(
        "The code of this list is not the one you saw elsewhere.",
        "Wish for nobody by this list, and tell the organiser.",
    ),
    "other list": _Why(
        "This is not the list you were handed before, and the list of a round never changes.",
        "Wish for nobody by this list, and tell the organiser.",
    ),
    "number taken": _Why(
        "You take part in an event of this number already: {name}.",
        "`anlass wish leave` ends that, and destroys its key.",
    ),
    "too many": _Why(
        "You have {quota} wishes, and {made} are made.", "`anlass wish take-back NAME` frees one."
    ),
    "no wish left": _Why(
        "You have {quota} wishes, and all are made.", "`anlass wish take-back NAME` frees one."
    ),
    "too long": _Why("Card and note are too long together; {left} bytes are left for a note."),
    "not wished": _Why("You did not wish for {name}."),
    "not now": _Why("Wishes are not taken now."),
    "not taken": _Why("The server did not take it ({text})."),
    "over": _Why("This round is over and forgotten; your key is destroyed now."),
    "no badge": _Why("That is no key of a badge.", "It looks like anlass-wish:LETTERS:LETTERS"),
    "several people": _Why(
        "Several people are called {text!r}.", "`anlass wish people` shows their tickets."
    ),
    "not one of them": _Why(
        "Nobody there is called {text!r}.", "`anlass event show EVENT` lists everybody with an id."
    ),
    "several of them": _Why("Several there are called {text!r}: {named}.", "Give an address, or the id."),
    "nobody": _Why("Nobody called {text!r} is on the list."),
    "no purse": _Why(
        "You take part in no such event.",
        "`anlass wish list` names them; `anlass wish join LINK` takes part in one.",
    ),
    "several purses": _Why(
        "Several events answer to {text!r}.",
        "`anlass wish list` names them; `anlass wish join LINK` takes part in one.",
    ),
}
_ALL = {**_EVENTS, **_MAILINGS, **_HOSTING, **_ROUNDS, **_OWN}


def problem(why: str, **fields: object) -> Problem:
    """Return a reason with what stands in it."""
    return Problem(_ALL[why].says.format(**fields))


def refused(why: str, *more: str | SetAside, **fields: object) -> Refused:
    """Return what an act that was not done raises; `more` are further reasons, or what could not be read."""
    others = (problem(one, **fields) if isinstance(one, str) else _unread(one) for one in more)
    return Refused(problem(why, **fields), *others, hint=_ALL[why].do)


def missing(why: str, **fields: object) -> NotFound:
    """Return what is raised where something is not there."""
    return NotFound(problem(why, **fields), hint=_ALL[why].do)


def _unread(one: SetAside) -> Problem:
    """Return what could not be read; a file that is set aside says so in both languages itself."""
    return Problem(set_aside_says(one, "en"), german=set_aside_says(one, "de"))
