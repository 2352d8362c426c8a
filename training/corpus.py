"""The corpus as the trainer sees it: requests, and what annotators said of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus.reading import Question
from anlass.litmus.sentences import Sentence

CORPUS = Path(__file__).parents[1] / "corpus"
ASPECT_OF = {
    Question.WHO: "introduces",
    Question.OCCASION: "occasion",
    Question.WHY_ME: "why_you",
    Question.BENEFIT: "benefit",
    Question.SUBSTANCE: "substance",
}


@dataclass(frozen=True)
class Item:
    """One labelled request.

    `fold` is its file; `family` is what must never be split between training and test.
    `moves` are stretches of the text with their moves; empty where nobody marked them.
    """

    id: str
    fold: str
    family: str
    is_contrast: bool
    lang: str
    request: ContactRequest
    verdict: str
    asks: str
    minutes: int | None
    answers: frozenset[Question] | None
    moves: tuple[tuple[int, int, frozenset[str]], ...]


def load() -> list[Item]:
    """Every item of the corpus, in the order of files and lines."""
    return [item for path in _paths() for item in _items(path)]


def digest() -> str:
    """The sha256 of everything that is trained on."""
    summed = sha256()
    for path in _paths():
        summed.update(path.name.encode() + b"\0" + path.read_bytes())
    return summed.hexdigest()


def _paths() -> Sequence[Path]:
    return sorted(CORPUS.glob("*.jsonl"))


def _items(path: Path) -> Iterator[Item]:
    fold = path.stem.split(".", 1)[1]
    for line in path.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        receiver = read["recipient"]
        recipient = (
            Recipient(receiver.get("name") or "", receiver.get("about") or "")
            if isinstance(receiver, dict)
            else Recipient(receiver or "")
        )
        aspects = read.get("aspects")
        yield Item(
            id=read["id"],
            fold=fold,
            family=f"{fold}:{read['group']}" if read.get("group") else read["id"],
            is_contrast=bool(read.get("group")),
            lang=read["lang"],
            request=ContactRequest(
                id=read["id"],
                channel=Channel(read["channel"]) if read["channel"] in set(Channel) else Channel.OTHER,
                text=read["text"],
                subject=read["subject"],
                requester=Requester((read["sender"] or "").split("<")[0].strip()),
                recipient=recipient,
            ),
            verdict=read["verdict"],
            asks=read["asks"],
            minutes=read.get("asks_minutes"),
            answers=None if aspects is None else frozenset(q for q, a in ASPECT_OF.items() if aspects[a]),
            moves=tuple(_stretches(read["text"], read.get("sentences", ()))),
        )


def _stretches(text: str, marked: Sequence[dict[str, object]]) -> Iterator[tuple[int, int, frozenset[str]]]:
    place = 0
    for sentence in marked:
        words, moves = sentence["text"], sentence["moves"]
        assert isinstance(words, str)
        assert isinstance(moves, list)
        start = text.index(words, place)
        place = start + len(words)
        yield start, place, frozenset(moves)


def moves_of(item: Item, sentence: Sentence) -> frozenset[str]:
    """The moves annotators saw in one of our sentences: those of every stretch that is mostly in it."""
    found: set[str] = set()
    for start, end, moves in item.moves:
        shared = min(end, sentence.end) - max(start, sentence.start)
        if shared > 0 and 2 * shared >= min(sentence.end - sentence.start, end - start):
            found |= moves
    return frozenset(found)
