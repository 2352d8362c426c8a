"""What a letter is like as a whole: the numbers from which the verdict follows.

They carry the matter, not the corpus's words: which questions are answered and how
surely, how much is empty, whether what is asked is concrete, how rare the words are
in the question and outside of it. Length alone is not among the virtues.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from anlass.intake import Channel
from anlass.litmus.page import Line, Page

MOVES: Final = [
    "greeting",
    "introduction",
    "occasion",
    "why_you",
    "merged",
    "benefit",
    "substance",
    "ask",
    "hollow",
    "flattery",
    "pressure",
    "secrecy",
    "pitch",
    "take_only",
    "courtesy",
    "personal",
    "optout",
    "signature",
    "quoted",
    "placeholder",
    "other",
]
_SHARES: Final = [
    "hollow",
    "pitch",
    "substance",
    "occasion",
    "why_you",
    "introduction",
    "pressure",
    "ask",
    "other",
    "flattery",
    "benefit",
]
_EMPTY: Final = ("hollow", "pitch", "pressure", "secrecy", "flattery", "take_only")
_FULL: Final = ("substance", "why_you", "occasion", "benefit")
_CLASSES: Final = [
    "<num>",
    "<money>",
    "<pct>",
    "<date>",
    "<time>",
    "<year>",
    "<url>",
    "<code>",
    "<mail>",
    "<you>",
    "<me>",
]
_NETWORKS = frozenset({Channel.LINKEDIN, Channel.XING})
_CHATS = frozenset({Channel.XMPP, Channel.MATRIX, Channel.MASTODON})


def traits(page: Page) -> dict[str, float]:
    """All traits of a letter by name."""
    lines = page.lines
    core = [1 - max(line.does("greeting"), line.does("signature")) for line in lines]
    found = _of_moves(lines, core)
    found.update(_of_words(lines, core))
    found.update(_of_marks(page))
    return found


def _of_moves(lines: Sequence[Line], core: Sequence[float]) -> dict[str, float]:
    found: dict[str, float] = {}
    size = sum(core) + 0.5
    for move in MOVES:
        row = [line.moves[move] for line in lines]
        found[f"max {move}"] = max(row, default=0.0)
        found[f"sum {move}"] = min(3.0, sum(row))
        if move in _SHARES:
            found[f"share {move}"] = sum(p * c for p, c in zip(row, core, strict=True)) / size
    empty = [max([line.moves[move] for move in _EMPTY]) for line in lines]
    full = [max([line.moves[move] for move in _FULL]) for line in lines]
    found["sentences"] = min(size, 8.0)
    found["share empty"] = sum(e * c for e, c in zip(empty, core, strict=True)) / size
    found["share full"] = sum(f * c for f, c in zip(full, core, strict=True)) / size
    found["full and not empty"] = max((f * (1 - e) for f, e in zip(full, empty, strict=True)), default=0.0)
    found["sum empty"] = min(4.0, sum(empty))
    found["sum full"] = min(4.0, sum(full))
    found["emptiest"] = max((e * c for e, c in zip(empty, core, strict=True)), default=0.0)
    return found


def _of_words(lines: Sequence[Line], core: Sequence[float]) -> dict[str, float]:
    found: defaultdict[str, float] = defaultdict(float)
    total = rare_all = mid = common = asks = ask_words = 0.0
    for line, weight in zip(lines, core, strict=True):
        bands = Counter(line.bands)
        words = bands.total()
        rare, ask = bands[3] + bands[4] + bands[5], line.moves["ask"]
        empty = max([line.moves[move] for move in _EMPTY])
        total += words * weight
        rare_all += rare * weight
        mid += bands[2] * weight
        common += bands[0] * weight
        asks += ask
        ask_words += words * ask
        found["rare asked"] += rare * ask
        found["rare told"] += rare * weight * (1 - empty) * (1 - ask)
        found["rare in introduction"] += rare * line.moves["introduction"]
        if "?" in line.text:
            found["rare in question"] += rare
            found["telling in question"] += rare + bands[2]
    for name, most in _MOST.items():
        found[name] = min(most, found[name])
    found["rare"] = min(12.0, rare_all)
    found["share rare"] = rare_all / (total + 2)
    found["share telling"] = mid / (total + 2)
    found["share common"] = common / (total + 2)
    found["share rare asked"] = found["rare asked"] / (ask_words + 2)
    found["words of an ask"] = min(30.0, ask_words / (asks + 0.3))
    return dict(found)


_MOST: Final[Mapping[str, float]] = {
    "rare asked": 5.0,
    "rare told": 12.0,
    "rare in introduction": 6.0,
    "rare in question": 5.0,
    "telling in question": 8.0,
}


def _of_marks(page: Page) -> dict[str, float]:
    text, lines = page.plain.text, page.lines
    forms = Counter(form for line in lines for form in line.words.forms)
    found = {f"has {kind}": min(2.0, forms[kind]) for kind in _CLASSES}
    found["questions"] = min(3.0, text.count("?"))
    found["shouts"] = min(3.0, text.count("!"))
    found["quotes"] = float(any(sign in text for sign in '"„“»«'))
    found["about"] = min(3.0, sum(form in page.about for form in forms))
    found["about in subject"] = min(2.0, sum(form in page.about for form in set(page.subject_words.forms)))
    found["no subject"] = float(not page.subject.text.strip())
    found["re"] = float(page.subject.text.lower().startswith(("re:", "aw:", "fwd:")))
    channel = page.request.channel
    found["network"] = float(channel in _NETWORKS)
    found["form"] = float(channel is Channel.FORM)
    found["chat"] = float(channel in _CHATS)
    return found
