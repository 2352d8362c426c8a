"""Vouching, kept: words on being named, vouchers given and received, and keys of other houses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.people.voucher import IssuerKey, Weighed
from anlass.people.vouching import ConsentWord
from anlass.store.ground.mapping import read, seconds, written
from anlass.store.ground.sql import Tables, insert

_WORD = insert("consentword", "id person said_at content", key="id")
_GIVEN = insert(
    "vouchergiven", "id person until revoked_at content", key="id", update="until revoked_at content"
)
_KEY = insert("voucherkey", "id person content", key="id", update="person content")
_SEEN = insert("voucherseen", "request id content", key="request id", update="content")
_SECRET = insert("secret", "name value", key="name")
_OF_PERSON = (
    " AND person IN (SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s"
    " AND a.person = %(person)s UNION SELECT %(person)s)"
)


@dataclass(frozen=True, slots=True)
class GivenVoucher:
    """A voucher that the owner gave: `person` is the id of an address, `address` the one it is bound to."""

    id: str
    person: str
    address: str
    text: str
    since: datetime
    until: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenKey:
    """A key as the owner took it in: in hexadecimal digits, whose, from where and when."""

    public: str
    person: str
    where: str
    taken_at: datetime
    revoked: tuple[str, ...] = ()

    @property
    def key(self) -> IssuerKey:
        """The key as vouchers are weighed by it."""
        return IssuerKey(bytes.fromhex(self.public), self.person, frozenset(self.revoked))


class VouchingTables:
    """The vouching of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def words(self, person: str = "") -> tuple[ConsentWord, ...]:
        """Return the words on being named, of a person or all, oldest first."""
        rows = self._tables.rows(
            "SELECT content FROM store_consentword WHERE owner_id = %(owner)s"
            f"{_OF_PERSON if person else ''} ORDER BY said_at, id",
            **({"person": person} if person else {}),
        )
        return tuple(read(ConsentWord, content) for (content,) in rows)

    def say(self, word: ConsentWord) -> None:
        """Keep a word on being named."""
        self._tables.write_all(_WORD, [(word.id, word.person, seconds(word.said_at), written(word))])

    def seed(self, made: bytes) -> bytes:
        """Return the secret that signs vouchers; `made` becomes it where there is none yet."""
        sql = "SELECT value FROM store_secret WHERE owner_id = %(owner)s AND name = 'vouchers'"
        row = self._tables.row(sql)
        if row is None:
            self._tables.write_all(_SECRET, [("vouchers", made.hex())])
            row = self._tables.row(sql)
        return bytes.fromhex(str(row[0])) if row else made

    def has_seed(self) -> bool:
        """Tell whether a voucher was ever signed here."""
        sql = "SELECT 1 FROM store_secret WHERE owner_id = %(owner)s AND name = 'vouchers'"
        return self._tables.row(sql) is not None

    def give(self, voucher: GivenVoucher) -> None:
        """Write down a voucher that was given, or what it became."""
        ended = None if voucher.revoked_at is None else seconds(voucher.revoked_at)
        row = (voucher.id, voucher.person, seconds(voucher.until), ended, written(voucher))
        self._tables.write_all(_GIVEN, [row])

    def given(self, person: str = "") -> tuple[GivenVoucher, ...]:
        """Return the vouchers given, to a person or all; those that end last come first."""
        rows = self._tables.rows(
            "SELECT content FROM store_vouchergiven WHERE owner_id = %(owner)s"
            f"{_OF_PERSON if person else ''} ORDER BY until DESC, id",
            **({"person": person} if person else {}),
        )
        return tuple(read(GivenVoucher, content) for (content,) in rows)

    def take_key(self, key: TakenKey) -> None:
        """Keep the key of another house, or what it became."""
        self._tables.write_all(_KEY, [(key.key.id, key.person, written(key))])

    def taken_keys(self) -> tuple[TakenKey, ...]:
        """Return the keys that were taken in."""
        rows = self._tables.rows(
            "SELECT content FROM store_voucherkey WHERE owner_id = %(owner)s ORDER BY id"
        )
        return tuple(read(TakenKey, content) for (content,) in rows)

    def forget_key(self, id_: str) -> bool:
        """Forget a key; return whether there was one."""
        sql = "DELETE FROM store_voucherkey WHERE owner_id = %(owner)s AND id = %(id)s"
        return self._tables.write(sql, id=id_) > 0

    def keep_seen(self, request: str, weighed: tuple[Weighed, ...]) -> None:
        """Write down what the vouchers of a request were worth."""
        self._tables.write_all(_SEEN, [(request, one.voucher, written(one)) for one in weighed])

    def seen(self, request: str) -> tuple[Weighed, ...]:
        """Return what the vouchers of a request were worth when it came."""
        rows = self._tables.rows(
            "SELECT content FROM store_voucherseen WHERE owner_id = %(owner)s AND request = %(request)s"
            " ORDER BY id",
            request=request,
        )
        return tuple(read(Weighed, content) for (content,) in rows)
