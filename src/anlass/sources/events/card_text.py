"""The text of a business card, typed or pasted: name, role, firm, mail, telephone, pages.

A card is read line by line. What is an address by its form is taken first, with libraries; of what is
left, a line with a word of the trade is the role, one with a legal form or the name of the mail's domain
the firm, and the name is the line that looks most like one, best where the mail address repeats it.
Nothing is guessed that no line says: what is not found stays empty.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from anlass.intake.guard import one_line
from anlass.outreach.event import Somebody
from anlass.people import Address, AddressKind, mail_address
from anlass.sources.addresses import page_address, phone_address

LONGEST = 4_000
"""Characters of a card that are read."""
_LINES = 40
_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_PAGE = re.compile(
    r"(?:https?://|www\.)[^\s,;|]{3,300}|(?:linkedin|xing)\.com/[^\s,;|]{3,200}", re.IGNORECASE
)
_FAX = re.compile(r"fax[^\d+(]{0,10}[+(]?\d[\d ()/.–-]{5,30}\d", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?\d[\d ()/.–-]{5,30}\d")
_BREAK = re.compile(r"\n| \| | · | • |\t")
"""Where one line of a card ends; a card that was typed on one line has commas."""
_BREAK_OF_ONE = re.compile(r"[,;|\t]| · | • ")
_DEGREE = re.compile(
    r"(?:prof|dr|dipl|ing|mag|med|phil|msc|bsc|mba|phd|ma|ba|rer|nat|h\.?c)\.?", re.IGNORECASE
)
_ENOUGH = 2
_LONG = 5


def somebody_on(text: str, region: str = "") -> Somebody:
    """Return whom the text of a card names; `region` completes telephone numbers without a country."""
    told = text[:LONGEST].replace("\r", "\n").strip()
    cut = _BREAK if "\n" in told else _BREAK_OF_ONE
    lines = [" ".join(line.split()) for line in cut.split(told)]
    lines = [line for line in lines if line][:_LINES]
    addresses = tuple(dict.fromkeys(_addresses(lines, region)))
    rest = [line for line in map(_without_addresses, lines) if any(ch.isalpha() for ch in line)]
    mail = next((one.value for one in addresses if one.kind is AddressKind.MAIL), "")
    name = max(rest, key=lambda line: _name_likeness(line, mail), default="")
    if _name_likeness(name, mail) < _ENOUGH:
        name = ""
    others = [line for line in rest if line != name]
    role = next((line for line in others if _has(line, "roles")), "")
    firm = _firm([line for line in others if line != role], mail)
    about = ", ".join(dict.fromkeys(filter(None, (role, firm))))
    return Somebody(one_line(name), addresses, one_line(about), has_card=True)


def _addresses(lines: Iterable[str], region: str) -> Iterator[Address]:
    found: list[Address | None] = []
    for line in lines:
        found += [mail_address(one.rstrip(".")) for one in _MAIL.findall(line)]
        found += [page_address(one.rstrip(".)")) for one in _PAGE.findall(_MAIL.sub(" ", line))]
        bare = _FAX.sub(" ", _PAGE.sub(" ", _MAIL.sub(" ", line)))
        found += [phone_address(one, region) for one in _PHONE.findall(bare)]
    ranked = sorted(filter(None, found), key=lambda one: one.kind is not AddressKind.MAIL)
    yield from ranked


def _without_addresses(line: str) -> str:
    """Return a line without what is an address in it, and without the label that stood before it."""
    bare = _PHONE.sub(" ", _PAGE.sub(" ", _MAIL.sub(" ", line)))
    words = bare.split()
    if bare.split() != line.split() or ":" in line:
        words = [word for word in words if _plain(word) not in _words("labels")]
    return " ".join(words).strip(" :,;/|-–")


def _name_likeness(line: str, mail: str) -> int:
    """Return how much a line looks like the name of a person; below two it does not."""
    words = [word for word in line.replace(",", " ").split() if not _DEGREE.fullmatch(word)]
    if not 1 <= len(words) <= 5 or any(ch.isdigit() for ch in line):
        return 0
    if any(_has(line, kind) for kind in ("firms", "streets")):
        return 0
    local = _folded(mail.partition("@")[0])
    in_mail = sum(len(word) > 1 and _folded(word) in local for word in words)
    large = sum(word[:1].isupper() for word in words)
    is_role = _has(line, "roles")
    return (
        4 * in_mail + (2 if 2 <= len(words) <= 4 and large >= len(words) - 1 else 0) - (3 if is_role else 0)
    )


def _firm(lines: list[str], mail: str) -> str:
    """Return the line that names the firm: by a legal form, else by the domain of the mail address."""
    by_word = next((line for line in lines if _has(line, "firms")), "")
    if by_word:
        return by_word
    domain = _folded(mail.partition("@")[2].rpartition(".")[0])
    by_mail = (line for line in lines if domain and _folded(line.replace(" ", "")) in domain)
    bare = (line for line in lines if not any(ch.isdigit() for ch in line) and not _has(line, "streets"))
    return next(by_mail, next(bare, ""))


def _has(line: str, kind: str) -> bool:
    """Tell whether a line holds a word of a kind, or a word that ends in a long one ("Programmleitung")."""
    words = [_plain(word) for word in re.split(r"[\s,/&()-]+", line)]
    ends = tuple(word for word in _words(kind) if len(word) >= _LONG)
    return any(word in _words(kind) or word.endswith(ends) for word in words)


def _plain(word: str) -> str:
    return word.casefold().strip(".:,;()")


def _folded(text: str) -> str:
    """Return a text as mail addresses spell it: small, umlauts written out, no accents, no signs."""
    text = text.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    parts = unicodedata.normalize("NFD", text)
    return "".join(ch for ch in parts if ch.isascii() and ch.isalnum())


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of one kind; reads `words.toml` beside this module."""
    text = resources.files("anlass.sources.events").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)[kind]).split())
