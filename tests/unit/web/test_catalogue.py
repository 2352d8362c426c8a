"""Every word of the pages exists in German as well, and what is compiled is what is written."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import anlass.web

WEB = Path(anlass.web.__file__).parent
GERMAN = WEB / "locale" / "de" / "LC_MESSAGES" / "django.po"
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "_": None}

Words = str | tuple[str, ...]


def of(text: str | Sequence[str] | None) -> Words:
    """Return a text, or its singular and plural, as a key."""
    return text if isinstance(text, str) else tuple(text or ())


def written() -> set[Words]:
    """Return every text in pages and code that is to be translated."""
    found: set[Words] = set()
    sources = [(path, templatize(path.read_text(encoding="utf-8"))) for path in WEB.rglob("*.html")]
    sources += [(path, path.read_text(encoding="utf-8")) for path in WEB.rglob("*.py")]
    for _, text in sources:
        for _, message, _, _ in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
            found.add(message)
    return found


def catalogue() -> dict[Words, Message]:
    """Return the German catalogue."""
    with GERMAN.open("rb") as file:
        return {of(message.id): message for message in read_po(file, locale="de") if message.id}


def test_german_is_whole() -> None:
    """Every text is in the catalogue, none is left over, empty or doubtful."""
    known = catalogue()
    assert written() - known.keys() == set()
    assert known.keys() - written() == set()
    assert [words for words, message in known.items() if not message.string or message.fuzzy] == []


def test_german_keeps_every_blank() -> None:
    """A sentence with a blank to fill has the same blank in German."""
    assert [str(message.id) for message in catalogue().values() if list(message.check())] == []


def test_german_has_a_voice() -> None:
    """No exclamation marks, no straight quotation marks, no apology."""
    said = " ".join(str(message.string) for message in catalogue().values())
    assert [word for word in ("!", '"', "leider", "Ups", "bitte warten") if word in said] == []


def test_compiled_catalogue_is_the_written_one() -> None:
    """The compiled catalogue is fresh (`make setup` compiles it)."""
    with GERMAN.with_suffix(".mo").open("rb") as file:
        compiled = {of(message.id): of(message.string) for message in read_mo(file) if message.id}
    assert compiled == {words: of(message.string) for words, message in catalogue().items()}
