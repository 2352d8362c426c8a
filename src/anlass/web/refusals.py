"""Why something was not done, as a page says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anlass.web.teaching import lang_of

if TYPE_CHECKING:
    from anlass.errors import UserError


def why(error: UserError) -> str:
    """Return everything that was wrong, in the language of the page."""
    return " ".join(one.says_in(lang_of()) for one in error.problems)
