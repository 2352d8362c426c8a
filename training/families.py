"""Which items must stay together: contrast groups, and texts that are nearly the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from training.corpus import Item

ALIKE = 0.5
"""Shared five-word runs, as a part of the smaller text, from which two are one family."""


def families(items: Sequence[Item]) -> list[str]:
    """A family for every item: its group, joined with every near-duplicate's."""
    head = {item.family: item.family for item in items}

    def find(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    runs = [_runs(item.request.text) for item in items]
    where: dict[tuple[str, ...], list[int]] = {}
    for index, found in enumerate(runs):
        shared: dict[int, int] = {}
        for run in found:
            for other in where.get(run, ()):
                shared[other] = shared.get(other, 0) + 1
            where.setdefault(run, []).append(index)
        for other, count in shared.items():
            if count >= ALIKE * max(1, min(len(found), len(runs[other]))):
                head[find(items[index].family)] = find(items[other].family)
    return [find(item.family) for item in items]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))}
