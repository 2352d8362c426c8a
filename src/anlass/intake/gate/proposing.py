"""From one notice to the recipe for its like: who asks and in which words, as guessed or as the owner says.

A guess is only ever a proposal. What the owner says is looked for in the notice, and the landmarks
around it become the recipe; a recipe that does not read its own notice back is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from anlass.intake.contact_request import Channel
from anlass.intake.gate.notice_words import name_in, words_in
from anlass.intake.gate.taught import LANDMARK_LIMIT, NAME, STAR_LIMIT, Recipe, Where, without_links
from anlass.intake.message import Message
from anlass.intake.tables import Network, tables

_WORD = re.compile(r"\S+")
_LINK = re.compile(r"https?://\S+")
_NUMBERS = re.compile(r"\d+")
_LANDMARK = 60
"""Characters of a landmark that is proposed."""
_ASKING = (
    "contact request from *",
    "anfrage von *",
    "request from *",
    "* schreibt:",
    "* writes:",
    "* fragt",
    "* asks",
    "* hat dir",
    "* hat ihnen",
    "* sent you",
    "* wants to",
)
"""How networks that nobody knows here may say who asks; only ever a guess."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What the owner says of a notice; `None` where it is to be guessed.

    `words` is empty where there are none; `is_default`: they are the network's own.
    """

    label: str
    channel: Channel | None = None
    name: str | None = None
    words: str | None = None
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who asks and in which words, as a notice is now understood, and the recipe that says so.

    `recipe` is `None` where nobody is named, or where the words are not in the notice.
    """

    name: str
    words: str
    recipe: Recipe | None


def propose(message: Message, said: Saying) -> Proposal:
    """Return what a notice says by the owner's word and, where there is none, by a guess."""
    domain = message.sender.address.rpartition("@")[2] if message.sender else ""
    name = _squeezed(said.name if said.name is not None else _guessed_name(message, domain))
    words = said.words if said.words is not None else _guessed_words(message, name, domain)
    place = _place(message.text, words) if words.strip() else (0, 0)
    line = _naming_line(message, name) if name and domain else None
    if line is None or place is None:
        return Proposal(name, words, None)
    recipe = Recipe(
        name=said.label,
        channel=said.channel or _channel(domain),
        domain=domain,
        subject=_subject(message.subject or "", name),
        where=line[0],
        who=line[1],
    )
    if words.strip():
        recipe = _with_landmarks(recipe, message.text, place, name)
    if said.is_default:
        recipe = replace(recipe, defaults=(without_links(message.text[place[0] : place[1]], domain),))
    return Proposal(name, words, recipe)


def words_between(text: str, first: str, last: str) -> str | None:
    """Return the words from `first` to `last`, both included; `None` where they are not there in order."""
    begin = _place(text, first)
    end = _place(text[begin[0] :], last) if begin else None
    return text[begin[0] : begin[0] + end[1]] if begin and end else None


def _guessed_name(message: Message, domain: str) -> str:
    """Guess who asks: the sender's name where it is none of the network's, else what subject or text say."""
    shown = message.sender.name.strip() if message.sender else ""
    houses = {part for part in domain.lower().split(".") if len(part) > 2}
    if shown and not houses.intersection(re.findall(r"\w+", shown.lower())) and " " in shown:
        return shown
    patterns = (*(one for network in tables().networks for one in network.asking), *_ASKING)
    lines = (message.subject or "", *message.text.split("\n")[:80])
    return next((name for line in lines if (name := name_in(line, patterns))), "")


def _guessed_words(message: Message, name: str, domain: str) -> str:
    """Guess the words: the paragraphs in a row that neither name the requester nor end in a link."""
    said = without_links(words_in(message.text, name, _any_network(domain)), domain)
    kept: list[str] = []
    for paragraph in (one.strip() for one in said.split("\n\n") if one.strip()):
        is_networks = (name and name in paragraph) or paragraph.endswith(":")
        if is_networks and kept:
            break
        if not is_networks:
            kept.append(paragraph)
    return "\n\n".join(kept)


def _any_network(domain: str) -> Network:
    """Return a network that writes like all that are known together."""
    known = tables().networks
    first = known[0]
    return replace(
        first,
        domains=(".".join(domain.split(".")[-2:]),),
        labels=tuple({one for network in known for one in network.labels}),
        asking=tuple({one for network in known for one in network.asking}),
        buttons=tuple({one for network in known for one in network.buttons}),
        footers=tuple({one for network in known for one in network.footers}),
    )


def _channel(domain: str) -> Channel:
    known = (network for network in tables().networks if domain.endswith(network.domains))
    return next((Channel(network.channel) for network in known), Channel.OTHER)


def _naming_line(message: Message, name: str) -> tuple[Where, str] | None:
    """Return where the name stands, and the line with `*` for it."""
    subject = message.subject or ""
    if name in subject and len(subject.replace(name, "").strip()) > 2:
        return Where.SUBJECT, _one_star(subject, name)
    if message.sender and message.sender.name.strip() == name:
        return Where.SENDER, ""
    for line in message.text.split("\n"):
        if name in line and len(line.replace(name, "").strip()) > 2 and len(line) <= LANDMARK_LIMIT:
            return Where.TEXT, _one_star(line, name)
    return None


def _one_star(line: str, name: str) -> str:
    """Return a line with `*` for the name, cut off where a number or another star would vary."""
    before, _, after = line.replace("*", " ").partition(name)
    before, after = _NUMBERS.split(before)[-1], _NUMBERS.split(_LINK.split(after)[0])[0]
    return f"{before[-_LANDMARK:].lstrip()}*{after[:_LANDMARK].rstrip()}"


def _subject(subject: str, name: str) -> str:
    """Return the subject's pattern: `*` for the name and for numbers."""
    pattern = _NUMBERS.sub("*", " ".join(subject.replace(name, "*").split()))
    while "**" in pattern:
        pattern = pattern.replace("**", "*")
    parts = pattern.split("*")
    return pattern if len(parts) <= STAR_LIMIT + 1 else "*".join((*parts[:STAR_LIMIT], parts[-1]))


def _with_landmarks(recipe: Recipe, text: str, place: tuple[int, int], name: str) -> Recipe:
    """Add the landmarks: what stands before and behind the words, the name in them left open."""
    above = [line.strip() for line in text[: place[0]].split("\n") if line.strip()]
    below = [line.strip() for line in text[place[1] :].split("\n") if line.strip()]
    after = _LINK.split(above[-1])[-1].strip()[-_LANDMARK:] if above else ""
    before = _LINK.split(below[0])[0].strip(" :")[:_LANDMARK].rstrip() if below else ""
    return replace(recipe, after=after.replace(name, NAME), before=before.replace(name, NAME))


def _place(text: str, words: str) -> tuple[int, int] | None:
    """Return where words stand in a text, however the lines are broken."""
    wanted = words.split()
    found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    for start in range(len(found) - len(wanted) + 1):
        if wanted and all(found[start + i][0] == one for i, one in enumerate(wanted)):
            return found[start][1], found[start + len(wanted) - 1][2]
    return None


def _squeezed(name: str) -> str:
    return " ".join(name.split())
