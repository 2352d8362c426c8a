"""What is said of a request: its verdict and how sure that is, what came with it, what the rules suggest."""

from __future__ import annotations

from anlass.desk.voice.common import Lang
from anlass.intake import ContactRequest, Mark
from anlass.litmus import Question, Reading, Verdict
from anlass.policy import Action
from anlass.policy.facts import has_own_words

_VERDICTS: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.REASON: "Hier steht ein Anlass.",
        Verdict.ASK: "Vielleicht gibt es einen Anlass, aber der Brief nennt ihn nicht.",
        Verdict.HOLLOW: "Ein Anlass ist nicht zu finden.",
    },
    "en": {
        Verdict.REASON: "There is a reason here.",
        Verdict.ASK: "There may be a reason, but the letter does not give it.",
        Verdict.HOLLOW: "No reason can be found.",
    },
}
_DESPITE_AN_OCCASION: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.ASK: "Ein Anlass klingt an, das Wichtigste fehlt noch.",
        Verdict.HOLLOW: "Was hier als Anlass dasteht, trägt nicht.",
    },
    "en": {
        Verdict.ASK: "A reason is hinted at, but what matters most is missing.",
        Verdict.HOLLOW: "What is offered here as a reason does not hold.",
    },
}
"""Said where some words pass for an occasion, so that verdict and underlines do not contradict each other."""
_NOTHING_READ: dict[Lang, tuple[str, str]] = {
    "de": ("Verschlüsseltes liest hier kein Programm.", "Ohne ein Wort lässt sich kein Anlass erkennen."),
    "en": ("No program here reads what is encrypted.", "Without a word no reason can be seen."),
}
_UNSAID: dict[Lang, str] = {
    "de": "Wohl ein Anlass, aber kein Satz spricht ihn aus.",
    "en": "There seems to be a reason, but no sentence states it.",
}
_IN_BRIEF: dict[Lang, dict[Verdict, str]] = {
    "de": {Verdict.REASON: "mit Anlass", Verdict.ASK: "Anlass fehlt", Verdict.HOLLOW: "hohl"},
    "en": {Verdict.REASON: "with a reason", Verdict.ASK: "reason missing", Verdict.HOLLOW: "hollow"},
}
_UNSURE: dict[Lang, str] = {"de": "unsicher", "en": "unsure"}
_UNREAD: dict[Lang, str] = {"de": "nicht zu lesen", "en": "not readable"}
_PROPOSALS: dict[Lang, dict[Action, str]] = {
    "de": {
        Action.ACCEPT: "Die Hausordnung schlägt vor, den Kontakt anzunehmen.",
        Action.ASK_BACK: "Die Hausordnung schlägt vor, nachzufragen.",
        Action.WATCH: "Die Hausordnung setzt diese Person auf die Merkliste. Das erfährt niemand.",
        Action.DECLINE_WITH_MESSAGE: "Die Hausordnung schlägt vor, zu antworten, aber nicht anzunehmen.",
        Action.UNLOCK: "Die Hausordnung schlägt vor, mehr von deiner Visitenkarte zu zeigen.",
        Action.LAPSE: "Die Hausordnung lässt das auf sich beruhen. Das erfährt niemand.",
        Action.HOLD: "Die Hausordnung legt dir das vor.",
    },
    "en": {
        Action.ACCEPT: "The house rules suggest accepting the contact.",
        Action.ASK_BACK: "The house rules suggest asking back.",
        Action.WATCH: "The house rules put this person on the watch list. Nobody will know.",
        Action.DECLINE_WITH_MESSAGE: "The house rules suggest answering without accepting the contact.",
        Action.UNLOCK: "The house rules suggest showing more of your card.",
        Action.LAPSE: "The house rules let this rest. Nobody will know.",
        Action.HOLD: "The house rules leave this to you.",
    },
}
_MARKS: dict[Lang, dict[Mark, str]] = {
    "de": {
        Mark.FAKE_REPLY: "Der Betreff tut, als wäre das eine Antwort. Du hattest aber nicht geschrieben.",
        Mark.MASS_OUTREACH: "Der Brief kam über einen Massenversand.",
        Mark.INTRODUCTION: "Jemand, den du kennst, stellt hier jemanden vor.",
        Mark.CALENDAR: "Dabei liegt ein Termin, um den du nicht gebeten hast.",
        Mark.NOTICE: "Die Anfrage kam als Meldung eines Netzwerks.",
        Mark.DEFAULT_TEXT: "Der Text ist vom Netzwerk vorgegeben. Eigene Worte stehen nicht dabei.",
        Mark.REMINDER: "Das Netzwerk erinnert nur. Die erste Meldung liegt hier nicht.",
        Mark.UNPROVEN: "Ob das vom Netzwerk kommt, bestätigt niemand. Name und Worte sind nur behauptet.",
        Mark.EMPTY: "Eigene Worte stehen nicht dabei.",
        Mark.NO_ROOM: "Für Worte lässt das Netzwerk keinen Platz. Dass keine dabeistehen, sagt nichts.",
        Mark.NOT_ADDRESSED: "Deine Adresse steht in keinem Empfängerfeld.",
        Mark.ENCRYPTED: "Der Brief ist verschlüsselt. Lesen kannst ihn nur du.",
        Mark.FORGED: "Dein Mailanbieter sagt, dass der Absender nicht stimmt.",
        Mark.HUMAN_MUST_READ: "Darüber entscheidet keine Regel, und darauf antwortet kein Programm.",
        Mark.CODE_WORD: "Wer hier schreibt, kannte ein Codewort von dir.",
        Mark.UNREADABLE: "Ein Teil war nicht zu lesen. Das Original ist unverändert.",
    },
    "en": {
        Mark.FAKE_REPLY: "The subject poses as a reply. You had not written.",
        Mark.MASS_OUTREACH: "The letter was sent by a mass mailer.",
        Mark.INTRODUCTION: "Somebody you know is introducing somebody here.",
        Mark.CALENDAR: "It comes with an appointment that you did not ask for.",
        Mark.NOTICE: "The request came as a network's notice.",
        Mark.DEFAULT_TEXT: "The text is the network's own. There is not a word from the sender.",
        Mark.REMINDER: "The network only reminds. Its first notice is not here.",
        Mark.UNPROVEN: "Nobody confirms that the network sent this. Name and words are only a claim.",
        Mark.EMPTY: "It came without a word.",
        Mark.NO_ROOM: "The network leaves no room for words. That there are none says nothing.",
        Mark.NOT_ADDRESSED: "Your address is in none of the recipient fields.",
        Mark.ENCRYPTED: "The letter is encrypted. Only you can read it.",
        Mark.FORGED: "Your mail provider says that the sender is not genuine.",
        Mark.HUMAN_MUST_READ: "No rule decides on this, and no program answers it.",
        Mark.CODE_WORD: "Whoever writes here knew a code word of yours.",
        Mark.UNREADABLE: "Part of it could not be read. The original is unchanged.",
    },
}


