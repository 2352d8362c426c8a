"""What the next page tells: what was just done or refused, once, by the names its template has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from anlass.desk.voice.refused import in_words
from anlass.errors import UserError
from anlass.web.frame.language import lang_of
from anlass.web.frame.refusals import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

_TOLD = "just_done"
"""Where the session keeps what the next page tells."""
_LONGEST = 600


def tell(request: HttpRequest, **says: str) -> None:
    """Remember what the next page tells, a refusal in the owner's language; all of it travels in a cookie."""
    says = {key: in_words(value, lang_of()) if key == "refused" else value for key, value in says.items()}
    request.session[_TOLD] = {key: value[:_LONGEST] for key, value in says.items()}


def told(request: HttpRequest) -> dict[str, str] | None:
    """Return what was just done or refused, once, for the template `just_done.html`."""
    found = cast("object", request.session.pop(_TOLD, None))
    return found if isinstance(found, dict) else None


def done(request: HttpRequest, back: str, act: Callable[[], str | tuple[str, str]]) -> HttpResponseRedirect:
    """Do it, remember what to tell of it, with a link where there is one, and go to the page at `back`."""
    try:
        found = act()
        says, link = (found, "") if isinstance(found, str) else found
        tell(request, says=says, link=link)
    except UserError as refused:
        tell(request, refused=why(refused))
    except ValueError:
        tell(request, refused=_("That could not be understood."))
    return HttpResponseRedirect(back)
