"""Parts of pages that are set again and again, and are the same each time: set once, and kept."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

_ROOM = 256
"""Parts that are kept: maps and search forms of a few KB each, as they look from every room."""


@register.simple_tag
def kept(name: str, **values: Hashable) -> SafeString:
    """Return a template set with these values and nothing else; set once for each language.

    What it shows has to follow from the values, which are compared as a whole: two houses with the same
    values are shown the same.
    """
    return _set(name, get_language() or "", tuple(values.items()))


@lru_cache(maxsize=_ROOM)
def _set(name: str, _lang: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    # a context of its own, without the request: nothing of one can be kept
    said = template.Engine.get_default().get_template(name).render(template.Context(dict(values)))
    return mark_safe(said)  # noqa: S308 - the template has escaped it
