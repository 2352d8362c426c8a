"""Filters for a stranger's words: set with underlines and notes, or neutral on one line. Always escaped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlass.desk.voice.common import day_and_month
from anlass.languages import capital
from anlass.litmus import FindingKind
from anlass.policy.labels import FINDINGS
from anlass.web.cases.letter import Note, Piece, Run
from anlass.web.frame import visible

register = template.Library()

ANSWERS = {
    FindingKind.WHO: _("Who"),
    FindingKind.OCCASION: _("Occasion"),
    FindingKind.WHY_ME: _("Why you"),
    FindingKind.BENEFIT: _("For you"),
    FindingKind.SUBSTANCE: _("Already here"),
}


MARGIN = {
    FindingKind.WHO: _("Says who is writing."),
    FindingKind.OCCASION: _("Says why now."),
    FindingKind.WHY_ME: _("Is meant for you, and not for a thousand others."),
    FindingKind.BENEFIT: _("Says what you get."),
    FindingKind.SUBSTANCE: _("Something can be done with this right away."),
    FindingKind.HOLLOW: _("Says nothing about what it is about."),
    FindingKind.FLATTERY: _("This praise fits anyone."),
    FindingKind.PRESSURE: _("Pushes you."),
    FindingKind.SECRECY: _("Says only later what it is about."),
    FindingKind.PITCH: _("Something is being sold."),
    FindingKind.TAKE_ONLY: _("Wants something and gives nothing."),
    FindingKind.NO_PURPOSE: _("A contact for the contact's sake."),
    FindingKind.MERGED: _("A machine may have put this in."),
    FindingKind.PLACEHOLDER: _("A blank was left unfilled."),
    FindingKind.MASS: _("Sounds like a letter to many."),
    FindingKind.DEFAULT_TEXT: _("The network's text, no word of their own."),
    FindingKind.OPTOUT: _("One can unsubscribe, so it is a mailing."),
    FindingKind.ATTACK: _("Meant to steer the program, not to convince you."),
}
"""What the underlined words do, in one sentence beside them; the words themselves need no repeating."""


def margin_word(kind: FindingKind) -> str:
    """Return the word in the margin: what is answered, or what empties the request."""
    if kind in ANSWERS:
        return str(ANSWERS[kind])
    return capital(FINDINGS[kind].in_(get_language() or "en"))


@register.filter
def day(when: datetime) -> str:
    """Write a day as everywhere in the house: 19. Januar 2027, 19 January 2027."""
    return day_and_month(when, when, "de" if get_language() == "de" else "en")


@register.filter
def neutral(text: str | None) -> str:
    """Return a stranger's name, subject or place as one line without hidden characters."""
    return visible.on_one_line(text or "")


@register.filter
def typeset(pieces: Iterable[Piece]) -> SafeString:
    """Return pieces of a letter as HTML, the notes in the language of the page."""
    return mark_safe("".join(_html(piece) for piece in pieces))  # noqa: S308 - every part is escaped below


@register.filter
def plain(text: str) -> SafeString:
    """Return an outward text as paragraphs, as it would be sent."""
    paragraphs = (p.strip() for p in visible.visible(text).replace("\r", "").split("\n\n"))
    return mark_safe(  # noqa: S308 - every part is escaped here
        "".join(f"<p>{conditional_escape(p).replace(chr(10), '<br>')}</p>" for p in paragraphs if p)
    )


def _html(piece: Piece) -> str:
    if isinstance(piece, Run):
        return _underlined(piece)
    if isinstance(piece, Note):
        return format_html(
            ' <small class="note {}" role="note" lang="{}"><b>{}</b> {}</small> ',
            piece.stroke,
            get_language(),
            " · ".join(margin_word(kind) for kind in piece.finds),
            MARGIN[piece.finds[0]] if len(piece.finds) == 1 and not piece.is_told else "",
        )
    return "<br>"


def _underlined(run: Run) -> SafeString:
    html = conditional_escape(run.words)
    for stroke, lane in reversed(run.strokes):
        html = format_html('<mark class="{} lane-{}">{}</mark>', stroke, lane, html)
    return html
