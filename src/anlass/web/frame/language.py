"""In which language a page speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from anlass.desk.voice.common import Lang

LANGUAGE = "language"
"""Where the session keeps the language that the owner chose."""


def lang_of() -> Lang:
    """The language of the page."""
    return "de" if (get_language() or "").startswith("de") else "en"
