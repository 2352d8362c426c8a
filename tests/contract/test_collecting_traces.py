"""Address books and calendars beside mail in the ledger: who is one person, what counts once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.desk.history.collecting import Collected, collect
from anlass.ledger import TieLevel
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, person_id
from anlass.store.book import Book, LedgerLine
from tests.contract.conftest import NewBook
from tests.contract.trace_samples_calendar import END, HEAD, KAI, OLGA, event, guest
from tests.contract.values import case_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ME, FALK, HOME = "olga@home.example", "kai@falk.example", "kai.falk@home.example"
PROFILE = "https://www.linkedin.com/in/kai-falk-17"


def card(name: str, *addresses: str) -> str:
    """Return a card of vCard 3 with these mail addresses, profiles and telephone numbers."""
    lines = [
        f"TEL:{one}" if one[0] == "+" else f"URL:{one}" if "://" in one else f"EMAIL:{one}"
        for one in addresses
    ]
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""))


def calendar(*events: str) -> str:
    """Return a calendar of these events."""
    return HEAD + "".join(events) + END


def mail(sender: str, to: str, id_: str, more: str = "") -> str:
    """Return a mail of some words."""
    return (
        f"From: {sender}\nTo: {to}\nMessage-ID: <{id_}@x.example>\n{more}"
        f"Date: Mon, 02 Mar 2026 10:00:00 +0000\nSubject: Hallo\n\nWorte.\n"
    )


def run(book: Book, folder: Path, now: datetime = NOW) -> Collected:
    """Collect a folder as Olga's."""
    return collect(book, [folder], owner=[ME], now=now)


def people(book: Book, now: datetime = NOW) -> dict[str, LedgerLine]:
    """Return the ledger by name."""
    return {line.person.name: line for line in book.people(at=now)}


def who(book: Book) -> dict[str, set[str]]:
    """Return everybody's addresses by name."""
    return {name: {one.value for one in line.person.addresses} for name, line in people(book).items()}


MEETING = event("1@home", "20260105T100000Z", OLGA, guest(FALK, name="Kai Falk"), "LOCATION:Café")


def test_address_book_joins_addresses_and_makes_no_tie(book: Book, tmp_path: Path) -> None:
    """Two addresses of one card are one person, with the owner's name for them; the entry proves nothing."""
    (tmp_path / "1.eml").write_text(mail("K. F. <kai@falk.example>", ME, "k1"))
    (tmp_path / "2.eml").write_text(mail(ME, HOME, "o1"))
    (tmp_path / "buch.vcf").write_text(
        card("Kai Falk", FALK, HOME, PROFILE) + card("Eva Sülzer", "eva@s.example")
    )
    collected = run(book, tmp_path)
    assert (collected.counts.entries, collected.counts.encounters) == (2, 0)
    assert who(book) == {"Kai Falk": {FALK, HOME, PROFILE}, "Eva Sülzer": {"eva@s.example"}}
    kai, eva = people(book)["Kai Falk"].tie, people(book)["Eva Sülzer"].tie
    assert (kai.mails_in, kai.mails_out, eva.level) == (1, 1, TieLevel.STRANGER)


def test_order_of_reading_does_not_show(new_book: NewBook, tmp_path: Path) -> None:
    """Mail before cards, cards before mail, meetings in between: the same persons with the same ids."""
    files = {
        "1.eml": mail(f"Falk <{FALK}>", ME, "k1"),
        "2.eml": mail(ME, HOME, "o1"),
        "a.vcf": card("Kai Falk", FALK, PROFILE),
        "b.vcf": card("Falk, Kai", PROFILE, HOME, "+494211234567"),
        "c.ics": calendar(MEETING),
    }
    ledgers = []
    for number, order in enumerate(itertools.islice(itertools.permutations(files), 0, 120, 17)):
        book = new_book()
        for name in order:
            folder = tmp_path / f"{number}-{name}"
            folder.mkdir()
            (folder / name).write_text(files[name])
            run(book, folder)
        ledgers.append([(line.person.id, line.person.name, line.tie) for line in book.people(at=NOW)])
        assert set(who(book)) == {"Kai Falk"}
    assert all(ledger == ledgers[0] for ledger in ledgers)


def test_equal_names_are_never_one_person(book: Book, tmp_path: Path) -> None:
    """Two cards of one name and no common address stay two."""
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK) + card("Kai Falk", "kai@other.example"))
    run(book, tmp_path)
    assert len(list(book.people(at=NOW))) == 2


def test_mailbox_and_telephone_that_people_share_join_nobody(book: Book, tmp_path: Path) -> None:
    """A family's mailbox is a third of its own; the telephone of the office stays with one of them."""
    family, office = "familie@falk.example", "+494211234567"
    (tmp_path / "buch.vcf").write_text(
        card("Kai Falk", FALK, family, office) + card("Eva Falk", "eva@falk.example", family, office)
    )
    run(book, tmp_path)
    groups = sorted(sorted(one.value for one in line.person.addresses) for line in book.people(at=NOW))
    without = [[one for one in group if one != office] for group in groups]
    assert without == [["eva@falk.example"], ["familie@falk.example"], ["kai@falk.example"]]
    assert sum(office in group for group in groups) == 1


