"""One case as a line of the inbox, in HTML.

A page shows 25 of them, and is asked for most of all pages: set by a template, they took half of its time.
Everything that is filled in is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from anlass.store.cases.kept import CaseState
from anlass.web.frame.visible import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anlass.desk.cases.inbox import Line
    from anlass.desk.cases.waiting import Standing

_LONGEST_NAME = 80
_ID = "ID"
_LINE = """\
<li>
{tick}<p class="who"><a id="n-{id}" href="{address}"><bdi>{name}</bdi></a> <span class="by">\
<span class="door">{door} · <span class="reads">{reads}</span></span> <time{moment}>{when}</time></span></p>
<p class="says">{says}</p>
{stands}</li>
"""
_TICK = '<input type="checkbox" name="case" value="{id}:{mark}" aria-labelledby="n-{id}">\n'
_GROUPS = {
    CaseState.WAITING: _("Waiting for you"),
    CaseState.ASKED: _("Asked, no answer yet"),
    CaseState.WATCHED: _("Watch list"),
    CaseState.DONE: _("Done"),
}
_NAMELESS = _("Somebody without a name")
_STANDS = '<p class="stands">{how}</p>\n'


def group_says(state: str) -> str:
    """Return what a group of the inbox is called, in the language of the page."""
    return str(_GROUPS[CaseState(state)])


def lines_set(
    lines: Iterable[tuple[Line, Standing]], *, can_decide: bool = False, is_narrow: bool = False
) -> SafeString:
    """Return lines of the inbox; with a box to tick where the owner decides here.

    Where more is asked for than a group, each says which group it lies in.
    """
    address = reverse("case", args=(_ID,)).replace(_ID, "{}")
    said = (
        _line(line, standing, address, can_decide=can_decide, is_narrow=is_narrow) for line, standing in lines
    )
    return mark_safe("".join(said))  # noqa: S308 - every part is escaped below


def _line(line: Line, standing: Standing, address: str, *, can_decide: bool, is_narrow: bool) -> str:
    id_ = escape(line.id)
    return _LINE.format(
        tick=_TICK.format(id=id_, mark=escape(standing.mark)) if can_decide else "",
        id=id_,
        address=escape(address.format(quote(line.id, safe="~"))),
        name=escape(_named(line.name) if line.name else str(_NAMELESS)),
        door=escape(line.door),
        reads=escape(line.reads),
        moment=f' datetime="{escape(line.arrived.isoformat())}"' if line.arrived else "",
        when=escape(line.when),
        says=escape(on_one_line(line.says)),
        stands=_stands(line, standing, is_narrow=is_narrow),
    )


def _named(name: str) -> str:
    """Return a name on one line, cut where it would be longer than that."""
    shown = on_one_line(name)
    is_short = shown.isascii() and len(shown) <= _LONGEST_NAME
    return shown if is_short else Truncator(shown).chars(_LONGEST_NAME)


def _stands(line: Line, standing: Standing, *, is_narrow: bool) -> str:
    """Return where a case stands: what was said to it, and where its letter is."""
    said = f"<b>{escape(standing.said)}</b>" if standing.said else ""
    parts = [said or (escape(group_says(line.state)) if is_narrow else ""), escape(standing.letter)]
    how = " · ".join(part for part in parts if part)
    return _STANDS.format(how=how) if how else ""
