"""What is said before and after somebody is forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.desk.safekeeping.erasing import Erased
from anlass.desk.voice.common import Lang

_SHOWN = 5


def going_says(counts: Mapping[str, int], lang: Lang) -> tuple[str, ...]:
    """Say what goes, a line for each kind of which there is any."""
    words = _KINDS[lang]
    return tuple(_one(words[kind], counts[kind]) for kind in words if counts.get(kind))


def staying_says(erased: Erased, lang: Lang) -> tuple[str, ...]:
    """Say what stays, and why; and what is not the house's to delete."""
    words = _STAYS[lang]
    told = [words["digest"]]
    if erased.is_blocked:
        told.append(words["blocked"])
    if erased.named_in:
        told.append(words["files"].format(files=", ".join(erased.named_in[:5])))
    if erased.alike:
        shown = ", ".join(f"{one.name} ({one.id})" for one in erased.alike[:_SHOWN])
        told.append(words["alike"].format(people=shown))
    if erased.word:
        told.append(words["word"].format(word=erased.word))
    return (*told, words["outside"])


def proof_says(erased: Erased, lang: Lang) -> str:
    """Say what the walk through all tables found afterwards."""
    words = _PROOF[lang]
    if erased.left or erased.bytes_left:
        return words["left"].format(rows=erased.left, places=erased.bytes_left or 0)
    return words["none" if erased.bytes_left is None else "none_in_file"]


def _one(forms: tuple[str, str], count: int) -> str:
    return forms[count != 1].format(n=count)


_KINDS: dict[Lang, dict[str, tuple[str, str]]] = {
    "de": {
        "cases": ("{n} Anfrage", "{n} Anfragen"),
        "letters": ("{n} Brief im Beziehungsbuch", "{n} Briefe im Beziehungsbuch"),
        "drafts": ("{n} Entwurf oder Brief im Ausgang", "{n} Entwürfe und Briefe im Ausgang"),
        "encounters": ("{n} Begegnung", "{n} Begegnungen"),
        "cards": ("{n} Freigabe einer Karte", "{n} Freigaben von Karten"),
        "lessons": ("{n} Lektion", "{n} Lektionen"),
        "journal": ("{n} Zeile im Protokoll", "{n} Zeilen im Protokoll"),
        "other": ("{n} weitere Zeile: Adressen, Worte, Suche", "{n} weitere Zeilen: Adressen, Worte, Suche"),
        "blacked": ("{n} Stelle bei anderen, geschwärzt", "{n} Stellen bei anderen, geschwärzt"),
    },
    "en": {
        "cases": ("{n} request", "{n} requests"),
        "letters": ("{n} letter in the ledger", "{n} letters in the ledger"),
        "drafts": ("{n} draft or letter in the outbox", "{n} drafts and letters in the outbox"),
        "encounters": ("{n} encounter", "{n} encounters"),
        "cards": ("{n} grant of a card", "{n} grants of cards"),
        "lessons": ("{n} lesson", "{n} lessons"),
        "journal": ("{n} line of the journal", "{n} lines of the journal"),
        "other": ("{n} further row: addresses, words, search", "{n} further rows: addresses, words, search"),
        "blacked": ("{n} place in what others wrote, blacked out", "{n} places of others, blacked out"),
    },
}
_STAYS: dict[Lang, dict[str, str]] = {
    "de": {
        "digest": "Es bleibt ein Abdruck der Adressen, aus dem sie niemand zurückrechnet: Alte Briefe, die "
        "noch einmal gelesen werden, bleiben so vergessen. Ein neuer Brief beginnt neu.",
        "blocked": "Die Sperre gilt weiter, durch diesen Abdruck.",
        "files": "Diese Dateien hast du geschrieben, und sie nennen den Menschen: {files}.",
        "alike": "Wer ähnlich heißt, bleibt: {people}. Ist das derselbe Mensch, vergiss auch diesen Eintrag.",
        "word": "„{word}“ ist nur ein Wort: In Briefen anderer wird danach nicht gesucht. Sieh selbst nach.",
        "outside": "Briefe in deinen Postfächern, dein Adressbuch, Sicherungen und Exporte liegen nicht im "
        "Haus: Dort löschst du selbst. Die Statistik verliert, was geht.",
    },
    "en": {
        "digest": "A print of the addresses stays, from which nobody can work them out: old letters that are "
        "read again stay forgotten. A new letter begins anew.",
        "blocked": "The block goes on, by that print.",
        "files": "You wrote these files, and they name the person: {files}.",
        "alike": "Whoever has a similar name stays: {people}. If that is the same person, forget them, too.",
        "word": "“{word}” is one word: letters of others are not looked through for it. Search yourself.",
        "outside": "Letters in your mailboxes, your address book, backups and exports do not lie in the "
        "house: there you delete yourself. Statistics lose what goes.",
    },
}
_PROOF: dict[Lang, dict[str, str]] = {
    "de": {
        "none": "Alle Tabellen sind durchgesehen: Keine Zeile nennt diesen Menschen mehr.",
        "none_in_file": "Alle Tabellen und die Datei sind durchgesehen: Nichts nennt diesen Menschen mehr.",
        "left": "Noch {rows} Zeilen und {places} Stellen der Datei nennen diesen Menschen. Ruf den Befehl "
        "noch einmal auf, wenn sonst niemand schreibt.",
    },
    "en": {
        "none": "All tables were walked through: no row names this person any more.",
        "none_in_file": "All tables and the file were walked through: nothing names this person any more.",
        "left": "{rows} rows and {places} places of the file still name this person. Call this again when "
        "nobody else writes.",
    },
}
