"""Makes word lists again: `pip install wordfreq faker`, then `python -m training.lexicon de 26000`.

Hardly ever needed, so neither package is in our locks; the results, `words.txt` of each language and
`given.txt` beside the litmus test, are kept in the repository. A list is named by its language and how
many of the commonest words it is made of; it leaves out what is mostly a given name, unless
`--whole` is said. `given` makes the list of names.
"""

from __future__ import annotations

import argparse
import textwrap
from importlib import import_module
from pathlib import Path

from wordfreq import top_n_list, zipf_frequency

from anlass.languages import languages

PACKAGE = Path(__file__).parents[1] / "src" / "anlass"
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
# Common words of {name} by band of rarity, from 0 (commonest) to 4.
# Derived from the word lists of wordfreq 3.1 (data: CC BY-SA 4.0); this file is therefore CC BY-SA 4.0.
"""
NAMES_REMARK = """\
# Given names of several languages that are no common words, so that they can be told from words.
# Collected from the name lists of Faker (MIT).
"""


def main() -> None:
    """Write one list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", help="a language spoken here, or `given` for the names")
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--whole", action="store_true", help="keep given names and single letters as well")
    told = parser.parse_args()
    if told.language == "given":
        (PACKAGE / "litmus" / "given.txt").write_text(
            NAMES_REMARK + wrapped(given()) + "\n", encoding="utf-8"
        )
        return
    target = PACKAGE / "languages" / told.language / "words.txt"
    target.write_text(words(told.language, told.count, whole=told.whole), encoding="utf-8")


def words(lang: str, count: int, *, whole: bool) -> str:
    """The commonest words of a language, as they are read, by band."""
    spoken = languages().of(lang)
    names = frozenset[str]() if whole else given()
    bands: list[list[str]] = [[] for _ in range(len(BANDS) + 1)]
    for word in top_n_list(lang, count):
        if word.replace("'", "").isalpha() and (
            word.isalpha() or _stays(word, spoken.words("figures.elided"))
        ):
            written = word
            for two, _, one in (same.partition(" ") for same in spoken.words("slips.same")):
                written = written.replace(two, one)
            if whole or (len(written) > 1 and written not in names):
                bands[band(word, lang)].append(written)
    parts = [f"= {number}\n{wrapped(found)}\n" for number, found in enumerate(bands)]
    return WORDS_REMARK.format(name=spoken.named["en"]) + "".join(parts)


def _stays(word: str, elided: tuple[str, ...]) -> bool:
    """Whether a word with an apostrophe is cut by nobody."""
    head, _, tail = word.partition("'")
    return bool(elided) and head not in elided and "'" not in tail


def given() -> frozenset[str]:
    """Given names in lower case, without those that are words as well."""
    found: set[str] = set()
    for land in LANDS:
        provider = import_module(f"faker.providers.person.{land}").Provider
        for part in ("first_names", "first_names_male", "first_names_female"):
            found.update(name.lower() for name in getattr(provider, part, ()))
    return frozenset(name for name in found if name.isalpha() and len(name) > 2) - WORDS_TOO


def band(word: str, lang: str) -> int:
    """The band of rarity of a word."""
    zipf = zipf_frequency(word, lang)
    return sum(zipf < least for least in BANDS)


def wrapped(words: list[str] | frozenset[str]) -> str:
    """Words in order, in lines one can read."""
    return textwrap.fill(" ".join(sorted(words)), 110, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    main()
