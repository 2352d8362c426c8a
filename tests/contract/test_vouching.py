"""Vouching in the book: the public list, its consent, vouchers given and received, on both databases."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.voice_of_vouching import vouched_says, voucher_says
from anlass.desk.cards.vouchers import (
    counted,
    forget_key,
    give_voucher,
    in_mail,
    in_request,
    published,
    revoke_voucher,
    take_key,
)
from anlass.desk.cards.vouching import (
    agree,
    asked_behind,
    note_asked,
    public_list,
    take_back,
    vouch,
    vouched,
    vouched_person,
    withdraw,
)
from anlass.desk.outgoing.consent import consent_letter, release_consent
from anlass.desk.outgoing.outbox import Writer, cancel
from anlass.desk.people.persons import say_same
from anlass.desk.people.standing import say_standing, stands
from anlass.errors import NotFound, Refused
from anlass.intake import Channel, ContactRequest, Message, Origin, Requester, SetAside, parse
from anlass.people import Address, AddressKind, Person, Standing, person_at, person_id
from anlass.people.handles import xmpp_address
from anlass.people.voucher import VoucherFault, Weighed
from anlass.people.vouching import ConsentKind
from anlass.store.book import Book
from tests.contract.conftest import NewBook
from tests.unit.cards.samples import TEXT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLGA = Writer("Olga Tueren", "olga@tueren.example")
TRUSTED = frozenset({"mx.tueren.example"})


def somebody(address: str, name: str) -> Person:
    """Return the person of an address."""
    return person_at(Address(AddressKind.MAIL, address), name)


KAI = somebody("kai@falk.example", "Kai Falk")
EVA = somebody("eva@amsel.example", "Eva Amsel")


def later(**time: float) -> datetime:
    """Return a moment after now."""
    return NOW + timedelta(**time)


@pytest.fixture
def known(book: Book) -> Book:
    """Return a book with Olga's cards that knows Kai and Eva."""
    take_in(book, TEXT, FILE, "en", now=NOW)
    for person in (KAI, EVA):
        book.meet(person)
    return book


def letter_from(
    address: str, words: str, *, dmarc: str = "pass", file: str = ""
) -> tuple[ContactRequest, Message]:
    """Return a letter with the word of Olga's provider on its sender, and perhaps a text attached."""
    kind = "multipart/mixed; boundary=b" if file else "text/plain"
    body = f"Hello Olga.\r\n\r\n--\r\n{words}\r\n"
    if file:
        body = (
            f"--b\r\nContent-Type: text/plain\r\n\r\n{body}\r\n--b\r\n"
            "Content-Type: text/plain; name=v.txt\r\nContent-Disposition: attachment; filename=v.txt\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n"
            f"{b64encode(file.encode()).decode()}\r\n--b--\r\n"
        )
    raw = (
        f"Authentication-Results: mx.tueren.example; dmarc={dmarc}"
        f" header.from={address.partition('@')[2]}\r\n"
        f"From: Sam <{address}>\r\nTo: olga@tueren.example\r\nMessage-ID: <1@x.example>\r\n"
        f"Subject: A question\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {kind}\r\n\r\n{body}"
    )
    message = parse(raw.encode(), Origin("a"))
    assert not isinstance(message, SetAside)
    sender = Requester("Sam", Address(AddressKind.MAIL, address))
    return ContactRequest("case1", Channel.MAIL, "Hello Olga.", requester=sender, arrived=NOW), message


def test_nobody_is_named_before_they_agreed(known: Book) -> None:
    """Vouching names nobody, asking names nobody; the yes does, and only while both hold."""
    vouch(known, "Kai Falk", why="Three projects", now=NOW)
    vouch(known, "Eva Amsel", now=NOW)
    note_asked(known, EVA, now=NOW)
    assert public_list(known, at=NOW) == ()
    agree(known, KAI, "  Kai\n Falk, Berlin ", now=later(hours=1))
    assert public_list(known, at=NOW) == ()
    assert public_list(known, at=later(hours=1)) == ("Kai Falk, Berlin",)
    withdraw(known, KAI, now=later(hours=2))
    assert public_list(known, at=later(hours=2)) == ()
    agree(known, KAI, "Kai", now=later(hours=3))
    take_back(known, "Kai Falk", now=later(hours=4))
    assert public_list(known, at=later(hours=4)) == ()
    assert public_list(known, at=later(hours=3)) == ("Kai",)
    vouch(known, "Kai Falk", now=later(hours=5))
    assert public_list(known, at=later(hours=5)) == ("Kai",)


