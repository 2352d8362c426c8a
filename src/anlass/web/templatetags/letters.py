"""Filters for a stranger's words: set with underlines and notes, or neutral on one line. Always escaped."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlass.litmus import FindingKind
from anlass.web import visible
from anlass.web.letter import Note, Piece, Run

register = template.Library()

WORDS = {
    FindingKind.WHO: _("Who"),
    FindingKind.OCCASION: _("Occasion"),
    FindingKind.WHY_ME: _("Why you"),
    FindingKind.BENEFIT: _("For you"),
    FindingKind.SUBSTANCE: _("Substance"),
    FindingKind.HOLLOW: _("Hollow"),
    FindingKind.FLATTERY: _("Flattery"),
    FindingKind.PRESSURE: _("Pressure"),
    FindingKind.SECRECY: _("Secretive"),
    FindingKind.PITCH: _("Sales pitch"),
    FindingKind.TAKE_ONLY: _("Takes only"),
    FindingKind.NO_PURPOSE: _("No purpose"),
    FindingKind.MERGED: _("Filled in"),
    FindingKind.PLACEHOLDER: _("Placeholder"),
    FindingKind.MASS: _("Mass mail"),
    FindingKind.DEFAULT_TEXT: _("Default text"),
    FindingKind.OPTOUT: _("Opt-out"),
    FindingKind.ATTACK: _("Attack"),
}
"""The word in the margin for each kind of finding."""


@register.filter
def neutral(text: str | None) -> str:
    """Return a stranger's name, subject or place as one line without hidden characters."""
    return visible.on_one_line(text or "")


@register.filter
def typeset(pieces: Iterable[Piece], lang: str) -> SafeString:
    """Return pieces of a letter as HTML; `lang` is the language the notes' sentences are in."""
    return mark_safe("".join(_html(piece, lang) for piece in pieces))  # noqa: S308 - every part is escaped below


@register.filter
def plain(text: str) -> SafeString:
    """Return an outward text as paragraphs, as it would be sent."""
    paragraphs = (p.strip() for p in visible.visible(text).replace("\r", "").split("\n\n"))
    return mark_safe(  # noqa: S308 - every part is escaped here
        "".join(f"<p>{conditional_escape(p).replace(chr(10), '<br>')}</p>" for p in paragraphs if p)
    )


def _html(piece: Piece, lang: str) -> str:
    if isinstance(piece, Run):
        return _underlined(piece)
    if isinstance(piece, Note):
        return format_html(
            ' <small class="note {}" role="note"><b lang="{}">{}</b> <span lang="{}">{}</span></small> ',
            piece.stroke,
            get_language(),
            WORDS[piece.finding],
            lang,
            _after_the_word(visible.on_one_line(piece.says), str(WORDS[piece.finding])),
        )
    return "<br>"


def _underlined(run: Run) -> SafeString:
    html = conditional_escape(run.words)
    for stroke, lane in reversed(run.strokes):
        html = format_html('<mark class="{} lane-{}">{}</mark>', stroke, lane, html)
    return html


def _after_the_word(says: str, word: str) -> str:
    """Return the sentence without its first word where the margin has just said it."""
    return says[len(word) + 1 :].lstrip() if says.startswith(f"{word}:") else says
