"""What the database itself writes down: with whom something changed since closeness was worked out.

Triggers do it, so that nobody who writes an encounter or joins two addresses, today or in a step of years to
come, can forget it. On PostgreSQL whoever writes takes a lock that all who write share; closeness is kept by
whoever has it alone (`closeness.py`). So a change that is not yet there for others cannot be overlooked.
"""

from __future__ import annotations

LOCK = 1_667_591
"""The number of PostgreSQL's lock; its second half is made of the owner."""

_TABLES = {"encounter": "address", "personaddress": "person"}
"""By table the column that says whose closeness a row changes."""
_COUNTS = {
    "encounter": "owner_id id address kind happened thread others is_turn is_proven place".split(),
    "personaddress": "owner_id id person".split(),
}
"""What changes closeness, of these tables."""


def _sqlite(table: str, column: str) -> tuple[str, ...]:
    def stir(row: str) -> str:
        return (
            "INSERT INTO store_stirred (owner_id, address, by)"
            f" VALUES ({row}.owner_id, {row}.{column}, 0) ON CONFLICT DO NOTHING;"
        )

    changed = " OR ".join(f"old.{one} IS NOT new.{one}" for one in _COUNTS[table])
    begin = "CREATE TRIGGER IF NOT EXISTS stir_" + table
    return (
        f"{begin}_new AFTER INSERT ON store_{table} BEGIN {stir('new')} END",
        f"{begin}_gone AFTER DELETE ON store_{table} BEGIN {stir('old')} END",
        f"{begin}_other AFTER UPDATE ON store_{table} WHEN {changed} BEGIN {stir('old')} {stir('new')} END",
    )


def _function(table: str, column: str) -> str:
    def stir(row: str) -> str:
        return (
            f"PERFORM pg_advisory_xact_lock_shared({LOCK}, hashtext({row}.owner_id));"
            " INSERT INTO store_stirred (owner_id, address, by)"
            f" VALUES ({row}.owner_id, {row}.{column}, txid_current()) ON CONFLICT DO NOTHING;"
        )

    return (
        f"CREATE OR REPLACE FUNCTION stir_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' THEN {stir('OLD')} END IF;"
        f" IF TG_OP <> 'DELETE' THEN {stir('NEW')} END IF; RETURN NULL; END $$"
    )


def _postgres(table: str, column: str) -> tuple[str, ...]:
    changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in _COUNTS[table])
    each = f"FOR EACH ROW {{}} EXECUTE FUNCTION stir_{table}()"
    return (
        _function(table, column),
        *_no_postgres(table),
        f"CREATE TRIGGER stir_{table} AFTER INSERT OR DELETE ON store_{table} {each.format('')}",
        f"CREATE TRIGGER stir_{table}_other AFTER UPDATE ON store_{table} {each.format(f'WHEN ({changed})')}",
    )


def _no_postgres(table: str) -> tuple[str, ...]:
    names = (f"stir_{table}", f"stir_{table}_other")
    return tuple(f"DROP TRIGGER IF EXISTS {name} ON store_{table}" for name in names)


def _no_sqlite(table: str) -> tuple[str, ...]:
    return tuple(f"DROP TRIGGER IF EXISTS stir_{table}_{name}" for name in ("new", "gone", "other"))


def making(vendor: str) -> tuple[str, ...]:
    """Return the statements that make the triggers where they are missing; they may be repeated."""
    made = _sqlite if vendor == "sqlite" else _postgres
    return tuple(one for table, column in _TABLES.items() for one in made(table, column))


def unmaking(vendor: str) -> tuple[str, ...]:
    """Return the statements that take the triggers away."""
    unmade = _no_sqlite if vendor == "sqlite" else _no_postgres
    return tuple(one for table in _TABLES for one in unmade(table))
