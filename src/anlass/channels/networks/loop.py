"""A loop of its own for libraries that work asynchronously; whoever calls it waits no longer than told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
_GOODBYE = 5.0
"""Seconds for what is still going on when the loop is closed."""


class Loop:
    """A loop in a thread of its own, from now until `close`."""

    def __init__(self, name: str) -> None:
        self.loop = asyncio.new_event_loop()
        self._waiting: Future[Any] | None = None
        self._is_woken = False
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        """Do something in the loop; raises what it raises, and `TimeoutError` when the time is over."""
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, seconds), self.loop)
        return future.result(seconds + _GOODBYE)

    def wait(self, begin: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T | None:
        """Do something that may be ended by `wake` or by the time; `None` where it was.

        It is begun in the loop: what was ended before that was never there.
        """

        async def work() -> T:
            return await asyncio.wait_for(begin(), seconds)

        future = asyncio.run_coroutine_threadsafe(work(), self.loop)
        self._waiting = future
        if self._is_woken:
            future.cancel()
        try:
            return future.result(seconds + _GOODBYE)
        except (TimeoutError, CancelledError):
            return None
        finally:
            self._waiting, self._is_woken = None, False

    def wake(self) -> None:
        """End a wait, or the next one; any thread may."""
        self._is_woken = True
        if self._waiting is not None:
            self._waiting.cancel()

    def close(self) -> None:
        """End all that goes on, and the loop."""
        if self.loop.is_closed():
            return
        future = asyncio.run_coroutine_threadsafe(_end_all(), self.loop)
        try:
            future.result(_GOODBYE)
        finally:
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(_GOODBYE)
            if not self._thread.is_alive():
                self.loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()


async def _end_all() -> None:
    """Cancel every task but this one, and let what they held go."""
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    loop = asyncio.get_running_loop()
    await loop.shutdown_asyncgens()
    await loop.shutdown_default_executor()
