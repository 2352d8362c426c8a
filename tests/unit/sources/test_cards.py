"""Cards one by one: dialects, what is left out, what counts as swapped."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, NoTrace
from anlass.sources.cards import cards_in
from tests.contract.trace_samples_cards import CONTENT

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BEARINGS = Bearings(frozenset({"olga@home.example"}), NOW, "DE")


def read(data: bytes) -> list[Trace | NoTrace | SetAside]:
    """Return what an address book tells."""
    return list(cards_in(data, "/books/kontakte.vcf", BEARINGS))


def card(*lines: str, coding: str = "utf-8") -> bytes:
    """Return a card with these lines."""
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", "")).encode(coding)


def one(data: bytes) -> Trace:
    """Return the one trace of an address book of one card."""
    (trace,) = read(data)
    assert isinstance(trace, Trace)
    return trace


def test_dialects_of_one_file_are_read_to_the_last_address() -> None:
    """Apple's groups, Google's escapes, Outlook's charsets, and vCard 4 give the same kind of trace."""
    told = [
        (trace.name, [address.value for address in trace.addresses], trace.about)
        for trace in read(CONTENT)
        if isinstance(trace, Trace)
    ]
    assert told == [
        (
            "Kai Falk",
            [
                "kai@falk.example",
                "kai.falk@home.example",
                "https://www.linkedin.com/in/kai-falk-17",
                "+494211234567",
            ],
            "Lektor, Falk Verlag, Bremen, Lektorat",
        ),
        (
            "Dr. Eva Sülzer",
            ["eva@suelzer.example", "https://www.xing.com/profile/eva_suelzer", "+4930901820"],
            "",
        ),
        (
            "Jörg Müller",
            ["joerg.mueller@baeckerei.example", "+49421556677"],
            "Geschäftsführer, Bäckerei Müller",
        ),
        (
            "Zoë Özdemir",
            ["zoe@uni.example", "https://www.linkedin.com/in/zo%c3%ab", "zoe@jabber.example", "+494212181"],
            "Universität am Deich",
        ),
    ]
    assert [other.reason for other in read(CONTENT) if isinstance(other, NoTrace)] == ["group", "own"]


def test_entry_without_a_day_proves_nothing() -> None:
    """An address book is the owner's own note: whoever stands in it shares nothing with the owner by that."""
    trace = one(card("FN:Kai Falk", "EMAIL:kai@falk.example", "REV:20260101T000000Z", "CATEGORIES:Freunde"))
    assert trace.encounters == ()


@pytest.mark.parametrize(
    ("label", "where"),
    [
        ("Karte getauscht", ""),
        ("Karte: re:publica", "re:publica"),
        ("Visitenkarte erhalten (Buchmesse Leipzig)", "Buchmesse Leipzig"),
        ("card received", ""),
        ("Business card: FOSDEM", "FOSDEM"),
        ("_$!<Anniversary>!$_", None),
        ("Kartenspiel", None),
        ("Cardiologist", None),
    ],
)
def test_card_counts_as_swapped_where_the_owner_wrote_down_the_day(label: str, where: str | None) -> None:
    """A date that the owner named after the card is an encounter, with its place; other dates are none."""
    trace = one(
        card("FN:Kai", "EMAIL:kai@falk.example", "item1.X-ABDATE:2026-05-19", f"item1.X-ABLabel:{label}")
    )
    assert [(met.when.date().isoformat(), met.where) for met in trace.encounters] == (
        [] if where is None else [("2026-05-19", where)]
    )
    assert all(met.is_proven for met in trace.encounters)


@pytest.mark.parametrize("day", ["2027-01-01", "--05-19", "2026-13-40", "", "bald"])
def test_swap_without_a_day_that_has_been_is_none(day: str) -> None:
    """A swap of tomorrow, of no year, of no day is none."""
    trace = one(
        card("FN:Kai", "EMAIL:k@falk.example", f"item1.X-ABDATE:{day}", "item1.X-ABLabel:Karte erhalten")
    )
    assert trace.encounters == ()


_INNER = "VERSION:2.1\r\nFN:Vorzimmer\r\nEMAIL:vorzimmer@falk.example\r\nTEL:+49421999"


