"""The key opens once."""

from __future__ import annotations

import multiprocessing

import pytest

from anlass.web.frame.key import Key


def test_key_when_used_twice() -> None:
    """The right token opens once; a wrong one never does, and spends nothing."""
    key = Key("right")
    assert [key.opens(token) for token in ("wrong", "", "righ\u00e9\ud800", "right", "right")] == [
        False,
        False,
        False,
        True,
        False,
    ]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # forking is what the server does
def test_key_when_another_process_used_it() -> None:
    """A server's worker that is started again after a crash does not renew the token."""
    key = Key("right")
    worker = multiprocessing.get_context("fork").Process(target=key.opens, args=("right",))
    worker.start()
    worker.join()
    assert not key.opens("right")


def test_keys_are_never_alike() -> None:
    """Each start has a token of its own that nobody guesses."""
    tokens = {Key().token for _ in range(50)}
    assert len(tokens) == 50
    assert min(len(token) for token in tokens) >= 32
