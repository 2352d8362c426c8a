"""Letters that leave, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from anlass.replies.outgoing import Kind, Outgoing

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def letter_out(request: str = "case1", *, to: str = "hohl@ag.example", **changed: object) -> Outgoing:
    """Return a letter on a request."""
    values: dict[str, object] = {
        "person": "person1",
        "request": request,
        "kind": Kind.QUESTION,
        "sender": "olga@home.example",
        "sender_name": "Olga Brandt",
        "to": to,
        "subject": "Re: 15 Minuten",
        "text": "Guten Tag,\n\nworum geht es Ihnen?\n\nFreundliche Grüße\nOlga Brandt",
        "lang": "de",
        "message_id": f"0123456789abcdef0123.{request}@home.example",
        "in_reply_to": "eins@ag.example",
        "envelope": "olga@home.example",
        **changed,
    }
    return Outgoing(**values)  # type: ignore[arg-type]  # a test names the fields it changes


@dataclass
class Drawer:
    """A Sent folder in memory."""

    letters: dict[str, bytes] = field(default_factory=dict)

    def keep(self, raw: bytes, message_id: str) -> None:
        """Put a letter in."""
        self.letters[message_id] = raw

    def holds(self, message_id: str) -> bool:
        """Tell whether a letter lies there."""
        return message_id in self.letters