def verdict_says(reading: Reading, lang: Lang) -> tuple[str, str]:
    """Say whether there is a reason, and in a second sentence how far to rely on that."""
    likeliest = getattr(reading.probabilities, reading.verdict.value)
    right = min(99, max(1, round(100 * likeliest)))
    if lang == "de":
        sure = f"Von hundert Briefen, die sich so lesen, stimmt das bei etwa {right}."
        unsure = f"Das ist knapp: Es stimmt nur bei etwa {right} von hundert Briefen, die sich so lesen."
    else:
        sure = f"Of a hundred letters that read like this, that is right for about {right}."
        unsure = (
            f"It is close: that is right for only about {right} of a hundred letters that read like this."
        )
    verdict = _VERDICTS[lang][reading.verdict]
    if Question.OCCASION in reading.answers:
        verdict = _DESPITE_AN_OCCASION[lang].get(reading.verdict, verdict)
    elif reading.verdict is Verdict.REASON:
        verdict = _UNSAID[lang]
    return verdict, unsure if reading.unsure else sure


def unread_says(request: ContactRequest, lang: Lang) -> tuple[str, str] | None:
    """Say that there was nothing to read, where that is so; otherwise `None`, and the verdict speaks."""
    if Mark.ENCRYPTED in request.marks:
        return _NOTHING_READ[lang][0], ""
    return None if has_own_words(request) else (_NOTHING_READ[lang][1], "")


def in_brief(request: ContactRequest, reading: Reading, lang: Lang) -> str:
    """Say in two words how a request reads; a reading that is unsure says no more than that."""
    if Mark.ENCRYPTED in request.marks:
        return _UNREAD[lang]
    return _UNSURE[lang] if reading.unsure else _IN_BRIEF[lang][reading.verdict]


def proposal(action: Action, lang: Lang) -> str:
    """Say what the house rules suggest."""
    return _PROPOSALS[lang][action]


def mark_says(mark: Mark, lang: Lang) -> str:
    """Say what intake noticed beside the words."""
    return _MARKS[lang][mark]
