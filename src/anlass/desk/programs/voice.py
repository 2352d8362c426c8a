"""What is said to the owner of programs: what a token may do, what a feed shows, how a webhook goes."""

from __future__ import annotations

from datetime import datetime

from anlass.desk.programs.tokens import Scope
from anlass.desk.voice.common import Lang, day_and_month, spoken
from anlass.store.programs.tokens import Token, TokenKind
from anlass.store.programs.webhooks import Hook

SCOPES: dict[Lang, dict[Scope, str]] = {
    "de": {
        Scope.JUDGE: "Einen Text beurteilen lassen. Von dir sieht es nichts.",
        Scope.READ: "Alles sehen, was die Seiten zeigen, auch die Briefe.",
        Scope.DECIDE: "Über Vorgänge entscheiden, das zurücknehmen und sagen, was daraus wurde.",
        Scope.SEND: "Briefe und Rundmails umschreiben, freigeben, zurückholen, den Ausgang anhalten.",
        Scope.TEACH: "Dem Lackmustest etwas beibringen.",
        Scope.PEOPLE: "Sagen, wer wer ist, wer nahesteht, für wen du bürgst, wer auf der Merkliste steht.",
        Scope.CARDS: "Visitenkarten ändern und freigeben.",
        Scope.RULES: "Die Hausordnung ändern.",
        Scope.DOOR: "Die Tür ändern, öffnen und schließen.",
        Scope.EVENTS: "Veranstaltungen festhalten, eigene und für andere, und wen du getroffen hast.",
        Scope.EXPORT: "Alles mitnehmen, was dein Haus weiß.",
    },
    "en": {
        Scope.JUDGE: "Have a text judged. It sees nothing of yours.",
        Scope.READ: "See everything that the pages show, letters too.",
        Scope.DECIDE: "Decide on cases, take that back, and say what came of them.",
        Scope.SEND: "Reword letters and mailings, release them, take them back, hold the outbox.",
        Scope.TEACH: "Teach the litmus test.",
        Scope.PEOPLE: "Say who is who, who is close, for whom you vouch, who is watched.",
        Scope.CARDS: "Change cards, and grant them.",
        Scope.RULES: "Change the house rules.",
        Scope.DOOR: "Change the door, open and close it.",
        Scope.EVENTS: "Note events, and whom you met there, and host events for others.",
        Scope.EXPORT: "Take everything out that your house remembers.",
    },
}
_EVENTS: dict[Lang, dict[str, str]] = {
    "de": {
        "case.new": "Eine Anfrage steht an der Tür.",
        "case.decided": "Du hast über einen Vorgang entschieden.",
        "case.undone": "Du hast eine Entscheidung zurückgenommen.",
        "case.lapsed": "Ein Vorgang ist still ausgelaufen.",
        "letter.released": "Ein Brief ist freigegeben.",
        "letter.cancelled": "Ein Brief ist zurückgeholt.",
        "letter.sent": "Ein Brief ist hinausgegangen.",
        "letter.failed": "Ein Brief kam nicht hinaus.",
        "letter.doubtful": "Von einem Brief weiß niemand, ob er hinausging.",
        "letter.bounced": "Ein Brief kam zurück.",
        "outbox.held": "Der Ausgang ist angehalten.",
        "outbox.resumed": "Der Ausgang ist wieder offen.",
        "grant.given": "Jemand darf eine Karte sehen.",
        "grant.revoked": "Jemand darf eine Karte nicht mehr sehen.",
        "person.standing": "Jemand ist für dich etwas anderes als zuvor.",
        "watch.woken": "Auf der Merkliste hat sich etwas getan.",
        "rules.changed": "Es gilt eine andere Hausordnung.",
    },
    "en": {
        "case.new": "A request stands at the door.",
        "case.decided": "You decided on a case.",
        "case.undone": "You took a decision back.",
        "case.lapsed": "A case lapsed in silence.",
        "letter.released": "A letter was released.",
        "letter.cancelled": "A letter was taken back.",
        "letter.sent": "A letter left.",
        "letter.failed": "A letter did not get away.",
        "letter.doubtful": "Nobody knows whether a letter left.",
        "letter.bounced": "A letter came back.",
        "outbox.held": "The outbox is held.",
        "outbox.resumed": "The outbox is open again.",
        "grant.given": "Somebody may see a card.",
        "grant.revoked": "Somebody may see a card no longer.",
        "person.standing": "Somebody is to you what they were not before.",
        "watch.woken": "Something happened on the watch list.",
        "rules.changed": "Other house rules hold.",
    },
}
_SAYS: dict[Lang, dict[str, str]] = {
    "de": {
        "revoked": "Zurückgenommen am {day}.",
        "over": "Galt bis zum {day}.",
        "until": "Gilt bis zum {day}.",
        "ever": "Gilt, bis du es zurücknimmst.",
        "used": "Zuletzt benutzt am {day}.",
        "unused": "Noch nie benutzt.",
        "details": "Zeigt, wer fragt und worum es geht.",
        "bare": "Zeigt nur, dass jemand fragt.",
        "hears": "Hört von: {on}.",
        "words": "Mit den Worten der Briefe.",
        "no_words": "Ohne ein Wort aus den Briefen.",
        "fails": "Scheitert seit {when} ({why}). Es wird weiter versucht.",
        "stopped": "Aufgegeben am {day} ({why}). Seitdem hört es nichts mehr, bis du es fortsetzt.",
        "inside": "die Adresse führt ins eigene Haus",
        "no_name": "der Name ist nicht zu finden",
        "in_the_clear": "ohne Verschlüsselung",
        "no_address": "keine Adresse",
        "refused": "niemand da",
        "unknown": "keine Antwort",
    },
    "en": {
        "revoked": "Revoked on {day}.",
        "over": "Held until {day}.",
        "until": "Holds until {day}.",
        "ever": "Holds until you revoke it.",
        "used": "Last used on {day}.",
        "unused": "Never used yet.",
        "details": "Shows who asks and what it is about.",
        "bare": "Shows only that somebody asks.",
        "hears": "Hears of: {on}.",
        "words": "With the words of letters.",
        "no_words": "Without a word from the letters.",
        "fails": "Fails since {when} ({why}). It is tried on.",
        "stopped": "Given up on {day} ({why}). It hears nothing more until you resume it.",
        "inside": "the address leads into your own house",
        "no_name": "the name cannot be found",
        "in_the_clear": "not encrypted",
        "no_address": "no address",
        "refused": "nobody there",
        "unknown": "no answer",
    },
}


