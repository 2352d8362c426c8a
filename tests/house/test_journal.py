"""The journal speaks both languages: what the program writes down under a name has words in each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from anlass.desk.cases.acting import LOT
from anlass.desk.gatherings.letting_in import ERASED
from anlass.desk.house.voice_of_journal import SAID
from anlass.people.vouching import ConsentKind
from anlass.people.word import WordKind
from anlass.store.programs.tokens import TokenKind

SOURCE = Path(__file__).parents[2] / "src" / "anlass"
BOOKS = ("book", "self.book", "home.book", "desk.book", "caller.book", "bench.book")
MADE = {
    LOT,
    ERASED,
    *WordKind,
    *(f"unsay {kind}" for kind in WordKind),
    *(f"consent {kind}" for kind in ConsentKind),
    *(f"{done}_{kind}" for kind in TokenKind for done in ("add", "revoke")),
}
"""Acts whose names are put together."""


def written() -> Iterator[str]:
    """Yield every act that the program writes into a journal by its name."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "note"
                and ast.unparse(node.func.value) in BOOKS
                and node.args
            ):
                yield from (
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    if not isinstance(node.args[0], ast.JoinedStr)
                )


def test_every_act_has_words_in_both_languages() -> None:
    """An act without words would be shown by its own name, in English."""
    acts = sorted({*written(), *MADE})
    assert "let_go" in acts
    assert {lang: sorted({*acts} - words.keys()) for lang, words in SAID.items()} == {"de": [], "en": []}
    assert SAID["de"].keys() == SAID["en"].keys()
