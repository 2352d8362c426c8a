"""What the owner said of persons, kept as it was said."""

from __future__ import annotations

from anlass.people import AddressKind
from anlass.people.word import Word
from anlass.store.ground.mapping import member, read, seconds, written
from anlass.store.ground.sql import Tables, insert

_INSERT = insert("word", "id said_at content", key="id")
_ALL = "SELECT content FROM store_word WHERE owner_id = %(owner)s ORDER BY said_at, id"
_KINDS = "SELECT id, kind FROM store_personaddress WHERE owner_id = %(owner)s AND id IN (...)"


class WordTables:
    """The words of one owner on persons."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> tuple[Word, ...]:
        """Return every word, oldest first; earlier ones on the same addresses stay."""
        return tuple(read(Word, content) for (content,) in self._tables.rows(_ALL))

    def add(self, word: Word) -> None:
        """Keep a word."""
        self._tables.write_all(_INSERT, [(word.id, seconds(word.said_at), written(word))])

    def forget(self, id_: str) -> bool:
        """Forget a word; return whether there was one."""
        sql = "DELETE FROM store_word WHERE owner_id = %(owner)s AND id = %(id)s"
        return self._tables.write(sql, id=id_) > 0

    def addresses(self) -> frozenset[str]:
        """Return the ids of all addresses that the owner said something of."""
        return frozenset(one for word in self.all() for one in (*word.one, *word.other))

    def kinds(self) -> dict[str, AddressKind]:
        """Return the kinds of those of these addresses that are known."""
        return {
            str(id_): member(AddressKind, kind)
            for id_, kind in self._tables.rows_in(_KINDS, sorted(self.addresses()))
        }
