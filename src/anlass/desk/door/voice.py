"""What is said to the owner of the door. None of it is an outward word."""

from __future__ import annotations

from anlass.desk.voice.common import Lang

_MISSING: dict[Lang, dict[str, str]] = {
    "de": {
        "name": "Die Tür hat noch keinen Namen: anlass door name NAME",
        "imprint": "Das Impressum fehlt. Ohne es öffnet sich die Tür nur auf diesem Rechner.",
        "privacy": "Der Datenschutzhinweis fehlt. Ohne ihn öffnet sich die Tür nur auf diesem Rechner.",
        "address": "Die öffentliche Adresse fehlt: [door] address in anlass.toml.",
        "mail": "Kein Postfach lässt Mails hinaus, auch nicht den Bestätigungslink: anlass connect ADRESSE",
        "reserved": "„{name}“ ist ein Zimmer dieses Hauses oder könnte eins werden. Nimm einen anderen.",
        "taken": "„{name}“ steht schon an einer anderen Tür. Nimm einen anderen Namen.",
        "shape": "„{name}“ geht nicht. Ein Name hat 2 bis 40 Zeichen: a bis z, Ziffern und Bindestriche.",
        "text": "Das passt nicht: Ein Text der Tür hat höchstens {most} Zeichen.",
        "register": "Die Anrede ist du oder sie.",
        "word": "Ein Codewort hat mindestens vier Buchstaben oder Ziffern und höchstens hundert Zeichen.",
        "words": "Mehr als hundert Codewörter gelten nicht zugleich. Nimm alte weg.",
        "no_word": "Dieses Codewort gibt es nicht.",
    },
    "en": {
        "name": "The door has no name yet: anlass door name NAME",
        "imprint": "The imprint is missing. Without it the door opens on this machine only.",
        "privacy": "The privacy notice is missing. Without it the door opens on this machine only.",
        "address": "The public address is missing: [door] address in anlass.toml.",
        "mail": "No mailbox lets mail out; the link to confirm would never arrive: anlass connect ADDRESS",
        "reserved": "“{name}” is a room of this house or may become one. Choose another name.",
        "taken": "“{name}” stands on another door already. Choose another name.",
        "shape": "“{name}” will not do. A name has 2 to 40 letters from a to z, digits and hyphens.",
        "text": "That does not fit: a text of the door has at most {most} characters.",
        "register": "The form of address is du or sie.",
        "word": "A code word has at least four letters or digits and at most a hundred characters.",
        "words": "No more than a hundred code words hold at a time. Take old ones away.",
        "no_word": "There is no such code word.",
    },
}
_STATE: dict[Lang, dict[str, str]] = {
    "de": {
        "none": "Noch keine Tür.",
        "open": "Die Tür steht offen: {where}",
        "shut": "Die Tür ist zu. Auf diesem Rechner kannst du sie ansehen: {where}",
        "unfinished": "Die Tür ist offen, aber noch fehlt etwas.",
        "well": "Die Tür steht offen, und nichts fehlt.",
        "closed": "Die Tür ist zu.",
    },
    "en": {
        "none": "No door yet.",
        "open": "The door is open: {where}",
        "shut": "The door is shut. On this machine you can look at it: {where}",
        "unfinished": "The door is open, but something is missing.",
        "well": "The door is open, and nothing is missing.",
        "closed": "The door is shut.",
    },
}


def missing_says(what: str, lang: Lang) -> str:
    """Say what is missing, and how to mend it."""
    return _MISSING[lang][what]


def refused_says(what: str, lang: Lang, **fields: str) -> str:
    """Say why a change of the door cannot hold."""
    return _MISSING[lang][what].format(**fields)


def state_says(state: str, lang: Lang, *, where: str = "") -> str:
    """Say how it stands with the door."""
    return _STATE[lang][state].format(where=where)
