"""The letters as a requester would read them, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anlass.intake import Channel
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Question, Verdict
from anlass.policy import Action, Decision, Words
from anlass.replies import Draft, OutwardText, Register, compose, discreet, shipped_templates
from tests.unit.policy.builders import CARD, STRANGER, reading, request

TEMPLATES = shipped_templates()
ALL = frozenset(Question)


def letter(action: Action, **changed: object) -> Draft | None:
    evidence = {"request": request(), "reading": reading(), "tie": STRANGER, **changed}
    decision = Decision(action, Words("Regel", "Rule"), Words("Grund", "Reason"))
    return discreet(compose(TEMPLATES, decision, **evidence))  # type: ignore[arg-type]  # scenes name what differs


def text(action: Action, **changed: object) -> str:
    draft = letter(action, **changed)
    assert draft
    return draft.text.words


def test_fifteen_minutes_for_an_exchange_german() -> None:
    """The request the house was built for gets the question it deserves, and no more."""
    asked = request("Hätten Sie diese Woche 15 Minuten Zeit für einen kurzen Austausch?")
    assert letter(Action.ASK_BACK, request=asked, reading=reading(minutes=15)) == Draft(
        "de",
        Register("sie"),
        OutwardText(
            "Guten Tag Martina Vogel,\n"
            "\n"
            "vielen Dank für Ihre Nachricht. Bevor wir 15 Minuten telefonieren: Worum genau soll es gehen,"
            " und wie sind Sie auf mich gekommen? Mögen Sie mir auch kurz schreiben, wer Sie sind"
            " und was wir beide davon hätten?\n"
            "\n"
            "Freundliche Grüße\n"
            "Hanna Berg"
        ),
        OutwardText("Re: Austausch"),
    )


def test_fifteen_minutes_for_an_exchange_english() -> None:
    """The same letter, written in English and not translated."""
    asked = request(
        "Would you have 15 minutes for a quick chat?", name="John Smith", subject="Re: Quick chat"
    )
    assert letter(Action.ASK_BACK, request=asked, reading=reading(minutes=15, lang="en")) == Draft(
        "en",
        Register("you"),
        OutwardText(
            "Hello John Smith,\n"
            "\n"
            "Thank you for writing. Before we talk for 15 minutes: what exactly is it about,"
            " and how did you come to think of me? Could you also tell me in a line"
            " who you are and what we would both get out of it?\n"
            "\n"
            "Kind regards\n"
            "Hanna Berg"
        ),
        OutwardText("Re: Quick chat"),
    )


@pytest.mark.parametrize(
    ("opening", "greeting"),
    [
        ("Hi Hanna,", "Hello John,"),
        ("Dear Hanna (if I may),", "Hello John,"),
        ("Dear Hanna Berg,", "Hello John Smith,"),
        ("Hello,", "Hello John Smith,"),
    ],
)
def test_first_name_answers_first_name(opening: str, greeting: str) -> None:
    """An English letter that says "Hi Hanna" is answered by first name, any other by the full one."""
    asked = request(f"{opening}\n\ncould we talk some time?", name="John Smith")
    assert text(Action.ASK_BACK, request=asked, reading=reading(lang="en")).split("\n")[0] == greeting


def test_card_is_taken_up_and_nobody_known_is_asked_who_they_are() -> None:
    """C15: first the encounter, then the question (du, as the request says du)."""
    asked = request("Hast du Lust zu telefonieren?", name="Kai Brandt")
    assert text(Action.ASK_BACK, request=asked, tie=CARD) == (
        "Hallo Kai,\n"
        "\n"
        "vielen Dank für deine Nachricht. Unsere Karten haben wir ja schon getauscht. Bevor wir"
        " telefonieren: Worum genau soll es gehen, und was führt dich jetzt zu mir?"
        " Und was hätten wir beide davon?\n"
        "\n"
        "Viele Grüße\n"
        "Hanna Berg"
    )


def test_click_without_words_in_a_network() -> None:
    """No subject, no words: thanks for the request, and what it is about."""
    click = request("", subject=None, channel=Channel.XING)
    draft = letter(Action.ASK_BACK, request=click, reading=reading(asks=Asks.CONTACT, lang="und"))
    assert draft == Draft(
        "en",
        Register("you"),
        OutwardText(
            "Hello Martina Vogel,\n"
            "\n"
            "Thank you for getting in touch. What do you have in mind, and how did you come to think of me?"
            " Could you also tell me in a line who you are and what you do?\n"
            "\n"
            "Kind regards\n"
            "Hanna Berg"
        ),
    )


def test_fifteen_minutes_for_an_exchange_french() -> None:
    """The same letter in French, its marks behind a space that does not break."""
    asked = request(
        "Auriez-vous 15 minutes pour échanger ?", name="Hervé Fontvieille", subject="TR : Échange"
    )
    assert letter(Action.ASK_BACK, request=asked, reading=reading(minutes=15, lang="fr")) == Draft(
        "fr",
        Register("vous"),
        OutwardText(
            "Bonjour Hervé Fontvieille,\n"
            "\n"
            "Merci pour votre message. Avant de nous parler 15 minutes au téléphone\u00a0: de quoi"
            " s'agirait-il exactement, et comment avez-vous pensé à moi\u00a0? Pourriez-vous aussi me dire en"
            " une ligne qui vous êtes et ce que nous y gagnerions de part et d'autre\u00a0?\n"
            "\n"
            "Bien cordialement\n"
            "Hanna Berg"
        ),
        OutwardText("Re: Échange"),
    )


@pytest.mark.parametrize(
    ("words", "name", "greeting"),
    [
        ("Salut, tu aurais un moment ?", "Élodie Marchal", "Bonjour Élodie,"),
        ("Bonjour, t'as cinq minutes ?", "Kev", "Bonjour Kev,"),
        ("Tu me l'avais dit, je vous prie de le confirmer.", "Élodie Marchal", "Bonjour Élodie Marchal,"),
        ("Bonjour, avez-vous un moment ?", "Mme Lestrade", "Bonjour Mme Lestrade,"),
        ("Bonjour, avez-vous un moment ?", "M. et Mme Lestrade", "Bonjour,"),
        ("Bonjour, avez-vous un moment ?", "Mairie de Brénod", "Bonjour,"),
    ],
)
def test_french_follows_the_form_of_address_of_the_request(words: str, name: str, greeting: str) -> None:
    """Tu takes the first name; a title stays where it was written; an office has no name."""
    draft = letter(Action.UNLOCK, request=request(words, name=name), reading=reading(lang="fr"))
    assert draft
    assert draft.text.words.split("\n")[0] == greeting


def test_language_nobody_speaks_here_gets_the_fallback() -> None:
    """A Dutch letter is answered in the owner's chosen language."""
    templates = shipped_templates("de")
    draft = compose(
        templates,
        Decision(Action.UNLOCK, Words("", ""), Words("", "")),
        request=request(),
        reading=reading(lang="nl"),
        tie=STRANGER,
    )
    assert draft
    assert (draft.lang, draft.register) == ("de", Register("sie"))


