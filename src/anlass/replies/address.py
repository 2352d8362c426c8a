"""How the requester is addressed: register, name and subject, all taken carefully.

A name is the stranger's own choice and may be an advertisement, so only what surely
is a plain name enters a letter. Gender is never guessed: "Frau" and "Herr" appear
only where the requester wrote them.
"""

from __future__ import annotations

import re
import unicodedata

from anlass.intake import ContactRequest
from anlass.replies.discretion import reveals, subject_reveals
from anlass.replies.draft import Register

LONGEST_NAME = 50
LONGEST_SUBJECT = 100

_DU = re.compile(r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)\b", re.IGNORECASE)
_SIE = re.compile(r"(?:\bIhnen\b|\bSehr geehrte|(?<=[a-zäöüß,;] )(?:Sie|Ihr(?:e[mnrs]?)?)\b)")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_NO_PERSON = re.compile(
    "gmbh|ag|ug|kg|ohg|gbr|mbh|inc|ltd|llc|co|corp|sarl|ev|verein|verlag|schule|grundschule|gymnasium|buchhandlung|bibliothek|amtsgericht|museum|library|school|team|support|service|info|newsletter|"
    "redaktion|buchhaltung|familie|sales|marketing|office|büro|sekretariat|gruppe|group|press|news|hr|noreply",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:dr|prof|dipl|ing|mag)\.?|professor|sir|mr|mrs|ms|mx|herr|frau|von|van|de|zu|der|den", re.IGNORECASE
)
_BORN = re.compile(r"\s*\((?:geb|née|nee|born|formerly|ehem)\b[^()]*\)", re.IGNORECASE)
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]*[A-Z][A-Za-z.]*[ ,]*)+")
_PREFIX = re.compile(r"^\s*(?:(?:re|aw|antw|antwort|fw|fwd|wg|sv|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
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


def register_of(request: ContactRequest, lang: str) -> Register:
    """Return how the requester addresses the owner, by their own words; *Sie* where they do not say."""
    if lang != "de":
        return Register.YOU
    text = request.text
    return Register.DU if _DU.search(text) and not _SIE.search(text) else Register.SIE


def on_first_names(request: ContactRequest) -> bool:
    """Tell whether the letter opens with the owner's first name alone: "Hi Henrike,"."""
    first = request.recipient.name.split(" ")[0]
    opening = rf"\W*(?:dear|hi|hello|hey)\s+{re.escape(first)}\s*(?:[,!.(:–-]|$)"
    return bool(first) and re.match(opening, request.text, re.IGNORECASE | re.MULTILINE) is not None


def salutation(name: str, register: Register, *, first_name: bool = False) -> str | None:
    """Return the name as a greeting takes it, `None` where it is not surely a person's plain name.

    *Du* takes the first name, and so does an English letter between people `on_first_names`.
    """
    words = _plain_name(name)
    if not words:
        return None
    if words[0] in {"Frau", "Herr"}:
        # The requester wrote it, so it is certain; the family name follows it.
        title = [w for w in words[1:-1] if _TITLE.fullmatch(w)]
        return " ".join([words[0], *title, words[-1]]) if len(words) > 1 else None
    if (
        (first_name or register is Register.DU)
        and not words[0].endswith(".")
        and not _TITLE.fullmatch(words[0])
    ):
        return words[0]
    return None if words[-1].endswith(".") else " ".join(words)


def _plain_name(name: str) -> list[str]:
    """Return the words of a name, in speaking order; empty where anything about it is odd."""
    name = _BORN.sub("", unicodedata.normalize("NFC", name)).strip().strip("\"'")
    if not name or len(name) > LONGEST_NAME or reveals(name) or _is_disguised(name) or _HOST.search(name):
        return []
    family, comma, given = name.partition(",")
    is_degree = bool(comma and _DEGREE.fullmatch(given.strip()))
    words = family.split() if is_degree else [*given.split(), *family.split()]
    is_plain = all(_WORD.fullmatch(word) and not _NO_PERSON.fullmatch(word) for word in words)
    return words if is_plain and 1 <= len(words) <= 5 and not _TITLE.fullmatch(words[-1]) else []


def reply_subject(subject: str | None, neutral: str) -> str:
    """Return `Re:` and the request's own subject, trimmed; `neutral` where a reply must not repeat it."""
    own = "" if subject is None else "".join(" " if _is_odd(char) else char for char in subject)
    own = _PREFIX.sub("", " ".join(own.split())).strip()
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
