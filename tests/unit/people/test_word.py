"""The owner's word on persons: the last one holds, and it comes before all records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anlass.people import AddressKind
from anlass.people.joining import Named, joined
from anlass.people.word import Word, WordKind, circle, standing

DAY = datetime(2026, 11, 1, tzinfo=UTC)
MAILS = dict.fromkeys("abcdefgh", AddressKind.MAIL)


def word(day: int, kind: WordKind, one: str, other: str = "") -> Word:
    """Return a word said on a day; each letter is an address."""
    return Word(DAY + timedelta(days=day), kind, tuple(one), tuple(other))


def persons(records: list[str], *words: Word) -> list[str]:
    """Return the persons that records and words make of the addresses a-h, those of one address left out."""
    claims = [
        Named((1, number), "", address, AddressKind.MAIL)
        for number, record in enumerate(records)
        for address in record
    ]
    heads = joined(claims, standing(words), MAILS)
    groups = {head: "".join(sorted(one for one in heads if heads[one] == head)) for head in heads.values()}
    assert all(head == group[0] for head, group in groups.items())
    return sorted(group for group in groups.values() if len(group) > 1)


def test_word_joins_what_no_record_does() -> None:
    """Two persons become one, with all their addresses."""
    assert persons(["ab", "cd"], word(1, WordKind.SAME, "ab", "cd")) == ["abcd"]


def test_word_holds_apart_what_records_join() -> None:
    """The wrong address on a card goes; the others of the card stay together."""
    assert persons(["abc"], word(1, WordKind.APART, "b", "ac")) == ["ac"]


def test_new_address_on_a_card_goes_to_whom_the_card_is_of() -> None:
    """What the owner took out of a card draws nothing after it, wherever it stands in the order."""
    for taken, new in (("b", "d"), ("d", "b"), ("a", "d"), ("d", "a")):
        rest = "".join(sorted({*"abcd"} - {taken, new}))
        assert persons(["abcd"], word(1, WordKind.APART, taken, rest)) == ["".join(sorted(rest + new))]


def test_two_that_were_taken_out_together_stay_together() -> None:
    """A couple's card holds two people."""
    assert persons(["abcd"], word(1, WordKind.APART, "bd", "ac")) == ["ac", "bd"]


def test_what_was_joined_by_the_wrong_address_alone_falls_apart() -> None:
    """Nothing remains joined of which only the wrong address said so."""
    assert persons(["ab", "bc"], word(1, WordKind.APART, "b", "ac")) == []


def test_last_word_holds() -> None:
    """Whoever was said to be two and then one is one, and the other way round."""
    apart, same = (WordKind.APART, "a", "b"), (WordKind.SAME, "a", "b")
    assert persons([], word(1, *apart), word(2, *same)) == ["ab"]
    assert persons([], word(1, *same), word(2, *apart)) == []
    assert persons(["ab"], word(1, *same), word(2, *apart)) == []


def test_no_record_joins_two_through_a_third() -> None:
    """An address that two people share goes to one of them; they stay two."""
    assert persons(["ac", "cb"], word(1, WordKind.APART, "a", "b")) == ["ac"]
    assert persons(["abc"], word(1, WordKind.APART, "a", "b")) == ["bc"]


def test_word_joins_even_what_records_of_different_people_share() -> None:
    """The owner knows better whose the family's mailbox is."""
    claims = [
        Named((1, 1), "Kai Falk", "a", AddressKind.MAIL),
        Named((1, 1), "Kai Falk", "f", AddressKind.MAIL),
        Named((1, 2), "Eva Sülzer", "b", AddressKind.MAIL),
        Named((1, 2), "Eva Sülzer", "f", AddressKind.MAIL),
    ]
    assert joined(claims) == {"a": "a", "b": "b", "f": "f"}
    said = standing([word(1, WordKind.SAME, "b", "f")])
    assert joined(claims, said) == {"a": "a", "b": "b", "f": "b"}


def test_telephone_held_apart_follows_somebody_else() -> None:
    """A number that two cards share stays with the first whose it may be."""
    claims = [
        Named((1, 1), "Kai Falk", "a", AddressKind.MAIL),
        Named((1, 1), "Kai Falk", "p", AddressKind.PHONE),
        Named((1, 2), "Eva Sülzer", "b", AddressKind.MAIL),
        Named((1, 2), "Eva Sülzer", "p", AddressKind.PHONE),
    ]
    assert joined(claims)["p"] == "a"
    assert joined(claims, standing([word(1, WordKind.APART, "p", "a")]))["p"] == "b"


def test_word_on_an_address_that_nobody_knows_any_more_does_nothing() -> None:
    """An address whose kind is unknown is left out."""
    assert joined([], standing([word(1, WordKind.SAME, "a", "z")]), {"a": AddressKind.MAIL}) == {"a": "a"}


words = st.builds(
    word,
    st.integers(0, 20),
    st.sampled_from([WordKind.SAME, WordKind.APART]),
    st.sets(st.sampled_from("abcd"), min_size=1).map("".join),
    st.sets(st.sampled_from("efgh"), min_size=1).map("".join),
)


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1).map("".join), max_size=6), st.lists(words))
def test_who_is_held_apart_is_never_one(records: list[str], said: list[Word]) -> None:
    """Whatever records say: of two addresses that the last word holds apart, no person has both."""
    holds = standing(said)
    for group in persons(records, *said):
        assert not any((one, other) in holds.apart for one in group for other in group)


@given(st.permutations(["ab", "bc", "cd", "de", "fgh"]), st.lists(words, max_size=5))
def test_order_of_records_and_words_does_not_show(records: list[str], said: list[Word]) -> None:
    """The same records and words make the same persons."""
    assert persons(records, *said) == persons(sorted(records), *reversed(said))


def test_last_word_on_the_circle_holds_for_each_address() -> None:
    """Who was put in and taken out again is out; words on who is one person say nothing of it."""
    said = [word(1, WordKind.CLOSE, "ab"), word(2, WordKind.DISTANT, "b"), word(3, WordKind.SAME, "a", "b")]
    assert {one: each.kind for one, each in circle(said).items()} == {
        "a": WordKind.CLOSE,
        "b": WordKind.DISTANT,
    }