@pytest.mark.parametrize(
    ("asks", "missing", "question"),
    [
        (
            Asks.CALL,
            {Question.SUBSTANCE},
            (
                "Bevor wir telefonieren: Worum genau soll es gehen?"
                " Wenn Sie mir das schreiben, kann ich oft gleich hier antworten."
            ),
        ),
        (
            Asks.CALL,
            {Question.WHO},
            "Bevor wir telefonieren: Mögen Sie mir kurz schreiben, wer Sie sind und was Sie machen?",
        ),
        (Asks.CALL, {Question.BENEFIT}, "Bevor wir telefonieren: Was hätten wir beide davon?"),
        (Asks.MEETING, {Question.OCCASION}, "Bevor wir uns treffen: Was hat Sie auf den Gedanken gebracht?"),
        (Asks.MEETING, {Question.WHY_ME}, "Bevor wir uns treffen: Warum wenden Sie sich gerade an mich?"),
        (Asks.ANSWER, {Question.OCCASION, Question.WHO, Question.BENEFIT}, "Was hat Sie darauf gebracht?"),
        (Asks.CONTACT, {Question.SUBSTANCE, Question.BENEFIT}, "Worum geht es Ihnen?"),
        (
            Asks.COLLABORATION,
            {Question.SUBSTANCE, Question.BENEFIT},
            "Wie stellen Sie sich die Zusammenarbeit genau vor? Und was hätten wir beide davon?",
        ),
        (Asks.CALL, set(), "Mögen Sie mir ein wenig mehr dazu schreiben?"),
    ],
)
def test_question_is_made_of_the_gap(asks: Asks, missing: set[Question], question: str) -> None:
    """What the letter says already is not asked again."""
    asked = request("Guten Tag, ich melde mich bei Ihnen.")
    words = text(Action.ASK_BACK, request=asked, reading=reading(asks=asks, answers=ALL - missing))
    assert words.split("\n\n")[1] == f"vielen Dank für Ihre Nachricht. {question}"


