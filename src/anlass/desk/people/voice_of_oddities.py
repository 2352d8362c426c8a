"""What is strange about a letter, in one sentence for the owner: facts of its form, and no judgement."""

from __future__ import annotations

from collections.abc import Collection

from anlass.desk.voice.common import Lang
from anlass.intake import Oddity

_SAYS: dict[Lang, dict[Oddity, str]] = {
    "de": {
        Oddity.NO_FROM: "der Absender fehlt",
        Oddity.BAD_FROM: "der Absender ist keine Adresse",
        Oddity.SEVERAL_FROM: "er nennt mehrere Absender",
        Oddity.NO_TO: "der Empfänger fehlt",
        Oddity.NO_DATE: "das Datum fehlt",
        Oddity.BAD_DATE: "das Datum ist keines",
        Oddity.NO_SUBJECT: "der Betreff fehlt",
        Oddity.NO_MESSAGE_ID: "die Message-ID fehlt",
        Oddity.BAD_MESSAGE_ID: "die Message-ID ist keine",
        Oddity.DOUBLED_HEADER: "ein Kopffeld steht doppelt da",
        Oddity.BROKEN_HEADERS: "im Kopf stehen Zeilen, die keine Felder sind",
        Oddity.BROKEN_STRUCTURE: "seine Teile sind nicht richtig abgegrenzt",
        Oddity.BAD_CHARSET: "sein Zeichensatz ist unbekannt oder falsch angegeben",
        Oddity.BAD_ENCODING: "ein Teil ist falsch kodiert",
        Oddity.HIDDEN_TEXT: "er enthält Text, den man nicht sieht",
        Oddity.CUT: "er ist übermäßig lang oder verschachtelt und wurde nur zum Teil gelesen",
    },
    "en": {
        Oddity.NO_FROM: "the sender is missing",
        Oddity.BAD_FROM: "the sender is no address",
        Oddity.SEVERAL_FROM: "it names several senders",
        Oddity.NO_TO: "the recipient is missing",
        Oddity.NO_DATE: "the date is missing",
        Oddity.BAD_DATE: "the date is none",
        Oddity.NO_SUBJECT: "the subject is missing",
        Oddity.NO_MESSAGE_ID: "the Message-ID is missing",
        Oddity.BAD_MESSAGE_ID: "the Message-ID is none",
        Oddity.DOUBLED_HEADER: "a header field stands there twice",
        Oddity.BROKEN_HEADERS: "its header has lines that are no fields",
        Oddity.BROKEN_STRUCTURE: "its parts are not marked off properly",
        Oddity.BAD_CHARSET: "its character set is unknown or not the one it names",
        Oddity.BAD_ENCODING: "a part of it is encoded wrongly",
        Oddity.HIDDEN_TEXT: "it holds text that nobody sees",
        Oddity.CUT: "it is far too long or nested, and was read in part",
    },
}
_BEGINS: dict[Lang, str] = {"de": "Seltsam an diesem Brief: ", "en": "Odd about this letter: "}


def odd_says(oddities: Collection[Oddity], lang: Lang) -> tuple[str, ...]:
    """Say what is strange about a letter in one sentence; nothing where nothing is.

    That the second parser had to read it (`FALLBACK`) is our concern and not the owner's.
    """
    told = [says for oddity, says in _SAYS[lang].items() if oddity in oddities]
    return (f"{_BEGINS[lang]}{'; '.join(told)}.",) if told else ()
