"""A decision becomes a letter, or nothing: greeting, thanks, the encounter, the question, the name.

A decline with message is word for word the letter that asks back, so that nobody can
tell one from the other. Only facts of the owner and templates enter; the stranger's
words do not, beyond a plain name and a trimmed subject.
"""

from __future__ import annotations

from typing import assert_never

from anlass.intake import Channel, ContactRequest
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Reading
from anlass.litmus.reply import Outcome, SecondRound
from anlass.policy import Action, Decision
from anlass.policy.facts import has_own_words
from anlass.replies.address import on_first_names, owner_name, register_of, reply_subject, salutation
from anlass.replies.draft import Draft, OutwardText
from anlass.replies.questions import questions
from anlass.replies.templates import Phrases, Templates


def compose(
    templates: Templates,
    decision: Decision,
    *,
    request: ContactRequest,
    reading: Reading,
    tie: Tie,
    second: SecondRound | None = None,
) -> Draft | None:
    """Return the draft that fits the decision, `None` where nothing is to be said.

    Where an answer to a counter-question came (`second`), nothing is asked again: what hurt gets a calm
    word, and every other letter thanks and leaves it there.
    """
    phrases = phrases_for(templates, request, reading)
    message = _message(phrases, decision.action, reading, tie)
    if second is not None:
        message, tie = _after_answer(phrases, decision.action, second, message), Tie(TieLevel.STRANGER)
    return None if message is None else written(phrases, request, tie, message)


def offering(templates: Templates, *, request: ContactRequest, reading: Reading, tie: Tie) -> Draft:
    """Return the draft that offers times, which go with it as a calendar."""
    phrases = phrases_for(templates, request, reading)
    return written(phrases, request, tie, phrases.say("offer_times"))


def phrases_for(templates: Templates, request: ContactRequest, reading: Reading) -> Phrases:
    """Return the words in the language and register of a request."""
    lang = reading.lang if reading.lang in templates.languages() else templates.fallback
    return templates.of(lang, register_of(request, lang))


def written(phrases: Phrases, request: ContactRequest, tie: Tie, message: str) -> Draft:
    """Return the whole letter around what it says: greeting, thanks, the encounter, the name."""
    text = "\n\n".join(
        (_greeting(phrases, request), _paragraph(phrases, request, tie, message), _end(phrases, request))
    )
    return Draft(phrases.lang, phrases.register, OutwardText(text), _subject(phrases, request))


def _message(phrases: Phrases, action: Action, reading: Reading, tie: Tie) -> str | None:
    match action:
        case Action.ASK_BACK | Action.DECLINE_WITH_MESSAGE:
            return questions(phrases, reading, tie)
        case Action.ACCEPT:
            own = {Asks.CONTACT, Asks.CALL, Asks.MEETING, Asks.ANSWER}
            return phrases.say(f"accept_{reading.asks.value if reading.asks in own else 'other'}")
        case Action.UNLOCK:
            return phrases.say("unlock")
        case Action.WATCH | Action.LAPSE | Action.HOLD:
            return None
        case _:
            assert_never(action)


def _after_answer(phrases: Phrases, action: Action, second: SecondRound, message: str | None) -> str | None:
    """Return what is said to an answer: never a second question."""
    if second.answer.outcome is Outcome.HURT:
        return phrases.say("calm")
    asks = action in {Action.ASK_BACK, Action.DECLINE_WITH_MESSAGE}
    return phrases.say("settled") if asks else message


def _greeting(phrases: Phrases, request: ContactRequest) -> str:
    first_name = on_first_names(request, phrases.lang)
    name = salutation(request.requester.name, phrases.lang, first_name=first_name)
    return phrases.say("greeting", name=name) if name else phrases.say("greeting_plain")


def _paragraph(phrases: Phrases, request: ContactRequest, tie: Tie, message: str) -> str:
    thanks = phrases.say("thanks" if has_own_words(request) else "thanks_click")
    return " ".join(part for part in (thanks, _taken_up(phrases, tie), message) if part)


def _taken_up(phrases: Phrases, tie: Tie) -> str:
    """Take up the strongest encounter there was (C15); mere unanswered letters are none."""
    if tie.meetings > 0:
        return phrases.say("met")
    if tie.turns > 0:
        return phrases.say("wrote")
    return phrases.say("card") if tie.cards > 0 else ""


def _end(phrases: Phrases, request: ContactRequest) -> str:
    name = owner_name(request.recipient.name)
    return f"{phrases.say('closing')}\n{name}" if name else phrases.say("closing")


def _subject(phrases: Phrases, request: ContactRequest) -> OutwardText | None:
    if request.subject is None and request.channel not in {Channel.MAIL, Channel.FORM}:
        return None
    return OutwardText(reply_subject(request.subject, phrases.say("subject")))