def scope_says(scope: Scope, lang: Lang) -> str:
    """Say what a scope lets a program do."""
    return SCOPES[lang][scope]


def event_says(event: str, lang: Lang) -> str:
    """Say what it is that a webhook hears of."""
    return _EVENTS[lang][event]


def token_says(token: Token, now: datetime, lang: Lang) -> str:
    """Say what a token may do, until when, and when it was used last."""
    words = _SAYS[lang]
    if token.kind is TokenKind.FEED:
        may = words["details" if token.may else "bare"]
    else:
        may = f"{', '.join(token.may)}."
    used = (
        words["used"].format(day=day_and_month(token.used_on, now, lang))
        if token.used_on
        else words["unused"]
    )
    return f"{may} {_until(token, now, lang)} {used}"


def hook_says(hook: Hook, now: datetime, lang: Lang) -> str:
    """Say what a webhook hears of, and how it goes."""
    words = _SAYS[lang]
    told = [words["hears"].format(on=", ".join(hook.on)), words["words" if hook.words else "no_words"]]
    why = words.get(hook.says, hook.says)
    if hook.stopped_at is not None:
        told.append(words["stopped"].format(day=day_and_month(hook.stopped_at, now, lang), why=why))
    elif hook.failing_since is not None:
        told.append(words["fails"].format(when=spoken(hook.failing_since, now, lang), why=why))
    return " ".join(told)


def _until(token: Token, now: datetime, lang: Lang) -> str:
    words = _SAYS[lang]
    if token.revoked_at is not None:
        return words["revoked"].format(day=day_and_month(token.revoked_at, now, lang))
    if token.expires_at is None:
        return words["ever"]
    return words["until" if token.opens(now) else "over"].format(
        day=day_and_month(token.expires_at, now, lang)
    )