def test_two_words_in_one_second_have_an_order(known: Book) -> None:
    """Whoever says yes and at once no is not named; the owner's words in one second hold in their order."""
    vouch(known, "Kai Falk", now=NOW)
    agree(known, KAI, "Kai", now=NOW)
    withdraw(known, KAI, now=NOW)
    assert public_list(known, at=NOW) == ()
    agree(known, KAI, "Kai", now=NOW)
    for _ in range(3):
        take_back(known, "Kai Falk", now=NOW)
        assert public_list(known, at=NOW) == ()
        vouch(known, "Kai Falk", now=NOW)
        assert public_list(known, at=NOW) == ("Kai",)


def test_a_name_is_one_line_without_odd_characters(known: Book) -> None:
    """What a person types for themselves can turn no page round; an empty name is the one the owner knows."""
    vouch(known, "Kai Falk", now=NOW)
    agree(known, KAI, "K\u202eai\x00\n<b>" + "x" * 300, now=NOW)
    (name,) = public_list(known, at=NOW)
    assert (name[:10], len(name)) == ("Kai<b>xxxx", 100)
    agree(known, KAI, " \u200b ", now=NOW)
    assert public_list(known, at=NOW) == ("Kai Falk",)


def test_taking_back_gives_back_what_was(known: Book) -> None:
    """A contact stays a contact; somebody who was nobody is nobody again; vouchers are void."""
    say_standing(known, "Kai Falk", Standing.CONTACT, now=NOW)
    for person in (KAI, EVA):
        vouch(known, person.name, now=later(hours=1))
        give_voucher(known, person.name, now=later(hours=1))
        take_back(known, person.name, now=later(hours=2))
    assert stands(known, KAI, at=later(hours=2)).standing is Standing.CONTACT
    assert stands(known, EVA, at=later(hours=2)).standing is Standing.STRANGER
    assert {one.revoked_at for one in known.vouching.given()} == {later(hours=2)}
    with pytest.raises(Refused, match="do not vouch for Eva Amsel"):
        take_back(known, "Eva Amsel", now=later(hours=3))


def test_a_link_leads_to_its_person_and_a_card_link_to_nobody(known: Book) -> None:
    """Before the owner asked there is nothing behind it; it says nothing about vouching."""
    link = vouched_person(known, KAI, at=NOW).link.rpartition("/")[2]
    assert asked_behind(known, link) is None
    note_asked(known, KAI, now=NOW)
    assert asked_behind(known, link) == KAI
    swapped = ("b" if link[0] == "a" else "a") + link[1:]
    assert [asked_behind(known, wrong) for wrong in (swapped, link[:-1], "", link.upper())] == [None] * 4
    assert list(vouched(known, at=NOW)) == []


def test_the_list_follows_two_who_are_one(known: Book) -> None:
    """Consent and word are said of addresses; joined they are one person's, and the name stands once."""
    vouch(known, "Kai Falk", now=NOW)
    agree(known, EVA, "Eva", now=NOW)
    say_same(known, "Kai Falk", "Eva Amsel", now=NOW)
    assert public_list(known, at=NOW) == ("Eva",)


def test_asking_leaves_as_a_letter_once(known: Book) -> None:
    """Prepared it asks nothing; released it waits in the outbox, and nobody is asked twice."""
    vouch(known, "Kai Falk", now=NOW)
    letter = consent_letter(known, OLGA, "Kai Falk", lang="de", is_familiar=True, now=NOW)
    assert (letter.to, letter.subject.words) == ("kai@falk.example", "Darf ich dich nennen?")
    assert vouched_person(known, KAI, at=NOW).link in letter.text.words
    assert vouched_person(known, KAI, at=NOW).said is None
    boxed = release_consent(known, OLGA, letter, now=NOW)
    said = vouched_person(known, KAI, at=NOW).said
    assert said is not None
    assert said.kind is ConsentKind.ASKED
    with pytest.raises(Refused, match="nobody is asked twice"):
        release_consent(known, OLGA, letter, now=NOW)
    cancel(known, boxed.id, now=NOW, lang="en")
    assert release_consent(known, OLGA, letter, text="My own words", now=NOW).letter.text == "My own words"


