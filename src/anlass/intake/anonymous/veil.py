"""What stands in place of words, numbers, addresses and links; the same always for the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from anlass.intake.tables import tables
from anlass.languages import languages

_NAMES = (
    "Kim Muster Robin Beispiel Sascha Probe Toni Exempel Chris Vorlage Mika Entwurf Luca Skizze Jona Modell"
).split()
"""Names that stand for names: two for the requester, two for the owner, then as they come."""
_FILLING = (
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore magna aliqua"
).split()
"""What the requester's own words become."""
_ROADS = frozenset(
    "comm mynetwork invite-accept invite-ignore invitationid sharedkey in profile view people messaging"
    " thread help contacts requests contact_requests invitation-manager invitations app hp pub"
    " settings".split()
)
"""Parts of a link's path that say what it is for."""
_MARKS = frozenset(" \t\n.,:;!?'\"()[]<>{}/\\|@#&*+-_=~%$§€„“”‚‘’«»–—…·•©®→←")
"""Signs that stay as they are."""
_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"']+)"
    r"|(?P<address>[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]]+)"
    r"|(?P<number>\d+)(?!\w)|(?P<code>\w*\d\w*)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>.)",
    re.DOTALL,
)
_LINK = re.compile(r"(?:https?://)?([^/?#]*)([^?#]*)")
_LABELS = frozenset({"www", "mail", "email", "e", "m", "click", "links"})
_FEWEST = 3
"""Words in a row by which a part of a text is known."""
_LONGEST = 256 * 1024
"""Characters of a text that is written anew."""


@cache
def fixed_words() -> frozenset[str]:
    """Return the words that everybody uses: common ones of the languages, and those of networks' notices."""
    spoken = languages()
    common = (spoken.text(code, "words.txt") for code in spoken.spoken)
    known = tables().networks
    said = [
        phrase
        for one in known
        for phrases in (
            one.via,
            one.subjects,
            one.not_subjects,
            one.not_words,
            one.labels,
            one.defaults,
            one.reminders,
            one.asking,
            one.buttons,
            one.footers,
        )
        for phrase in phrases
    ]
    names = [name for one in known for name in (one.channel, one.invitation_template, *one.other_templates)]
    return frozenset(re.findall(r"[^\W\d_]+", " ".join([*common, *said, *names, *_FILLING]).lower()))


@dataclass(slots=True)
class Veil:
    """The replacements of one mail. `house` is the network's domain, which stays; `private` words never do.

    `told` are texts of persons, word by word: where these words stand in a row they become filling. It
    remembers what it replaced, so that the same becomes the same.
    """

    house: str
    private: frozenset[str] = frozenset()
    told: tuple[tuple[str, ...], ...] = ()
    seen: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """Return a text in which only fixed words and signs stay."""
        return _TOKEN.sub(self._token, self._without_note(text[:_LONGEST].replace("\r\n", "\n")))

    def link(self, link: str) -> str:
        """Return a link that leads nowhere: the network's host, known parts of the path, and nothing else."""
        found = _LINK.match(link)
        host, path = found.groups("") if found else ("", "")
        host = host.lower().rpartition("@")[2].partition(":")[0]
        if host == self.house or host.endswith("." + self.house):
            labels = [one for one in host.removesuffix(self.house).strip(".").split(".") if one in _LABELS]
            host = ".".join([*labels, self.house])
        else:
            host = "www.example.com"
        parts = [one if one.lower() in _ROADS else self._part(one) for one in path.split("/") if one]
        return f"https://{host}/{'/'.join(parts)}" + ("?x=x" if "?" in link else "")

    def address(self, address: str) -> str:
        """Return an address that is nobody's, and ends where no mail goes."""
        return self._same("@" + address.lower(), lambda number: f"person{number}@example.org")

    def number(self, number: str) -> str:
        """Return another number of as many figures."""
        if len(number) < 3:
            return "1" * len(number)
        return self._same("#" + number, lambda count: self._other_number(number, count))

    def word(self, word: str) -> str:
        """Return a word that everybody uses as it is, and another one for any other."""
        lower = word.lower()
        if lower in fixed_words() and lower not in self.private:
            return word
        made = self._same(lower, _made_up)
        return (
            made.upper() if word.isupper() and len(word) > 1 else made if word[:1].isupper() else made.lower()
        )

    def _part(self, part: str) -> str:
        return (
            self.number(part)
            if part.isdigit() and part.isascii()
            else self._same("/" + part, lambda n: f"x{n}")
        )

    def _token(self, found: re.Match[str]) -> str:
        text = found[0]
        if found["link"]:
            return self.link(text)
        if found["address"]:
            return self.address(text)
        if found["number"]:
            return self.number(text)
        if found["code"]:
            return self._same("/" + text.lower(), lambda count: f"x{count}")
        if found["word"]:
            return self.word(text)
        return text if text in _MARKS else "\n" if text in "\r\f\v" else " "

    def _without_note(self, text: str) -> str:
        """Return a text in which the requester's own words, and parts of them, are filling."""
        if not self.told:
            return text
        found = list(re.finditer(r"\S+", text))
        said, out, last, place = [one[0] for one in found], [], 0, 0
        while place < len(said):
            begin, length = self._of_note(said, place)
            if length:
                for step in range(length):
                    match = found[place + step]
                    out += [text[last : match.start()], _FILLING[(begin + step) % len(_FILLING)]]
                    last = match.end()
            place += length or 1
        return "".join([*out, text[last:]])

    def _of_note(self, said: list[str], place: int) -> tuple[int, int]:
        """Return where in the note, or in a card, the words from `place` on stand, and how many do."""
        best = (0, 0)
        for told in self.told:
            for begin in (at for at, word in enumerate(told) if word == said[place]):
                pairs = zip(told[begin:], said[place:], strict=False)
                length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
                if length >= min(_FEWEST, len(told)):
                    best = max(best, (begin, length), key=lambda pair: pair[1])
        return best

    def _same(self, key: str, make: Callable[[int], str]) -> str:
        if key not in self.seen:
            self.seen[key] = make(len(self.seen) + 1)
        return self.seen[key]

    def _other_number(self, number: str, count: int) -> str:
        made = str(10 ** (len(number) - 1) + count)[: len(number)]
        return made if made != number else str(int(made) + 1)[: len(number)]


def veil(
    house: str, *, requester: str, owner: str, others: Iterable[str] = (), told: Iterable[str] = ()
) -> Veil:
    """Return the veil for a mail of the network `house`; the persons' names and texts are told."""
    made = Veil(house.lower(), told=tuple(tuple(one.split()[:2_000]) for one in told if one.strip()))
    free = [name for name in _NAMES if name.lower() not in f"{requester} {owner}".lower()]
    given = iter(free)
    for person in (requester, owner, *others):
        for part in re.findall(r"[^\W\d_]+", person.rpartition("@")[0] or person):
            if len(part) > 1 and part.lower() not in made.seen:
                made.seen[part.lower()] = next(given, "") or _made_up(len(made.seen) + 1)
    made.private = frozenset(made.seen)
    return made


def _made_up(count: int) -> str:
    """Return a word that nobody uses."""
    return "Zyx" + "".join(("ba", "do", "fi", "go", "hu", "ka", "le", "mi")[int(one)] for one in f"{count:o}")
