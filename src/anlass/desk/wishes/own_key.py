"""The strongest way to take part: with a program and a key of one's own. One function for each act.

Whatever a server says is checked against what is known here: the own entry, keys from scanned badges, the
code that was seen elsewhere. Where something is wrong nothing is wished.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json import dumps
from pathlib import Path

from anlass.desk.voice.gatherings import missing, refused
from anlass.desk.wishes.purse import Purse, destroy_purse, keep_purse, purses
from anlass.errors import EdgeError
from anlass.outreach.sealed_note import Enclosed, enclosed, taken_out
from anlass.outreach.wish import LONGEST_CARD, SLOT, public_of
from anlass.outreach.wish_client import Alarm, Participant, alarms, revealed_to, upload_of
from anlass.outreach.wish_roster import EVENT, PID, Entry, FalseRoster, Roster, roster_in
from anlass.wires.wishes import WishLine, line_to

_WORDS = {
    Alarm.NOT_ON_IT: "not on it",
    Alarm.CHANGED: "changed",
    Alarm.OTHER_KEY: "other key",
    Alarm.OTHER_CODE: "other code",
    Alarm.OTHER_LIST: "other list",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a result shows of one person: card and note, or `None` where the card cannot be read."""

    name: str
    card: Enclosed | None


def join(data: Path, link: str, *, card: str = "", rehearse: bool = False) -> Purse:
    """Take part: make a key, publish its public half, keep the rest here. Raises `EdgeError`, `Refused`.

    A key that lies here already is never given up: whose link was replaced goes on by the new one. With
    `rehearse` the server is asked what it is about and told nothing, and nothing is kept here.
    """
    line = line_to(link)
    about = line.about()
    ticket = about.get("ticket")
    name = str(ticket.get("name", "")) if isinstance(ticket, dict) else ""
    pid = _bytes(ticket.get("pid") if isinstance(ticket, dict) else None)
    event = _bytes(about.get("event"))
    if (len(event), len(pid)) != (EVENT, PID):
        raise EdgeError("The server names no event, or no ticket.")
    for known in purses(data):
        if known.event == event.hex():
            again = _by_another_link(known, line, about, pid)
            if not rehearse:
                keep_purse(data, again)
            return again
    secret = secrets.token_bytes(32)
    public = public_of(secret)
    purse = Purse(
        line.address,
        event.hex(),
        str(about.get("name", "")),
        secret.hex(),
        public.hex(),
        pid.hex(),
        own_name=name,
        card=card or name,
    )
    if rehearse:
        return purse
    keep_purse(data, purse)  # first: a key that is published and not kept is lost
    if line.act("join", dumps({"public": _text(public)}).encode()).get("joined") is not True:
        destroy_purse(data, purse)
        raise refused("key not taken")
    return purse


def people(purse: Purse) -> Roster:
    """Return the list of the round, checked. Raises `EdgeError`, and `Refused` where something is wrong."""
    packed = WishLine(purse.address).read("roster")
    if packed is None:
        raise refused("no list")
    try:
        roster = roster_in(packed)
    except FalseRoster as error:
        raise EdgeError(f"The server's list is none ({error.fault}).") from error
    pinned = {bytes.fromhex(pid): bytes.fromhex(key) for pid, key in purse.pinned.items()}
    before = (purse.round, purse.list)
    found = alarms(roster, _own(purse), pinned=pinned, code=purse.code, before=before)
    if roster.event.hex() != purse.event:
        found = (*found, Alarm.CHANGED)
    if found:
        raise refused(*(_WORDS[one] for one in found))
    return roster


def wish_for(data: Path, purse: Purse, who: str, *, note: str = "", rehearse: bool = False) -> Entry:
    """Wish for somebody, by name or ticket; kept here, sent by `send`. Raises `NotFound`, `Refused`."""
    roster = people(purse)
    entry = _called(roster, purse, who)
    _renewed(purse, roster)
    quota = _quota(WishLine(purse.address).about())
    if entry.pid.hex() not in purse.wishes and len(purse.wishes) >= quota:
        raise refused("no wish left", quota=quota)
    try:
        enclosed(purse.card, note)
    except ValueError as error:
        left = LONGEST_CARD - len(purse.card.encode()) - 1
        raise refused("too long", left=left) from error
    purse.wishes[entry.pid.hex()] = note
    purse.is_sent = False
    if not rehearse:
        keep_purse(data, purse)
    return entry


def take_back(data: Path, purse: Purse, who: str, *, rehearse: bool = False) -> Entry:
    """Wish no longer for somebody. Raises `NotFound`."""
    entry = _called(people(purse), purse, who)
    if purse.wishes.pop(entry.pid.hex(), None) is None:
        raise missing("not wished", name=entry.name)
    purse.is_sent = False
    if not rehearse:
        keep_purse(data, purse)
    return entry


