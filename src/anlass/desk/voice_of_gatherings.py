"""Why an act on events, mailings, hosted events and wishes was not done: German and English side by side.

One table, so that no page and no command can say the one without the other. Hints are the command line's.
"""

from __future__ import annotations

from typing import NamedTuple

from anlass.desk.voice import set_aside_says
from anlass.errors import NotFound, Problem, Refused
from anlass.intake.message import SetAside


class _Why(NamedTuple):
    """A reason in English and German, and what to do about it where something can be done."""

    english: str
    german: str
    do: str = ""
    german_do: str = ""


_EVENTS = {
    "nameless": _Why(
        "An event needs a name.",
        "Eine Veranstaltung braucht einen Namen.",
        "anlass event new NAME --on 2026-12-24",
        "anlass event new NAME --on 2026-12-24",
    ),
    "names no event": _Why(
        "The file names no event.",
        "Die Datei nennt keine Veranstaltung.",
        "Say which one it belongs to: --event EVENT",
        "Sag, zu welcher sie gehört: --event VERANSTALTUNG",
    ),
    "nobody named": _Why(
        "Nobody is named here.",
        "Hier steht niemand.",
        "A name or an address is enough.",
        "Ein Name oder eine Adresse reicht.",
    ),
    "too large": _Why(
        "The file is too large. Nothing of it was kept.",
        "Die Datei ist zu groß. Nichts davon wurde behalten.",
    ),
}
_MAILINGS = {
    "nobody to write to": _Why(
        "There is nobody to write to.",
        "Es gibt niemanden, dem du schreiben könntest.",
        "People need a mail address, and that you met them.",
        "Wer Post bekommen soll, braucht eine Mailadresse, und du musst ihn getroffen haben.",
    ),
    "no card": _Why(
        "You have no card yet.",
        "Du hast noch keine Karte.",
        "`anlass card edit --new` begins one.",
        "`anlass card edit --new` beginnt eine.",
    ),
    "no page to end it": _Why(
        "A mailing needs a page on which everybody can end it.",
        "Ein Rundbrief braucht eine Seite, auf der ihn alle abbestellen können.",
        'Name an address in your cards: address = "https://card.example.org"',
        'Nenne in deinen Karten eine Adresse: address = "https://karte.example.org"',
    ),
    "no sender": _Why(
        "There is no address to write from.",
        "Es gibt keine Adresse, von der aus geschrieben wird.",
        "anlass.toml, [outbox] address",
        "anlass.toml, [outbox] address",
    ),
    "no mail address": _Why("{text!r} is no mail address.", "„{text}“ ist keine Mailadresse."),
}
_HOSTING = {
    "kept for ever": _Why(
        "What is kept is deleted after the event, and within a year of it.",
        "Was gespeichert ist, wird nach der Veranstaltung gelöscht, spätestens ein Jahr danach.",
    ),
    "no way to invite": _Why(
        "An invitation needs an address to write from, and pages that are reached from outside.",
        "Eine Einladung braucht eine Adresse, von der aus geschrieben wird, und Seiten, die von außen zu"
        " erreichen sind.",
        'cards.toml, address = "https://doors.example.org"; anlass.toml, [outbox] address',
        'cards.toml, address = "https://tueren.example.org"; anlass.toml, [outbox] address',
    ),
    "no file": _Why("Choose a file first.", "Wähle zuerst eine Datei."),
    "deleted": _Why("Everything of this event was deleted.", "Alles von dieser Veranstaltung ist gelöscht."),
    "not there": _Why(
        "Nobody there has the address or ticket {text!r}.",
        "Dort hat niemand die Adresse oder das Ticket „{text}“.",
    ),
}
_ROUNDS = {
    "no wishes": _Why(
        "There are no wishes at this event.", "Bei dieser Veranstaltung gibt es keine Wünsche."
    ),
    "wishes nameless": _Why(
        "An event needs a name, and between {few} and {many} wishes for each.",
        "Eine Veranstaltung braucht einen Namen und für jeden zwischen {few} und {many} Wünschen.",
    ),
    "no ticket": _Why("There is no such ticket.", "Ein solches Ticket gibt es nicht."),
    "no event": _Why(
        "There is no event {text!r}.",
        "Eine Veranstaltung „{text}“ gibt es nicht.",
        "`anlass wish host events` lists them.",
        "`anlass wish host events` zeigt alle.",
    ),
    "several events": _Why(
        "Several events answer to {text!r}.",
        "Auf „{text}“ hören mehrere Veranstaltungen.",
        "`anlass wish host events` lists them.",
        "`anlass wish host events` zeigt alle.",
    ),
    "order": _Why(
        "A list closes first, then wishes are compared, then results open.",
        "Erst schließt die Liste, dann werden Wünsche verglichen, dann öffnen sich die Ergebnisse.",
    ),
    "no time": _Why(
        "That is no moment like 2026-12-24T18:00.", "Das ist kein Zeitpunkt wie 2026-12-24T18:00."
    ),
    "past": _Why("The list would have closed already.", "Die Liste wäre schon geschlossen."),
    "beyond the clock": _Why(
        "By then everything of this event is deleted, on {day}.",
        "Bis dahin ist alles von dieser Veranstaltung gelöscht, am {day}.",
    ),
    "runs": _Why(
        "The round before is not forgotten by then.", "Die Runde davor ist bis dahin nicht vergessen."
    ),
    "nothing to call off": _Why(
        "No round is to come. One whose list has closed goes to its end.",
        "Es steht keine Runde bevor. Eine, deren Liste geschlossen ist, geht zu Ende.",
    ),
    "key elsewhere": _Why(
        "A round runs whose key is not on this machine. Nothing was deleted.",
        "Eine Runde läuft, deren Schlüssel nicht auf diesem Rechner liegt. Nichts wurde gelöscht.",
    ),
}
_TELL = (
    "Wish for nobody by this list, and tell the organiser.",
    "Wünsche dir nach dieser Liste niemanden, und sag es den Veranstaltern.",
)
_NAMES = (
    "`anlass wish list` names them; `anlass wish join LINK` takes part in one.",
    "`anlass wish list` nennt sie; mit `anlass wish join LINK` nimmst du teil.",
)
_OWN = {
    "key not taken": _Why(
        "The server did not take the key: a round is running, and this ticket has one in it already.",
        "Der Server hat den Schlüssel nicht angenommen: Eine Runde läuft, und dieses Ticket hat darin schon"
        " einen.",
    ),
    "no list": _Why(
        "There is no list yet, or you are not on it.",
        "Es gibt noch keine Liste, oder du stehst nicht darauf.",
    ),
    "not on it": _Why("You are not on this list.", "Du stehst nicht auf dieser Liste.", *_TELL),
    "changed": _Why(
        "Your own entry on this list is not what you published.",
        "Dein eigener Eintrag auf dieser Liste ist nicht der, den du veröffentlicht hast.",
        *_TELL,
    ),
    "other key": _Why(
        "Somebody whose badge you scanned has another key on this list.",
        "Jemand, dessen Schild du gescannt hast, hat auf dieser Liste einen anderen Schlüssel.",
        *_TELL,
    ),
    "other code": _Why(
        "The code of this list is not the one you saw elsewhere.",
        "Der Code dieser Liste ist nicht der, den du anderswo gesehen hast.",
        *_TELL,
    ),
    "other list": _Why(
        "This is not the list you were handed before, and the list of a round never changes.",
        "Das ist nicht die Liste, die du vorher bekommen hast, und die Liste einer Runde ändert sich nie.",
        *_TELL,
    ),
    "number taken": _Why(
        "You take part in an event of this number already: {name}.",
        "Du nimmst schon an einer Veranstaltung mit dieser Nummer teil: {name}.",
        "`anlass wish leave` ends that, and destroys its key.",
        "`anlass wish leave` beendet das und vernichtet ihren Schlüssel.",
    ),
    "too many": _Why(
        "You have {quota} wishes, and {made} are made.",
        "Du hast {quota} Wünsche, und {made} sind schon vergeben.",
        "`anlass wish take-back NAME` frees one.",
        "`anlass wish take-back NAME` macht einen frei.",
    ),
    "no wish left": _Why(
        "You have {quota} wishes, and all are made.",
        "Du hast {quota} Wünsche, und alle sind vergeben.",
        "`anlass wish take-back NAME` frees one.",
        "`anlass wish take-back NAME` macht einen frei.",
    ),
    "too long": _Why(
        "Card and note are too long together; {left} bytes are left for a note.",
        "Karte und Notiz sind zusammen zu lang; für eine Notiz bleiben {left} Bytes.",
    ),
    "not wished": _Why("You did not wish for {name}.", "{name} hast du dir nicht gewünscht."),
    "not now": _Why("Wishes are not taken now.", "Gerade werden keine Wünsche angenommen."),
    "not taken": _Why("The server did not take it ({text}).", "Der Server hat es nicht angenommen ({text})."),
    "over": _Why(
        "This round is over and forgotten; your key is destroyed now.",
        "Diese Runde ist vorbei und vergessen; dein Schlüssel ist jetzt vernichtet.",
    ),
    "no badge": _Why(
        "That is no key of a badge.",
        "Das ist kein Schlüssel eines Schildes.",
        "It looks like anlass-wish:LETTERS:LETTERS",
        "Er sieht so aus: anlass-wish:BUCHSTABEN:BUCHSTABEN",
    ),
    "several people": _Why(
        "Several people are called {text!r}.",
        "„{text}“ heißen mehrere.",
        "`anlass wish people` shows their tickets.",
        "`anlass wish people` zeigt ihre Tickets.",
    ),
    "not one of them": _Why(
        "Nobody there is called so, or several are.",
        "So heißt dort niemand, oder mehrere.",
        "`anlass event show EVENT` lists everybody with an id.",
        "`anlass event show VERANSTALTUNG` zeigt alle mit ihrer Kennung.",
    ),
    "nobody": _Why("Nobody called {text!r} is on the list.", "Auf der Liste heißt niemand „{text}“."),
    "no purse": _Why(
        "You take part in no such event.", "Du nimmst an keiner solchen Veranstaltung teil.", *_NAMES
    ),
    "several purses": _Why(
        "Several events answer to {text!r}.", "Auf „{text}“ hören mehrere Veranstaltungen.", *_NAMES
    ),
}
_ALL = {**_EVENTS, **_MAILINGS, **_HOSTING, **_ROUNDS, **_OWN}


def problem(why: str, **fields: object) -> Problem:
    """Return a reason in both languages."""
    said = _ALL[why]
    return Problem(said.english.format(**fields), german=said.german.format(**fields))


def refused(why: str, *more: str | SetAside, **fields: object) -> Refused:
    """Return what an act that was not done raises; `more` are further reasons, or what could not be read."""
    others = (problem(one, **fields) if isinstance(one, str) else _unread(one) for one in more)
    return Refused(problem(why, **fields), *others, hint=_do(why))


def missing(why: str, **fields: object) -> NotFound:
    """Return what is raised where something is not there."""
    return NotFound(problem(why, **fields), hint=_do(why))


def _unread(one: SetAside) -> Problem:
    return Problem(set_aside_says(one, "en"), german=set_aside_says(one, "de"))


def _do(why: str) -> Problem:
    return Problem(_ALL[why].do, german=_ALL[why].german_do)