@pytest.mark.parametrize(
    "agent",
    [
        f"AGENT:\r\nBEGIN:VCARD\r\n{_INNER}\r\nEND:VCARD",
        f"AGENT:\r\n\r\n  BEGIN:VCARD\r\n{_INNER}\r\n  END:VCARD",
        f"AGENT:BEGIN:VCARD\r\n{_INNER}\r\nEND:VCARD",
        f"item1.agent;TYPE=work: begin:vcard\r\n{_INNER}\r\nend:vcard",
        f"X-ASSISTANT:BEGIN:VCARD\r\n{_INNER}\r\nEND:VCARD",
        f"AGENT:\r\nBEGIN:VCARD\r\n{_INNER}\r\nAGENT:BEGIN:VCARD\r\n{_INNER}\r\nEND:VCARD\r\nEND:VCARD",
        "AGENT:BEGIN:VCARD\\nFN:Vorzimmer\\nEMAIL:vorzimmer@falk.example\\nEND:VCARD\\n",
        "AGENT:BEGIN:VCARD\\nFN:Vor\r\n zimmer\\nEMAIL:vorzimmer@falk.example\r\n \\nEND:VCARD\\n",
        "AGENT:BEGIN:VCARD\\nFN:Vorzimmer\\n\r\nEMAIL:vorzimmer@falk.example\\nEND:VCARD\\n",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_card_within_a_card_is_set_aside_and_its_addresses_are_nobody_elses(
    agent: str, is_first: bool
) -> None:
    """However the inner card is written and wherever it stands, the outer person keeps their own alone."""
    own = ("FN:Kai Falk", "EMAIL:kai@falk.example")
    told = read(card(agent, *own) if is_first else card(*own, agent, "TEL:+49421123"))
    (aside,), (trace,) = ([found for found in told if isinstance(found, kind)] for kind in (SetAside, Trace))
    line = 3 if is_first else 5
    assert isinstance(aside, SetAside)
    assert (aside.origin.path, aside.reason, aside.origin.offset in {line, line + 1, line + 2}) == (
        "/books/kontakte.vcf",
        "within",
        True,
    )
    assert isinstance(trace, Trace)
    assert trace.name == "Kai Falk"
    assert [one_.value for one_ in trace.addresses] == [
        "kai@falk.example",
        *([] if is_first else ["+49421123"]),
    ]


def test_card_within_a_card_without_an_end_costs_the_card_and_no_more() -> None:
    """Nobody can tell where the inner one ends: the whole is set aside, and the next card comes."""
    half = f"AGENT:BEGIN:VCARD\r\n{_INNER}"
    told = read(card("FN:Kai Falk", "EMAIL:kai@falk.example", half) + card("FN:Nora", "EMAIL:n@falk.example"))
    assert [one_.reason for one_ in told if isinstance(one_, SetAside)] == ["within", "cut_off"]
    assert [(one_.name, len(one_.addresses)) for one_ in told if isinstance(one_, Trace)] == [("Nora", 1)]


def test_name_is_put_together_where_none_is_written_out() -> None:
    """Parts of the name, then the nickname, then the firm stand in."""
    assert one(card("N:Müller;Jörg;;Dr.;", "EMAIL:j@m.example")).name == "Dr. Jörg Müller"
    assert one(card("FN:", "NICKNAME:Jojo", "EMAIL:j@m.example")).name == "Jojo"
    assert one(card("FN:Falk, Kai", "EMAIL:k@f.example")).name == "Falk, Kai"


def test_what_is_no_person_and_what_is_nothing_are_told_apart() -> None:
    """A firm is no trace; an empty card is set aside with its line."""
    told = read(card("FN:Falk GmbH", "X-ABShowAs:COMPANY", "EMAIL:info@falk.example") + card("NOTE:leer"))
    assert [type(value).__name__ for value in told] == ["NoTrace", "SetAside"]
    aside = told[1]
    assert isinstance(aside, SetAside)
    assert (aside.reason, aside.says) == (
        "nameless",
        "The card in line 7 holds neither a name nor an address.",
    )


def test_card_that_is_cut_off_or_no_card_is_named_with_its_line() -> None:
    """A missing end, words between two cards, and a file of words are each one thing set aside."""
    half = b"BEGIN:VCARD\r\nFN:Halb\r\n"
    told = read(half + card("FN:Ganz", "EMAIL:g@f.example") + b"\r\nPS: Liste\r\n" + half)
    assert [(one_.reason, one_.says) for one_ in told if isinstance(one_, SetAside)] == [
        ("cut_off", "The card in line 1 is cut off: it has no end."),
        ("no_card", "What begins in line 9 is no card."),
        ("cut_off", "The card in line 10 is cut off: it has no end."),
    ]
    assert [one_.name for one_ in told if isinstance(one_, Trace)] == ["Ganz"]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "cp1252"])
def test_book_in_another_coding_is_read(coding: str) -> None:
    """Whole files in the codings that Windows leaves behind."""
    assert one(card("FN:Jörg Müller", "EMAIL:j@m.example", coding=coding)).name == "Jörg Müller"


def test_parameters_that_make_patterns_run_wild_cost_nothing() -> None:
    """Thousands of commas in a head, without an end, are passed over at once."""
    wild = ";TYPE=" + ",".join("ab" * 500) + ";bad name=1"
    trace = one(card("FN:Kai", f"TEL{wild}:+49421", f"EMAIL{wild}", "EMAIL:kai@falk.example"))
    assert [address.value for address in trace.addresses] == ["kai@falk.example"]
