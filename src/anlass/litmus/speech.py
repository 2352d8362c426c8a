"""What a finding says to the owner: one sentence, in the language of the reading."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from anlass.litmus.reading import FindingKind

_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Speech:
    """One sentence for every kind of finding, in German and English."""

    sentences: Mapping[str, Mapping[FindingKind, str]]

    def says(self, kind: FindingKind, quote: str, lang: str) -> str:
        """The sentence for a finding; a long quote is shortened, never the finding."""
        shown = " ".join(quote.split())
        if len(shown) > _SHOWN:
            shown = shown[:_SHOWN].rsplit(" ", 1)[0].rstrip(",;:") + " …"
        return self.sentences["de" if lang == "de" else "en"][kind].replace("{quote}", shown.rstrip("."))


def parse_speech(texts: Mapping[str, str]) -> Speech:
    """Read the sentences of every language; a kind without a sentence is an error."""
    read = {lang: tomllib.loads(text) for lang, text in texts.items()}
    return Speech({lang: {kind: found[kind] for kind in FindingKind} for lang, found in read.items()})
