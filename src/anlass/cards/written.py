"""The owner's cards written as a file, as `parse_cards` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from anlass.cards.card import TIERS, Cards
from anlass.toml_text import quoted


def written(cards: Cards) -> str:
    """Return the text of the file; read again it gives the same cards."""
    return "\n".join(_lines(cards)) + "\n"


def _lines(cards: Cards) -> Iterator[str]:
    common = cards.common
    yield from _texts(
        ("name", cards.name),
        ("organisation", common.organisation),
        ("role", common.role),
        ("note", common.note),
        ("lang", cards.lang),
        ("address", cards.address),
        ("unlock", cards.unlock),
    )
    if cards.topics:
        yield f"topics = {_list(cards.topics)}"
    if cards.tiers != TIERS:
        yield f"tiers = {_list(cards.tiers)}"
    for card in cards.cards:
        texts = (
            ("title", card.title),
            ("organisation", card.organisation),
            ("role", card.role),
            ("note", card.note),
        )
        yield from ("", f"[card.{quoted(card.name)}]", *_texts(*texts))
    for option in cards.options:
        yield from ("", "[[option]]", f"kind = {quoted(option.kind.value)}")
        yield from (f"value = {quoted(option.value)}", f"tier = {quoted(option.tier)}")
        yield from _texts(("place", option.place), ("label", option.label))
        if option.cards:
            yield f"cards = {_list(option.cards)}"


def _texts(*pairs: tuple[str, str]) -> Iterator[str]:
    yield from (f"{key} = {quoted(value)}" for key, value in pairs if value)


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, words))}]"
