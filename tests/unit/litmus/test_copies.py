"""What copies of others tell of a letter: how many, since when; reminders tell nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

from anlass.litmus import FindingKind
from anlass.litmus.copies import SHOWN, Copies, Copy, copies_of, copies_say, with_copies
from tests.unit.policy.builders import reading, request


def day(number: int) -> datetime:
    """Return a day in May."""
    return datetime(2026, 5, number, 9, tzinfo=UTC)


TIM = Copy("c1", "p1", "Tim Kruse", day(3))
SABINE = Copy("c2", "p2", "Sabine Meyer", day(5))
UDO = Copy("c3", "p3", "Udo Lang", day(9))


def test_others_before_are_counted_once_each_and_the_oldest_says_since_when() -> None:
    """Two letters of one sender are one sender; later ones do not count."""
    again = Copy("c4", "p2", "Sabine Meyer", day(6))
    later = Copy("c5", "p5", "Ina Wolf", day(10))
    assert copies_of(UDO, [later, again, SABINE, TIM]) == Copies(2, day(3), ("c1", "c2", "c4"))


def test_a_reminder_is_no_mailing() -> None:
    """The same person, or the same full name through another door, reminds; a first name is no name."""
    by_person = Copy("c6", "p1", "", day(8))
    by_name = Copy("c7", "p9", "Kruse, Tim", day(8))
    assert copies_of(by_person, [TIM]) == Copies()
    assert copies_of(by_name, [TIM]) == Copies()
    assert copies_of(Copy("c8", "p8", "Tim", day(8)), [Copy("c9", "p7", "Tim", day(1))]).senders == 1


def test_the_dates_decide_and_not_the_order_in_which_mail_was_found() -> None:
    """Whatever is found first, every letter knows exactly those dated before it."""
    for found in permutations([TIM, SABINE, UDO]):
        assert [copies_of(one, found).senders for one in (TIM, SABINE, UDO)] == [0, 1, 2]


def test_letters_without_a_date_come_last_and_those_of_one_second_as_they_are_read() -> None:
    """Nothing is left to chance: no date is later than any date, the letter's id breaks a tie."""
    undated = Copy("a", "p4", "Ina Wolf", None)
    assert copies_of(undated, [TIM]) == Copies(1, day(3), ("c1",))
    assert copies_of(TIM, [undated]) == Copies()
    first, second = Copy("z", "p1", "", day(3), "letter-1"), Copy("a", "p2", "", day(3), "letter-2")
    assert (copies_of(first, [second]).senders, copies_of(second, [first]).senders) == (0, 1)


def test_a_thousand_copies_stay_a_short_value() -> None:
    """All are counted, the oldest few are named."""
    many = [Copy(f"c{n:04}", f"q{n}", f"Person Nummer{n}", day(1)) for n in range(1000)]
    found = copies_of(UDO, many)
    assert (found.senders, len(found.cases)) == (1000, SHOWN)


def test_it_is_said_in_both_languages() -> None:
    """How many, and since when where that is known; nothing where there is nothing."""
    assert (
        copies_say(Copies(3, day(3)), "de")
        == "Fast derselbe Text kam schon von 3 anderen Absendern, zuerst am 3. Mai 2026."
    )
    assert (
        copies_say(Copies(1, day(3)), "en")
        == "Nearly the same text came from one other sender before, first on 3 May 2026."
    )
    assert copies_say(Copies(2), "en") == "Nearly the same text came from 2 other senders before."
    assert copies_say(Copies(1), "de") == "Fast derselbe Text kam schon von einem anderen Absender."
    assert copies_say(Copies(), "de") == ""


def test_the_reading_of_a_case_points_at_where_the_copied_text_begins() -> None:
    """A finding `mass` with the letter's own words; verdict and answers stay what the words say."""
    asked = request("Guten Tag,\n\nich helfe Menschen wie Ihnen zu mehr Zeit. Passt Dienstag?")
    before = reading()
    after = with_copies(before, asked, Copies(2, day(3)))
    (finding,) = after.findings
    assert (finding.kind, finding.quote) == (FindingKind.MASS, "ich helfe Menschen wie Ihnen zu mehr Zeit.")
    assert asked.text[finding.start : finding.end] == finding.quote
    assert finding.says == copies_say(Copies(2, day(3)), "de")
    assert (after.verdict, after.probabilities, after.answers) == (
        before.verdict,
        before.probabilities,
        before.answers,
    )
    assert with_copies(before, asked, Copies()) == before
