"""Notices that the owner taught Anlass to read: recipes for what no format sheet knows.

A recipe is data: the sender's domain, the pattern of the subject, where the name stands, between
which landmarks the words stand. It says how a notice is read and never what is done with it, and it
cannot run long: landmarks are plain text of bounded length, looked for from left to right, each once.
A mail that a recipe reads is a request by N18 like any other notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from anlass.intake.contact_request import Channel, Requester
from anlass.intake.gate.networks import Notice, profile_in
from anlass.intake.gate.notice_words import name_in
from anlass.intake.message import Message

LANDMARK_LIMIT = 200
"""Characters of a pattern or landmark."""
STAR_LIMIT = 4
"""Places in a subject's pattern where anything may stand."""
DEFAULT_LIMIT = 10
"""Default texts that one recipe knows."""
NAME = "{name}"
"""Stands in a landmark for the requester's name."""
_TEXT_LIMIT = 64 * 1024
"""Characters of a notice that a recipe looks at."""
_WORD = re.compile(r"\S+")


class Where(StrEnum):
    """Where a notice names the requester."""

    SENDER = "sender"
    SUBJECT = "subject"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How notices of one kind are read.

    `domain` is the end of the sender's domain. In `subject`, `*` stands for anything. `who` is the line
    of subject or text that names the requester, with `*` for the name; of the sender, nothing. The words
    stand behind `after` and before `before`; where both are empty, such notices hold none. `defaults` are
    words of the network's own. `name` is what the owner calls the recipe.
    """

    name: str
    channel: Channel
    domain: str
    subject: str
    where: Where
    who: str = ""
    after: str = ""
    before: str = ""
    defaults: tuple[str, ...] = ()


def faults_of(recipe: Recipe) -> tuple[str, ...]:
    """Return what is wrong with a recipe, one sentence each; none where it can be used."""
    texts = {"subject": recipe.subject, "who": recipe.who, "after": recipe.after, "before": recipe.before}
    found = [
        f"{field} is longer than {LANDMARK_LIMIT} characters."
        for field, text in texts.items()
        if len(text) > LANDMARK_LIMIT
    ]
    found += [f"{field} must be one line." for field, text in texts.items() if "\n" in text]
    if "." not in recipe.domain.strip(".") or not recipe.domain.replace("-", "").replace(".", "").isalnum():
        found.append("domain must be a domain, such as mail.example.com.")
    if recipe.subject.count("*") > STAR_LIMIT or not recipe.subject.replace("*", "").strip():
        found.append(f"subject must hold words, and * at most {STAR_LIMIT} times.")
    if recipe.where is not Where.SENDER and (recipe.who.count("*") != 1 or len(recipe.who.strip()) < 4):
        found.append("who must be a line with words and one * for the name.")
    if len(recipe.defaults) > DEFAULT_LIMIT or any(len(one) > 2_000 for one in recipe.defaults):
        found.append(f"defaults may be {DEFAULT_LIMIT} texts of 2000 characters.")
    return tuple(found)


def subject_fits(recipe: Recipe, subject: str | None) -> bool:
    """Tell whether a subject is one of those that a recipe is for."""
    plain, pieces = _plain(subject or "")[:1_000], [_plain(one) for one in recipe.subject.split("*")]
    if len(pieces) == 1:
        return plain == pieces[0]
    if not plain.startswith(pieces[0]) or not plain[len(pieces[0]) :].endswith(pieces[-1]):
        return False
    place, end = len(pieces[0]), len(plain) - len(pieces[-1])
    for piece in pieces[1:-1]:
        place = plain.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return True


def read_taught(message: Message, recipes: Iterable[Recipe]) -> Notice | None:
    """Return what a notice says by the first recipe that fits and finds who asks, else `None`."""
    for recipe in recipes:
        if _comes_from(message, recipe.domain) and subject_fits(recipe, message.subject):
            notice = read_by(recipe, message)
            if notice is not None:
                return notice
    return None


def read_by(recipe: Recipe, message: Message) -> Notice | None:
    """Return what a notice says by one recipe, whoever sent it; `None` where nobody is named."""
    name = _name(recipe, message)
    if not name:
        return None
    words = without_links(_between(recipe, message.text[:_TEXT_LIMIT], name), recipe.domain)
    is_default = bool(words) and any(_plain(words) == _plain(one) for one in recipe.defaults)
    requester = Requester(name, profile_in(message.text, recipe.channel))
    return Notice(recipe.channel, requester, "" if is_default else words, is_default, "")


def without_links(text: str, domain: str) -> str:
    """Return `text` without the links to a network's own pages, plain or wrapped into another link."""
    house = ".".join(domain.split(".")[-2:]).lower()
    return _WORD.sub(lambda word: "" if _leads_to(word[0].lower(), house) else word[0], text).strip()


def _leads_to(word: str, house: str) -> bool:
    is_link = "://" in word or "%3a%2f" in word or word.startswith("www.") or "/" in word
    return is_link and (house in word or house.replace(".", "%2e") in word)


def _name(recipe: Recipe, message: Message) -> str:
    if recipe.where is Where.SENDER:
        return message.sender.name.strip() if message.sender else ""
    if recipe.where is Where.SUBJECT:
        return name_in(message.subject or "", (recipe.who.lower(),))
    lines = message.text[:_TEXT_LIMIT].split("\n")
    return next((name for line in lines if (name := name_in(line, (recipe.who.lower(),)))), "")


def _between(recipe: Recipe, text: str, name: str) -> str:
    """Return what stands between the landmarks; to the end where the second one is missing."""
    after, before = (one.replace(NAME, name) for one in (recipe.after, recipe.before))
    if not (after or before):
        return ""
    start = text.find(after)
    if start < 0:
        return ""
    start += len(after)
    end = text.find(before, start) if before else -1
    return text[start : end if end >= 0 else len(text)].strip(" \t\r\n:")


def _comes_from(message: Message, domain: str) -> bool:
    sender = message.sender.address.rpartition("@")[2].lower() if message.sender else ""
    return sender == domain.lower() or sender.endswith("." + domain.lower())


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