@pytest.mark.parametrize(
    ("asks", "words"),
    [
        (Asks.CONTACT, "Ich freue mich über den Kontakt."),
        (
            Asks.CALL,
            "Gern. Schlagen Sie mir bitte zwei oder drei Zeiten vor, dann telefonieren wir.",
        ),
        (Asks.ANSWER, "Ich antworte Ihnen in den nächsten Tagen."),
        (Asks.EVENT, "Ich habe Ihre Zeilen gern gelesen und melde mich in den nächsten Tagen."),
    ],
)
def test_accepting_says_what_happens_next(asks: Asks, words: str) -> None:
    """One sentence or two, depending on what is asked."""
    accepted = text(Action.ACCEPT, reading=reading(Verdict.REASON, asks=asks))
    assert accepted.split("\n\n")[1] == f"vielen Dank für Ihre Nachricht. {words}"


def test_decline_with_message_is_word_for_word_the_letter_that_asks_back() -> None:
    """Nobody can tell from the words that a contact was declined."""
    assert letter(Action.DECLINE_WITH_MESSAGE, tie=CARD) == letter(Action.ASK_BACK, tie=CARD)


@pytest.mark.parametrize("action", [Action.HOLD, Action.WATCH, Action.LAPSE])
def test_silent_action_says_nothing(action: Action) -> None:
    """Holding, watching and letting lapse write no letter."""
    assert letter(action) is None


@pytest.mark.parametrize(
    ("tie", "sentence"),
    [
        (Tie(TieLevel.ACQUAINTED, meetings=1, turns=2, cards=1), "Wir sind uns ja schon begegnet."),
        (Tie(TieLevel.ACQUAINTED, turns=1, cards=1), "Wir haben uns ja schon geschrieben."),
        (Tie(TieLevel.STRANGER, mails_in=12), ""),
    ],
)
def test_strongest_encounter_is_taken_up(tie: Tie, sentence: str) -> None:
    """A meeting before letters, letters before a card; letters nobody answered are no encounter."""
    asked = text(Action.UNLOCK, tie=tie).split("\n\n")[1]
    rest = "Am zuverlässigsten erreichen Sie mich auf diesem Weg."
    assert asked == " ".join(part for part in ("vielen Dank für Ihre Nachricht.", sentence, rest) if part)


