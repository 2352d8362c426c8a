"""The simulated owners correct what their taste demands, and nothing else."""

from __future__ import annotations

from itertools import islice

import pytest

from anlass.litmus import Verdict
from anlass.litmus.shipped import load_panel
from training.corpus import load
from training.owners import OWNERS, copying, corrections


@pytest.mark.slow  # reads some hundred letters
def test_an_owner_corrects_letters_of_their_kind() -> None:
    """Every lesson says what the owner's truth is, and the first is about a letter of their kind."""
    items = {item.id: item for item in load() if item.fold == "de-7"}
    owner = next(one for one in OWNERS if one.asks == frozenset(["job"]))
    lessons = list(islice(corrections(load_panel(), owner, list(items.values())), 3))
    assert len(lessons) == 3
    assert [lesson.verdict for lesson in lessons] == [owner.truth(items[lesson.case]) for lesson in lessons]
    assert items[lessons[0].case].asks == "job"
    assert lessons[0].verdict is Verdict.HOLLOW


@pytest.mark.slow  # reads some hundred letters
def test_copying_buys_nothing() -> None:
    """Pasted sentences of praised letters make no letter a reason that was none before."""
    told = " ".join(copying(load_panel(), [item for item in load() if item.fold == "en-7"]))
    assert told.endswith("by the lesson alone 0 times.")