def test_asking_needs_a_way_there_and_back(known: Book, new_book: NewBook) -> None:
    """Whom the owner does not vouch for is not asked; nor without an address from outside."""
    with pytest.raises(Refused, match="do not vouch"):
        consent_letter(known, OLGA, "Kai Falk", lang="en", now=NOW)
    bare = new_book()
    bare.meet(KAI)
    vouch(bare, "Kai Falk", now=NOW)
    with pytest.raises(Refused, match="no address that can be reached"):
        consent_letter(bare, OLGA, "Kai Falk", lang="en", now=NOW)


# --- vouchers ---


@pytest.fixture
def houses(known: Book, new_book: NewBook) -> tuple[Book, Book]:
    """Return Olga's house, which believes Kai's, and Kai's house, which vouches for Sam."""
    theirs = new_book()
    theirs.meet(somebody("sam@wald.example", "Sam Wald"))
    vouch(theirs, "Sam Wald", now=NOW)
    give_voucher(theirs, "Sam Wald", now=NOW)
    vouch(known, "Kai Falk", now=NOW)
    take_key(known, "Kai Falk", json.dumps(published(theirs, at=NOW)), now=NOW)
    return known, theirs


def worth(book: Book, request: ContactRequest, message: Message | None) -> list[VoucherFault | None]:
    """Return what is wrong with each voucher of a request."""
    if message is None:
        return [one.fault for one in in_request(book, request, at=NOW)]
    weighed = in_mail(book, request, message, TRUSTED, at=NOW)
    return [one.fault for one in weighed]


def test_a_voucher_in_a_letter_counts_as_evidence(houses: tuple[Book, Book]) -> None:
    """Under the words, below the signature: it is found, believed, and said in words."""
    olga, kai = houses
    line = kai.vouching.given()[0].text
    weighed = in_mail(olga, *letter_from("sam@wald.example", line), TRUSTED, at=NOW)
    assert [(one.person, one.fault) for one in weighed] == [(KAI.id, None)]
    assert counted(weighed, somebody("sam@wald.example", "Sam")) == 1
    assert counted(weighed, KAI) == 0
    assert voucher_says(weighed[0], "Kai Falk", NOW, "de") == (
        "Kai Falk bürgt für diese Adresse, bis zum 22. Dezember 2026. Du bürgst für Kai Falk."
    )
    olga.vouching.keep_seen("case1", weighed)
    assert olga.vouching.seen("case1") == weighed


def test_a_voucher_of_somebody_else_has_no_effect(houses: tuple[Book, Book]) -> None:
    """Copied by another sender, forged under the sender's name, typed into a form: nothing is proven."""
    olga, kai = houses
    line = kai.vouching.given()[0].text
    typed, _ = letter_from("sam@wald.example", "")
    assert worth(olga, *letter_from("eva@amsel.example", line)) == [VoucherFault.OTHER_ADDRESS]
    assert worth(olga, *letter_from("sam@wald.example", line, dmarc="fail")) == [VoucherFault.UNPROVEN]
    assert worth(olga, *letter_from("sam@wald.example", line, dmarc="none")) == [VoucherFault.UNPROVEN]
    archived = replace(typed, channel=Channel.LINKEDIN, text=f"Hello. {line}")
    assert worth(olga, archived, None) == [VoucherFault.UNPROVEN]
    assert worth(olga, *letter_from("sam@wald.example", "no voucher at all")) == []


def test_a_voucher_counts_where_the_address_is_proven_otherwise(houses: tuple[Book, Book]) -> None:
    """The door confirms every address, a chat network answers for who speaks on it."""
    olga, kai = houses
    line = kai.vouching.given()[0].text
    typed, _ = letter_from("sam@wald.example", "")
    form = replace(typed, channel=Channel.FORM, text=f"Hello. {line}")
    assert worth(olga, form, None) == [None]
    bare = replace(form, text="Hello.")
    assert [one.fault for one in in_request(olga, bare, [f"{line}\n".encode()], at=NOW)] == [None]
    assert in_request(olga, bare, [b" " * 4_096 + line.encode()], at=NOW) == ()
    jid = xmpp_address("sam@chat.example")
    assert jid
    kai.meet(Person(person_id(jid), "Sam Chat", (jid,)))
    vouch(kai, "Sam Chat", now=NOW)
    chatted = give_voucher(kai, "Sam Chat", address="sam@chat.example", now=NOW)
    there = replace(typed, channel=Channel.XMPP, requester=Requester("Sam", jid), text=chatted.text)
    assert worth(olga, there, None) == [None]
    assert worth(olga, replace(form, text=chatted.text), None) == [VoucherFault.OTHER_ADDRESS]


