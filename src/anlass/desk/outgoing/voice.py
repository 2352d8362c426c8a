"""What is said to the owner of letters that leave: where each stands, what went wrong, what is refused."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from anlass.channels.mail.sending import Why
from anlass.desk.voice.common import Lang, at_clock
from anlass.store.outgoing.latches import PAUSED, STOPPED
from anlass.store.outgoing.outbox import Boxed, OutboxState


class WhyNot(StrEnum):
    """Why an act on a letter is refused."""

    NO_DRAFT = "no_draft"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    OTHER_DOOR = "other_door"
    NO_ADDRESS = "no_address"
    THERE_ALREADY = "there_already"
    TOO_LATE = "too_late"
    NOT_PASSED = "not_passed"
    NO_TIME = "no_time"
    BLOCKED = "blocked"


_WHY_NOT: dict[Lang, dict[WhyNot, str]] = {
    "de": {
        WhyNot.NO_DRAFT: "Hier gibt es keinen Entwurf. Schreib selbst etwas, dann geht es hinaus.",
        WhyNot.NO_WORDS: "Der Brief ist leer.",
        WhyNot.TOO_LONG: "Der Brief ist zu lang.",
        WhyNot.OTHER_DOOR: "Diese Anfrage kam nicht per Mail. Antworte dort, wo sie ankam.",
        WhyNot.NO_ADDRESS: "Es steht nicht fest, von welcher Adresse aus du schreibst.",
        WhyNot.THERE_ALREADY: "Auf diese Anfrage ist schon ein Brief im Ausgang oder unterwegs.",
        WhyNot.TOO_LATE: "Der Brief ist schon unterwegs.",
        WhyNot.NOT_PASSED: "Zeiten bietet das Haus erst an, wenn klar ist, wofür.",
        WhyNot.NO_TIME: "In den nächsten zwei Wochen ist in deinen Kalendern nichts frei.",
        WhyNot.BLOCKED: "Du hast diese Person gesperrt. An sie geht kein Brief.",
    },
    "en": {
        WhyNot.NO_DRAFT: "There is no draft in this case. Write something yourself, and it goes out.",
        WhyNot.NO_WORDS: "The letter is empty.",
        WhyNot.TOO_LONG: "The letter is too long.",
        WhyNot.OTHER_DOOR: "This request did not come by mail. Answer where it came in.",
        WhyNot.NO_ADDRESS: "It is not known which address you write from.",
        WhyNot.THERE_ALREADY: "A letter on this request is in the outbox or on its way already.",
        WhyNot.TOO_LATE: "The letter is on its way already.",
        WhyNot.NOT_PASSED: "The house offers times only once it is clear what for.",
        WhyNot.NO_TIME: "Your calendars have nothing free in the next two weeks.",
        WhyNot.BLOCKED: "You blocked this person. No letter goes to them.",
    },
}


def why_not(why: WhyNot, lang: Lang) -> str:
    """Say why an act is refused."""
    return _WHY_NOT[lang][why]


_TROUBLE: dict[Lang, dict[str, str]] = {
    "de": {
        Why.UNREACHABLE: "Der Mailserver ist nicht zu erreichen.",
        Why.SILENT: "Der Mailserver antwortet nicht.",
        Why.BROKE_OFF: "Die Verbindung zum Mailserver brach ab.",
        Why.CERTIFICATE: "Das Zertifikat des Mailservers stimmt nicht.",
        Why.NO_TLS: "Der Mailserver spricht nicht verschlüsselt.",
        Why.PASSWORD: "Der Mailserver nimmt das Passwort nicht an.",
        Why.REFUSED: "Der Mailserver nimmt den Brief nicht an.",
        Why.RECIPIENT: "Der Mailserver kennt diese Adresse nicht.",
        Why.ADDRESS: "An diese Adresse lässt sich nicht schreiben.",
        "answered": "Du hast inzwischen selbst geantwortet.",
        "tired": "Nach vielen Versuchen gibt das Haus auf.",
    },
    "en": {
        Why.UNREACHABLE: "The mail server cannot be reached.",
        Why.SILENT: "The mail server does not answer.",
        Why.BROKE_OFF: "The connection to the mail server broke off.",
        Why.CERTIFICATE: "The mail server's certificate is not right.",
        Why.NO_TLS: "The mail server speaks without encryption.",
        Why.PASSWORD: "The mail server does not take the password.",
        Why.REFUSED: "The mail server does not take the letter.",
        Why.RECIPIENT: "The mail server does not know this address.",
        Why.ADDRESS: "This address cannot be written to.",
        "answered": "You have answered yourself meanwhile.",
        "tired": "After many attempts the house gives up.",
    },
}

_STATES: dict[Lang, dict[OutboxState, str]] = {
    "de": {
        OutboxState.WAITING: "Geht {when} hinaus.",
        OutboxState.SENDING: "Geht gerade hinaus.",
        OutboxState.SENT: "Ging {when} hinaus.",
        OutboxState.DOUBTFUL: "Ob der Brief ankam, ist ungewiss. Sieh bei deinen gesendeten Briefen nach; von"
        " selbst geht er nicht noch einmal.",
        OutboxState.CANCELLED: "Zurückgenommen; er ging nie hinaus.",
        OutboxState.STOPPED: "Blieb liegen.",
    },
    "en": {
        OutboxState.WAITING: "Leaves {when}.",
        OutboxState.SENDING: "Is leaving now.",
        OutboxState.SENT: "Left {when}.",
        OutboxState.DOUBTFUL: "Whether the letter arrived is uncertain. Look among your sent letters; it"
        " does not go a second time by itself.",
        OutboxState.CANCELLED: "Taken back; it never left.",
        OutboxState.STOPPED: "Did not leave.",
    },
}
_RETURNED: dict[Lang, str] = {"de": "Er kam zurück.", "en": "It came back."}
_LATCHES: dict[Lang, dict[str, str]] = {
    "de": {
        PAUSED: "Angehalten: Es geht nichts hinaus, bis du es sagst.",
        STOPPED: "Briefe kamen zurück. Von selbst geht keiner mehr hinaus, bis du es wieder erlaubst.",
    },
    "en": {
        PAUSED: "Paused: nothing leaves until you say so.",
        STOPPED: "Letters came back. None leaves by itself until you allow it again.",
    },
}


def boxed_says(boxed: Boxed, now: datetime, lang: Lang) -> str:
    """Say where a letter stands, and what went wrong last."""
    moment = boxed.sent_at or boxed.due
    said = [_STATES[lang][boxed.state].format(when=at_clock(moment, now, lang))]
    if boxed.says:
        said.append(trouble_says(boxed.says, lang))
    if boxed.bounced_at and boxed.state is OutboxState.SENT:
        said.append(_RETURNED[lang])
    return " ".join(said)


def trouble_says(said: str, lang: Lang) -> str:
    """Say what went wrong, the server's own words in brackets."""
    why, _, words = said.partition(": ")
    sentence = _TROUBLE[lang].get(why, why)
    return f"{sentence} ({words})" if words else sentence


def latch_says(name: str, lang: Lang) -> str:
    """Say what holds the outbox shut."""
    return _LATCHES[lang].get(name, name)
