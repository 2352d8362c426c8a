"""What is said to the owner of blocking somebody: why not, how it stands, what a report holds."""

from __future__ import annotations

from anlass.desk.voice.common import Lang

_SENTENCES: dict[Lang, dict[str, str]] = {
    "de": {
        "yourself": "Das bist du selbst.",
        "already": "Diese Person ist schon gesperrt.",
        "not_blocked": "Diese Person ist nicht gesperrt.",
        "nobody": "Niemand ist gesperrt.",
        "nothing": "Von dieser Person ist nichts da, das sich weitergeben ließe.",
        "lifted": "Die Sperre ist aufgehoben. {name} wird wieder gelesen wie alle anderen.",
        "since": "Gesperrt am {date}.",
        "cases_0": "Nichts aufgehoben.",
        "cases_1": "Ein Brief aufgehoben.",
        "cases_n": "{count} Briefe aufgehoben.",
        "written": "{count} Briefe liegen in {file}.",
        "written_1": "Ein Brief liegt in {file}.",
        "file": "bericht",
        "contents": "Inhalt.txt",
        "title": "Aufgehobene Briefe von {name}",
        "made": "Zusammengestellt am {when} für {owner}. Nichts darin wurde verändert.",
        "addresses": "Adressen, unter denen diese Person geschrieben hat:",
        "how": "Jeder Brief liegt mit allen Bytes im Ordner seiner Nummer, so wie er ankam, samt Kopfzeilen. "
        "SHA256SUMS nennt zu jeder Datei die Prüfsumme (SHA-256); `sha256sum -c SHA256SUMS` prüft sie nach.",
        "arrived": "Angekommen",
        "way": "Auf welchem Weg",
        "from": "Von",
        "subject": "Betreff",
        "message_id": "Message-ID",
        "place": "Lag in",
        "bytes": "{size} Bytes",
        "no_date": "ohne Datum",
        "as_kept": "Die Urschrift liegt dort nicht mehr. Hier steht, was Anlass aufgehoben hat.",
        "no_source": "Auf diesem Weg gibt es keine Mail als Urschrift. Hier steht alles, was ankam.",
    },
    "en": {
        "yourself": "That is you.",
        "already": "This person is blocked already.",
        "not_blocked": "This person is not blocked.",
        "nobody": "Nobody is blocked.",
        "nothing": "There is nothing of this person that could be handed on.",
        "lifted": "The block is lifted. {name} is read like everybody else again.",
        "since": "Blocked on {date}.",
        "cases_0": "Nothing kept.",
        "cases_1": "One letter kept.",
        "cases_n": "{count} letters kept.",
        "written": "{count} letters lie in {file}.",
        "written_1": "One letter lies in {file}.",
        "file": "report",
        "contents": "Contents.txt",
        "title": "Letters kept from {name}",
        "made": "Put together on {when} for {owner}. Nothing in it was changed.",
        "addresses": "Addresses from which this person wrote:",
        "how": "Each letter lies with all its bytes in the folder of its number, as it arrived, with its "
        "headers. SHA256SUMS names the SHA-256 of every file; `sha256sum -c SHA256SUMS` checks them.",
        "arrived": "Arrived",
        "way": "Which way",
        "from": "From",
        "subject": "Subject",
        "message_id": "Message-ID",
        "place": "Lay in",
        "bytes": "{size} bytes",
        "no_date": "without a date",
        "as_kept": "The original lies there no more. Here is the letter as Anlass kept it.",
        "no_source": "On this way there is no mail as an original. Here is everything that arrived.",
    },
}


def sentence(key: str, lang: Lang, **fields: object) -> str:
    """Return one sentence with its fields filled."""
    return _SENTENCES[lang][key].format(**fields)


def kept_says(count: int, lang: Lang) -> str:
    """Say how many letters of somebody blocked are kept."""
    return sentence(f"cases_{count}" if count < 2 else "cases_n", lang, count=count)
