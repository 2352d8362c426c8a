"""LinkedIn's change log of a member as rows of an export: invitations of the last four weeks.

What an event holds of an invitation is not documented for this log. It is read as the schema of invitations
says, as far as it has that shape; an event that names nobody and no moment tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

REACHES = 28 * 24 * 3600 * 1000
"""Milliseconds that the log goes back."""
_LATEST = 253_402_300_799_000
_ADDRESS = "https://www.linkedin.com/in/"


def invitation_rows(events: Iterable[Any]) -> Iterator[Mapping[str, str]]:
    """Yield the invitations among these events, keyed like the columns of an export."""
    for event in events:
        if isinstance(event, dict) and _is_new_invitation(event):
            row = _row(event, _dict(event.get("activity")))
            if row["From"] and row["Sent At"]:
                yield row


def processed_at(event: Any) -> int:
    """Return the moment by which the log is asked on, in milliseconds; 0 where there is none."""
    told = event.get("processedAt") if isinstance(event, dict) else None
    return told if isinstance(told, int) and 0 < told < _LATEST else 0


def _is_new_invitation(event: Mapping[str, Any]) -> bool:
    return "invitation" in str(event.get("resourceName", "")).casefold() and event.get("method") == "CREATE"


def _row(event: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, str]:
    inviter, invitee = _member(told.get("inviter")), _member(told.get("invitee"))
    is_mine = inviter != "" and inviter == _member(event.get("owner"))
    return {
        "From": _name(told.get("inviter~")) or inviter,
        "To": _name(told.get("invitee~")) or invitee,
        "Sent At": _when(told.get("sentAt") or told.get("created") or event.get("capturedAt")),
        "Message": _words(told.get("message")),
        "Direction": "OUTGOING" if is_mine else "INCOMING",
        "inviterProfileUrl": _profile(told.get("inviter~")),
        "inviteeProfileUrl": _profile(told.get("invitee~")),
    }


def _member(told: Any) -> str:
    """Return who is meant: a name of LinkedIn's own for a member, alone or within another value."""
    if isinstance(told, str):
        return told[:200]
    values = (one for one in _dict(told).values() if isinstance(one, str))
    return next(values, "")[:200]


def _name(told: Any) -> str:
    parts = (_text(_dict(told).get(key)) for key in ("firstName", "lastName"))
    return " ".join(part for part in parts if part)


def _text(told: Any) -> str:
    """Return a text that is written plainly, or once for each language."""
    if isinstance(told, str):
        return told
    localized = _dict(_dict(told).get("localized")).values()
    return next((one for one in localized if isinstance(one, str)), "")


def _profile(told: Any) -> str:
    name = _dict(told).get("vanityName")
    return f"{_ADDRESS}{name}" if isinstance(name, str) and name else ""


def _words(told: Any) -> str:
    """Return the words that came along; a ready-made text of LinkedIn's is none."""
    for inner in _dict(told).values():
        body = _dict(inner).get("body")
        if isinstance(body, str | dict):
            return body if isinstance(body, str) else _text(body)
    return ""


def _when(told: Any) -> str:
    moment = _dict(told).get("time") if isinstance(told, dict) else told
    if not isinstance(moment, int) or not 0 < moment < _LATEST:
        return ""
    return f"{datetime.fromtimestamp(moment // 1000, UTC):%Y-%m-%d %H:%M:%S}"


def _dict(told: Any) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}
