"""What could not be read is said in both languages."""

from __future__ import annotations

import pytest

from anlass.desk.voice.common import set_aside_says
from anlass.desk.voice.exports import EXPORTS
from anlass.sources.told import SAYS, aside


def test_every_reason_of_an_export_has_its_words_in_german() -> None:
    """No reason is said in English to an owner who reads German, and no words are left over."""
    assert EXPORTS.keys() == SAYS.keys()


@pytest.mark.parametrize("reason", SAYS)
def test_reason_is_one_sentence(reason: str) -> None:
    """English names the line, German leaves it to the place beside it; both end."""
    found = aside("/post/Connections.csv", reason, 17)
    assert set_aside_says(found, "en").endswith("(line 17).")
    assert set_aside_says(found, "de").endswith(".")
    assert set_aside_says(found, "de") != found.says
