"""What the doctor looks at, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.channels.mail.secrets import Secrets
from anlass.config import Settings
from anlass.desk.voice.common import Lang
from anlass.store.book import Book


@dataclass(frozen=True, slots=True)
class Patient:
    """The house that is looked at."""

    settings: Settings
    book: Book
    secrets: Secrets
    now: datetime
    lang: Lang


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found: `is_well` is `None` where that cannot be told, `about` names mailbox or file."""

    check: str
    is_well: bool | None
    says: str
    about: str = ""
