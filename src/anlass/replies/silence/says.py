"""Why a letter does not go by itself, one sentence for each rule, for the owner alone."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.policy import Words

SAYS: Mapping[str, Words] = {
    "R1": Words(
        "Den Brief hat kein Mensch allein an dich geschrieben.", "No person wrote this to you alone."
    ),
    "R2": Words(
        "Absender und Rückweg gehören nicht zu einem Haus.",
        "The sender and the way back are not one house's.",
    ),
    "R3": Words(
        "Dein Mailanbieter verbürgt sich nicht für den Absender.",
        "Your mail provider does not vouch for the sender.",
    ),
    "R4": Words("Der Brief ging nicht an dich persönlich.", "The letter was not written to you in person."),
    "R5": Words(
        "Diese Person hat so einen Brief schon bekommen; gefragt wird einmal.",
        "This person has had such a letter; the house asks once.",
    ),
    "R6": Words(
        "Für jetzt sind genug Briefe von selbst gegangen.", "Enough letters have gone by themselves for now."
    ),
    "R7": Words(
        "Briefe kamen zurück; bis du es wieder erlaubst, geht keiner von selbst.",
        "Letters came back; until you allow it again, none goes by itself.",
    ),
    "R8": Words(
        "Dem Brief fehlen die Zeichen, an denen Programme ihn erkennen.",
        "The letter lacks the marks by which programs know it.",
    ),
    "R9": Words(
        "Fehlermeldungen zu diesem Brief kämen in deinen Posteingang.",
        "Failure reports on this letter would come to your inbox.",
    ),
    "R10": Words("Hier antworten Programme einander.", "Programs are answering each other here."),
    "R11": Words("Der Brief trüge fremde Worte weiter.", "The letter would carry a stranger's words."),
    "R12": Words(
        "Es ist zu früh; Briefe warten eine Weile und gehen am Tag.",
        "It is too soon; letters wait a while and go by day.",
    ),
    "R13": Words("Der Brief klingt nach einem Urteil.", "The letter sounds like a judgement."),
    "R14": Words("Dem Brief wäre anzusehen, was entschieden ist.", "The letter would show what was decided."),
    "R15": Words(
        "Es kann um ein Amt, die Presse, eine Drohung oder Not gehen; da antwortet ein Mensch.",
        "It may be about an authority, the press, a threat or somebody in need; a human answers that.",
    ),
    "R16": Words("Der Brief ist nicht von heute.", "The letter is not of these days."),
    "R17": Words(
        "Auf diese Anfrage liegt schon ein Brief im Ausgang.",
        "A letter on this request is in the outbox already.",
    ),
    "R18": Words(
        "Der Brief enthält einen Link, den du nicht freigegeben hast.",
        "The letter has a link that you have not allowed.",
    ),
    "R19": Words(
        "Die Anfrage kam nicht als Mail der Person selbst, oder von einem neuen Konto; da antwortest du.",
        "The request was no mail of the person's own, or of a new account; you answer that.",
    ),
    "R20": Words(
        "Der Brief ließe sich nicht im Protokoll und bei deinen gesendeten Briefen finden.",
        "The letter could not be found in the journal and among your sent letters.",
    ),
    "R21": Words(
        "An dem Brief ist etwas unsicher; da entscheidest du.",
        "Something about the letter is in doubt; you decide.",
    ),
    "R22": Words(
        "Keine deiner Regeln lässt hier einen Brief von selbst gehen.",
        "None of your rules lets a letter go by itself here.",
    ),
}
