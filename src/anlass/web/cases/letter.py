"""Set a letter: paragraphs, the underlines of its findings, and the notes for the margin.

A finding is a span of the text. Spans may overlap and nest, so each gets a lane of its
own under the line; the text is cut where any of them begins or ends. The note to a
finding stands behind the sentence in which it ends, so that it can be read in place on a
phone and float into the margin beside the line on a desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from anlass.litmus import Finding, FindingKind, Place
from anlass.web.frame.visible import visible

LONGEST = 20_000
"""Code points of a letter that are shown; the rest is counted, not set."""

LONGEST_SUBJECT = 300
"""Code points of a subject that are shown."""

LANES = 3
"""Underlines that fit below one line; further findings keep their note only."""


class Stroke(StrEnum):
    """How a finding is underlined: never by colour alone."""

    SOLID = "solid"
    DOTTED = "dotted"
    WAVY = "wavy"
    DASHED = "dashed"


STROKES = {
    FindingKind.WHO: Stroke.SOLID,
    FindingKind.OCCASION: Stroke.SOLID,
    FindingKind.WHY_ME: Stroke.SOLID,
    FindingKind.BENEFIT: Stroke.SOLID,
    FindingKind.SUBSTANCE: Stroke.SOLID,
    FindingKind.HOLLOW: Stroke.DOTTED,
    FindingKind.FLATTERY: Stroke.DOTTED,
    FindingKind.NO_PURPOSE: Stroke.DOTTED,
    FindingKind.TAKE_ONLY: Stroke.DOTTED,
    FindingKind.DEFAULT_TEXT: Stroke.DOTTED,
    FindingKind.PRESSURE: Stroke.WAVY,
    FindingKind.SECRECY: Stroke.WAVY,
    FindingKind.ATTACK: Stroke.WAVY,
    FindingKind.PITCH: Stroke.DASHED,
    FindingKind.MASS: Stroke.DASHED,
    FindingKind.MERGED: Stroke.DASHED,
    FindingKind.PLACEHOLDER: Stroke.DASHED,
    FindingKind.OPTOUT: Stroke.DASHED,
}


@dataclass(frozen=True, slots=True)
class Run:
    """Some words under the same underlines, outermost first: pairs of stroke and lane."""

    words: str
    strokes: tuple[tuple[Stroke, int], ...] = ()
    kind: str = "run"


@dataclass(frozen=True, slots=True)
class Note:
    """One note for the margin: all that the same words do in the same way.

    `is_told` where a note above says in a sentence what these words do: then their name is enough.
    """

    finds: tuple[FindingKind, ...]
    stroke: Stroke
    is_told: bool = False
    kind: str = "note"


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the writer meant."""

    kind: str = "break"