def plan(data: Path, purse: Purse, *, now: datetime) -> datetime:
    """Return when chance says to send; chosen once for a round. Raises `EdgeError`, `Refused`."""
    about = WishLine(purse.address).about()
    times = about.get("times")
    ends = _moment(times.get("match")) if isinstance(times, dict) else now
    if about.get("stage") != "wishing":
        raise refused("not now")
    if purse.round != about.get("round") or not purse.send_at:
        roster = people(purse)
        _renewed(purse, roster)
        chance = secrets.randbelow(1 << 20) / (1 << 20)
        purse.send_at = int((now + max(ends - now, timedelta(0)) * 0.95 * chance).timestamp())
        keep_purse(data, purse)
    return datetime.fromtimestamp(purse.send_at, UTC)


def send(data: Path, purse: Purse) -> None:
    """Send the envelope: as large with wishes as without. Raises `EdgeError`, `Refused`."""
    line, roster = WishLine(purse.address), people(purse)
    _renewed(purse, roster)
    quota = _quota(line.about())
    cards = {bytes.fromhex(pid): enclosed(purse.card, note) for pid, note in purse.wishes.items()}
    if len(cards) > quota:
        raise refused("too many", quota=quota, made=len(cards))
    body = upload_of(_participant(purse, roster), cards, secrets.token_bytes(quota * SLOT), quota)
    taken = line.act("upload", body).get("upload")
    if taken != "taken":
        raise refused("not taken", text=taken)
    purse.is_sent = True
    keep_purse(data, purse)


def results(data: Path, purse: Purse) -> tuple[Shown, ...] | None:
    """Return who wished for me too; `None` while results are not open. Raises `EdgeError`, `Refused`.

    When the last round is over the key is destroyed here.
    """
    line = WishLine(purse.address)
    if line.about().get("stage") == "over":
        destroy_purse(data, purse)
        raise refused("over")
    release = line.read("release")
    if release is None:
        return None
    roster = people(purse)
    wished = [bytes.fromhex(pid) for pid in purse.wishes] if purse.round == roster.number else []
    return tuple(
        Shown(roster.people[one.pid].name, taken_out(one.card) if one.card is not None else None)
        for one in revealed_to(_participant(purse, roster), wished, release)
    )


def leave(data: Path, purse: Purse) -> None:
    """Take part no longer, and destroy the key. Raises `EdgeError`."""
    WishLine(purse.address).act("leave", b"")
    destroy_purse(data, purse)


def pin(data: Path, purse: Purse, badge: str) -> None:
    """Remember the key on somebody's badge (`anlass-wish:PID:KEY`). Raises `Refused`."""
    kind, _, rest = badge.strip().partition(":")
    pid, _, key = rest.partition(":")
    if kind != "anlass-wish" or len(_bytes(pid)) != 16 or len(_bytes(key)) != 32:
        raise refused("no badge")
    purse.pinned[_bytes(pid).hex()] = _bytes(key).hex()
    keep_purse(data, purse)


def see_code(data: Path, purse: Purse, seen: str) -> None:
    """Remember the code of the list as it was seen elsewhere: on a slide, at the desk."""
    purse.code = seen
    keep_purse(data, purse)


def badge(purse: Purse) -> str:
    """Return the own key as it stands on a badge, in letters that a QR code holds."""
    return f"anlass-wish:{_text(bytes.fromhex(purse.pid))}:{_text(bytes.fromhex(purse.public))}"


def _renewed(purse: Purse, roster: Roster) -> None:
    """Begin a new round with no wishes: those of the round before are over."""
    if purse.round != roster.number:
        purse.round, purse.wishes, purse.send_at, purse.is_sent = roster.number, {}, 0, False
        purse.list = roster.code


def _by_another_link(known: Purse, line: WishLine, about: dict[str, object], pid: bytes) -> Purse:
    """Go on with the key that is here, where it is this ticket's; never let a server's word overwrite it."""
    joined = about.get("joined")
    public = _bytes(joined.get("public")).hex() if isinstance(joined, dict) else ""
    if (known.pid, known.public) != (pid.hex(), public):
        raise refused("number taken", name=known.name)
    known.address = line.address
    return known


def _own(purse: Purse) -> Entry:
    return Entry(bytes.fromhex(purse.pid), bytes.fromhex(purse.public), 0, purse.own_name)


def _participant(purse: Purse, roster: Roster) -> Participant:
    return Participant(bytes.fromhex(purse.secret), _own(purse), roster)


def _called(roster: Roster, purse: Purse, who: str) -> Entry:
    """Return somebody by ticket, whole name or part of one; never oneself."""
    others = [one for one in roster.entries if one.pid.hex() != purse.pid]
    for fits in (
        lambda one: one.pid.hex() == who.lower(),
        lambda one: one.name.casefold() == who.casefold(),
        lambda one: who.casefold() in one.name.casefold(),
    ):
        found = [one for one in others if fits(one)]
        if len(found) == 1:
            return found[0]
        if found:
            raise missing("several people", text=who)
    raise missing("nobody", text=who)


def _quota(about: dict[str, object]) -> int:
    quota = about.get("quota")
    if not isinstance(quota, int) or not 1 <= quota <= 1_000:
        raise EdgeError("The server names no number of wishes.")
    return quota


def _moment(text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise EdgeError("The server names no moment when wishes are compared.") from error


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: object) -> bytes:
    try:
        return urlsafe_b64decode(str(text or "").encode("ascii") + b"==")
    except ValueError:
        return b""
