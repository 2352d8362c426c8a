"""What one participant does in a round: check the roster, make the upload, read what was released.

An upload has the same size whatever was wished, and the noise in it cannot be told from wishes. Nothing here
knows who wished in vain: it cannot be known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from anlass.outreach.wish import NONCE, QUOTA, SLOT, TOKEN, FalseKey, Pair, pair_of, seal, unseal
from anlass.outreach.wish_roster import Entry, Roster


@dataclass(frozen=True, slots=True)
class Participant:
    """One person with their own key in one round."""

    secret: bytes
    entry: Entry
    roster: Roster

    def pair(self, pid: bytes) -> Pair:
        """Return what this person shares with another. Raises `FalseKey` and `KeyError`."""
        return pair_of(self.secret, self.entry, self.roster.people[pid], self.roster)


class Alarm(StrEnum):
    """What is wrong with a roster, so that nobody should wish by it."""

    NOT_ON_IT = "not-on-it"
    CHANGED = "changed"
    """My own entry is not what I published."""
    OTHER_KEY = "other-key"
    """Somebody whose badge I scanned has another key here."""
    OTHER_CODE = "other-code"
    """The code is not the one I was told elsewhere: on a slide, at the desk, by a friend."""
    OTHER_LIST = "other-list"
    """The list of this round was another one before; it never changes, so somebody exchanged it."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """A wish that was mutual. `card` is `None` where the other's card cannot be read.

    Then it cannot be told whether the other cheats or the server copied a token: an unconfirmed match.
    """

    pid: bytes
    card: str | None

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the other's card opened, which only they can have sealed."""
        return self.card is not None


def alarms(
    roster: Roster,
    own: Entry,
    *,
    pinned: Mapping[bytes, bytes] | None = None,
    code: str = "",
    before: tuple[int, str] = (0, ""),
) -> tuple[Alarm, ...]:
    """Return what is wrong with a roster. `pinned`: keys from scanned badges; `code`: one seen elsewhere.

    `before`: number and code of the last roster that was wished by, by which one that is exchanged under way
    is noticed, and a round that was over and is handed out again.
    """
    found = []
    mine = roster.people.get(own.pid)
    if mine is None:
        found.append(Alarm.NOT_ON_IT)
    elif mine != own:
        found.append(Alarm.CHANGED)
    known = roster.people
    if any(pid in known and known[pid].public != key for pid, key in (pinned or {}).items()):
        found.append(Alarm.OTHER_KEY)
    if code and _letters(code) != _letters(roster.code):
        found.append(Alarm.OTHER_CODE)
    number, last = before
    if roster.number < number or (roster.number == number and last and last != roster.code):
        found.append(Alarm.OTHER_LIST)
    return tuple(found)


def upload_of(who: Participant, wishes: Mapping[bytes, str], noise: bytes, quota: int = QUOTA) -> bytes:
    """Return an upload: `quota` slots in order, the wishes among noise. Their values are the cards.

    `noise`: `quota` times 300 random bytes, never used before; it becomes nonces and slots without a wish.
    Wishes towards myself, towards nobody on the roster and towards false keys are left out. Raises
    `ValueError` for more wishes than there are, too long a card, or too little noise.
    """
    if len(noise) != quota * SLOT or len(wishes) > quota:
        raise ValueError("an upload has as many slots as there are wishes, and noise for each")
    slots = [noise[at : at + SLOT] for at in range(0, len(noise), SLOT)]
    for number, (pid, card) in enumerate(sorted(wishes.items())):
        if pid != who.entry.pid and pid in who.roster.people:
            try:
                slots[number] = seal(who.pair(pid), card, slots[number][:NONCE])
            except FalseKey:
                continue
    return b"".join(sorted(slots))


def revealed_to(who: Participant, wished: Collection[bytes], release: bytes) -> tuple[Revealed, ...]:
    """Return which of my wishes were mutual, in the order of tickets; of all others nothing is known."""
    by_token: dict[bytes, list[bytes]] = {}
    for at in range(0, len(release) - SLOT + 1, SLOT):
        slot = release[at : at + SLOT]
        by_token.setdefault(slot[:TOKEN], []).append(slot)
    found = []
    for pid in sorted(set(wished) & who.roster.people.keys() - {who.entry.pid}):
        try:
            pair = who.pair(pid)
        except FalseKey:
            continue
        if slots := by_token.get(pair.token):
            opened = (unseal(pair, slot) for slot in slots)
            found.append(Revealed(pid, next((card for card in opened if type(card) is str), None)))
    return tuple(found)


def _letters(code: str) -> str:
    return "".join(code.split()).upper()
