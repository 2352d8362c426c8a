"""The owner teaches how a network's notice is read: look at one, say what is what, keep the recipe.

Recipes lie as small files in the data folder, one for each kind of notice. A recipe is kept only where
it reads the very notice it was made of as the owner says it is read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anlass.errors import ConfigError, NotFound, Problem, UserError
from anlass.intake import Authenticity, Message, Origin, SetAside, authenticity, parse
from anlass.intake.gate.proposing import Proposal, Saying, propose
from anlass.intake.gate.recipe_file import recipe_of, recipe_text
from anlass.intake.gate.taught import Recipe, faults_of, read_by, subject_fits
from anlass.intake.guard import MAIL_LIMIT, guarded
from anlass.intake.parts import tree
from anlass.store.book import Book
from anlass.wires.own_files import write_own_file

FOLDER = "notices"
_MOST, _LONGEST = 100, 16 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HOST = re.compile(rb"https?://([A-Za-z0-9.-]{1,100})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Looked:
    """One notice as it was looked at.

    `links` are the hosts of all links in it with their number: all of these are dropped. `is_proven`: the
    owner's own provider says that its sender is genuine. `faults` say why the proposal's recipe cannot be
    kept; without any it can.
    """

    message: Message
    proposal: Proposal
    links: tuple[tuple[str, int], ...]
    is_proven: bool
    faults: tuple[str, ...]


def notice_in(path: Path) -> tuple[bytes, Message]:
    """Return the mail in a file; raises `NotFound` and `UserError`."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAIL_LIMIT + 1)
    except OSError as error:
        raise NotFound(Problem(f"cannot be read: {error.strerror}", str(path))) from error
    message = parse(raw, Origin(str(path)))
    if isinstance(message, SetAside):
        raise UserError(Problem(message.says, str(path)))
    return raw, message


def look(raw: bytes, message: Message, said: Saying, *, trusted: frozenset[str]) -> Looked:
    """Return what a notice says, by the owner's word and by a guess, and whether a recipe comes of it."""
    proposal = propose(message, said)
    is_proven = authenticity(message, trusted) is Authenticity.PASS
    return Looked(message, proposal, _links(raw), is_proven, _faults(message, proposal, said))


def _faults(message: Message, proposal: Proposal, said: Saying) -> tuple[str, ...]:
    """Say why no recipe comes of a proposal."""
    if not proposal.name:
        return ("nobody",)
    if proposal.recipe is None:
        return ("not_there",)
    if found := faults_of(proposal.recipe):
        return found
    read = read_by(proposal.recipe, message)
    if (
        read is None
        or read.requester.name != proposal.name
        or not subject_fits(proposal.recipe, message.subject)
    ):
        return ("other_name",)
    words = "" if said.is_default else " ".join(proposal.words.split())
    return () if " ".join(read.words.split()) == words else ("other_words",)


def _links(raw: bytes) -> tuple[tuple[str, int], ...]:
    """Count the links of a mail by host; what stands behind the host may be a key, and is not looked at."""
    leaves = tree(guarded(raw), set()).leaves()
    hosts = Counter(
        host.decode("ascii").lower()
        for leaf in leaves
        if leaf.is_readable
        for host in _HOST.findall(leaf.load())
    )
    return tuple(hosts.most_common(20))


def keep_recipe(book: Book, data: Path, recipe: Recipe, *, now: datetime) -> Path:
    """Keep a recipe; raises `UserError` where one of this name is there, or the name is none."""
    path = _path(data, recipe.name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        raise UserError(
            Problem("There is a recipe of this name.", str(path)),
            hint=f"Name another one with --as, or take it back: anlass teach-notice --forget {recipe.name}",
        )
    write_own_file(path, recipe_text(recipe))
    path.chmod(0o600)
    book.note("teach_notice", about=recipe.name, content={"recipe": recipe_text(recipe)}, now=now)
    return path


def forget_recipe(
    book: Book, data: Path, name: str, *, now: datetime, is_rehearsal: bool = False
) -> Recipe | None:
    """Take a recipe back; the journal keeps it. Returns it, `None` where it was broken; raises `NotFound`."""
    path = _path(data, name)
    if not path.is_file():
        raise NotFound(
            Problem(f"There is no recipe {name!r}.", str(path.parent)), hint="anlass teach-notice --list"
        )
    text = _text(path)
    try:
        recipe = recipe_of(name, text, str(path))
    except ConfigError:
        recipe = None
    if not is_rehearsal:
        path.unlink()
        book.note("forget_notice", about=name, content={"recipe": text}, now=now)
    return recipe


def recipes_in(data: Path) -> tuple[tuple[Recipe, ...], tuple[Problem, ...]]:
    """Return all recipes in the data folder by name, and what is wrong with those that cannot be used."""
    recipes: list[Recipe] = []
    problems: list[Problem] = []
    for path in sorted((data / FOLDER).glob("*.toml"))[:_MOST]:
        try:
            recipes.append(recipe_of(path.stem, _text(path), str(path)))
        except ConfigError as error:
            problems += error.problems
    return tuple(recipes), tuple(problems)


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_LONGEST + 1)
    except (OSError, UnicodeError) as error:
        raise ConfigError(Problem("cannot be read", str(path))) from error
    if len(text) > _LONGEST:
        raise ConfigError(Problem(f"is longer than {_LONGEST} characters", str(path)))
    return text


def _path(data: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise UserError(Problem(f"{name!r} is no name for a recipe: small letters, digits and - are."))
    return data / FOLDER / f"{name}.toml"


def label_for(domain: str, taken: frozenset[str]) -> str:
    """Return a name for a recipe that is not taken: the network's, with a number where needed."""
    parts = [part for part in domain.lower().split(".") if _NAME.fullmatch(part)]
    base = (parts[-2] if len(parts) > 1 else "notice")[:30]
    names = (base, *(f"{base}-{number}" for number in range(2, _MOST + 2)))
    return next(name for name in names if name not in taken)
