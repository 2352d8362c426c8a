"""Words for the owner in both languages: actions, answers, findings, wishes, verdicts, marks.

Inward only. One table per enum, complete by test; German titles are those of the
vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping

from anlass.intake import Channel, Mark
from anlass.languages import languages
from anlass.ledger import TieLevel
from anlass.ledger.outcome import CameOf
from anlass.litmus import Asks, FindingKind, Question, Verdict
from anlass.litmus.reply import Outcome
from anlass.people import Standing
from anlass.policy.decision import Action, Words
from anlass.policy.outside import NONE

QUESTIONS: Mapping[Question, Words] = {
    Question.WHO: Words("Wer?", "Who?"),
    Question.OCCASION: Words("Anlass?", "Occasion?"),
    Question.WHY_ME: Words("Warum ich?", "Why me?"),
    Question.BENEFIT: Words("Was habe ich davon?", "What do I get?"),
    Question.SUBSTANCE: Words("Was liegt schon vor?", "What is already here?"),
}

FINDINGS: Mapping[FindingKind, Words] = {
    FindingKind.WHO: Words("sagt, wer schreibt", "says who is writing"),
    FindingKind.OCCASION: Words("nennt den Anlass", "gives the occasion"),
    FindingKind.WHY_ME: Words("sagt, warum gerade du", "says why you"),
    FindingKind.BENEFIT: Words("sagt, was du davon hast", "says what you get"),
    FindingKind.SUBSTANCE: Words("bringt etwas mit", "brings something"),
    FindingKind.HOLLOW: Words("hohl", "hollow"),
    FindingKind.FLATTERY: Words("Schmeichelei", "flattery"),
    FindingKind.PRESSURE: Words("Druck", "pressure"),
    FindingKind.SECRECY: Words("Geheimnis", "secrecy"),
    FindingKind.PITCH: Words("Werbung", "pitch"),
    FindingKind.TAKE_ONLY: Words("nimmt nur", "takes only"),
    FindingKind.NO_PURPOSE: Words("ohne Thema", "no purpose"),
    FindingKind.MERGED: Words("eingesetzt", "merged in"),
    FindingKind.PLACEHOLDER: Words("leerer Platzhalter", "empty placeholder"),
    FindingKind.MASS: Words("Rundsendung", "mailing"),
    FindingKind.DEFAULT_TEXT: Words("Standardtext", "default text"),
    FindingKind.OPTOUT: Words("Abmeldezeile", "opt-out line"),
    FindingKind.ATTACK: Words("Anweisung an ein Programm", "orders to a program"),
}

ASKS: Mapping[Asks, Words] = {
    Asks.CONTACT: Words("Kontakt", "contact"),
    Asks.CALL: Words("Telefonat", "call"),
    Asks.MEETING: Words("Treffen", "meeting"),
    Asks.ANSWER: Words("Antwort", "answer"),
    Asks.SALE: Words("Kauf", "sale"),
    Asks.JOB: Words("Stelle oder Auftrag", "job or commission"),
    Asks.COLLABORATION: Words("Zusammenarbeit", "collaboration"),
    Asks.LINK: Words("Link oder Erwähnung", "link or mention"),
    Asks.INTRO: Words("Vermittlung", "introduction"),
    Asks.EVENT: Words("Veranstaltung", "event"),
    Asks.OTHER: Words("etwas anderes", "something else"),
}

VERDICTS: Mapping[Verdict, Words] = {
    Verdict.REASON: Words("Hat einen Anlass", "Has a reason"),
    Verdict.ASK: Words("Anlass fehlt noch", "Reason still missing"),
    Verdict.HOLLOW: Words("Hohl", "Hollow"),
}

MARKS: Mapping[Mark, Words] = {
    Mark.FAKE_REPLY: Words("Gibt sich als Antwort aus", "Poses as a reply"),
    Mark.MASS_OUTREACH: Words("Kopfzeilen einer Rundsendung", "Headers of a mailing"),
    Mark.INTRODUCTION: Words("Vorgestellt von jemandem, den du kennst", "Introduced by somebody you know"),
    Mark.CALENDAR: Words("Ungebetene Termineinladung", "Uninvited calendar entry"),
    Mark.NOTICE: Words("Meldung eines Netzwerks", "A network's notice"),
    Mark.DEFAULT_TEXT: Words("Standardtext des Netzwerks", "The network's default text"),
    Mark.REMINDER: Words("Erinnerung des Netzwerks", "The network's reminder"),
    Mark.UNPROVEN: Words("Meldung nicht bestätigt", "Notice not confirmed"),
    Mark.EMPTY: Words("Ohne Worte", "Without words"),
    Mark.NO_ROOM: Words("Kein Platz für Worte", "No room for words"),
    Mark.NOT_ADDRESSED: Words("Nicht an dich adressiert", "Not addressed to you"),
    Mark.ENCRYPTED: Words("Verschlüsselt", "Encrypted"),
    Mark.FORGED: Words("Absender nicht bestätigt", "Sender not confirmed"),
    Mark.HUMAN_MUST_READ: Words("Liest ein Mensch", "A human reads this"),
    Mark.CODE_WORD: Words("Kennt ein Codewort", "Knows a code word"),
    Mark.UNREADABLE: Words("Nur zum Teil lesbar", "Only partly readable"),
}

CHANNELS: Mapping[Channel, Words] = {
    Channel.MAIL: Words("per Mail", "by mail"),
    Channel.FORM: Words("über das Formular", "through the form"),
    Channel.LINKEDIN: Words("über LinkedIn", "through LinkedIn"),
    Channel.XING: Words("über XING", "through XING"),
    Channel.MASTODON: Words("über Mastodon", "through Mastodon"),
    Channel.MATRIX: Words("über Matrix", "through Matrix"),
    Channel.XMPP: Words("über XMPP", "through XMPP"),
    Channel.OTHER: Words("auf anderem Weg", "by another route"),
}

LEVELS: Mapping[TieLevel, Words] = {
    TieLevel.STRANGER: Words("fremd", "stranger"),
    TieLevel.ACQUAINTED: Words("bekannt", "acquainted"),
    TieLevel.IN_TOUCH: Words("in Verbindung", "in touch"),
}

STANDINGS: Mapping[Standing, Words] = {
    Standing.STRANGER: Words("fremd", "stranger"),
    Standing.WATCHED: Words("auf der Merkliste", "watched"),
    Standing.IN_TOUCH: Words("in Verbindung", "in touch"),
    Standing.CONTACT: Words("Kontakt", "contact"),
    Standing.VOUCHED_FOR: Words("empfohlen", "vouched for"),
    Standing.INNER_CIRCLE: Words("enger Kreis", "inner circle"),
}

ACTIONS: Mapping[Action, Words] = {
    Action.ACCEPT: Words("annehmen", "accept"),
    Action.ASK_BACK: Words("nachfragen", "ask back"),
    Action.WATCH: Words("auf die Merkliste", "put on the watch list"),
    Action.DECLINE_WITH_MESSAGE: Words("ablehnen mit Nachricht", "decline with message"),
    Action.UNLOCK: Words("freischalten", "unlock"),
    Action.LAPSE: Words("verfallen lassen", "let it lapse"),
    Action.HOLD: Words("vorlegen", "hold for the owner"),
}

OUTCOMES: Mapping[str, Words] = {
    NONE: Words("keine", "none"),
    Outcome.FILLED.value: Words("füllt die Lücke", "fills the gap"),
    Outcome.PARTLY.value: Words("füllt sie zum Teil", "fills part of it"),
    Outcome.HOT_AIR.value: Words("heiße Luft", "hot air"),
    Outcome.HURT.value: Words("verletzt oder verärgert", "hurt or angry"),
    Outcome.REFUSED.value: Words("mag nicht antworten", "does not want to answer"),
}

CAME_OF: Mapping[CameOf, Words] = {
    CameOf.JOB: Words("ein Auftrag", "a job"),
    CameOf.PROJECT: Words("ein gemeinsames Vorhaben", "a project together"),
    CameOf.FRIENDSHIP: Words("eine Freundschaft", "a friendship"),
    CameOf.TALK: Words("ein Gespräch", "a conversation"),
    CameOf.NOTHING: Words("nichts", "nothing"),
}

LANGUAGES: Mapping[str, Words] = {
    **{
        code: Words(spoken.named.get("de", code), spoken.named.get("en", code))
        for code, spoken in languages().spoken.items()
    },
    "und": Words("unbestimmt", "undetermined"),
}

OF_FACT: Mapping[str, Mapping[str, Words]] = {
    "reading.lang": LANGUAGES,
    "reading.verdict": {key.value: words for key, words in VERDICTS.items()},
    "reading.asks": {key.value: words for key, words in ASKS.items()},
    "reading.findings": {key.value: words for key, words in FINDINGS.items()},
    "opinion.answers": {key.value: words for key, words in FINDINGS.items()},
    "opinion.findings": {key.value: words for key, words in FINDINGS.items()},
    "request.marks": {key.value: words for key, words in MARKS.items()},
    "request.channel": {key.value: words for key, words in CHANNELS.items()},
    "tie.level": {key.value: words for key, words in LEVELS.items()},
    "person.standing": {key.value: words for key, words in STANDINGS.items()},
    "person.outcomes": {key.value: words for key, words in CAME_OF.items()},
    "answer.outcome": OUTCOMES,
}
"""How the values of a fact are said, by the fact's name."""
