"""What can be wrong with house rules, said in both languages.

Every sentence names the thing, then what would be right. `{near}` is filled with the
nearest known name, or with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from anlass.policy.decision import Words

SAYS: dict[str, Words] = {
    "too_long": Words(
        "Die Datei ist zu lang: {size} Zeichen, erlaubt sind {limit}.",
        "The file is too long: {size} characters, {limit} are allowed.",
    ),
    "toml": Words("Das ist kein gültiges TOML: {detail}.", "This is not valid TOML: {detail}."),
    "unknown_key": Words(
        "„{name}“ ist hier unbekannt.{near} Erlaubt sind: {known}.",
        "“{name}” is unknown here.{near} Known keys: {known}.",
    ),
    "reserved": Words(
        "„{name}“ ist für eine spätere Version reserviert.", "“{name}” is reserved for a later version."
    ),
    "missing": Words("Hier fehlt „{name}“.", "“{name}” is missing here."),
    "expected": Words("„{name}“ muss {what} sein.", "“{name}” must be {what}."),
    "condition": Words(
        "„{name}“ enthält Bedingungen in Anführungszeichen.", "“{name}” must hold conditions in quotes."
    ),
    "empty": Words("„{name}“ ist leer.", "“{name}” is empty."),
    "twice": Words("Es gibt schon eine Regel „{name}“.", "There is already a rule “{name}”."),
    "no_condition": Words(
        'Die Regel hat keine Bedingung; schreib all = [...] oder any = [...], für „immer“ all = ["true"].',
        'The rule has no condition; write all = [...] or any = [...], and all = ["true"] for “always”.',
    ),
    "unknown_action": Words(
        "Die Aktion „{name}“ gibt es nicht.{near} Es gibt: {known}.",
        "There is no action “{name}”.{near} There are: {known}.",
    ),
    "unknown_send": Words(
        "„{name}“ ist keine Art zu senden.{near} Es gibt „draft“ und „automatically“.",
        "“{name}” is no way to send.{near} There are “draft” and “automatically”.",
    ),
    "send_silent": Words(
        "Die Aktion „{name}“ schreibt nichts; da ist nichts zu senden.",
        "The action “{name}” writes nothing; there is nothing to send.",
    ),
    "unknown_fact": Words("„{name}“ ist unbekannt.{near}", "“{name}” is unknown.{near}"),
    "unknown_function": Words(
        "Die Funktion „{name}“ gibt es nicht.{near}", "There is no function “{name}”.{near}"
    ),
    "unknown_choice": Words(
        "„{name}“ kann nie „{value}“ sein.{near} Möglich sind: {known}.",
        "“{name}” can never be “{value}”.{near} It can be: {known}.",
    ),
    "overload": Words(
        "„{op}“ passt nicht zu ({types}).{hint}",
        "“{op}” does not take ({types}).{hint}",
    ),
    "syntax": Words(
        "Ab hier ist die Bedingung nicht zu verstehen: {detail}",
        "The condition makes no sense from here: {detail}",
    ),
    "not_bool": Words(
        "Eine Bedingung muss ja oder nein ergeben (bool), diese ergibt {type}.",
        "A condition must yield yes or no (bool), this one yields {type}.",
    ),
    "engine": Words("Die Bedingung wird nicht angenommen: {detail}", "The condition is refused: {detail}"),
    "why_field": Words(
        "Im Grund steht {{{name}}}; nennen lassen sich nur Zahlen (int).{near}",
        "The reason names {{{name}}}; only whole numbers (int) can be named.{near}",
    ),
    "example_fact": Words(
        "„{name}“ ist keine Tatsache, die eine Regel kennt.{near}",
        "“{name}” is no fact that a rule knows.{near}",
    ),
    "unknown_preset": Words(
        "Mitgelieferte Regeln „{name}“ gibt es nicht.{near} Es gibt: {known}.",
        "There are no shipped rules “{name}”.{near} There are: {known}.",
    ),
    "example_won": Words(
        "Hier soll „{rule}“ nicht greifen, greift aber ({action}).",
        "Here “{rule}” is meant not to apply, but it does ({action}).",
    ),
    "example_lost": Words(
        "Das Beispiel gehört zu „{rule}“, es gewinnt aber „{winner}“ ({action}).",
        "The example belongs to “{rule}”, but “{winner}” wins ({action}).",
    ),
}

NEAR = Words(" Gemeint ist wohl „{name}“.", " Did you mean “{name}”?")
IS_TYPE = Words(" {name} ist {type}.", " {name} is {type}.")
WRITE_DOUBLE = Words(" Schreib Kommazahlen mit Punkt: 1.0.", " Write decimals with a point: 1.0.")

KINDS: dict[str, Words] = {
    "words": Words("ein Text oder { de = ..., en = ... }", "a string or { de = ..., en = ... }"),
    "list": Words("eine Liste von Bedingungen", "a list of conditions"),
    "tables": Words("eine Folge von [[{name}]]", "a sequence of [[{name}]]"),
    "table": Words("eine Tabelle", "a table"),
}


def nearest(name: str, known: Iterable[str], lang: str) -> str:
    """Return a sentence that names the nearest of `known`, or nothing."""
    names = list(known)
    found = get_close_matches(name, names, n=1, cutoff=0.6) or _by_last_part(name, names)
    return NEAR.in_(lang).format(name=found[0]) if found else ""


def _by_last_part(name: str, names: list[str]) -> list[str]:
    """Find `reading.verdict` for a bare `verdict`, also when misspelt."""
    ends = {known.rpartition(".")[2]: known for known in reversed(names)}
    return [ends[end] for end in get_close_matches(name.rpartition(".")[2], list(ends), n=1, cutoff=0.75)]
