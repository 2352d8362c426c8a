"""Who asks, and in which words: what stands where in the text of a network's notice.

The order of its parts differs from year to year, so nothing here relies on it: the words are what
is left when the greeting, the network's own lines, its buttons, its footer and the requester's name
with the headline below it are taken away.
"""

from __future__ import annotations

import re
from itertools import pairwise

from anlass.intake.tables import Network

_GREETING = re.compile(
    r"(?:hi|hello|hallo|guten tag|dear|liebe[r]?|ciao|bonjour|hola)\b[^.!?]{0,60}[,!:]?", re.IGNORECASE
)
_LINK = re.compile(r"https?://\S+")
_NAME_LINES = 6
"""Lines at the end of a notice's words in which name and headline stand."""
_LONGEST_NAME = 80
_LONGEST_LINE = 400
_NOT_NAMES = frozenset({"i", "ich", "you", "du", "sie"})


def name_in(line: str, patterns: tuple[str, ...]) -> str:
    """Return the name that a network's line has in the place of `*` in one of its patterns, else nothing.

    A pattern is plain text: what stands before `*` must begin the line or follow something, what
    stands behind it must follow the name.
    """
    if len(line) > _LONGEST_LINE:
        return ""
    plain = line.strip().replace("’", "'")
    for pattern in patterns:
        before, _, after = pattern.partition("*")
        start = plain.lower().find(before) + len(before) if before in plain.lower() else -1
        end = plain.lower().find(after, start) if after else len(plain)
        name = plain[start:end].strip(" .,:!?") if 0 <= start < end else ""
        if 1 < len(name) <= _LONGEST_NAME and name.lower() not in _NOT_NAMES:
            return name
    return ""


def name_in_text(text: str, network: Network) -> str:
    """Return the name above the first button: the first line of the paragraph that stands there."""
    lines = [line.strip() for line in text.split("\n")]
    first = next((place for place, line in enumerate(lines) if _is_button(line, network)), len(lines))
    above = [place for place in range(first) if lines[place]]
    if not above or first == len(lines):
        return ""
    start = above[-1]
    while start and lines[start - 1]:
        start -= 1
    name = lines[start]
    is_one = 0 < len(name.split()) <= 4 and name[0].isupper() and name[-1] not in ".!?,:" and start > 0
    return name if is_one else ""


def words_in(text: str, name: str, network: Network) -> str:
    """Return the requester's own words: what neither the network wrote nor the requester's card says."""
    lines: list[str] = []
    for line in text.split("\n"):
        if _is_button(line.strip(), network) or _is_footer(line.strip(), network):
            if any(one.strip() for one in lines):
                break
            continue
        lines.append(_LINK.sub("", line).rstrip() if _is_networks_link(line, network) else line)
    labelled = [at for at, line in enumerate(lines) if line.strip().lower().startswith(network.labels)]
    if labelled:
        return "\n".join(lines[labelled[0] + 1 :]).strip()
    lines = [line for line in lines if not _is_own_line(line, name, network)]
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and _GREETING.fullmatch(lines[0].strip()):
        lines.pop(0)
    return "\n".join(_without_repeated(_without_name(lines, name))).strip()


def _is_button(line: str, network: Network) -> bool:
    """Tell whether a line is a button: its label alone, or its label with a link behind it."""
    label = _LINK.sub("", line).strip(" :<>()[]").lower().replace("’", "'")
    if not label:
        return False
    has_link = _LINK.search(line) is not None
    for button in network.buttons:
        before, star, after = button.partition("*")
        if label == button or (star and label.startswith(before) and label.endswith(after)):
            return len(label) <= _LONGEST_NAME
        if has_link and not star and label.startswith(button):
            return True
    return False


def _is_footer(line: str, network: Network) -> bool:
    return line.lower().replace("’", "'").startswith(network.footers)


def _is_networks_link(line: str, network: Network) -> bool:
    return _LINK.search(line) is not None and any(domain in line.lower() for domain in network.domains)


def _is_own_line(line: str, name: str, network: Network) -> bool:
    """Tell whether the network says in a line of its own that this person asks."""
    found = name_in(line, network.asking)
    return bool(found) and (not name or found.lower() == name.lower())


def _without_name(lines: list[str], name: str) -> list[str]:
    """Cut at the name that the network repeats below the words, headline and all."""
    if not name:
        return lines
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _NAME_LINES), -1):
        if lines[place].strip().lower() == name.lower():
            return lines[:place]
    return lines


def _without_repeated(lines: list[str]) -> list[str]:
    """Leave out a line that the one above says already: a preview that was not hidden."""
    kept = lines[:1]
    kept += [line for before, line in pairwise(lines) if not line.strip() or line.strip() != before.strip()]
    return kept