def test_a_voucher_counts_in_a_text_that_is_attached(houses: tuple[Book, Book]) -> None:
    """Whoever attaches the line instead of typing it has attached it; a large file is not opened."""
    olga, kai = houses
    line = kai.vouching.given()[0].text
    for size, found in ((0, [None]), (5_000, [])):
        request, message = letter_from("sam@wald.example", "", file="x" * size + f"\n{line}")
        assert line not in message.text
        assert worth(olga, request, message) == found


def test_a_voucher_ends_with_what_it_rests_on(houses: tuple[Book, Book]) -> None:
    """Taken back there and asked again here; key forgotten; the owner no more vouching for its signer."""
    olga, kai = houses
    letter = letter_from("sam@wald.example", kai.vouching.given()[0].text)
    take_back(olga, "Kai Falk", now=NOW)
    assert worth(olga, *letter) == [VoucherFault.NOT_VOUCHED]
    vouch(olga, "Kai Falk", now=NOW)
    revoke_voucher(kai, kai.vouching.given()[0].id[:6], now=NOW)
    told = published(kai, at=NOW)
    assert told is not None
    assert told["revoked"] == [kai.vouching.given()[0].id]
    taken = take_key(olga, "Kai Falk", json.dumps(told), now=NOW)
    assert worth(olga, *letter) == [VoucherFault.REVOKED]
    forget_key(olga, taken[0].key.id[:6], now=NOW)
    assert worth(olga, *letter) == [VoucherFault.UNKNOWN_KEY]
    after = published(kai, at=later(days=40))
    assert after is not None
    assert after["revoked"] == []


def test_a_voucher_is_given_to_whom_the_owner_vouches_for_alone(known: Book) -> None:
    """Bound to an address they are known by, and for a quarter of a year at most."""
    with pytest.raises(Refused, match="do not vouch"):
        give_voucher(known, "Kai Falk", now=NOW)
    vouch(known, "Kai Falk", now=NOW)
    with pytest.raises(Refused, match="no address of theirs"):
        give_voucher(known, "Kai Falk", address="eva@amsel.example", now=NOW)
    with pytest.raises(Refused, match="92 days at most"):
        give_voucher(known, "Kai Falk", until=later(days=93), now=NOW)
    with pytest.raises(Refused, match="92 days at most"):
        give_voucher(known, "Kai Falk", until=NOW, now=NOW)
    with pytest.raises(NotFound):
        revoke_voucher(known, "ffff", now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"keys": []}',
        '{"keys": [{"ed25519": "00"}]}',
        '{"keys": [{"ed25519": "zz"}]}',
        '{"keys": 7}',
        '{"keys": [{"ed25519": "' + "a" * 64 + '"}], "revoked": ["x"]}',
        "[" * 100_000,
        "<html>",
    ],
)
def test_what_is_no_key_of_a_house_is_refused(known: Book, text: str) -> None:
    """Whatever lies at an address, it is read as a key or refused."""
    with pytest.raises(Refused, match="no key of a house"):
        take_key(known, "Kai Falk", text, now=NOW)


def test_a_key_belongs_to_one_person(houses: tuple[Book, Book]) -> None:
    """Nobody takes over the key of another."""
    olga, kai = houses
    with pytest.raises(Refused, match="somebody else already"):
        take_key(olga, "Eva Amsel", json.dumps(published(kai, at=NOW)), now=NOW)


def test_what_is_published_names_nobody(houses: tuple[Book, Book]) -> None:
    """A key and a list of numbers; before the first voucher there is nothing."""
    olga, kai = houses
    told = json.dumps(published(kai, at=NOW))
    assert published(olga, at=NOW) is None
    assert "sam" not in told.casefold()
    assert set(json.loads(told)) == {"version", "keys", "revoked"}


def test_every_worth_is_said_in_both_languages(houses: tuple[Book, Book]) -> None:
    """No fault without a sentence, none without a name in it where one is known."""
    for lang in ("de", "en"):
        says = {
            voucher_says(Weighed("v", "p", NOW, fault), "Kai", NOW, lang) for fault in (None, *VoucherFault)
        }
        assert len(says) == len(VoucherFault) + 1
        assert sum("Kai" in one for one in says) == len(says) - 2
    olga, _ = houses
    assert (
        vouched_says(vouched_person(olga, KAI, at=NOW), NOW, "en")
        == "Is named nowhere. You have not asked yet."
    )
