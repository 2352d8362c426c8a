"""The table: what is no contact request, in the order in which it is asked.

| rule | what it is | asks for |
|---|---|---|
| N22 | the owner's own letter | From |
| N24 | junk, says the provider | folder, X-Spam-Flag |
| N18 | a network says that somebody asks | networks.py; a request follows |
| N19 | any other notice of a network | networks.py |
| N1 | bounce or notice | empty Return-Path |
| N2 | bounce, receipt, abuse report | multipart/report and its parts |
| N3 | automatic | Auto-Submitted |
| N4 | list mail | List-Id and its kin |
| N9 | automatic answer | X-Autoreply and its kin |
| N11 | a system, no person | From, Return-Path |
| N10 | automatic answer | Subject, no thread, no question |
| N16 | news of an appointment | text/calendar |
| N20 | receipt, code, parcel | Subject with sender, order markup |
| N5 | newsletter (N5b is a request) | List-Unsubscribe, and nobody spoken to |
| N6 | circular | Precedence, and nobody spoken to |
| N12 N14 N25 | a thread of the owner's, a person one knows | what was looked up (normalise.py) |
| N26 | a case that was let go of | the memory alone (store/cases/forgetting.py) |

N7, N8, N13, N15, N17, N21 and N23 end nothing: they leave marks (marks.py). Nobody
gains by pretending to be a machine, so what a header says is believed when it says so;
but it never proves that somebody is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from anlass.intake.gate import signs
from anlass.intake.gate.networks import is_request_notice, network_of, other_notice
from anlass.intake.gate.ruling import Ruling, ruling
from anlass.intake.message import Message

Test = Callable[[Message], str | None]

HEADER_TABLE: tuple[tuple[str, Test, tuple[str, ...]], ...] = (
    ("N24", signs.junk, ("x-spam-flag",)),
    ("N18", is_request_notice, ()),
    ("N19", other_notice, ()),
    ("N1", signs.empty_return_path, ("return-path",)),
    ("N2", signs.report, ()),
    ("N3", signs.automatic, ("auto-submitted",)),
    ("N4", signs.through_list, ()),
    ("N9", signs.auto_answer, ()),
    ("N11", signs.system_address, ()),
    ("N10", signs.automatic_subject, ()),
    ("N16", signs.calendar_news, ()),
)
"""Rule, test, and the fields without which the test need not be asked."""

TEXT_TABLE: tuple[tuple[str, Test], ...] = (
    ("N2", signs.bounce_without_marks),
    ("N20", signs.transaction),
    ("N5", signs.newsletter),
    ("N6", signs.circular),
)


def header_rule(message: Message, owner: frozenset[str]) -> Ruling | None:
    """Return the first rule that the header alone decides, `None` where a person may have written.

    `owner` holds the owner's addresses in normal form. Rule N22 is the owner's own
    letter; after N18 a request follows all the same, asked by somebody the body names.
    """
    if message.sender is not None and message.sender.address in owner:
        return ruling("N22", message.sender.address)
    names = message.headers.keys()
    asked = ((rule, test) for rule, test, fields in HEADER_TABLE if not (fields and names.isdisjoint(fields)))
    return first_hit(asked, message)


def text_rule(message: Message) -> Ruling | None:
    """Return the first rule that needs the text; the header rules come before."""
    return first_hit(TEXT_TABLE, message)


def first_hit(table: Iterable[tuple[str, Test]], message: Message) -> Ruling | None:
    """Return the ruling of the first rule of `table` whose test hits."""
    for rule, test in table:
        if (quote := test(message)) is not None:
            return ruling(rule, quote)
    return None


__all__ = ["HEADER_TABLE", "TEXT_TABLE", "first_hit", "header_rule", "network_of", "text_rule"]
