"""From marks on the readable text to findings in the letter as it came, in its order, each said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from anlass.litmus.page import Mark, Page
from anlass.litmus.reading import Finding, FindingKind, Place
from anlass.litmus.speech import Speech

_MOST: Final = 200


class _Spot(NamedTuple):
    """A stretch of the subject or the text as they came; spots sort as they are read."""

    is_text: bool
    start: int
    end: int
    kind: FindingKind


def findings_of(page: Page, marks: Iterable[Mark], speech: Speech) -> tuple[Finding, ...]:
    """The findings of a letter, subject first; what is said of a longer stretch is not said again."""
    spots = sorted({spot for spot in (_spot(page, mark) for mark in marks) if spot.end > spot.start})[:_MOST]
    alike: dict[FindingKind, list[_Spot]] = {}
    for spot in spots:
        alike.setdefault(spot.kind, []).append(spot)
    kept = (s for s in spots if not _is_inside_another(s, alike[s.kind]) and not _is_meant(s, spots))
    return tuple(_finding(page, spot, speech) for spot in kept)


def _spot(page: Page, mark: Mark) -> _Spot:
    is_text = mark.place is Place.TEXT
    field = page.plain if is_text else page.subject
    start, end = (mark.start, mark.end) if mark.is_original else field.original(mark.start, mark.end)
    return _Spot(is_text, start, end, mark.kind)


def _finding(page: Page, spot: _Spot, speech: Speech) -> Finding:
    field = page.request.text if spot.is_text else page.request.subject or ""
    quote = field[spot.start : spot.end]
    place = Place.TEXT if spot.is_text else Place.SUBJECT
    return Finding(spot.kind, place, spot.start, spot.end, quote, speech.says(spot.kind, quote, page.lang))


def _is_meant(spot: _Spot, spots: Sequence[_Spot]) -> bool:
    """Whether a detail that a machine could have pasted in says, in the same words, why this receiver."""
    return spot.kind is FindingKind.MERGED and any(
        other.kind is FindingKind.WHY_ME
        and other.is_text is spot.is_text
        and other.start < spot.end
        and spot.start < other.end
        for other in spots
    )


def _is_inside_another(spot: _Spot, alike: Sequence[_Spot]) -> bool:
    """Whether the same is already said of a longer stretch; `alike` are all spots of this kind."""
    is_text, start, end, _ = spot
    for other_text, s, e, _ in alike:
        if other_text is is_text and s <= start and end <= e and (s, e) != (start, end):
            return True
    return False
