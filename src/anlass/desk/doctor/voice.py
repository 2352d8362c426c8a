"""What the doctor says, in plain words."""

from __future__ import annotations

from anlass.desk.voice.common import Lang

_SAYS: dict[Lang, dict[str, str]] = {
    "de": {
        "broken": "Diese Prüfung ist selbst gescheitert ({kind}).",
        "memory_well": "Der Speicher ist heil.",
        "memory_broken": "Der Speicher hat einen Schaden: {fault}. Sichere den Ordner, ehe du etwas tust.",
        "disk_well": "Auf der Platte sind {free} MB frei.",
        "disk_full": "Auf der Platte von {place} sind nur noch {free} MB frei. Schaff Platz.",
        "clock_well": "Die Uhr geht: {now}.",
        "clock_behind": "Die Uhr steht auf {now}, aber es gibt Einträge von {latest}. Stell sie.",
        "trust_well": "Was {names} über Absender sagt, wird geglaubt.",
        "trust_none": "Noch wird keinem Server geglaubt, wer ein Absender ist. Das findet sich mit der Post.",
        "trust_unseen": "[mail] trusted_servers nennt {names}. Dieser Name steht auf keinem Brief. "
        "Auf ihnen stehen: {seen}.",
        "no_mailbox": "Kein Postfach ist verbunden: anlass connect ADRESSE",
        "secret_well": "Das Passwort von {account} liegt, wo es niemand sonst liest.",
        "secret_open": "{file} können andere lesen. Setz die Rechte: chmod 600",
        "to_start": "anlass work (oder mit Seiten: anlass serve)",
        "worker_well": "{account} wird bewacht ({when}).",
        "worker_gone": "{account} bewacht gerade niemand, zuletzt {when}. Start: {start}",
        "worker_hangs": "{account} wurde zuletzt {when} gesehen, obwohl Anlass wacht. Bleibt es dabei,"
        " starte es neu: {start}",
        "worker_never": "{account} wurde noch nie bewacht. Start: {start}",
        "worker_begins": "{account} wurde noch nie gesehen, obwohl Anlass wacht. Bleibt es dabei,"
        " starte es neu: {start}",
    },
    "en": {
        "broken": "This check itself failed ({kind}).",
        "memory_well": "The memory is whole.",
        "memory_broken": "The memory is damaged: {fault}. Make a copy of the folder before you do anything.",
        "disk_well": "{free} MB of the disk are free.",
        "disk_full": "Only {free} MB are free on the disk of {place}. Make room.",
        "clock_well": "The clock is right: {now}.",
        "clock_behind": "The clock says {now}, but there are entries of {latest}. Set it.",
        "trust_well": "What {names} says of senders is believed.",
        "trust_none": "No server is believed yet as to who a sender is. That comes with the mail.",
        "trust_unseen": "[mail] trusted_servers names {names}. That name stands on no letter. "
        "On them stand: {seen}.",
        "no_mailbox": "No mailbox is connected: anlass connect ADDRESS",
        "secret_well": "The password of {account} lies where nobody else can read it.",
        "secret_open": "Others can read {file}. Set its mode: chmod 600",
        "to_start": "anlass work (or with pages: anlass serve)",
        "worker_well": "{account} is watched ({when}).",
        "worker_gone": "Nobody watches {account} just now, last {when}. Start: {start}",
        "worker_hangs": "{account} was last seen {when}, though Anlass watches. Should it stay so,"
        " start it again: {start}",
        "worker_never": "{account} was never watched. Start: {start}",
        "worker_begins": "{account} was never seen yet, though Anlass watches. Should it stay so,"
        " start it again: {start}",
    },
}


def says(lang: Lang, key: str, **values: object) -> str:
    """Return one sentence of the doctor's."""
    return _SAYS[lang][key].format(**values)
