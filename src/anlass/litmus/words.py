"""Words with their places: normal forms, stems, and classes for all that is a name or a number.

What a sentence says is kept, who wrote it is not: names of the two people and of others,
mail addresses, links and figures become classes (`<you>`, `<me>`, `<name>`, `<money>`),
so that nothing can be learned from a name. Slips and gender are undone (`meant.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from anlass.litmus.around import Around, around
from anlass.litmus.forms import LONGEST, ORIGIN, forms_of
from anlass.litmus.lexicon import Lexicon
from anlass.litmus.meant import Meant
from anlass.litmus.tokens import tokens_of

_NAME = re.compile(r"[^\W\d_]{2,}")
_WHOLE_NAME = re.compile(r"\w+'\w+")

_CAPITALISED = re.compile(r"(?<=\s)[A-ZÄÖÜ\u00c0-\u024f\u0370-\uffff][\w'’-]{1,40}")
_MOST_KEPT = 50_000
"""Words whose form is remembered between requests."""

_LATIN = "\u024f"
"""The last of the letters languages spoken here are written in; a word in another script is a name."""

_Known: TypeAlias = tuple[str, str]
"""Form and key of a word."""


class Words(NamedTuple):
    """The words of a text in parallel rows.

    `forms` are stems or classes; `keys` the words as they are meant, in lower case, or the class.
    `places` are kept where words were joined; elsewhere they are found again when asked for,
    as texts of `lang` are cut.
    """

    forms: tuple[str, ...]
    keys: tuple[str, ...]
    text: str
    places: tuple[tuple[int, int], ...] | None = None
    lang: str = ""

    @property
    def spans(self) -> Sequence[tuple[int, int]]:
        """Where every word stands in the text."""
        return self.places if self.places is not None else tokens_of(self.lang).places(self.text)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the two people, to be left out of all that is learned."""

    you: frozenset[str] = frozenset()
    me: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    all: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Gather every word that may be a part of a name or stands before one."""
        object.__setattr__(self, "all", self.you | self.me | self.titles)

    def may_stand_in(self, text: str) -> bool:
        """Whether a text may hold one of the names; where it says no, there is none."""
        lower = text.lower()
        for names in (self.you, self.me):
            for name in names:  # a loop, for it is asked of every sentence and `any` is no loop but a call
                if name in lower:
                    return True
        return False

    def hidden_in(self, surfaces: Sequence[str], known: Sequence[_Known | None]) -> list[_Known | None]:
        """What is known of words, but nothing of those that are one of the names, whatever hangs on them."""
        names = self.all
        return [
            None if (low := s.lower()) in names or (not low.isalpha() and _bare(low) in names) else word
            for s, word in zip(surfaces, known, strict=True)
        ]


def names(recipient: str, sender: str, lang: str = "") -> Names:
    """Take the names of both people apart into words, with the titles that may stand before one."""
    known = around(lang)
    return Names(_parts(recipient, known), _parts(sender, known), known.titles)


@lru_cache(maxsize=1024)
def _parts(name: str, known: Around) -> frozenset[str]:
    found = name[:200].lower().replace("’", "'")
    return frozenset([*_NAME.findall(found), *_WHOLE_NAME.findall(found)]) - known.no_names


def words(text: str, lang: str, people: Names, meant: Meant | None = None) -> Words:
    """Cut a text into words, stem them and mask numbers and the names of the two people."""
    surfaces = tokens_of(lang).tokens(text)
    return _masked(text, surfaces, [None] * len(surfaces), _Masked(lang, people, None, meant))


def _masked(text: str, surfaces: Sequence[str], known: Sequence[_Known | None], masked: _Masked) -> Words:
    """The words of a text word by word, as far as they are not known whatever stands beside them."""
    forms, keys, spans = masked.forms, masked.keys, masked.spans
    for surface, word, span in zip(surfaces, known, tokens_of(masked.lang).places(text), strict=True):
        if word is None or (masked.has_names and surface[0].isupper()):
            masked.take(surface, span)
        else:  # most words: what `add` does, without asking for it
            forms.append(word[0])
            keys.append(word[1])
            spans.append(span)
    return Words(tuple(masked.forms), tuple(masked.keys), text, tuple(masked.spans), masked.lang)


class Cutter:
    """Cuts sentences into words, most of them at once: few hold what might be a name."""

    def __init__(self, meant_of: Callable[[str], Meant]) -> None:
        self.meant_of = meant_of
        self._sure: dict[str, _Sure] = {}

    def words(self, text: str, lang: str, people: Names, *, is_greeting: bool = False) -> Words:
        """The words of a sentence; in a greeting every capitalised word but the first is taken for a name."""
        if is_greeting:
            beside = around(lang)
            greeted = _parts(" ".join(_CAPITALISED.findall(text)), beside) - beside.salutes
            people = Names(people.you | greeted, people.me, beside.titles)
        sure = self._of(lang)
        surfaces = sure.cut(text)
        known = list(map(sure.__getitem__, surfaces))
        if people.may_stand_in(text):
            known = people.hidden_in(surfaces, known)
        if None not in known:
            forms, keys = zip(*known, strict=True) if known else ((), ())
            return Words(forms, keys, text, None, lang)
        return _masked(text, surfaces, known, _Masked(lang, people, sure.lexicon, sure.meant))

    def _of(self, lang: str) -> _Sure:
        found = self._sure.get(lang)
        if found is None:
            found = self._sure[lang] = _Sure(lang, self.meant_of(lang))
        return found


class _Sure(dict[str, "_Known | None"]):
    """Form and key of every word that is no name whatever stands beside it, None for all others."""

    def __init__(self, lang: str, meant: Meant) -> None:
        super().__init__()
        self.form_of, self.meant, self.lexicon = forms_of(lang), meant, meant.lexicon
        self.titles, self.cut = around(lang).titles, tokens_of(lang).tokens

    def __missing__(self, surface: str) -> _Known | None:
        found = self._of(surface)
        if len(self) < _MOST_KEPT:
            self[surface] = found
        return found

    def _of(self, surface: str) -> _Known | None:
        lower = surface.lower()
        if not surface[0].isalpha():
            return _known(self.form_of(lower) if surface[0].isalnum() else lower, lower)
        if not self._is_sure(surface, _bare(lower)):
            return None
        key = self.meant[lower]
        return _known(self.form_of(key), key)

    def _is_sure(self, surface: str, bare: str) -> bool:
        if bare in self.titles or len(surface) > LONGEST or surface[0] > _LATIN:
            return False
        if not surface[0].isupper() or len(surface) < 2:
            return True
        if bare in self.lexicon.given:
            return False
        return surface.isupper() or len(bare) < 2 or self.lexicon.is_word(bare)


def _known(form: str, word: str) -> _Known:
    """A word with its key; what has a class is known by that."""
    return form, form if form[0] == "<" else word


def _bare(lower: str) -> str:
    """A word without what hangs on an apostrophe."""
    return lower if lower.isalpha() else lower.replace("’", "'").split("'")[0]


_MASKS: Final = frozenset(["<you>", "<me>", "<name>"])


class _Masked:
    """Words in the making: puts a class where a name stands, one for all its parts."""

    def __init__(self, lang: str, people: Names, lexicon: Lexicon | None, meant: Meant | None = None) -> None:
        self.people, self.lexicon, self.meant = people, lexicon, meant
        self.form_of, self.around = forms_of(lang), around(lang)
        self.forms: list[str] = []
        self.keys: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.lang, self.surname_at, self.suspect = lang, -1, -1
        self.has_names = False

    def add(self, form: str, key: str, span: tuple[int, int]) -> None:
        """Take a word as it is."""
        self.forms.append(form)
        self.keys.append(key)
        self.spans.append(span)

    def take(self, surface: str, span: tuple[int, int]) -> None:
        """Take whatever stands there."""
        lower = surface.lower()
        if surface[0].isalpha():
            self.add_word(surface, lower, span)
        else:
            self.add(*_known(self.form_of(lower) if surface[0].isalnum() else lower, lower), span)

    def add_meant(self, lower: str, span: tuple[int, int]) -> None:
        """Take a word that is no name."""
        key = self.meant[lower] if self.meant is not None else lower
        self.add(*_known(self.form_of(key), key), span)

    def add_word(self, surface: str, lower: str, span: tuple[int, int]) -> None:
        """Take a word, or the class of the name that it is."""
        bare = _bare(lower)
        form = self._class_of(lower, bare)
        if not form and self.lexicon is not None:
            form = self._name_in(surface, bare, span, self.lexicon)
        if not form:
            self.add_meant(lower, span)
            return
        self.has_names = True
        if form not in _MASKS or not self._goes_on(form, span):
            self.add(form, form, span)

    def _class_of(self, lower: str, bare: str) -> str:
        """The class of a title and of the names of the two people."""
        if bare in self.around.titles:
            return "<title>"
        if bare in self.people.you or lower in self.people.you:
            return "<you>"
        return "<me>" if bare in self.people.me or lower in self.people.me else ""

    def _name_in(self, surface: str, bare: str, span: tuple[int, int], lexicon: Lexicon) -> str:
        """The class of the name of somebody else; remembers what might begin one."""
        if surface[0] > _LATIN:
            return "<name>"
        if not surface[0].isupper() or len(surface) < 2:
            return ""
        if self._is_name(surface, bare, span[0], lexicon):
            if self.suspect == span[0] - 1 and self.forms:
                self.forms[-1] = self.keys[-1] = "<name>"  # a given name in no list
            goes_on = not self.around.nouns_are_large or bare in lexicon.given
            self.surname_at = span[1] + 1 if goes_on else -1
            return "<name>"
        if len(bare) > 1 and not surface.isupper() and not self._is_word(bare, lexicon):
            self.suspect = span[1]
        return ""

    def _is_name(self, surface: str, bare: str, start: int, lexicon: Lexicon) -> bool:
        """Whether a capitalised word is a name: known as one, after a title or a name, or no word at all."""
        if bare in lexicon.given or start == self.surname_at or self._is_hyphenated(start):
            return True
        if len(surface) > 1 and surface.isupper():
            return False  # an abbreviation
        if self._before() == "<title>":
            return bare not in self.around.no_names
        if len(bare) < 3 or self._is_word(bare, lexicon):
            return False
        return self._after_particles() == "<name>" or self._is_unknown_name(bare, start)

    def _is_word(self, bare: str, lexicon: Lexicon) -> bool:
        """Whether a capitalised word is one of the language, or tells an origin."""
        return lexicon.is_word(bare) or self.form_of(bare) == ORIGIN

    def _is_unknown_name(self, bare: str, start: int) -> bool:
        """Whether a capitalised word in no list is a name: two in a row are; one is, where nouns are small.

        In German every noun is written large, and so is the first word of every sentence.
        """
        if self.suspect == start - 1 and self.forms:
            self.forms[-1] = self.keys[-1] = "<name>"
            return True
        return not self.around.nouns_are_large and (
            bool(self.forms) or self.meant is None or self.meant[bare] == bare
        )

    def _is_hyphenated(self, start: int) -> bool:
        """Whether a word hangs on a name by a hyphen."""
        return self.forms[-2:] == ["<name>", "-"] and self.spans[-1][1] == start == self.spans[-2][1] + 1

    def _after_particles(self) -> str:
        """The class of the name before, over what noble and many other names have in between."""
        at = len(self.forms) - 1
        while at > 0 and self.keys[at] in self.around.noble:
            at -= 1
        return self.forms[at] if 0 <= at < len(self.forms) - 1 and self.forms[at] in _MASKS else ""

    def _before(self) -> str:
        """The form before, over the dot and the degrees between a title and its name."""
        at = len(self.forms) - 1
        while at >= 0 and self.forms[at] in self.around.degrees:
            at -= 1
        return self.forms[at] if at >= 0 else ""

    def _goes_on(self, form: str, span: tuple[int, int]) -> bool:
        """Make all parts of a name one word, perhaps with a hyphen between."""
        if self.forms[-2:] == [form, "-"] or self._after_particles() == form:
            while self.forms[-1] != form:
                for row in (self.forms, self.keys, self.spans):
                    row.pop()
        if self.forms[-1:] != [form]:
            return False
        self.spans[-1] = (self.spans[-1][0], span[1])
        return True
