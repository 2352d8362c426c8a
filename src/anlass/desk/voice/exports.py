"""Why something in an export, an address book, a calendar or a mailbox was set aside, in German.

The place is said beside it.
"""

from __future__ import annotations

EXPORTS: dict[str, str] = {
    "no_date": "Das Datum in dieser Zeile lässt sich nicht lesen; der Rest der Zeile ist gelesen.",
    "no_address": "Was in dieser Zeile als Mailadresse steht, ist keine; der Rest der Zeile ist gelesen.",
    "broken_zip": "Das Archiv ist beschädigt oder wurde nicht zu Ende geladen. Lade es noch einmal.",
    "broken_file": "Die Datei bricht hier ab oder ist beschädigt; was davor steht, wurde gelesen.",
    "damaged": "Die Datei ist hier beschädigt; der Rest wurde gelesen.",
    "too_many_files": "In diesem Archiv liegen mehr Dateien, als ein Netzwerk je ausgibt.",
    "too_large": "Die Datei ist zu groß, um sie zu lesen.",
    "bomb": "Die Datei ist für einen Export viel zu dicht gepackt; sie wurde nicht ausgepackt.",
    "locked": "Die Datei ist mit einem Passwort verschlossen.",
    "leads_out": "Der Name dieser Datei führt aus dem Archiv hinaus; sie wurde nicht gelesen.",
    "no_table": "In keiner Zeile stehen die Namen der Spalten.",
    "hopeless": "Ab hier ließ sich nichts mehr lesen.",
    "no_owner": "Es ist nicht zu erkennen, wer von diesen Menschen du bist.",
    "no_talks": "In dieser Datei steht kein Gespräch.",
    "too_few_columns": "Die Zeile hat weniger Spalten als die Tabelle.",
    "too_many_columns": "Die Zeile hat mehr Spalten als die Tabelle.",
    "broken_quotes": "Ein Anführungszeichen in dieser Zeile wird nie geschlossen.",
    "row_too_long": "Die Zeile ist zu lang.",
    "nobody": "Die Zeile nennt niemanden.",
    "misshapen": "Der Eintrag hat nicht die Form dieses Exports.",
    "further": "Ab hier ließen sich weitere Einträge dieser Datei nicht lesen.",
}

BOOKS: dict[str, str] = {
    "within": "In dieser Karte steckt eine andere Karte; die innere wurde nicht gelesen.",
    "cut_off": "Was hier beginnt, ist abgeschnitten: Das Ende fehlt.",
    "no_card": "Was hier steht, ist keine Karte.",
    "no_entry": "Was hier steht, ist kein Eintrag eines Adressbuchs.",
    "nameless": "Auf dieser Karte steht weder ein Name noch eine Adresse.",
    "too_long": "Dieser Eintrag ist länger, als einer sein kann.",
    "no_calendar": "In dieser Datei steht kein Kalender.",
    "no_date": "Hier steht kein Datum, das sich lesen lässt.",
    "rule": "Dieser Termin wiederholt sich nach einer Regel, die Anlass nicht liest.",
    "no_appointment": "Dieser Termin ließ sich nicht lesen.",
}

MAILBOXES: dict[str, str] = {
    "folder_withheld": "Der Server öffnet diesen Ordner nicht.",
    "mail_withheld": "Der Server gibt diese Mail nicht heraus.",
    "folder_garbled": "Der Server nennt einen Ordner auf eine Weise, die sich nicht lesen lässt.",
}

LISTS: dict[str, str] = {
    "list_entry": "Ein Eintrag dieser Liste ließ sich nicht lesen.",
    "list_goes_on": "Die Liste ist länger; gelesen wurde ihr Anfang.",
}