Piece = Run | Note | Break


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is set; `left_out` counts the code points that are not shown."""

    subject: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    left_out: int


def set_letter(subject: str | None, text: str, findings: Sequence[Finding]) -> Letter:
    """Set the letter `text` under its `subject`, with its findings underlined and noted."""
    shown = text[:LONGEST]
    head = " ".join((subject or "")[:LONGEST_SUBJECT].splitlines())
    in_subject = _Setting(head, [f for f in findings if f.place is Place.SUBJECT], [(0, len(head))])
    in_text = _Setting(shown, [f for f in findings if f.place is Place.TEXT], list(_paragraphs(shown)))
    return Letter(
        tuple(in_subject.pieces(0, len(head))) if head else (),
        tuple(tuple(in_text.pieces(start, end)) for start, end in in_text.paragraphs),
        len(text) - len(shown),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """Words under one line, and everything they do that is drawn this way."""

    start: int
    end: int
    stroke: Stroke
    finds: tuple[FindingKind, ...]


class _Setting:
    """One field with its findings: where each begins and ends, in which lane, where its note stands."""

    def __init__(self, text: str, findings: Sequence[Finding], paragraphs: list[tuple[int, int]]) -> None:
        self.text, self.paragraphs = text, paragraphs
        self.spans, self.told = _spans(findings, len(text)), set[tuple[FindingKind, ...]]()
        self.lanes = _lanes(self.spans)
        self.notes: dict[int, list[_Span]] = {}
        for span in self.spans:
            self.notes.setdefault(self._stand(span.end), []).append(span)
        edges = {edge for span in self.spans for edge in (span.start, span.end)}
        self.edges = sorted(edges | set(self.notes))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of one paragraph, from `start` to `end`."""
        cuts = [start, *(edge for edge in self.edges if start < edge < end), end]
        for left, right in pairwise(cuts):
            yield from self._runs(left, right)
            for span in self.notes.get(right, ()):
                yield Note(span.finds, span.stroke, is_told=span.finds in self.told)
                self.told.add(span.finds)

    def _stand(self, at: int) -> int:
        """Return where the note to a finding that ends `at` stands: behind its sentence, in its paragraph."""
        last = max((end for start, end in self.paragraphs if start < at), default=at)
        return min(_sentence_end(self.text, min(at, last)), last)

    def _runs(self, left: int, right: int) -> Iterator[Piece]:
        strokes = tuple(
            (span.stroke, lane)
            for span, lane in zip(self.spans, self.lanes, strict=True)
            if span.start <= left and right <= span.end and lane < LANES
        )
        for number, line in enumerate(_meant_lines(self.text, left, right)):
            if number:
                yield Break()
            if line:
                yield Run(visible(line), strokes)


def _spans(findings: Sequence[Finding], length: int) -> list[_Span]:
    """Return what is underlined, from the outermost inwards; the same words in the same way once."""
    together: dict[tuple[int, int, Stroke], list[FindingKind]] = {}
    order = list(FindingKind)
    for finding in sorted(findings, key=lambda finding: order.index(finding.kind)):
        if 0 <= finding.start < min(finding.end, length):
            place = (finding.start, -min(finding.end, length), STROKES[finding.kind])
            together.setdefault(place, []).append(finding.kind)
    return [
        _Span(start, -end, stroke, tuple(dict.fromkeys(kinds)))
        for (start, end, stroke), kinds in sorted(together.items())
    ]


def _lanes(spans: Sequence[_Span]) -> list[int]:
    """Return a lane for each span (sorted by start) so that no two overlap in one lane."""
    free_from: list[int] = []
    lanes = []
    for span in spans:
        lane = next((n for n, end in enumerate(free_from) if end <= span.start), len(free_from))
        if lane == len(free_from):
            free_from.append(0)
        free_from[lane] = span.end
        lanes.append(lane)
    return lanes


_PARAGRAPH_END = re.compile(r"\r?\n[ \t\r]*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?…:])[\"'“”»«)\]]*(?=\s)|\r?\n[ \t\r]*\n|\Z")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip())
    for gap in _PARAGRAPH_END.finditer(text, start):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _sentence_end(text: str, at: int) -> int:
    """Return where the sentence ends that `at` lies in, or `at` itself at its very end."""
    found = _SENTENCE_END.search(text, max(0, at - 1))
    while found and found.end() < at:
        found = _SENTENCE_END.search(text, found.end() + 1)
    if found is None:
        return len(text)
    return found.start() if text[found.start() : found.end()].isspace() else found.end()


_WRAPPED_FROM = 58
"""A line at least this long was wrapped by a program, not ended by its writer."""


def _meant_lines(text: str, left: int, right: int) -> list[str]:
    """Return the lines between `left` and `right`; breaks that only wrapped a paragraph become spaces."""
    lines = [""]
    for piece in re.finditer(r"[^\r\n]+|\r?\n|\r", text[left:right]):
        words = piece.group()
        if words.strip("\r\n"):
            lines[-1] += words
        elif _is_wrap(text, left + piece.end() - 1):
            lines[-1] += " "
        else:
            lines.append("")
    return lines


def _is_wrap(text: str, newline: int) -> bool:
    before = text[text.rfind("\n", 0, newline) + 1 : newline].rstrip()
    after = text[newline + 1 : newline + 2]
    return len(before) >= _WRAPPED_FROM and not (after in "-*>•–" or after.isspace())
