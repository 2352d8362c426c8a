"""What the next page tells: what was just done or refused, once, by the names its template has for it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, cast

from anlass.desk.voice.refused import in_words
from anlass.web.frame.language import lang_of

if TYPE_CHECKING:
    from django.http import HttpRequest

TOLD = "cards_told"
"""Where the session keeps what the next page tells."""
_LONGEST = 600


def tell(request: HttpRequest, **says: str) -> None:
    """Remember what the next page tells, a refusal in the owner's language; all of it travels in a cookie."""
    says = {key: in_words(value, lang_of()) if key == "refused" else value for key, value in says.items()}
    request.session[TOLD] = {key: value[:_LONGEST] for key, value in says.items()}


def told(request: HttpRequest) -> dict[str, str] | None:
    """Return what was just done or refused, once."""
    found = cast("object", request.session.pop(TOLD, None))
    return found if isinstance(found, dict) else None


def day_of(text: str, now: datetime) -> datetime | None:
    """Return the end of a day that was typed, in the owner's zone; raises `ValueError`."""
    if not text.strip():
        return None
    return datetime.combine(date.fromisoformat(text.strip()), time(23, 59, 59), now.tzinfo)
