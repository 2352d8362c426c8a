"""The outcome of the litmus test for one request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Is there a reason on the page?"""

    REASON = "reason"
    ASK = "ask"
    HOLLOW = "hollow"


class Question(StrEnum):
    """The five questions, in the order they are asked."""

    WHO = "who"
    OCCASION = "occasion"
    WHY_ME = "why_me"
    BENEFIT = "benefit"
    SUBSTANCE = "substance"


class Asks(StrEnum):
    """The main thing that is wanted."""

    CONTACT = "contact"
    CALL = "call"
    MEETING = "meeting"
    ANSWER = "answer"
    SALE = "sale"
    JOB = "job"
    COLLABORATION = "collaboration"
    LINK = "link"
    INTRO = "intro"
    EVENT = "event"
    OTHER = "other"


class FindingKind(StrEnum):
    """What a finding is about: the first five answer a question, the others empty the request."""

    WHO = "who"
    OCCASION = "occasion"
    WHY_ME = "why_me"
    BENEFIT = "benefit"
    SUBSTANCE = "substance"
    HOLLOW = "hollow"
    FLATTERY = "flattery"
    PRESSURE = "pressure"
    SECRECY = "secrecy"
    PITCH = "pitch"
    TAKE_ONLY = "take_only"
    NO_PURPOSE = "no_purpose"
    MERGED = "merged"
    PLACEHOLDER = "placeholder"
    MASS = "mass"
    DEFAULT_TEXT = "default_text"
    OPTOUT = "optout"
    ATTACK = "attack"


class Place(StrEnum):
    """The field of a request a finding points into."""

    TEXT = "text"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation, with the very words it rests on.

    `start` and `end` count code points of the field named by `place`; `quote` is that
    slice; `says` is one sentence for the owner, in the language of the reading.
    """

    kind: FindingKind
    place: Place
    start: int
    end: int
    quote: str
    says: str


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely each verdict is; the three sum to 1."""

    reason: float
    ask: float
    hollow: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A lesson of the owner that had a say in a reading, and where it was learned.

    About a letter, and then `verdict` is what was said of it; or about `words` that stand in
    this one, which are (`is_so`) or are not a finding of this `kind`.
    """

    lesson: str
    case: str
    verdict: Verdict | None = None
    kind: FindingKind | None = None
    words: str = ""
    is_so: bool = True


@dataclass(frozen=True, slots=True)
class Personal:
    """What the owner's lessons made of a reading; the lesson that weighs most comes first.

    `shipped` is the verdict without them. `is_same` says that the owner spoke of this very letter.
    """

    shipped: Verdict
    is_same: bool
    heard: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the litmus test found in one request.

    `verdict` is always the likeliest class; `unsure` says not to rely on it.
    `asks_minutes` is the time asked of the receiver, `None` where none is written.
    `version` names the litmus test that read (the weights' digest), so that a reading
    can be made again. `lang` is `de`, `en`, another code, or `und`. `personal` is there where
    lessons of the owner had a say.
    """

    lang: str
    verdict: Verdict
    probabilities: Probabilities
    unsure: bool
    answers: frozenset[Question]
    asks: Asks
    asks_minutes: int | None
    findings: tuple[Finding, ...]
    version: str
    personal: Personal | None = None
