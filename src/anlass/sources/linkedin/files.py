"""Which file of an export is what, by its name and by its columns."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from anlass.sources.packed import Bundle
from anlass.sources.tables import Columns, header_in, named_columns, plain_name

_NAME = re.compile(r"(.+?)(?: \d+| \(\d+\)|\(\d+\))?\.csv")
_OTHERS = frozenset(
    "ads clicked|ad targeting|articles|callout|causes you care about|certifications|coach messages|comments|"
    "company follows|courses|education|email addresses|endorsement given info|"
    "endorsement received info|events|guide messages|hashtag follows|honors|"
    "inferences about you|instantreposts|invitations|jobs|job applications|job seeker preferences|"
    "languages|learning|learning coach messages|learning role play messages|logins|member follows|notes|"
    "organizations|patents|phonenumbers|positions|private identity asset|profile|profile summary|projects|"
    "publications|reactions|receipts|recommendations given|recommendations received|registration|"
    "rich media|saved items|saved jobs|searchqueries|security challenges|shares|skills|"
    "testscores|verifications|volunteering|votes|whatsapp phone numbers".split("|")
)
"""The other files of an export; each alone could be anybody's, beside the first three it is LinkedIn's."""


class Kind(StrEnum):
    """What a file of an export holds."""

    CONNECTIONS = "connections"
    MESSAGES = "messages"
    INVITATIONS = "invitations"
    PROFILE = "profile"
    CONTACTS = "contacts"
    """An address book that the owner gave to the network; alone its name says nothing."""
    OTHER = "other"


REQUIRED = {
    Kind.CONNECTIONS: frozenset({"first", "last", "on"}),
    Kind.MESSAGES: frozenset({"talk", "from", "date"}),
    Kind.INVITATIONS: frozenset({"from", "to", "date", "direction"}),
    Kind.PROFILE: frozenset({"first", "last"}),
    Kind.CONTACTS: frozenset({"first", "last", "mails"}),
}
"""The columns without which a file is not what its name says."""

_TELLING = (Kind.CONNECTIONS, Kind.MESSAGES, Kind.INVITATIONS)


@cache
def columns(kind: Kind) -> Columns:
    """Return the columns of one kind of file; reads `columns.toml` of this folder once."""
    return named_columns("anlass.sources.linkedin")[kind]


def kind_by_name(name: str) -> Kind | None:
    """Return what a file of this name holds in an export of LinkedIn; `None` where it belongs to none."""
    found = _NAME.fullmatch(plain_name(name.replace("\\", "/").rpartition("/")[2]))
    if not found:
        return None
    try:
        return Kind(found[1].removeprefix("imported"))
    except ValueError:
        return Kind.OTHER if found[1] in _OTHERS else None


def kind_by_columns(beginning: bytes) -> Kind | None:
    """Return what a file that begins so holds, if it tells by its columns."""
    found = (kind for kind in _TELLING if header_in(beginning, columns(kind), REQUIRED[kind]))
    return next(found, None)


def is_export(bundle: Bundle) -> bool:
    """Tell whether files lie together as LinkedIn exports them."""
    kinds = {kind_by_name(name) for name in bundle.names()}
    return not kinds.isdisjoint({Kind.CONNECTIONS, Kind.MESSAGES, Kind.INVITATIONS})
