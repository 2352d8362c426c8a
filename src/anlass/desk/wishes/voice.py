"""The letters of a round of wishes: the same words for everybody, whatever came of it.

A letter is made of the event alone: no function here takes a participant or a result, so none can differ by
one. There is one letter when the list is closed and one when results are open; none that reminds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from anlass.outreach.phrases import moment_says
from anlass.outreach.wish_event import WishEvent, WishRound


@dataclass(frozen=True, slots=True)
class RoundLetter:
    """Subject and words of a letter to all participants of a round alike."""

    subject: str
    text: str


def frozen_letter(event: WishEvent, one: WishRound, code: str, zone: tzinfo) -> RoundLetter:
    """Return the letter when the list is closed: until when one wishes, and the code to compare."""
    subject, text = _WORDS[_lang(event)]["frozen"]
    until, opens = (
        moment_says(when.astimezone(zone), _lang(event)) for when in (one.times.match, one.times.release)
    )
    return RoundLetter(subject.format(event=event.name), text.format(until=until, opens=opens, code=code))


def release_letter(event: WishEvent) -> RoundLetter:
    """Return the letter when results are open."""
    subject, text = _WORDS[_lang(event)]["open"]
    return RoundLetter(subject.format(event=event.name), text)


def _lang(event: WishEvent) -> str:
    return "de" if event.lang == "de" else "en"


_FROZEN_DE = """\
Du kannst sagen, mit wem du mehr Kontakt möchtest. Du musst nicht.

Wünsche bis: {until}
Ergebnisse für alle: {opens}

Der Code der Liste, zum Vergleichen: {code}

Dorthin führt der Link, den du schon hast. Findest du ihn nicht mehr, antworte
auf diesen Brief.
"""
_OPEN_DE = """\
Die Wünsche dieser Runde sind offen, für alle zur selben Stunde. Du findest sie
über den Link, den du schon hast, 48 Stunden lang. Danach wird alles vergessen.

Findest du den Link nicht mehr, antworte auf diesen Brief.
"""
_FROZEN_EN = """\
You can say with whom you would like more contact. You need not.

Wishes until: {until}
Results for all: {opens}

The code of the list, to compare: {code}

Use the link that you have. If you cannot find it, reply to this letter.
"""
_OPEN_EN = """\
The wishes of this round are open, for all at the same hour. You find them by
the link that you have, for 48 hours. After that everything is forgotten.

If you cannot find the link, reply to this letter.
"""
_WORDS = {
    "de": {
        "frozen": ("{event}: Die Liste ist geschlossen", _FROZEN_DE),
        "open": ("{event}: Die Wünsche dieser Runde sind offen", _OPEN_DE),
    },
    "en": {
        "frozen": ("{event}: the list is closed", _FROZEN_EN),
        "open": ("{event}: the wishes of this round are open", _OPEN_EN),
    },
}
