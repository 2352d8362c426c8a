"""The steps of a round, each when its time has come: freeze, match, release, forget.

Called again, nothing happens. A step that was cut off is taken up again by the next call; two workers cannot
take the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.desk.wishes.by_mail import seal_hosted
from anlass.desk.wishes.comparing import RELEASE, ROSTER, compare, shelve_hosted
from anlass.desk.wishes.keys import Destroyed, KeyRing, hosted_name, round_name
from anlass.errors import StoreError
from anlass.outreach.wish_event import WishRound
from anlass.outreach.wish_hosted import HostedWishes
from anlass.outreach.wish_roster import frozen, packed
from anlass.outreach.wish_round import LARGEST_STATIC, RoundKeys, fingerprint, unshelved
from anlass.outreach.wish_times import Phase, Step, due_step
from anlass.store.book import Book


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken, and how the round stands after it."""

    step: Step
    round: WishRound


def take_steps(book: Book, ring: KeyRing, *, now: datetime) -> Iterator[Done]:
    """Take every step that is due, of all rounds; yields each once it is kept.

    Raises `StoreError` where a step could not be taken, after those of all other rounds.
    """
    trouble: StoreError | None = None
    for one in book.wishes.open_rounds():
        try:
            yield from _steps_of(book, ring, one, now)
        except StoreError as error:
            trouble = error
    if trouble is not None:
        raise trouble


def keys_of(ring: KeyRing, one: WishRound) -> RoundKeys:
    """Return the keys of a running round. Raises `StoreError` where its round key is not on this machine."""
    key = ring.key(round_name(one.event, one.number))
    if key is None or fingerprint(key) != one.fingerprint:
        raise StoreError("The key of this round is not here.", where=round_name(one.event, one.number))
    return RoundKeys.of(key)


def is_static(one: WishRound) -> bool:
    """Tell whether one release is handed to all; in larger rounds each gets an answer of fixed size."""
    return one.participants <= LARGEST_STATIC


def _steps_of(book: Book, ring: KeyRing, one: WishRound, now: datetime) -> Iterator[Done]:
    current: WishRound | None = one
    while current is not None and (step := due_step(current.phase, current.times, now)):
        current = _STEPS[step](book, ring, current, now)
        if current is not None:
            yield Done(step, current)


def _freeze(book: Book, ring: KeyRing, one: WishRound, _now: datetime) -> WishRound | None:
    event = book.wishes.event(one.event)
    book.wishes.call_up(one.event, one.number)
    entries = (ticket.entry for ticket in book.wishes.tickets(one.event, round=one.number))
    roster = frozen(one.event, one.number, (entry for entry in entries if entry))
    key = ring.made(round_name(one.event, one.number))
    after = replace(
        one,
        phase=Phase.WISHING,
        quota=event.quota if event else 0,
        roster_hash=roster.hash,
        participants=len(roster.entries),
        fingerprint=fingerprint(key),
    )
    with book.together():
        if not book.wishes.advance(one, after):
            return None
        book.wishes.shelf.keep_sheet(one.event, one.number, ROSTER, packed(roster))
        keys = RoundKeys.of(key)
        hosted = (entry.pid for entry in roster.entries if entry.is_hosted)
        empty = ((pid, seal_hosted(keys, after, pid, HostedWishes())) for pid in hosted)
        book.wishes.shelf.put_hosted(one.event, one.number, empty)
    return after


def _match(book: Book, ring: KeyRing, one: WishRound, _now: datetime) -> WishRound | None:
    matching = replace(one, phase=Phase.MATCHING)
    if one.phase is Phase.WISHING and not book.wishes.advance(one, matching):
        return None
    keys = keys_of(ring, one)
    shelve_hosted(book, ring, one, keys)
    alarms = compare(book, one, keys, one_for_all=is_static(one))
    after = replace(matching, phase=Phase.MATCHED, alarms=alarms)
    return after if book.wishes.advance(matching, after) else None


def _release(book: Book, ring: KeyRing, one: WishRound, _now: datetime) -> WishRound | None:
    after = replace(one, phase=Phase.RELEASED)
    shelf = book.wishes.shelf
    with book.together():
        if not book.wishes.advance(one, after):
            return None
        if is_static(one):
            sealed = shelf.sheet(one.event, one.number, RELEASE) or b""
            content = unshelved(keys_of(ring, one).store, one.place + RELEASE.encode(), sealed)
            if content is None:
                raise StoreError("The release of this round was changed.", where="wishsheet")
            shelf.keep_sheet(one.event, one.number, RELEASE, content)
    return after


def _forget(book: Book, ring: KeyRing, one: WishRound, now: datetime) -> WishRound | None:
    after = forget_round(book, ring, one, now=now)
    book.wishes.shelf.wipe()
    return after


def forget_round(book: Book, ring: KeyRing, one: WishRound, *, now: datetime) -> WishRound | None:
    """Forget a round with its key, also before its time: the event it belongs to is deleted.

    The key is destroyed first: whatever goes wrong after that, nobody can read what is left. What was deleted
    is wiped by whoever asks for it, once it is kept.
    """
    keys = [ring.destroy(round_name(one.event, one.number))]
    later = [other for other in book.wishes.rounds(one.event) if other.phase is not Phase.FORGOTTEN]
    if [other.number for other in later] == [one.number]:
        keys.append(ring.destroy(hosted_name(one.event)))
    after = replace(one, phase=Phase.FORGOTTEN)
    with book.together():
        deleted = book.wishes.shelf.forget(one.event, one.number)
        if not book.wishes.advance(one, after):
            return None
        proof = _proof(one, keys) | {
            "deleted": deleted,
            "left": book.wishes.shelf.left(one.event, one.number),
        }
        book.note("wishes-forgotten", about=one.event.hex(), content=proof, now=now)
    return after


def _proof(one: WishRound, keys: Iterable[Destroyed]) -> dict[str, object]:
    """Return what the journal says of keys that are no more."""
    return {
        "event": one.event.hex(),
        "round": one.number,
        "participants": one.participants,
        "fingerprint": one.fingerprint,
        "keys": [
            {"name": key.name, "bytes": key.overwritten, "times": key.times, "gone": key.is_gone}
            for key in keys
        ],
    }


_STEPS: dict[Step, Callable[[Book, KeyRing, WishRound, datetime], WishRound | None]] = {
    Step.FREEZE: _freeze,
    Step.MATCH: _match,
    Step.RELEASE: _release,
    Step.FORGET: _forget,
}
