"""The door, kept: what stands on it, and the letters written there until each is a case.

A letter waits here until its mail address is confirmed. Every step is one statement that only holds where the
row is as it must be, so that of two clicks one does it, and a crash leaves a row that the next look finds:

    pending --the link--> confirmed --thought through--> taken
       |
       +-- another address on the same sheet --> replaced      +-- seven days --> gone

What was taken keeps no word: only that its link shows the page after sending, the same for everyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anlass.intake.form import FormFile, FormLetter
from anlass.people import mail_address, person_id
from anlass.people.ids import digest_id
from anlass.replies.door import Door
from anlass.store.ground.mapping import moment, read, seconds, storable, written
from anlass.store.ground.sql import Row, Tables, insert

LIFE = timedelta(days=7)
"""How long a link can be confirmed."""
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
MAILS_TO_ONE = 3
"""Links that go to one address within a day; a further one waits for the next."""
MAILS_AN_HOUR = 60
"""Links that go out within an hour, whoever asked for them."""
MOST_OF_ONE, MOST = 12, 5_000
"""Letters that wait for one address, and for all."""


class Waits(StrEnum):
    """Where a letter at the door stands."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    TAKEN = "taken"
    """It is a case."""
    REPLACED = "replaced"
    """It was sent again from the same sheet, to another address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is kept of a letter until it is a case; `base` is the address that its link begins with."""

    letter: FormLetter
    door: str
    base: str
    files: tuple[FormFile, ...] = ()


@dataclass(frozen=True, slots=True)
class AtDoor:
    """A letter at the door; `asked` is `None` once it was taken."""

    id: str
    state: Waits
    lang: str
    made_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None
    asked: Asked | None


_DOOR = insert("door", "name since content", key="name", update="since content")
_PUT = insert(
    "doorrequest",
    "id form address words lang state made_at expires_at content mail wait_from"
    " case tries claim claimed_until says",
    key="id",
    update="words lang content",
    where="store_doorrequest.state = 'pending'",
)
_NEW = ("", 0, "", 0, "")
"""The columns of a mail that nobody has in hand."""
_FILE = insert("doorfile", "request number case digest name size label", key="request number")
_COLUMNS = "id, state, lang, made_at, expires_at, confirmed_at, content"
_OF = "WHERE owner_id = %(owner)s"
_SELECT = f"SELECT {_COLUMNS} FROM store_doorrequest {_OF}"