def test_card_that_is_gone_lets_its_addresses_go(book: Book, tmp_path: Path) -> None:
    """What a changed book says no more is taken back: both are as before, to the last value."""
    (tmp_path / "1.eml").write_text(mail(f"Kai <{FALK}>", ME, "k1"))
    (tmp_path / "2.eml").write_text(mail(ME, HOME, "o1"))
    (tmp_path / "buch.vcf").write_text(card("Eva Sülzer", "eva@s.example"))
    run(book, tmp_path)
    before = list(book.people(at=NOW))
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK, HOME, PROFILE) + card("Hans", "hans@h.example"))
    run(book, tmp_path)
    assert set(who(book)) == {"Kai Falk", "Hans"}
    (tmp_path / "buch.vcf").write_text(card("Eva Sülzer", "eva@s.example"))
    run(book, tmp_path)
    assert [(one.person.id, one.person.addresses, one.tie) for one in book.people(at=NOW)] == [
        (one.person.id, one.person.addresses, one.tie) for one in before
    ]


def test_person_is_found_by_every_id_it_had(book: Book, tmp_path: Path) -> None:
    """Cases know a person by an older id; it leads to the person of today."""
    (tmp_path / "1.eml").write_text(mail(f"Kai <{FALK}>", ME, "k1"))
    (tmp_path / "2.eml").write_text(mail(ME, HOME, "o1"))
    run(book, tmp_path)
    ids = {line.person.id for line in book.people(at=NOW)}
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK, HOME))
    run(book, tmp_path)
    assert len(ids) == 2
    assert {getattr(book.person(id_), "name", None) for id_ in ids} == {"Kai Falk"}


def test_case_stays_with_the_address_it_came_from(book: Book, tmp_path: Path) -> None:
    """While two addresses are one person a case is that person's; parted, it goes with its own address."""
    work, home = (Address(AddressKind.MAIL, one) for one in (FALK, HOME))
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK, HOME))
    (tmp_path / "1.eml").write_text(mail(FALK, ME, "k1"))
    (tmp_path / "2.eml").write_text(mail(HOME, ME, "k2"))
    run(book, tmp_path)
    for address in (work, home):
        case = case_of(f"case-{address}", address=address.value)
        book.keep(replace(case, person=book.person_of(address)), now=NOW)
    assert {book.cases(person=book.person_of(one).id).total for one in (work, home)} == {2}
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", "kai@other.example"))
    run(book, tmp_path)
    told = {
        one.value: [k.case.request.id for k in book.cases(person=person_id(one)).cases]
        for one in (work, home)
    }
    assert told == {FALK: [f"case-{FALK}"], HOME: [f"case-{HOME}"]}


def test_letter_to_two_addresses_of_one_person_is_one(book: Book, tmp_path: Path) -> None:
    """Copies to the office and home are not two letters."""
    (tmp_path / "1.eml").write_text(mail(ME, f"{FALK}, {HOME}", "o1"))
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK, HOME))
    run(book, tmp_path)
    assert people(book)["Kai Falk"].tie.mails_out == 1


def test_meeting_of_two_calendars_is_one(book: Book, tmp_path: Path) -> None:
    """Mine and a copy of it tell one meeting; it stays while one of them tells it."""
    (tmp_path / "a.ics").write_text(calendar(MEETING))
    (tmp_path / "b.ics").write_text(
        calendar(MEETING, event("2@home", "20260106T100000Z", OLGA, guest("e@f.example")))
    )
    run(book, tmp_path)
    kai = people(book)["Kai Falk"].tie
    assert (kai.meetings, kai.places, kai.level) == (1, ("Café",), TieLevel.ACQUAINTED)
    (tmp_path / "a.ics").write_text(calendar())
    run(book, tmp_path)
    assert people(book)["Kai Falk"].tie.meetings == 1
    (tmp_path / "b.ics").write_text(calendar(MEETING.replace("UID", "STATUS:CANCELLED\r\nUID")))
    run(book, tmp_path)
    assert people(book) == {}


def test_meeting_counts_once_it_is_over(book: Book, tmp_path: Path) -> None:
    """A calendar that did not change is read again on the day after."""
    (tmp_path / "a.ics").write_text(calendar(event("1", "20261125T100000Z", OLGA, guest(FALK, name="Kai"))))
    assert run(book, tmp_path).counts.encounters == 0
    later = datetime(2026, 11, 26, tzinfo=UTC)
    assert run(book, tmp_path, later).counts.encounters == 1
    assert run(book, tmp_path, later).counts.unchanged == 1
    assert people(book, later)["Kai"].tie.meetings == 1


