"""What an assistant reads: the same tables without the rows that the owner keeps to herself.

Before every question stand the tables it names, each without what is private, under the table's own name;
so no page, list, search, count or export needs to think of it, and one that is new cannot forget it.
"""

from __future__ import annotations

import re
from functools import cache

from anlass.store.ground.naming import NAMING, SAYING

_TABLE = re.compile(r"\bstore_(\w+)")
_BEGINS = re.compile(r"\s*WITH\s+", re.IGNORECASE)

_HIDDEN = {
    "hidden_person": (
        "SELECT a.person AS id FROM {in}store_personaddress a JOIN {in}store_private p"
        " ON p.owner_id = a.owner_id AND p.kind = 'address' AND p.id = a.id WHERE a.owner_id = %(owner)s"
    ),
    "hidden_address": (
        "SELECT a.id FROM {in}store_personaddress a WHERE a.owner_id = %(owner)s"
        " AND a.person IN (SELECT id FROM hidden_person)"
        " UNION SELECT p.id FROM {in}store_private p WHERE p.owner_id = %(owner)s AND p.kind = 'address'"
    ),
    "hidden_case": (
        "SELECT p.id FROM {in}store_private p WHERE p.owner_id = %(owner)s AND p.kind = 'case' UNION"
        " SELECT c.id FROM {in}store_case c WHERE c.owner_id = %(owner)s AND (c.person IN"
        " (SELECT id FROM hidden_address) OR c.person IN (SELECT id FROM hidden_person))"
    ),
    "hidden_letter": (
        "SELECT s.letter AS id FROM {in}store_seen s WHERE s.owner_id = %(owner)s"
        " AND s.request IN (SELECT id FROM hidden_case) UNION"
        " SELECT e.id FROM {in}store_encounter e WHERE e.owner_id = %(owner)s"
        " AND e.address IN (SELECT id FROM hidden_address)"
    ),
    "hidden_tie": (
        "SELECT a.person AS id FROM {in}store_encounter e JOIN {in}store_personaddress a"
        " ON a.owner_id = e.owner_id AND a.id = e.address WHERE e.owner_id = %(owner)s"
        " AND e.id IN (SELECT id FROM hidden_letter)"
    ),
}
"""What is hidden, by its id; each may use those before it."""

OWNERS_ALONE = frozenset(
    "answer consentword doorrequest hostedperson hosting personnote private sealednote token"
    " vouchergiven wishanswer wishevent wishhosted wishround wishsheet wishticket wishupload"
    " writtenentry".split()
)
"""Tables of which an assistant has no row: nothing that assistants do asks for one."""
OF_NOBODY = frozenset(
    "cardversion door event folder housekey invitation latch listaddress mailaccount mailfolder mailstate"
    " networkaccount owneraddress placeddraft secret setasidefile synced unsubscribed webhook".split()
)
"""Tables that tell of the house and not of somebody whom the owner could keep to herself.

`housekey` and `invitation` are of the gate; `unsubscribed` holds digests alone, which guard whom they are of;
a webhook must hear what an assistant does.
"""
VEILED = frozenset({*NAMING, *SAYING})
"""Tables with some rows less. Every table of an owner is in one of the three: a test holds it."""


def without_private(sql: str, vendor: str) -> str:
    """Return a question that finds nothing private; one that only writes stays as it is."""
    begins = sql.lstrip()[:6].upper()
    named = [table for table in dict.fromkeys(_TABLE.findall(sql)) if table in VEILED | OWNERS_ALONE]
    if not named or not begins.startswith(("SELECT", "WITH")):
        return sql
    inside = "public." if vendor == "postgresql" else "main."
    parts = [f"{name} AS ({made.format(**{'in': inside})})" for name, made in _HIDDEN.items()]
    parts += [
        f"store_{table} AS (SELECT * FROM {inside}store_{table} WHERE {_filter(table)})" for table in named
    ]
    rest = _BEGINS.sub("", sql, count=1) if begins.startswith("WITH") else sql
    return f"WITH {', '.join(parts)}{',' if rest is not sql else ''} {rest}"


def _filter(table: str) -> str:
    """Return the condition under which a row of a table may be seen."""
    if table in OWNERS_ALONE:
        return "1 = 0"
    conditions = ["owner_id = %(owner)s", *([_of_cases()] if table == "outgoing" else ())]
    conditions += [
        f"({column} IS NULL OR {column} NOT IN (SELECT id FROM hidden_{kind}))"
        for column, kind in NAMING.get(table, ())
    ]
    conditions += [
        f"NOT EXISTS (SELECT 1 FROM hidden_{kind} h WHERE content LIKE '%%' || h.id || '%%')"
        for kind in SAYING.get(table, ())
    ]
    return " AND ".join(conditions)


@cache
def _of_cases() -> str:
    """Return the condition for letters that answer a request; those to people of events are the owner's."""
    from anlass.replies.outgoing import OF_CASES  # noqa: PLC0415 - collecting needs none of what judges

    return "kind IN ({})".format(", ".join(f"'{kind.value}'" for kind in sorted(OF_CASES)))
