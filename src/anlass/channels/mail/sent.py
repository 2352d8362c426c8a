"""The folder for sent mail on the owner's server: each letter once, so that every mail program shows it."""

from __future__ import annotations

from dataclasses import dataclass

from anlass.channels.mail.line import Line


@dataclass(frozen=True, slots=True)
class Sent:
    """Sent mail on an open line; `folder` is its name on the server."""

    line: Line
    folder: str

    def keep(self, raw: bytes, message_id: str) -> None:
        """Put a letter that was sent into the folder, unless it lies there; raises `WireError`."""
        if not self.holds(message_id):
            self.line.append(self.folder, raw, (r"\Seen",))

    def holds(self, message_id: str) -> bool:
        """Tell whether a letter with this Message-ID lies there; raises `WireError`."""
        self.line.enter(self.folder)
        return bool(self.line.find(message_id))
