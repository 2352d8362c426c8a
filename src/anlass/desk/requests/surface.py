"""Lines of the surface about what was screened and is no contact request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anlass.desk.surface import JsonLine, moment, person_line
from anlass.intake import ruling_says

if TYPE_CHECKING:
    from anlass.desk.requests.screening import Passed


def passed_line(passed: Passed, lang: str) -> JsonLine:
    """One message of `anlass screen --all --json` that is no contact request."""
    return {
        "is_request": False,
        "rule": passed.ruling.rule,
        "why": ruling_says(passed.ruling, lang),
        "message_id": passed.message_id,
        "date": moment(passed.date),
        "person": person_line(passed.person) if passed.person else None,
        "new": passed.is_new,
    }
