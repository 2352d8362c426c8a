"""How a line to an XMPP server comes to be open, or why not: each way in is shut for its own reason."""

from __future__ import annotations

import asyncio

from anlass.wires.trouble import Trouble, trouble_of, worst_of

_MOMENT = 0.5
"""Seconds in which the library names the reason of a line that broke while it was being opened."""


class Opening:
    """The opening of one line; what is settled first holds."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._shut: list[Trouble] = []
        self.outcome: asyncio.Future[Trouble | None] = loop.create_future()
        """Why the line is not open, `None` where it is."""

    def settle(self, trouble: Trouble | None) -> None:
        """Say how it ended."""
        if not self.outcome.done():
            self.outcome.set_result(trouble)

    def unreached(self, error: object) -> None:
        """Hear that one way in is shut; the library tries all there are, and then begins anew."""
        self._shut.append(trouble_of(error) if isinstance(error, OSError) else Trouble.NO_SUCH_HOST)

    def ends(self) -> None:
        """Hear that all ways in were tried."""
        self.settle(worst_of(self._shut))

    def breaks(self) -> None:
        """Hear that the line broke."""
        why = worst_of([*self._shut, Trouble.BROKE_OFF])
        self._loop.call_later(_MOMENT, self.settle, why)
