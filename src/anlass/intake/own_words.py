"""The writer's own words: without what others wrote before, and without what programs add.

What is taken away: quoted lines with the line that announces them, older letters below
an answer, forwarded letters, the line a telephone adds, the paragraph lawyers add, the
footer of a list.

What stays, on purpose: the signature. In a letter to somebody who does not know the
writer, the lines under the greeting are where people introduce themselves - name, role,
house, place - and "who are you" is the first question of the litmus test. Cutting them
(as a mail program does to show a conversation) would make an introduced stranger an
anonymous one. They are kept up to a dozen lines; what follows is a brochure.

Whether a line announces an older letter is decided by mail-parser-reply's grammar for
German and English; here only candidates are handed to it, a few lines at a time, since
its expressions grow with the square of what they see.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from anlass.intake.guard import REPLY_LIMIT, calm, shortened
from anlass.intake.tables import Words, tables

_WINDOW = 12
"""Lines handed to the grammar at once: the longest field block of an older letter."""
_SIGNATURE_LINES = 12
_BANNER_LINES = 6
_DEVICE_LENGTH = 120
_FOOTER_LINES = 3
"""Lines after a line of dashes in which a list names itself."""
_CANDIDATE = re.compile(
    r"(?:on|am)\s|[*\s]*(?:from|von|sent|gesendet|to|an|date|datum|subject|betreff|cc)\s*:|-{5}",
    re.IGNORECASE,
)
_RULER = re.compile(r"[\s\-_=*#~>]{2,}")
_DASHES = re.compile(r"\s*(?:-- ?|[-_=*~#]{5,}\s*)")
_FRAME = " \t-_=*>#:~"
_WORD = re.compile(r"\w")
_FIELD_NAME = re.compile(r"^[>*\s]*([A-Za-z]+)\s*\**:", re.MULTILINE)


@lru_cache(maxsize=2)  # gate and identity ask for the words of the same letter
def own_words(text: str) -> str:
    """Return the words the writer wrote for this letter; all of them where nothing else is left."""
    whole = calm(shortened(text, REPLY_LIMIT)).strip()
    words = tables().words
    lines = _without_older(whole.split("\n"), words)
    lines = _without_list_footer(lines, words)
    lines = _without_additions(_short_signature(lines), words)
    own = calm("\n".join(lines)).strip()
    return own if _WORD.search(own) else whole


# --- what others wrote before ---


def _without_older(lines: list[str], words: Words) -> list[str]:
    """Drop quoted lines and their announcements; stop where an older letter begins unmarked."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.startswith(">From "):
            line = lines[place] = line[1:]  # an mbox marks such a line of the letter itself
        if line.startswith(">"):
            place += 1
            continue
        length = _announcement(lines, place, words)
        if not length:
            kept.append(line)
            place += 1
            continue
        place += length
        if not _is_quoted_next(lines, place):
            break
    return _without_separator(kept, words)


def _announcement(lines: list[str], place: int, words: Words) -> int:
    """Return how many lines from `place` on announce an older letter, 0 where none does."""
    line = lines[place]
    if _is_separator(line, words):
        return 1
    if line.rstrip().endswith(":") and _speaks_of_writing(line, words) and _is_quoted_next(lines, place + 1):
        return 1
    if not _CANDIDATE.match(line):
        return 0
    window = "\n".join(one.strip()[:400] for one in lines[place : place + _WINDOW])
    found = _grammar().match(window)
    if found is None or not found.group().strip():
        return 0
    announced = found.group().rstrip("\n")
    if not announced.rstrip().endswith(":") and not _is_field_block(announced, words):
        return 0
    return announced.count("\n") + 1


def _is_field_block(text: str, words: Words) -> bool:
    """Tell whether a block of fields names a sender and more, as the head of a letter does."""
    names = {name.lower() for name in _FIELD_NAME.findall(text)}
    return bool(names & words.from_fields) and bool(names & words.other_fields)


def _speaks_of_writing(line: str, words: Words) -> bool:
    lower = line.lower()
    return any(word in lower for word in words.announcing) and any(sign in line for sign in "@0123456789")


def _is_separator(line: str, words: Words) -> bool:
    return line.strip(_FRAME).lower() in words.separators


def _is_quoted_next(lines: list[str], place: int) -> bool:
    following = next((line for line in lines[place : place + 4] if line.strip()), "")
    return following.startswith(">")


def _without_separator(lines: list[str], words: Words) -> list[str]:
    """Drop rulers at the end, which stood between the letter and what is gone now."""
    end = len(lines)
    while end and (
        not lines[end - 1].strip() or _RULER.fullmatch(lines[end - 1]) or _is_separator(lines[end - 1], words)
    ):
        end -= 1
    return lines[:end]


@cache
def _grammar() -> re.Pattern[str]:
    from mailparser_reply.parser import EmailMessage  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types; headers need it not

    grammar: re.Pattern[str] = EmailMessage(text="", languages=["de", "en"]).HEADER_REGEX
    return grammar


# --- what programs add ---


def _without_list_footer(lines: list[str], words: Words) -> list[str]:
    """Cut at the line of dashes after which a list names itself."""
    for place, line in enumerate(lines):
        if _DASHES.fullmatch(line) and _names_a_list(lines[place + 1 : place + 1 + _FOOTER_LINES], words):
            return lines[:place]
    return lines


def _names_a_list(lines: list[str], words: Words) -> bool:
    lower = "\n".join(lines).lower()
    return any(phrase in lower for phrase in words.lists)


def _short_signature(lines: list[str]) -> list[str]:
    """Keep the signature as it introduces the writer: its mark goes, its first lines stay."""
    for place in range(len(lines) - 1, -1, -1):
        if lines[place] in ("-- ", "--") and any(line.strip() for line in lines[:place]):
            return [*lines[:place], "", *lines[place + 1 : place + 1 + _SIGNATURE_LINES]]
    return lines


def _without_additions(lines: list[str], words: Words) -> list[str]:
    """Drop the line a device adds, a gateway's paragraph above, and the lawyers' in the second half."""
    kept: list[str] = []
    is_added = False
    for place, line in enumerate(lines):
        start = line.strip(_FRAME + "[]()").lower()
        above = place < _BANNER_LINES and start.startswith(words.banners)
        below = place * 2 >= len(lines) > 1 and start.startswith(words.disclaimers)
        is_added = bool(start) and (is_added or above or below)
        if not is_added and not (len(start) < _DEVICE_LENGTH and start.startswith(words.devices)):
            kept.append(line)
    return kept
