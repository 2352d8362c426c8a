"""The page that explains an export of everything: what each file is, and which programs read it."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.desk.voice.common import Lang


def explained(counts: Mapping[str, int], lang: Lang) -> str:
    """Return the page; `counts` are the files by name with their number of records."""
    words, files = _WORDS[lang], _FILES[lang]
    rows = [f"| `{name}` | {counts[name]} | {files[name]} |" for name in files if name in counts]
    memory = sum(name.startswith("memory/") for name in counts)
    return "\n".join([words["head"], *rows, "", words["memory"].format(n=memory), "", words["end"], ""])


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "head": "# Alles, was dein Haus weiß\n\nJede Datei hat ein offenes Format. JSON Lines heißt: "
        "je Zeile ein Eintrag.\n\n| Datei | Einträge | was darin steht |\n|---|---|---|",
        "memory": "`memory/` ist der ganze Speicher, {n} Tabellen in JSON Lines. `anlass import` liest ihn.",
        "end": "Bewahr das für dich auf: Auch was nur du weißt, steht darin. Briefe, deren Original nirgends "
        "mehr lag, stehen nur in `letters.csv` und `cases.jsonl`.",
    },
    "en": {
        "head": "# Everything your house knows\n\nEvery file has an open format. JSON lines means: one entry "
        "a line.\n\n| file | entries | what is in it |\n|---|---|---|",
        "memory": "`memory/` is the whole memory, {n} tables as JSON lines; `anlass import` reads it again.",
        "end": "Keep this to yourself: what only you know is in it too. Letters whose original lay nowhere "
        "any more stand in `letters.csv` and `cases.jsonl` alone.",
    },
}
_FILES: dict[Lang, dict[str, str]] = {
    "de": {
        "persons.vcf": "alle Menschen als vCard 4, für jedes Adressbuch",
        "persons.jscontact.jsonl": "dieselben als JSContact (RFC 9553)",
        "persons.csv": "dieselben als Tabelle",
        "ledger.jsonl": "das Beziehungsbuch: was du mit wem teilst, in Zahlen",
        "encounters.jsonl": "jede Begegnung mit Tag und Quelle",
        "meetings.ics": "Treffen, für jeden Kalender",
        "events.ics": "deine Veranstaltungen, für jeden Kalender",
        "letters.csv": "wo jeder Brief liegt",
        "letters.mbox": "die Briefe selbst als mbox, für jedes Mailprogramm",
        "cases.jsonl": "jede Anfrage mit Text, Befund und Entwurf",
        "decisions.jsonl": "was entschieden wurde und nach welcher Regel",
        "journal.jsonl": "das Protokoll, das Neueste zuerst",
        "standings.jsonl": "was jemand für dich ist",
        "watch-list.jsonl": "die Merkliste",
        "grants.jsonl": "wer welche Karte sieht, von wann bis wann",
        "cards.toml": "deine Karten, wie sie gelten",
        "files": "die Dateien, die du geschrieben hast: Einstellungen, Hausordnung, Karten, Worte",
    },
    "en": {
        "persons.vcf": "everybody as vCard 4, for any address book",
        "persons.jscontact.jsonl": "the same as JSContact (RFC 9553)",
        "persons.csv": "the same as a table",
        "ledger.jsonl": "the ledger: what you share with whom, in numbers",
        "encounters.jsonl": "every encounter with its day and source",
        "meetings.ics": "meetings, for any calendar",
        "events.ics": "your events, for any calendar",
        "letters.csv": "where each letter lies",
        "letters.mbox": "the letters themselves as mbox, for any mail program",
        "cases.jsonl": "every request with its text, reading and draft",
        "decisions.jsonl": "what was decided, and by which rule",
        "journal.jsonl": "the journal, the newest first",
        "standings.jsonl": "what somebody is to you",
        "watch-list.jsonl": "the watch list",
        "grants.jsonl": "who sees which card, from when until when",
        "cards.toml": "your cards as they hold",
        "files": "the files you wrote: settings, house rules, cards, words",
    },
}