def reply(method: str, organizer: str, attendee: str, start: str = "20260105T100000Z") -> str:
    """Return the body of a mail with a calendar part."""
    part = HEAD.replace("PUBLISH", method) + event("1@home", start, organizer, attendee) + END
    return f"MIME-Version: 1.0\nContent-Type: text/calendar; method={method}\n\n" + part.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("folder", "sender", "to", "answer", "met"),
    [
        ("Sent", ME, FALK, guest(ME), 1),
        ("Sent", ME, FALK, guest(ME, "DECLINED"), 0),
        ("INBOX", FALK, ME, guest(ME), 0),
        ("INBOX", ME, FALK, guest(ME), 0),
    ],
)
def test_own_answer_to_an_invitation_tells_a_meeting(
    book: Book, tmp_path: Path, folder: str, sender: str, to: str, answer: str, met: int
) -> None:
    """The owner's yes in sent mail counts; what others write into a calendar part counts for nothing."""
    (tmp_path / folder).mkdir()
    head = f"From: {sender}\nTo: {to}\nMessage-ID: <i@x>\nDate: Fri, 02 Jan 2026 10:00:00 +0000\n"
    (tmp_path / folder / "1.eml").write_text(head + reply("REPLY", KAI, answer))
    run(book, tmp_path)
    assert sum(line.tie.meetings for line in book.people(at=NOW)) == met


def test_own_answer_and_the_calendar_tell_one_meeting(book: Book, tmp_path: Path) -> None:
    """The same appointment by mail and as a file is one, and one to come is none yet."""
    (tmp_path / "Sent").mkdir()
    head = f"From: {ME}\nTo: {FALK}\nMessage-ID: <i@x>\nDate: Fri, 02 Jan 2026 10:00:00 +0000\nSubject: Ja\n"
    (tmp_path / "Sent" / "1.eml").write_text(head + reply("REPLY", KAI, guest(ME)))
    (tmp_path / "a.ics").write_text(calendar(event("1@home", "20260105T100000Z", KAI, guest(ME))))
    run(book, tmp_path)
    assert [line.tie.meetings for line in book.people(at=NOW)] == [1]
    assert [line.tie.meetings for line in book.people(at=datetime(2026, 1, 4, tzinfo=UTC))] == [0]


@pytest.mark.parametrize(("writer", "met"), [(FALK, 0), ("eva@falk.example", 1)])
def test_meeting_that_its_organiser_calls_off_by_mail_is_none(
    book: Book, tmp_path: Path, writer: str, met: int
) -> None:
    """Whoever organised it may call it off, before or after the yes was read; nobody else can."""
    for folder, sender, to, body in (
        ("Sent", ME, FALK, reply("REPLY", KAI, guest(ME))),
        ("Archive", writer, ME, reply("CANCEL", KAI, guest(ME))),
    ):
        (tmp_path / folder).mkdir()
        head = f"From: {sender}\nTo: {to}\nMessage-ID: <{folder}@x>\nDate: Fri, 02 Jan 2026 10:00:00 +0000\n"
        (tmp_path / folder / "1.eml").write_text(head + body)
    run(book, tmp_path)
    assert sum(line.tie.meetings for line in book.people(at=NOW)) == met


def test_broken_entries_are_set_aside_and_kept(book: Book, tmp_path: Path) -> None:
    """What cannot be read is in the book with its place, and counted."""
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK) + "BEGIN:VCARD\r\nFN:Halb\r\n")
    collected = run(book, tmp_path)
    assert (collected.counts.entries, collected.counts.set_aside) == (2, 1)
    assert [one.reason for one in book.all_set_aside()] == ["cut_off"]


def test_second_run_reads_nothing_again(book: Book, tmp_path: Path) -> None:
    """Unchanged files are not opened, and nothing changes."""
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK, HOME))
    (tmp_path / "a.ics").write_text(calendar(MEETING))
    run(book, tmp_path)
    before = list(book.people(at=NOW))
    counts = run(book, tmp_path).counts
    assert (counts.unchanged, counts.entries) == (2, 0)
    assert list(book.people(at=NOW)) == before


def test_run_that_is_cut_off_within_a_file_leaves_nothing_half(book: Book, tmp_path: Path) -> None:
    """A file is told as a whole: what breaks in its midst leaves the book as it was."""
    (tmp_path / "buch.vcf").write_text(card("Kai Falk", FALK))
    run(book, tmp_path)
    before = list(book.people(at=NOW))

    class Cut(Exception):
        """The power went."""

    def broken() -> Iterator[Trace]:
        yield from ()
        raise Cut

    with pytest.raises(Cut):
        book.traces.tell(f"cards:{tmp_path / 'buch.vcf'}", broken(), joins=True)
    assert list(book.people(at=NOW)) == before
