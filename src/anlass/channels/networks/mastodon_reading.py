"""What Mastodon's answers say of who asks; whatever stands in them, nothing is raised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from anlass.channels.networks.door import OwnWord
from anlass.intake import Channel
from anlass.intake.contact_request import Origin
from anlass.intake.html_text import rendered
from anlass.intake.knock import LONGEST_NAME, Knock, KnockKind
from anlass.intake.message import SetAside
from anlass.people import Address
from anlass.people.handles import mastodon_address

_LONGEST_HTML = 256 * 1024
_GARBLED = (ValueError, TypeError, KeyError, AttributeError, LookupError, OverflowError)


def follow_in(row: Any, host: str) -> Knock | SetAside:
    """Return the knock that a follow request is: an account, and no word with it."""
    try:
        address = _address(row, host)
        number = str(row["id"])
        return Knock(
            Channel.MASTODON,
            KnockKind.FOLLOW,
            key=number[:100],
            address=address,
            name=_name(row),
            place=number[:100],
            since=_when(row.get("created_at")),
        )
    except _GARBLED as error:
        return _aside("follow request", error)


def mention_in(row: Any, host: str) -> Knock | SetAside | None:
    """Return the knock that a notice of a private mention is; `None` for mentions that everybody may read."""
    try:
        post = row["status"]
        if row["type"] != "mention" or post["visibility"] != "direct":
            return None
        account = post["account"]
        number = str(post["id"])[:100]
        return Knock(
            Channel.MASTODON,
            KnockKind.MESSAGE,
            key=number,
            address=_address(account, host),
            name=_name(account),
            text=_without_mentions(rendered(str(post["content"])[:_LONGEST_HTML])[0]),
            arrived=_when(post.get("created_at")),
            place=number,
            since=_when(account.get("created_at")),
        )
    except _GARBLED as error:
        return _aside("mention", error)


def own_words_in(post: Any, host: str) -> Iterator[OwnWord]:
    """Yield to whom the owner said what in a private post, from whatever program."""
    try:
        text = _without_mentions(rendered(str(post["content"])[:_LONGEST_HTML])[0])
        if post["visibility"] == "direct" and text:
            for account in post["mentions"]:
                yield OwnWord(_address(account, host), "", text, _when(post.get("created_at")))
    except _GARBLED:
        return  # the owner's own post; whoever is named in it still waits


def number_in(row: Any) -> int:
    """Return the number of a notice, by which it is newer or older than others; 0 where it has none."""
    try:
        number = int(row["id"])
    except _GARBLED:
        return 0
    return number if 0 < number < 1 << 63 else 0


def _address(account: Mapping[str, Any], host: str) -> Address:
    address = mastodon_address(str(account["acct"]), host)
    if address is None:
        raise ValueError("no address")
    return address


def _name(account: Mapping[str, Any]) -> str:
    return str(account.get("display_name") or account.get("username") or "")[: 4 * LONGEST_NAME]


def _without_mentions(text: str) -> str:
    """Leave out whom a post begins by addressing; that is how it is delivered, and no word of the letter."""
    words = text.lstrip()
    while words.startswith("@"):
        _, blank, rest = words.partition(" ") if " " in words.partition("\n")[0] else words.partition("\n")
        words = rest.lstrip() if blank else ""
    return words.strip()


def _when(value: object) -> datetime | None:
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(when, datetime):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def _aside(what: str, error: Exception) -> SetAside:
    says = f"A {what} could not be read ({type(error).__name__})."
    return SetAside(Origin("mastodon:"), "misshapen", says)
