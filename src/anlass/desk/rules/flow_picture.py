"""The flow of past requests as an SVG picture: four columns, a band for each way through them.

What came of a request shows in the filling of its band, never in colour alone: full where both have
written on, hatched where the owner answered, empty where nobody did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import NamedTuple

from anlass.desk.voice.common import Lang
from anlass.policy import Words
from anlass.policy.flow import ENDS, HEADS, End, Stream, orders, streams
from anlass.policy.replay import Replayed

_TOP, _TALL, _GAP, _BAR, _FOOT = 96, 320, 20, 10, 52
_STYLE = """
text { font: 15px Georgia, "Source Serif 4", serif; fill: #26221c; }
.title { font-size: 19px; } .quiet { fill: #544d43; }
.ground { fill: #f7f2e8; } .stop { fill: #26221c; }
.name { paint-order: stroke; stroke: #f7f2e8; stroke-width: 4px; stroke-linejoin: round; }
.in_letters { fill: #1c4a37; fill-opacity: .55; stroke: #1c4a37; }
.answered { fill: url(#hatch); stroke: #1c4a37; } .hatch { stroke: #1c4a37; stroke-width: 1.4; }
.nothing { fill: #d9cfbd; fill-opacity: .35; stroke: #b9ad98; } .band { stroke-width: .6; }
@media (prefers-color-scheme: dark) {
text { fill: #ebe4d7; } .quiet { fill: #bdb3a2; } .ground { fill: #191713; } .stop { fill: #ebe4d7; }
.name { stroke: #191713; } .in_letters { fill: #a5d0b4; stroke: #a5d0b4; } .answered { stroke: #a5d0b4; }
.hatch { stroke: #a5d0b4; } .nothing { fill: #423c32; stroke: #5d5547; } }
"""
_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
)
_TITLE = Words("Was gewünscht war und was daraus wurde", "What was asked for and what came of it")
_SAYS = Words("{count} Anfragen unter „{title}“", "{count} requests under “{title}”")
_ALL_SAYS = Words("{count} Anfragen", "{count} requests")


@dataclass(frozen=True, slots=True)
class _Stop:
    """One name in one column: from `top` on, `height` tall."""

    name: str
    top: float
    height: float
    count: int


class _Way(NamedTuple):
    """A part of a way: from a stop to one of the next column, and what came of it in the end."""

    start: str
    stop: str
    end: End


_ENDS = list(End)


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a picture is, which columns it shows and where, how far its key is spread.

    A picture that is `is_alone` brings its own colours, one on a page takes those of the page; `name` keeps
    several on one page apart.
    """

    view: int = 900
    left: tuple[int, ...] = (16, 240, 464, 700)
    columns: tuple[int, ...] = (0, 1, 2, 3)
    spread: int = 220
    is_alone: bool = True
    name: str = "flow"


ALONE = Frame()
ON_A_PAGE = Frame(is_alone=False)


def half(name: str) -> Frame:
    """Return the frame of one of two pictures that stand side by side: what the rules do, what came of it."""
    return Frame(600, (16, 350), (2, 3), 200, is_alone=False, name=name)


def as_svg(cases: Sequence[Replayed], lang: Lang, title: str = "", frame: Frame = ALONE) -> str:
    """Return the flow of these requests, of which `title` says whose rules they met."""
    found, name = streams(cases, lang), frame.name
    scale = _TALL / max(1, len(cases))
    columns = [_column(found, number, scale, orders(lang)[number]) for number in frame.columns]
    heads = [HEADS[number] for number in frame.columns]
    bottom = max((stop.top + stop.height for column in columns for stop in column.values()), default=_TOP)
    height = round(bottom) + _FOOT
    says = (_SAYS if title else _ALL_SAYS).in_(lang).format(count=len(cases), title=title)
    told = "; ".join(
        f"{head.in_(lang)}: " + ", ".join(f"{stop.name} {stop.count}" for stop in column.values())
        for head, column in zip(heads, columns, strict=True)
    )
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.view} {height}" lang="{lang}"',
            f'role="img" aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(_TITLE.in_(lang))}</title>',
            f'<desc id="{name}-desc">{escape(f"{says}. {told}.")}</desc>',
            *((f"<style>{_STYLE}</style>",) if frame.is_alone else ()),
            _HATCH,
            f'<rect class="ground" width="{frame.view}" height="{height}"/>',
            f'<text class="title" x="16" y="32">{escape(_TITLE.in_(lang))}</text>',
            f'<text class="quiet" x="16" y="54">{escape(says)}</text>',
            *(
                f'<text class="quiet" x="{x}" y="{_TOP - 14}">{escape(head.in_(lang))}</text>'
                for x, head in zip(frame.left, heads, strict=True)
            ),
            *_bands(found, columns, scale, frame),
            *(
                _stop(stop, x)
                for column, x in zip(columns, frame.left, strict=True)
                for stop in column.values()
            ),
            *_key(height, lang, frame.spread),
            "</svg>\n",
        )
    )


def _column(found: Sequence[Stream], number: int, scale: float, order: Sequence[str]) -> dict[str, _Stop]:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.stops[number]] = counts.get(one.stops[number], 0) + one.count
    top, column = float(_TOP), {}
    for name in sorted(counts, key=order.index):
        tall = counts[name] * scale
        column[name] = _Stop(name, top, tall, counts[name])
        top += tall + _GAP
    return column


def _bands(
    found: Sequence[Stream], columns: Sequence[dict[str, _Stop]], scale: float, frame: Frame
) -> list[str]:
    """Draw a band between each two columns for every way, the emptiest first: the others lie on top."""
    drawn: list[tuple[int, str]] = []
    for number, (x, until) in enumerate(pairwise(frame.left)):
        here, there = frame.columns[number : number + 2]
        ways: dict[_Way, int] = defaultdict(int)
        for one in found:
            ways[_Way(one.stops[here], one.stops[there], one.end)] += one.count
        left, right = columns[number], columns[number + 1]
        begins = _tops(ways, scale, (left, right), side=0)
        stops = _tops(ways, scale, (right, left), side=1)
        for way, count in ways.items():
            path = _path((x + _BAR, until), (begins[way], stops[way]), count * scale)
            drawn.append((-_ENDS.index(way.end), f'<path class="band {way.end.value}" d="{path}"/>'))
    return [band for _, band in sorted(drawn, key=lambda one: one[0])]


def _tops(
    ways: Mapping[_Way, int],
    scale: float,
    columns: tuple[Mapping[str, _Stop], Mapping[str, _Stop]],
    *,
    side: int,
) -> dict[_Way, float]:
    """Return where each way touches the first of two columns, so that no bands cross without need."""
    here, there = columns

    def order(way: _Way) -> tuple[float, float, int]:
        return here[way[side]].top, there[way[1 - side]].top, _ENDS.index(way.end)

    free, tops = {name: stop.top for name, stop in here.items()}, {}
    for way in sorted(ways, key=order):
        tops[way] = free[way[side]]
        free[way[side]] += ways[way] * scale
    return tops


def _path(across: tuple[float, float], tops: tuple[float, float], tall: float) -> str:
    (x, until), (top, then) = across, tops
    middle = f"{(x + until) / 2:.0f}"
    there = f"M{x:.0f} {top:.1f}C{middle} {top:.1f} {middle} {then:.1f} {until:.0f} {then:.1f}"
    top, then = top + tall, then + tall
    return f"{there}V{then:.1f}C{middle} {then:.1f} {middle} {top:.1f} {x:.0f} {top:.1f}Z"


def _stop(stop: _Stop, x: float) -> str:
    tall = max(stop.height, 1.0)
    return (
        f'<rect class="stop" x="{x}" y="{stop.top:.1f}" width="{_BAR}" height="{tall:.1f}"/>'
        f'<text class="name" x="{x + _BAR + 8}" y="{stop.top + tall / 2 + 5:.1f}">'
        f"{escape(stop.name)} {stop.count}</text>"
    )


def _key(height: int, lang: Lang, spread: int) -> list[str]:
    """Return what the fillings mean, at the foot of the picture."""
    drawn, x = [], 16
    for end, words in ENDS.items():
        drawn.append(f'<rect class="band {end.value}" x="{x}" y="{height - 30}" width="28" height="12"/>')
        drawn.append(f'<text x="{x + 36}" y="{height - 19}">{escape(words.in_(lang))}</text>')
        x += spread
    return drawn
