"""A PostgreSQL of one's own that is restarted in the middle of whatever it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import MissingError, Postgres, _folder, _initdb, _postgres_in, find, free_ports


@dataclass
class Restarted:
    """A PostgreSQL that can be restarted: all connections break off, what was committed stays."""

    folder: Path
    initdb: Path
    port: int
    _life: ExitStack = field(default_factory=ExitStack)

    def start(self) -> Postgres:
        """Start it."""
        return self._life.enter_context(_postgres_in(self.folder, self.initdb, self.port, is_safe=True))

    def stop(self) -> None:
        """End it in the middle of whatever it does."""
        self._life.close()


@contextmanager
def restarted_postgres() -> Iterator[Restarted]:
    """Yield a PostgreSQL of one's own that is not started yet, or raise `MissingError`."""
    initdb = find("initdb", "/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/*/bin")
    if initdb is None:
        raise MissingError("PostgreSQL")
    with _folder() as folder:
        _initdb(initdb, folder / "data")
        made = Restarted(folder, initdb, free_ports(1)[0])
        try:
            yield made
        finally:
            made.stop()