class DoorTables:
    """The door of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # --- what stands on it ---

    def door(self) -> Door | None:
        """Return the owner's door; `None` while there is none."""
        row = self._tables.row(f"SELECT content FROM store_door {_OF} ORDER BY since DESC, name LIMIT 1")
        return read(Door, row[0]) if row else None

    def named(self, name: str) -> Door | None:
        """Return the owner's door of this name."""
        row = self._tables.row(
            f"SELECT content FROM store_door {_OF} AND name = %(name)s", name=storable(name)
        )
        return read(Door, row[0]) if row else None

    def keep(self, door: Door, *, now: datetime) -> None:
        """Let the door be so from now on; there is one."""
        with self._tables.together():
            self._tables.write(f"DELETE FROM store_door {_OF} AND name <> %(name)s", name=door.name)
            self._tables.write_all(_DOOR, [(door.name, seconds(now), written(door))])

    def key(self, made: bytes) -> bytes:
        """Return the secret that signs links and sheets; `made` becomes it where there is none yet."""
        sql = f"SELECT value FROM store_secret {_OF} AND name = 'door'"
        row = self._tables.row(sql)
        if row is None:
            self._tables.write_all(insert("secret", "name value", key="name"), [("door", made.hex())])
            row = self._tables.row(sql)
        return bytes.fromhex(str(row[0])) if row else made

    # --- letters ---

    def put(self, form: str, asked: Asked, *, lang: str, now: datetime) -> str | None:
        """Keep a letter until it is confirmed; return its id, `None` where too many wait already.

        The same words to the same address are one letter, however often they come; a letter changed on the
        same sheet takes the place of the one before.
        """
        address, words = _address(asked), _digest(asked)
        with self._alone():
            same = self._tables.row(
                f"SELECT id FROM store_doorrequest {_OF} AND address = %(address)s AND words = %(words)s"
                " AND made_at > %(since)s AND state <> 'replaced'"
                " AND (state <> 'pending' OR expires_at > %(now)s)"
                " ORDER BY made_at DESC, id LIMIT 1",
                address=address,
                words=words,
                since=seconds(now - LIFE),
                now=seconds(now),
            )
            if same:
                return str(same[0])
            if self._is_full(address):
                return None
            id_ = self._id_on(form, address, words)
            self._tables.write(
                f"UPDATE store_doorrequest SET state = 'replaced', content = '', mail = 'over' {_OF}"
                " AND form = %(form)s AND state = 'pending' AND address <> %(address)s",
                form=form,
                address=address,
            )
            due = self._due(address, now)
            state, times = Waits.PENDING.value, (seconds(now), seconds(now + LIFE))
            row = (
                id_,
                form,
                address,
                words,
                lang,
                state,
                *times,
                written(asked),
                "waiting",
                seconds(due),
                *_NEW,
            )
            self._tables.write_all(_PUT, [row])
            self._keep_files(id_, asked.files)
        return id_

    def find(self, id_: str) -> AtDoor | None:
        """Return the letter of this id."""
        row = self._tables.row(f"{_SELECT} AND id = %(id)s", id=id_)
        return _at_door(row) if row else None

    def confirm(self, id_: str, *, now: datetime) -> bool:
        """Write down that the address is confirmed; return whether that is new."""
        with self._tables.lasting():
            return bool(
                self._tables.write(
                    f"UPDATE store_doorrequest SET state = 'confirmed', confirmed_at = %(now)s {_OF}"
                    " AND id = %(id)s AND state = 'pending' AND expires_at > %(now)s",
                    id=id_,
                    now=seconds(now),
                )
            )

    def confirmed(self) -> Iterator[AtDoor]:
        """Yield the letters that are to become cases, the oldest first."""
        rows = self._tables.rows(f"{_SELECT} AND state = 'confirmed' ORDER BY confirmed_at, id LIMIT 200")
        yield from map(_at_door, rows)

    def taken(self, id_: str, case: str) -> None:
        """Write down that a letter is this case; its words stand there from now on, and no longer here."""
        self._tables.write(
            f"UPDATE store_doorrequest SET state = 'taken', \"case\" = %(case)s, content = '' {_OF}"
            " AND id = %(id)s AND state = 'confirmed'",
            id=id_,
            case=case,
        )
        self._tables.write(
            f'UPDATE store_doorfile SET "case" = %(case)s {_OF} AND request = %(id)s', id=id_, case=case
        )

    def waiting(self) -> tuple[AtDoor, ...]:
        """Return the letters that wait for their link to be opened, the newest first."""
        rows = self._tables.rows(f"{_SELECT} AND state = 'pending' ORDER BY made_at DESC, id LIMIT 1000")
        return tuple(map(_at_door, rows))

    def sweep(self, *, now: datetime) -> int:
        """Forget the letters that nobody confirmed in time, and what was replaced; return how many."""
        over = f"{_OF} AND state IN ('pending', 'replaced') AND expires_at <= %(now)s"
        with self._tables.together():
            self._tables.write(
                f"DELETE FROM store_doorfile {_OF} AND \"case\" = '' AND request IN"
                f" (SELECT id FROM store_doorrequest {over})",
                now=seconds(now),
            )
            return self._tables.write(f"DELETE FROM store_doorrequest {over}", now=seconds(now))

    # --- files ---

    def files_of(self, case: str) -> tuple[FormFile, ...]:
        """Return the files that came with a case."""
        rows = self._tables.rows(
            f'SELECT name, size, digest, label FROM store_doorfile {_OF} AND "case" = %(case)s'
            " ORDER BY number",
            case=case,
        )
        return tuple(FormFile(*row) for row in rows)

    def file_digests(self) -> frozenset[str]:
        """Return the digests of all files that a letter or a case still has."""
        rows = self._tables.rows(f"SELECT DISTINCT digest FROM store_doorfile {_OF}")
        return frozenset(str(row[0]) for row in rows)

    # --- within ---

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let nobody else put letters in meanwhile, so that what was looked up still holds."""
        with self._tables.by_turns():
            yield

    def _id_on(self, form: str, address: str, words: str) -> str:
        """Return the id of a letter on a sheet: the same while it can still be changed."""
        id_ = digest_id("door", form, address)
        before = self.find(id_)
        return id_ if before is None or before.state is Waits.PENDING else digest_id(id_, words)

    def _is_full(self, address: str) -> bool:
        row = self._tables.row(
            "SELECT COUNT(CASE WHEN address = %(address)s THEN 1 END), COUNT(*)"
            f" FROM store_doorrequest {_OF} AND state = 'pending'",
            address=address,
        )
        return row is not None and (row[0] >= MOST_OF_ONE or row[1] >= MOST)

    def _due(self, address: str, now: datetime) -> datetime:
        """Return when the link may leave: now, or when enough time has passed since those before."""
        one = self._nth(" AND address = %(address)s", MAILS_TO_ONE, address=address)
        all_ = self._nth("", MAILS_AN_HOUR)
        waits = [then + pause for then, pause in ((one, A_DAY), (all_, AN_HOUR)) if then is not None]
        return max([now, *waits])

    def _nth(self, only: str, number: int, **values: object) -> datetime | None:
        row = self._tables.row(
            f"SELECT wait_from FROM store_doorrequest {_OF}{only}"
            " ORDER BY wait_from DESC LIMIT 1 OFFSET %(skip)s",
            skip=number - 1,
            **values,
        )
        return moment(row[0]) if row else None

    def _keep_files(self, id_: str, files: Iterable[FormFile]) -> None:
        self._tables.write(f"DELETE FROM store_doorfile {_OF} AND request = %(id)s AND \"case\" = ''", id=id_)
        rows = [
            (id_, number, "", one.digest, storable(one.name)[:200], one.size, one.label)
            for number, one in enumerate(files)
        ]
        self._tables.write_all(_FILE, rows)


def _address(asked: Asked) -> str:
    found = mail_address(asked.letter.address)
    return person_id(found) if found else ""


def _digest(asked: Asked) -> str:
    return digest_id("words", written(asked.letter), *(one.digest for one in asked.files))


def _at_door(row: Row) -> AtDoor:
    id_, state, lang, made, expires, confirmed, content = row
    return AtDoor(
        id_,
        Waits(state),
        lang,
        moment(made),
        moment(expires),
        None if confirmed is None else moment(confirmed),
        read(Asked, content) if content else None,
    )
