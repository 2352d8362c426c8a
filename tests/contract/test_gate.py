"""The gate's tables on both databases: keyholders, keys, visits, codes, passkeys, invitations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from anlass.desk.house.entering import ask_code, begin, digest, enter_with_code, inside, leave, move
from anlass.desk.house.keys import accept, change_role, dismiss, invite, keys, take_back
from anlass.store.book import Book
from anlass.store.gate.keys import Passkey, Role
from tests.characters import NOW
from tests.contract.conftest import NewBook


def test_somebody_is_asked_in_comes_by_code_and_goes(new_book: NewBook) -> None:
    """From the invitation to the end of the visit, in two houses; who has no key comes nowhere."""
    mine, other = new_book(), new_book()
    gate, address = mine.gate, f"kai@{mine.owner}.example"
    for book, role in ((mine, Role.OWNER), (other, Role.ASSISTANT)):
        asked = invite(book, address, role, now=NOW)
        assert gate.invitations(book.owner) == (asked.invitation,)
        assert accept(book, asked.invitation, now=NOW)
        assert accept(book, asked.invitation, now=NOW) is None
    code = ask_code(gate, address.upper(), now=NOW)
    assert code.to == address
    assert enter_with_code(gate, code.attempt, "AAAAAAAA", now=NOW) is None
    kai = enter_with_code(gate, code.attempt, code.code, now=NOW)
    assert kai is not None
    assert kai.keys == {mine.owner: Role.OWNER, other.owner: Role.ASSISTANT}
    assert enter_with_code(gate, code.attempt, code.code, now=NOW) is None
    secret = begin(gate, kai, "code", "Firefox, Linux", now=NOW)
    here = inside(gate, secret, now=NOW)
    assert here is not None
    assert (here.owner, here.role) == ("", None)
    moved = move(gate, here, other.owner, now=NOW)
    assert moved is not None
    assert inside(gate, secret, now=NOW) is None
    there = inside(gate, moved, now=NOW + timedelta(hours=1))
    assert there is not None
    assert (there.owner, there.role, there.is_fresh(NOW + timedelta(hours=2))) == (
        other.owner,
        Role.ASSISTANT,
        False,
    )
    leave(gate, moved)
    assert gate.visits(kai.id) == ()


def test_keys_are_changed_and_taken(book: Book) -> None:
    """A second owner may become an assistant and go; every change ends the visits of who it is about."""
    gate = book.gate
    for name in ("olga", "kai"):
        asked = invite(book, f"{name}@{book.owner}.example", Role.OWNER, now=NOW)
        accept(book, asked.invitation, now=NOW)
    kai = next(one.keyholder for one in keys(book) if one.keyholder.address.startswith("kai"))
    begin(gate, kai, "code", "", now=NOW)
    change_role(book, kai.id, Role.ASSISTANT, now=NOW)
    assert (gate.role_of(book.owner, kai.id), gate.visits(kai.id)) == (Role.ASSISTANT, ())
    dismiss(book, kai.id, now=NOW)
    assert gate.role_of(book.owner, kai.id) is None
    asked = invite(book, "a@b.example", Role.ASSISTANT, now=NOW)
    take_back(book, asked.invitation.id, now=NOW)
    assert gate.invitation(asked.invitation.id) is None


def test_passkeys_and_codes_are_kept_until_they_are_not(book: Book) -> None:
    """A passkey is counted and forgotten by its own keyholder alone; a code that is over is none."""
    gate, holder = book.gate, f"holder {book.owner}"[:24]
    key = Passkey(digest(book.owner), holder, "credential", "public", 0, "Firefox", NOW)
    gate.add_passkey(key)
    gate.used_passkey(key.id, 3, now=NOW)
    assert gate.passkey(key.id) == replace(key, counter=3, used_at=gate.passkeys(holder)[0].used_at)
    assert not gate.forget_passkey("somebody else", key.id)
    assert gate.forget_passkey(holder, key.id)
    assert gate.passkeys(holder) == ()
    code = ask_code(gate, "nobody@nowhere.example", now=NOW)
    assert code.to == ""
    assert enter_with_code(gate, code.attempt, code.code, now=NOW) is None
    old = ask_code(gate, "nobody@nowhere.example", now=NOW)
    assert gate.try_code(digest(old.attempt), tries=5, now=NOW + timedelta(minutes=11)) is None