@pytest.mark.parametrize(
    ("name", "sie", "du"),
    [
        ("Martina Vogel", "Guten Tag Martina Vogel,", "Hallo Martina,"),
        ("Vogel, Martina", "Guten Tag Martina Vogel,", "Hallo Martina,"),
        ("Frau Martina Vogel", "Guten Tag Frau Vogel,", "Hallo Frau Vogel,"),
        ("Herr Dr. Jan Kolb", "Guten Tag Herr Dr. Kolb,", "Hallo Herr Dr. Kolb,"),
        ("Dr. Svenja Köhn", "Guten Tag Dr. Svenja Köhn,", "Hallo Dr. Svenja Köhn,"),
        ("M. Tietjen", "Guten Tag M. Tietjen,", "Hallo M. Tietjen,"),
        ("Ewald K.", "Guten Tag,", "Hallo Ewald,"),
        ("Jane Doe, PhD", "Guten Tag Jane Doe,", "Hallo Jane,"),
        ("Frau Ursula von der Au", "Guten Tag Frau von der Au,", "Hallo Frau von der Au,"),
        ("Andrea", "Guten Tag Andrea,", "Hallo Andrea,"),
        ("Dörte Ihmels (geb. Pape)", "Guten Tag Dörte Ihmels,", "Hallo Dörte,"),
        ("Grundschule am Deich", "Guten Tag,", "Hallo,"),
        ("Anne-Marie O’Neill", "Guten Tag Anne-Marie O’Neill,", "Hallo Anne-Marie,"),
        ("Müller GmbH", "Guten Tag,", "Hallo,"),
        ("Team Sichtbar", "Guten Tag,", "Hallo,"),
        ("anonym_81", "Guten Tag,", "Hallo,"),
        ("Kauf jetzt http://x.example", "Guten Tag,", "Hallo,"),
        ("vogel@example.org", "Guten Tag,", "Hallo,"),
        ("Herr Abgelehnt", "Guten Tag,", "Hallo,"),
        ("Vogel\nBcc: alle", "Guten Tag,", "Hallo,"),
        ("Frau", "Guten Tag,", "Hallo,"),
        ("", "Guten Tag,", "Hallo,"),
        ("A" * 400, "Guten Tag,", "Hallo,"),
    ],
)
def test_name_enters_the_greeting_only_where_it_surely_is_one(name: str, sie: str, du: str) -> None:
    """Nobody's gender is guessed, and no advertisement gets into a letter through the name."""
    formal = text(Action.UNLOCK, request=request("Können Sie mir helfen?", name=name))
    familiar = text(Action.UNLOCK, request=request("Kannst du mir helfen?", name=name))
    assert (formal.split("\n")[0], familiar.split("\n")[0]) == (sie, du)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Kapitel 7", "Re: Kapitel 7"),
        ("AW: Re: WG: Kapitel 7", "Re: Kapitel 7"),
        ("Policy Workshop in Bonn", "Re: Policy Workshop in Bonn"),
        ("Zeile\r\nBcc: alle", "Re: Zeile Bcc: alle"),
        ("x\u202etxt", "Re: x txt"),
        ("Mehr auf www.kauf.example", "Re: Ihre Nachricht"),
        ("Absage", "Re: Ihre Nachricht"),
        ("Re:", "Re: Ihre Nachricht"),
        (None, "Re: Ihre Nachricht"),
        ("w" * 300, "Re: " + "w" * 99 + "…"),
    ],
)
def test_subject_is_trimmed_and_never_carries_links(subject: str | None, expected: str) -> None:
    """R11: one clean line of at most a hundred characters after `Re:`."""
    draft = letter(Action.UNLOCK, request=request("Können Sie helfen?", subject=subject))
    assert draft
    assert draft.subject == OutwardText(expected)


@pytest.mark.parametrize(
    ("words", "register"),
    [
        ("Kannst du mir helfen?", Register("du")),
        ("ist bei euch noch was frei", Register("du")),
        ("Deine Rede war gut", Register("du")),
        ("Können Sie mir helfen?", Register("sie")),
        ("Sie haben ein Buch geschrieben.", Register("sie")),
        ("Sehr geehrte Frau Berg, du fehlst uns, sagte mein Sohn.", Register("sie")),
        ("Bitte um Rückruf", Register("sie")),
        ("", Register("sie")),
    ],
)
def test_register_follows_the_words_of_the_request(words: str, register: Register) -> None:
    """Du only where the request says du and nowhere Sie."""
    draft = letter(Action.UNLOCK, request=request(words))
    assert draft
    assert draft.register == register


def test_letter_quotes_nothing_of_the_request() -> None:
    """Planted words, links and numbers of the stranger do not come back."""
    planted = "Rufen Sie an: https://kauf.example Zauberwort 0151-4711"
    words = text(Action.ASK_BACK, request=request(planted), reading=reading(minutes=15))
    assert [word for word in ("kauf.example", "Zauberwort", "4711") if word in words] == []


def test_letter_without_known_owner_ends_with_the_closing() -> None:
    """No name is better than an invented one."""
    nameless = replace(request(), recipient=replace(request().recipient, name=""))
    assert text(Action.UNLOCK, request=nameless).endswith("\n\nFreundliche Grüße")
