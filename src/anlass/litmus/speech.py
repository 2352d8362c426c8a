"""What a finding says to the owner: one sentence, in the language of the reading."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from anlass.litmus.reading import FindingKind

_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Speech:
    """One sentence for every kind of finding, in every language; `fallback` says what another lacks."""

    sentences: Mapping[str, Mapping[FindingKind, str]]
    fallback: str

    def says(self, kind: FindingKind, quote: str, lang: str) -> str:
        """The sentence for a finding; a long quote is shortened, never the finding."""
        shown = " ".join(quote.split())
        if len(shown) > _SHOWN:
            shown = shown[:_SHOWN].rsplit(" ", 1)[0].rstrip(",;:") + " …"
        said = self.sentences.get(lang, {}).get(kind) or self.sentences[self.fallback][kind]
        return said.replace("{quote}", shown.rstrip("."))


def parse_speech(texts: Mapping[str, str], fallback: str) -> Speech:
    """Read the sentences of every language; a kind without a sentence in the fallback is an error."""
    read = {lang: tomllib.loads(text) for lang, text in texts.items()}
    missing = [kind for kind in FindingKind if kind not in read[fallback]]
    if missing:
        raise ValueError(f"says.toml of {fallback} has no sentence for {', '.join(missing)}")
    said = {
        lang: {kind: found[kind] for kind in FindingKind if kind in found} for lang, found in read.items()
    }
    return Speech(said, fallback)
