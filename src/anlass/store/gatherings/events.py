"""Events and the people of them, kept."""

from __future__ import annotations

from anlass.errors import NotFound
from anlass.outreach.event import Event, Met
from anlass.people.ids import named
from anlass.store.ground.mapping import read, seconds, storable, written
from anlass.store.ground.sql import Tables, insert

_EVENT = insert("event", "id begins content", key="id", update="begins content")
_MET = insert("met", "event id noted_at content", key="event id", update="content")


class EventTables:
    """The events of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, event: Event) -> None:
        """Write down an event, or what it has become."""
        self._tables.write_all(_EVENT, [(event.id, seconds(event.begins), written(event))])

    def all(self) -> tuple[Event, ...]:
        """Return all events, the newest first."""
        rows = self._tables.rows(
            "SELECT content FROM store_event WHERE owner_id = %(owner)s ORDER BY begins DESC, id"
        )
        return tuple(read(Event, content) for (content,) in rows)

    def find(self, id_or_name: str) -> Event:
        """Return the event of this id, whose id begins so, or of this name; raises `NotFound`."""
        found = named(id_or_name, self.all())
        if len(found) == 1:
            return found[0]
        several = f"Several events answer to {id_or_name!r}."
        none = f"There is no event {id_or_name!r}."
        raise NotFound(several if found else none, hint="`anlass event list` lists them with their ids.")

    def drop(self, event: str) -> None:
        """Forget an event and everybody on it."""
        for table, key in (("met", "event"), ("event", "id")):
            self._tables.write(
                f"DELETE FROM store_{table} WHERE owner_id = %(owner)s AND {key} = %(event)s", event=event
            )

    def note(self, *mets: Met) -> None:
        """Write down people of an event, or what they have become."""
        self._tables.write_all(
            _MET, [(one.event, one.id, seconds(one.noted_at), written(one)) for one in mets]
        )

    def met(self, event: str) -> tuple[Met, ...]:
        """Return everybody of an event, in the order in which they were noted."""
        rows = self._tables.rows(
            "SELECT content FROM store_met WHERE owner_id = %(owner)s AND event = %(event)s"
            " ORDER BY noted_at, id",
            event=event,
        )
        return tuple(sorted((read(Met, content) for (content,) in rows), key=lambda one: one.place))

    def one(self, event: str, id_: str) -> Met:
        """Return one person of an event; raises `NotFound`."""
        row = self._tables.row(
            "SELECT content FROM store_met WHERE owner_id = %(owner)s AND event = %(event)s AND id = %(id)s",
            event=event,
            id=storable(id_),
        )
        if row is None:
            raise NotFound(
                "Nobody of this event has that id.", hint="`anlass event show EVENT` lists everybody."
            )
        return read(Met, row[0])

    def forget(self, event: str, id_: str) -> None:
        """Forget one person of an event."""
        self._tables.write(
            "DELETE FROM store_met WHERE owner_id = %(owner)s AND event = %(event)s AND id = %(id)s",
            event=event,
            id=id_,
        )
