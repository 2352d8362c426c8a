"""What acts and looks answer where the surface has no line for it: small values, their shapes made of them.

A receipt of an act names what it did and holds no letter's words: whoever may act may not therefore read.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule as it was tried, and the conditions that were looked at."""

    rule: str
    matched: bool
    conditions: list[str]


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision: what is to be done, by which rule and why, every rule tried, and all of it in sentences."""

    action: str
    rule: str
    why: str
    trace: list[Tried]
    says: list[str]


@dataclass(frozen=True, slots=True)
class CaseReceipt:
    """What an act made of a case, with the version to go on with, and the act to take it back by.

    `is_new` is false and `act` null where it was so already.
    """

    case: str
    state: str
    choice: str | None
    is_new: bool
    version: str
    act: str | None


@dataclass(frozen=True, slots=True)
class DraftReceipt:
    """Whether the answer to a case is in own words now, if that is new, and the version to go on with."""

    case: str
    is_own: bool
    is_new: bool
    version: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A case that nothing was done to, and why."""

    case: str
    why: str


@dataclass(frozen=True, slots=True)
class UndoReceipt:
    """An act that was taken back: the cases that are as before, and those that stay."""

    act: str
    cases: list[str]
    kept: list[Kept]


@dataclass(frozen=True, slots=True)
class LetterReceipt:
    """How a letter stands after an act: when it is due, as a moment."""

    letter: str
    case: str
    state: str
    due: str


@dataclass(frozen=True, slots=True)
class LessonReceipt:
    """A lesson that was learned or taken back, and how many other cases read otherwise by it."""

    lesson: str
    case: str
    is_new: bool
    others: int


@dataclass(frozen=True, slots=True)
class OpinionReceipt:
    """Whether a second opinion was given on a case, and why not."""

    case: str
    silence: str | None


@dataclass(frozen=True, slots=True)
class TimeReceipt:
    """The minutes that were given to a case, now and before; null where nothing is said."""

    case: str
    minutes: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class WordReceipt:
    """A word on persons that was said or taken back; the ids of the persons of today whom it is about."""

    word: str
    kind: str
    people: list[str]


@dataclass(frozen=True, slots=True)
class PersonReceipt:
    """What an act made of a person: their standing, and until when they are watched."""

    person: str
    standing: str
    watched_until: str | None


@dataclass(frozen=True, slots=True)
class GrantReceipt:
    """A grant that was given or revoked."""

    grant: str
    person: str
    state: str


@dataclass(frozen=True, slots=True)
class RulesReceipt:
    """What a change of the house rules did: the version that holds, and the cases decided otherwise."""

    version: int
    is_new: bool
    cases: list[str]


@dataclass(frozen=True, slots=True)
class CardsReceipt:
    """What a change of the cards did: how many options came and went."""

    is_new: bool
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class OutboxReceipt:
    """Whether the outbox is held, and whether that is new."""

    is_held: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of the outbox, with its words; `says` how it stands."""

    letter: str
    case: str
    to: str
    subject: str
    text: str
    state: str
    due: str
    automatic: bool
    rule: str | None
    says: str


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One thing the owner taught."""

    lesson: str
    case: str
    said_at: str
    says: str


@dataclass(frozen=True, slots=True)
class EncounterLine:
    """One thing that happened between the owner and a person; `when` is null without a date."""

    kind: str
    when: str | None
    is_turn: bool
    is_proven: bool
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the journal: what was done, to which case or person; its particulars stay in the house."""

    entry: str
    when: str
    act: str
    about: str | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """House rules that held from a moment on."""

    version: int
    since: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class RecipeLine:
    """One rule of the cookbook."""

    recipe: str
    title: str
    about: str
    rule: str


@dataclass(frozen=True, slots=True)
class RulesText:
    """House rules as text; `left_out` says what others are not shown."""

    text: str
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """How many rules there are, those of the house included; all can be used."""

    rules: int


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of the doctor; `is_well` is null where it cannot be told."""

    check: str
    is_well: bool | None
    says: str


@dataclass(frozen=True, slots=True)
class SettingsLine:
    """What the house goes by; no secret among it."""

    name: str
    addresses: list[str]
    language: Literal["de", "en"]
    trusted_servers: list[str]
    preset: str | None
    opinion_model: str | None
    opinion_host: str | None


@dataclass(frozen=True, slots=True)
class TokenLine:
    """The token that this request came with."""

    token: str
    name: str
    scopes: list[str]
    made_at: str
    expires_at: str | None


@dataclass(frozen=True, slots=True)
class EncounterPart:
    """A part of encounters, and the cursor of the next one; null behind the last line."""

    lines: list[EncounterLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class JournalPart:
    """A part of the journal, and the cursor of the next one; null behind the last line."""

    lines: list[JournalLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class VersionPart:
    """A part of earlier house rules, and the cursor of the next one; null behind the last line."""

    lines: list[VersionLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class RecipePart:
    """A part of the cookbook, and the cursor of the next one; null behind the last line."""

    lines: list[RecipeLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part of letters, and the cursor of the next one; null behind the last line."""

    lines: list[LetterLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A part of lessons, and the cursor of the next one; null behind the last line."""

    lines: list[LessonLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class CheckPart:
    """A part of checks, and the cursor of the next one; null behind the last line."""

    lines: list[CheckLine]
    next: str | None
