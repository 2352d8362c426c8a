"""Makes the word lists again: `pip install wordfreq faker`, then `python -m training.lexicon`.

Hardly ever needed, so neither package is in our locks; the results, `lexicon.txt` and
`given.txt` beside the litmus test, are kept in the repository.
"""

from __future__ import annotations

import textwrap
from importlib import import_module
from pathlib import Path

from wordfreq import top_n_list, zipf_frequency

ROOM = Path(__file__).parents[1] / "src" / "anlass" / "litmus"
BANDS = (5.5, 4.7, 4.0, 3.3)
"""Zipf frequencies above which a word is of band 0, 1, 2 and 3."""

LANDS = ("de_DE", "de_AT", "de_CH", "en_US", "en_GB", "fr_FR", "it_IT", "es_ES", "pl_PL", "tr_TR")
WORDS_TOO = frozenset(
    "ale alf alpin amber amor april asia aura austin autumn ava baba bailey bali baptist basil bergen "
    "beste blake brooke can canal chad chance chase che chelsea coral cord cruz crystal dakota dale "
    "dan dante darin dean destiny devon diamond drew döner earl ebony eitel ernst eve faith falk "
    "flora florence franklin fried fügen gabel gala gene georgia german glen grace grant götz hagen "
    "hardy harm hazel heide holly holm hope hunter iris ivory jade jay jean jesus joy june jung jura "
    "kader kent klein lana lance lee line lore mar marin marine mark may medina mentor mercedes meta "
    "mile miles misty morgan nas nazi norm oda orlando paris parker pastor patty peer penny perry "
    "pier pius preston raven ray regina rich rosa rose ross ruby said salami sandy santiago santos "
    "savannah sayin severin sierra sol sole star stella summer sunny sydney tan tanner taylor tea "
    "theres til till toy trinidad troy urban us van valentine victoria viola virginia warren wolf "
    "will philippine gottlob holder beat best bill art august augustin augusta auguste reich reiner "
    "sommer sonntag montag lang engel herz christian jackson lincoln washington madison dallas "
    "houston alexandria corona arminia germania romane".split()
)
"""Given names that are words or places as well, and stay words."""

WORDS_REMARK = """\
# Common words of German and English by band of rarity, from 0 (commonest) to 4.
# Derived from the word lists of wordfreq 3.1 (data: CC BY-SA 4.0); this file is therefore CC BY-SA 4.0.
"""
NAMES_REMARK = """\
# Given names of several languages that are no common words, so that they can be told from words.
# Collected from the name lists of Faker (MIT).
"""


def main() -> None:
    """Write both lists."""
    ranked = dict.fromkeys([*top_n_list("de", 26_000), *top_n_list("en", 20_000)])
    names = given()
    bands: list[list[str]] = [[] for _ in range(len(BANDS) + 1)]
    for word in ranked:
        if word.isalpha() and len(word) > 1 and word not in names:
            bands[band(word)].append(word)
    parts = [f"= {number}\n{wrapped(words)}\n" for number, words in enumerate(bands)]
    (ROOM / "lexicon.txt").write_text(WORDS_REMARK + "".join(parts), encoding="utf-8")
    (ROOM / "given.txt").write_text(NAMES_REMARK + wrapped(names) + "\n", encoding="utf-8")


def given() -> frozenset[str]:
    """Given names in lower case, without those that are words as well."""
    found: set[str] = set()
    for land in LANDS:
        provider = import_module(f"faker.providers.person.{land}").Provider
        for part in ("first_names", "first_names_male", "first_names_female"):
            found.update(name.lower() for name in getattr(provider, part, ()))
    return frozenset(name for name in found if name.isalpha() and len(name) > 2) - WORDS_TOO


def band(word: str) -> int:
    """The band of rarity of a word, by the language in which it is more common."""
    zipf = max(zipf_frequency(word, "de"), zipf_frequency(word, "en"))
    return sum(zipf < least for least in BANDS)


def wrapped(words: list[str] | frozenset[str]) -> str:
    """Words in order, in lines one can read."""
    return textwrap.fill(" ".join(sorted(words)), 110, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    main()
