"""What a thread proves: which letters are turns, and which letters are really theirs.

A letter is a turn when it answers a letter of the other side; several answers to the
same letter are one turn. A letter of a person is proven when the owner's provider
vouches for it, when it answers the owner, or when the owner wrote back to that person
in the same thread. Forged letters prove nothing and are answered by nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from anlass.ledger.letter import Way


@dataclass(frozen=True, slots=True)
class ThreadLetter:
    """A letter within its thread; `addresses` are its writer's (in) or its readers' (out).

    `message` and `parent` are what tells letters apart: a Message-ID or a digest of one.
    `is_vouched` and `is_forged` are what the owner's own provider says. `is_blind`: it was not addressed to
    the owner, so that it proves nothing.
    """

    id: str
    way: Way
    addresses: tuple[str, ...]
    message: int | None
    parent: int | None
    sent_at: int
    is_vouched: bool = False
    is_forged: bool = False
    is_blind: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What one letter is worth between the owner and one address."""

    is_turn: bool
    is_proven: bool


def standings(
    letters: Iterable[ThreadLetter], listed: Collection[str] = ()
) -> Mapping[tuple[str, str], Standing]:
    """Return for each letter and address of one thread what it is worth; forged ones are left out.

    `listed` are own letters that went to a list: whoever else got one was not written to.
    """
    told = sorted((one for one in letters if one.way is not Way.NONE and not one.is_forged), key=_in_time)
    writers = {one.message: one for one in told if one.message is not None}
    written_to = {
        address for one in told if one.way is Way.OUT and one.id not in listed for address in one.addresses
    }
    answered: set[tuple[int | None, Way, str]] = set()
    found = {}
    for letter in told:
        parent = writers.get(letter.parent) if letter.parent is not None else None
        for address in letter.addresses:
            answers = parent is not None and letter.id not in listed and _answers(letter, parent, address)
            once = (letter.parent, letter.way, address)
            is_theirs = letter.is_vouched or answers or address in written_to
            is_proven = letter.way is Way.OUT or (is_theirs and not letter.is_blind)
            found[letter.id, address] = Standing(answers and once not in answered, is_proven)
            if answers:
                answered.add(once)
    return found


def _answers(letter: ThreadLetter, parent: ThreadLetter, address: str) -> bool:
    """Tell whether `letter` answers the other side, as far as `address` is concerned.

    An answer to somebody who writes from a second address is a turn with whoever got it.
    """
    if letter.way is parent.way or letter.is_blind:
        return False
    return letter.way is Way.IN or address in parent.addresses or parent.addresses[0] not in letter.addresses


def _in_time(letter: ThreadLetter) -> tuple[int, str]:
    return letter.sent_at, letter.id
