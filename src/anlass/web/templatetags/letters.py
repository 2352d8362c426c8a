"""Filters for a stranger's words: set with underlines and notes, or neutral on one line. Always escaped."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlass.litmus import FindingKind
from anlass.policy.labels import FINDINGS
from anlass.web import visible
from anlass.web.letter import Note, Piece, Run

register = template.Library()

ANSWERS = {
    FindingKind.WHO: _("Who"),
    FindingKind.OCCASION: _("Occasion"),
    FindingKind.WHY_ME: _("Why you"),
    FindingKind.BENEFIT: _("For you"),
    FindingKind.SUBSTANCE: _("Substance"),
}


def margin_word(kind: FindingKind) -> str:
    """Return the word in the margin: what is answered, or what empties the request."""
    if kind in ANSWERS:
        return str(ANSWERS[kind])
    word = FINDINGS[kind].in_(get_language() or "en")
    return word[:1].upper() + word[1:]


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
        word = margin_word(piece.finding)
        return format_html(
            ' <small class="note {}" role="note"><b lang="{}">{}</b> <span lang="{}">{}</span></small> ',
            piece.stroke,
            get_language(),
            word,
            lang,
            _after_the_word(visible.on_one_line(piece.says), word),
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
