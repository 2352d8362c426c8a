"""What the doctor says of how the house is run, and what to do."""

from __future__ import annotations

from anlass.desk.voice.common import Lang

_SAYS: dict[Lang, dict[str, str]] = {
    "de": {
        "version": "Das ist Anlass {version} auf Python {python}.",
        "schema_well": "Der Speicher hat die neueste Form.",
        "schema_older": "Dem Speicher fehlen {n} Schritte zur neuesten Form. Jeder Befehl holt sie nach.",
        "schema_newer": "Der Speicher ist von einem neueren Anlass ({n} Schritte voraus). Nimm dieses.",
        "folder_well": "Im Datenordner liest niemand sonst.",
        "folder_open": "{file} können andere lesen. Setz die Rechte: chmod 700 {folder}",
        "rules_well": "Die Hausordnung gilt, mit {n} Regeln.",
        "rules_broken": "Die Hausordnung gilt nicht, Zeile {line}: {problem}. Die letzte gute gilt.",
        "rules_none": "Die Hausordnung gilt nicht, Zeile {line}: {problem}. Alles wird dir vorgelegt.",
        "beat_well": "Hier wacht Anlass ({when}).",
        "beat_late": "Die Wache hat sich zuletzt {when} gemeldet. Starte sie neu: {start}",
        "beat_none": "In diesem Ordner wacht Anlass nicht. Tut es das nirgends, starte es: {start}",
        "beat_unneeded": "Anlass wacht nicht. Noch ist nichts verbunden, was es bewachte.",
        "outbox_well": "Im Ausgang hängt nichts.",
        "outbox_stuck": "{n} Briefe warten seit über einer Stunde. Wacht Anlass nicht, starte es: {start}",
        "outbox_doubtful": "Bei {n} Briefen ist ungewiss, ob sie ankamen. Entscheide: anlass outbox",
        "outbox_stopped": "{n} Briefe sind liegen geblieben. Warum, zeigt `anlass outbox`.",
        "backup_unknown": "Sicherungen sind nicht bekannt. Nenne ihren Ordner: [backup] folder",
        "backup_none": "In {folder} liegt keine Sicherung. Mach eine: anlass backup",
        "backup_old": "Die jüngste Sicherung ist von {when}. Mach eine neue: anlass backup",
        "backup_well": "Die jüngste Sicherung ist von {when}.",
        "certificate_well": "Das Zertifikat von {host} gilt bis {until}.",
        "certificate_soon": "Das Zertifikat von {host} läuft {until} ab. Sag dem Betreiber Bescheid.",
    },
    "en": {
        "version": "This is Anlass {version} on Python {python}.",
        "schema_well": "The memory has the newest shape.",
        "schema_older": "The memory lacks {n} steps to the newest shape. Any command takes them.",
        "schema_newer": "The memory is of a newer Anlass ({n} steps ahead). Install that one.",
        "folder_well": "Nobody else reads in the data folder.",
        "folder_open": "Others can read {file}. Set the mode: chmod 700 {folder}",
        "rules_well": "The house rules hold, {n} of them.",
        "rules_broken": "The house rules do not hold, line {line}: {problem}. The last good ones do.",
        "rules_none": "The house rules do not hold, line {line}: {problem}. Everything is left to you.",
        "beat_well": "Anlass watches here ({when}).",
        "beat_late": "The watch gave its last sign of life {when}. Start it again: {start}",
        "beat_none": "Anlass does not watch in this folder. If it does so nowhere, start it: {start}",
        "beat_unneeded": "Anlass does not watch. Nothing is connected yet that it would watch.",
        "outbox_well": "Nothing is stuck in the outbox.",
        "outbox_stuck": "{n} letters have waited over an hour. If Anlass does not watch, start it: {start}",
        "outbox_doubtful": "Of {n} letters it is uncertain whether they arrived. Decide: anlass outbox",
        "outbox_stopped": "{n} letters did not leave. `anlass outbox` says why.",
        "backup_unknown": "No backups are known. Name their folder: [backup] folder",
        "backup_none": "There is no backup in {folder}. Make one: anlass backup",
        "backup_old": "The newest backup is of {when}. Make a new one: anlass backup",
        "backup_well": "The newest backup is of {when}.",
        "certificate_well": "The certificate of {host} holds until {until}.",
        "certificate_soon": "The certificate of {host} ends {until}. Tell whoever runs it.",
    },
}


def says(lang: Lang, key: str, **values: object) -> str:
    """Return one sentence of the doctor's."""
    return _SAYS[lang][key].format(**values)
