"""The groups of an audit: the strongest that the evidence allows, and nothing by what a stranger claims."""

from __future__ import annotations

import pytest

from anlass.ledger import Tie, TieLevel
from anlass.ledger.bonds import Bond, bond_of

S, A, T = TieLevel.STRANGER, TieLevel.ACQUAINTED, TieLevel.IN_TOUCH


@pytest.mark.parametrize(
    ("tie", "bond"),
    [
        (Tie(S), Bond.NOTHING),
        (Tie(T, mails_in=2, mails_out=2, proven=4, turns=3, threads=2), Bond.IN_TOUCH),
        (Tie(A, mails_in=1, mails_out=1, proven=2, turns=1, threads=1), Bond.BOTH_WAYS),
        (Tie(A, messages_in=1, messages_out=1), Bond.BOTH_WAYS),
        (Tie(A, mails_in=1, proven=1, meetings=1), Bond.MET),
        (Tie(A, mails_in=1, proven=1, cards=1), Bond.CARD),
        (Tie(A, introductions=1), Bond.CARD),
        (Tie(S, mails_in=5, proven=5), Bond.ONE_WAY),
        (Tie(A, mails_out=5, proven=5), Bond.ONE_WAY),
    ],
)
def test_group_is_the_first_that_holds(tie: Tie, bond: Bond) -> None:
    """Being in touch comes before letters, letters before meetings, meetings before cards."""
    assert bond_of(tie) is bond


def test_letters_that_nothing_proves_do_not_make_both_ways() -> None:
    """A forged letter in the name of somebody whom the owner once wrote to is no exchange."""
    forged = Tie(A, mails_in=3, mails_out=1, proven=1)
    assert bond_of(forged) is Bond.ONE_WAY
