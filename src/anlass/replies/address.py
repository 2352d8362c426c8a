"""How the requester is addressed: register, name and subject, all taken carefully.

A name is the stranger's own choice and may be an advertisement, so only what surely
is a plain name enters a letter. Gender is never guessed: "Frau" and "Monsieur" appear
only where the requester wrote them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from anlass.intake import ContactRequest
from anlass.languages import compiled, languages, one_of
from anlass.replies.discretion import reveals, subject_reveals
from anlass.replies.draft import Register

LONGEST_NAME = 50
LONGEST_SUBJECT = 100

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_BORN = re.compile(r"\s*\((?:geb|née|nee|born|formerly|ehem)\b[^()]*\)", re.IGNORECASE)
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]*[A-Z][A-Za-z.]*[ ,]*)+")
_LINK = re.compile(
    r"https?:|www\.|://|\b[\w-]+\.(?:com|net|org|de|io|biz|info|example|ru|xyz|top)\b|@", re.IGNORECASE
)


_HOST = re.compile(r"[^\W\d_]{2,}\.[^\W\d_]{2,}")
"""What a mail program would make a link of; initials and titles stay names."""


def _is_disguised(text: str) -> bool:
    """Tell whether a word mixes letters of several alphabets, which no name and no subject needs."""
    return any(len({_alphabet(char) for char in word} - {""}) > 1 for word in text.split())


def _alphabet(char: str) -> str:
    if not char.isalpha() or char.isascii():
        return "LATIN" if char.isalpha() else ""
    name = unicodedata.name(char, "")
    return next((one for one in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(one)), "")


@dataclass(frozen=True, slots=True)
class Manners:
    """How a language addresses people.

    Who says what is `familiar` and nothing `formal` gets the form named so, others the first one. Where
    there is one form, `opening` finds a letter that begins with the first name alone. A word of `courtesy`
    stands before a family name where the requester wrote it; what is in `no_person` names no person.
    """

    first: Register
    familiar_form: Register | None
    familiar: re.Pattern[str]
    formal: re.Pattern[str]
    opening: str
    courtesy: frozenset[str]
    title: re.Pattern[str]
    no_person: re.Pattern[str]


@cache
def _manners(code: str) -> Manners:
    spoken = languages().of(code)
    forms = spoken.words("address.forms")
    written = re.RegexFlag(0)  # as written: a capital tells Sie from sie
    return Manners(
        Register(forms[0] if forms else ""),
        Register(spoken.familiar) if spoken.familiar else None,
        compiled(spoken.words("address.says_familiar"), written),
        compiled(spoken.words("address.says_formal"), written),
        one_of(spoken.words("address.first_name_after")),
        frozenset(spoken.words("address.courtesy")),
        compiled(spoken.words("address.name_titles")),
        compiled(spoken.words("address.no_person")),
    )


def manners(lang: str) -> Manners:
    """Return how a language addresses people."""
    return _manners(languages().of(lang).code)


@cache
def _prefix() -> re.Pattern[str]:
    """What mail programs of all languages put before the subject of a reply."""
    prefixes = one_of(languages().every("address.reply_prefixes"))
    return re.compile(rf"^\s*(?:(?:{prefixes})\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def register_of(request: ContactRequest, lang: str) -> Register:
    """Return how the requester addresses the owner, by their words; the first form where they do not say."""
    known, text = manners(lang), request.text
    if known.familiar_form is None:
        return known.first
    is_familiar = known.familiar.search(text) and not known.formal.search(text)
    return known.familiar_form if is_familiar else known.first


def on_first_names(request: ContactRequest, lang: str) -> bool:
    """Tell whether the two go by first names: by the form of address, or by "Hi Henrike," at the opening."""
    known = manners(lang)
    if known.familiar_form is not None:
        return register_of(request, lang) == known.familiar_form
    first = request.recipient.name.split(" ")[0]
    opening = rf"\W*(?:{known.opening})\s+{re.escape(first)}\s*(?:[,!.(:–-]|$)"
    return bool(first) and re.match(opening, request.text, re.IGNORECASE | re.MULTILINE) is not None


def salutation(name: str, lang: str, *, first_name: bool = False) -> str | None:
    """Return the name as a greeting takes it, `None` where it is not surely a person's plain name.

    People `on_first_names` are greeted by the first.
    """
    known = manners(lang)
    words = _plain_name(name, known)
    if not words:
        return None
    if words[0] in known.courtesy:
        # The requester wrote it, so it is certain; the family name follows it.
        title = [w for w in words[1:-1] if known.title.fullmatch(w)]
        return " ".join([words[0], *title, words[-1]]) if len(words) > 1 else None
    if first_name and not words[0].endswith(".") and not known.title.fullmatch(words[0]):
        return words[0]
    return None if words[-1].endswith(".") else " ".join(words)


def _plain_name(name: str, known: Manners) -> list[str]:
    """Return the words of a name, in speaking order; empty where anything about it is odd."""
    name = _BORN.sub("", unicodedata.normalize("NFC", name)).strip().strip("\"'")
    if not name or len(name) > LONGEST_NAME or reveals(name) or _is_disguised(name) or _HOST.search(name):
        return []
    family, comma, given = name.partition(",")
    is_degree = bool(comma and _DEGREE.fullmatch(given.strip()))
    words = family.split() if is_degree else [*given.split(), *family.split()]
    is_plain = all(_WORD.fullmatch(word) and not known.no_person.fullmatch(word) for word in words)
    return words if is_plain and 1 <= len(words) <= 5 and not known.title.fullmatch(words[-1]) else []


def reply_subject(subject: str | None, neutral: str) -> str:
    """Return `Re:` and the request's own subject, trimmed; `neutral` where a reply must not repeat it."""
    own = "" if subject is None else "".join(" " if _is_odd(char) else char for char in subject)
    own = _prefix().sub("", " ".join(own.split())).strip()
    if len(own) > LONGEST_SUBJECT:
        own = own[: LONGEST_SUBJECT - 1].rstrip() + "…"
    return f"Re: {neutral if _is_unfit(own) or subject_reveals(subject or '') else own}"


def _is_unfit(subject: str) -> bool:
    """Tell whether a reply must not repeat this subject."""
    is_misleading = _LINK.search(subject) or subject_reveals(subject) or _is_disguised(subject)
    return not subject or bool(is_misleading)


def owner_name(name: str) -> str:
    """Return the owner's name as one clean line; nothing where it reads like a word of the house."""
    line = " ".join("".join(" " if _is_odd(char) else char for char in name).split())
    return "" if reveals(line) else line


def _is_odd(char: str) -> bool:
    """Tell controls, invisible and direction-changing characters, lone surrogates, line separators."""
    return unicodedata.category(char)[0] == "C" or unicodedata.category(char) in {"Zl", "Zp"}
