"""The bell at the door: whoever rings is heard, and nobody waits for the porter."""

from __future__ import annotations

from threading import Event, Lock

from anlass.web.serving.porter import Bell


def test_a_ring_during_work_makes_the_porter_look_once_more() -> None:
    """Rings are gathered, none is lost, and there is one porter at a time."""
    began, go_on, done, alone = Event(), Event(), Event(), Lock()
    rounds: list[int] = []

    def work() -> None:
        assert alone.acquire(blocking=False)
        rounds.append(len(rounds))
        began.set()
        assert go_on.wait(10)
        alone.release()
        if len(rounds) == 2:
            done.set()

    bell = Bell(work, pause=0)
    bell.ring()
    assert began.wait(10)
    for _ in range(5):
        bell.ring()
    go_on.set()
    assert done.wait(10)
    assert rounds == [0, 1]
