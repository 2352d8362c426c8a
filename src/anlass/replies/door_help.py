"""What a friend would say who reads along at the door: what a letter still lacks, in a sentence or two.

Only missing answers speak, and what is asked for. No finding, no verdict, no number of a probability, no
rule and nothing of the person ever enters here, so whoever tries out words learns what makes a good letter,
and nothing about how this house decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from anlass.intake.form import ASKED, FormLetter
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Question, Reading
from anlass.replies.door_words import DoorWords
from anlass.replies.draft import OutwardText
from anlass.replies.questions import LONGEST_TALK, gaps

MOST = 2
"""Sentences at a time: a friend does not hand over a list."""
SHORTEST = 12
"""Characters before which there is nothing to read yet."""
_ORDER = (Question.SUBSTANCE, Question.OCCASION, Question.WHY_ME, Question.WHO, Question.BENEFIT)
_TALKS = frozenset({Asks.CALL, Asks.MEETING})
_OWN = frozenset({Asks.CONTACT, Asks.ANSWER, Asks.SALE, Asks.JOB, Asks.COLLABORATION, Asks.EVENT}) | _TALKS
_STRANGER = Tie(TieLevel.STRANGER)


@dataclass(frozen=True, slots=True)
class DoorHelp:
    """What is said beside a letter that is being written, and the questions that still stand open."""

    says: tuple[OutwardText, ...]
    open: tuple[str, ...]


def door_help(words: DoorWords, letter: FormLetter, reading: Reading) -> DoorHelp:
    """Return the help for a letter as it reads now; whoever brings a code word is asked nothing."""
    if letter.word.strip():
        return DoorHelp((), ())
    if len(letter.matter.strip()) < SHORTEST:
        return DoorHelp((OutwardText(words.say("help_empty")),), ASKED)
    missing = frozenset(one for one in gaps(reading, _STRANGER) if not _is_told(letter, one))
    said = [_sentence(words, one, reading) for one in _ORDER if one in missing][:MOST]
    open_ = tuple(field for field in ASKED if field in {one.value for one in missing})
    return DoorHelp(tuple(map(OutwardText, said or [words.say("help_enough")])), open_)


def _is_told(letter: FormLetter, question: Question) -> bool:
    """Tell whether the field of a question was filled: nobody is asked twice for the same."""
    return question.value in ASKED and bool(letter.answer(question.value).strip())


def _sentence(words: DoorWords, question: Question, reading: Reading) -> str:
    if question is not Question.SUBSTANCE or reading.asks not in _OWN:
        return words.say(f"help_{question.value}")
    minutes = reading.asks_minutes
    if reading.asks in _TALKS and minutes is not None and 1 < minutes <= LONGEST_TALK:
        return words.say(f"help_{reading.asks.value}_minutes", minutes=str(minutes))
    return words.say(f"help_{reading.asks.value}")
