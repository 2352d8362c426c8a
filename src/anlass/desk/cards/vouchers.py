"""Vouchers on the desk: given to those the owner vouches for, and weighed where a request brings one.

A voucher that came along is evidence beside the letter. It counts only where its signer is somebody the owner
vouches for, whose key the owner took in, and the sender is proven to be whom it was given to. It decides
nothing by itself: the house rules do, by the fact `person.vouchers`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from anlass.desk.cards.voice_of_vouching import voucher_says
from anlass.desk.cards.vouching import mail_of
from anlass.desk.people.blocked import refuse_blocked
from anlass.desk.people.persons import person_called
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.intake import Channel, ContactRequest, Message
from anlass.intake.authenticity import is_vouched_for
from anlass.intake.body import SMALL
from anlass.intake.knock import NETWORKS
from anlass.people import Address, Person, mail_address, word_id, word_ids
from anlass.people.handles import FORMS
from anlass.people.ids import called
from anlass.people.voucher import (
    LONG,
    LONGEST,
    MOST,
    IssuerKey,
    Weighed,
    key_id,
    public_key,
    sign,
    vouchers_in,
    weigh,
)
from anlass.people.vouching import is_vouched
from anlass.store.book import Book
from anlass.store.cards.vouching import GivenVoucher, TakenKey

WELL_KNOWN = "/.well-known/anlass-vouchers.json"
"""Where a house publishes its key and the vouchers it took back."""
LARGEST = 256 * 1024
"""Bytes of what another house publishes."""
_ID_BYTES, _KEY_BYTES = 10, 32
_PROVES = NETWORKS | {Channel.FORM}
"""Channels on which nobody speaks under another's address."""
_MOST_REVOKED = 10_000


def give_voucher(
    book: Book, who: str, *, address: str = "", until: datetime | None = None, now: datetime
) -> GivenVoucher:
    """Sign a voucher for somebody the owner vouches for, bound to one of their addresses.

    Raises `NotFound`, and `Refused` where the owner does not vouch for them or the time is wrong.
    """
    person = person_called(book, who)
    refuse_blocked(book, person)
    if not is_vouched(book.standings.words(person.id), at=now):
        raise Refused(
            f"You do not vouch for {person.name}.", hint="`anlass vouch add PERSON` says that you do."
        )
    bound = _own_address(person, address or mail_of(person))
    if bound is None:
        raise Refused(
            "That is no address of theirs at which somebody can ask.",
            hint="A voucher is bound to a mail address or a name on a chat network that you know of them.",
        )
    end = until or now + LONG
    if not timedelta(0) < end - now <= LONGEST:
        raise Refused(f"A voucher holds for {LONGEST.days} days at most, and not for the past.")
    signed = sign(_seed(book), secrets.token_bytes(_ID_BYTES), bound, since=now, until=end)
    given = GivenVoucher(signed.id, person.id, bound.value, signed.text, signed.since, signed.until)
    with book.together():
        book.vouching.give(given)
        book.note("voucher", about=person.id, content=_told(given), now=now)
    return given


def revoke_voucher(book: Book, id_or_prefix: str, *, now: datetime) -> GivenVoucher:
    """Take a voucher back: what is published says so until it would have ended. Raises `NotFound`."""
    found = called(id_or_prefix, book.vouching.given())
    if len(found) != 1:
        raise NotFound(f"There is no voucher {id_or_prefix!r}.", hint="`anlass vouch list` lists them.")
    if found[0].revoked_at is not None:
        return found[0]
    over = replace(found[0], revoked_at=now)
    with book.together():
        book.vouching.give(over)
        book.note("revoke voucher", about=over.person, content=_told(over), now=now)
    return over


def published(book: Book, *, at: datetime) -> dict[str, object] | None:
    """Return what everybody may know: the public key, and ids of vouchers taken back before their end.

    Those of whoever is blocked count as taken back while that lasts. `None` while no voucher was ever given
    here. It names nobody.
    """
    if not book.vouching.has_seed():
        return None
    public = public_key(_seed(book))
    blocked = book.blocks.addresses()
    over = (one for one in book.vouching.given() if one.revoked_at or _named(book, one.person) & blocked)
    revoked = sorted(one.id for one in over if one.until > at)
    return {"version": 1, "keys": [{"id": key_id(public), "ed25519": public.hex()}], "revoked": revoked}


# --- keys of other houses ---


def take_key(book: Book, who: str, text: str, *, where: str = "", now: datetime) -> tuple[TakenKey, ...]:
    """Take in the keys that a person's house publishes; `text` is its JSON. Raises `NotFound`, `Refused`.

    From then on vouchers of that house count, as long as the owner vouches for the person.
    """
    person = person_called(book, who)
    publics, revoked = _read(text)
    taken = tuple(TakenKey(one, word_id(person), where, now, revoked) for one in publics)
    with book.together():
        for one in taken:
            held = next((old for old in book.vouching.taken_keys() if old.public == one.public), None)
            if held is not None and held.person not in word_ids(person):
                raise Refused(
                    "This key belongs to somebody else already.", hint="`anlass vouch keys` lists them."
                )
            book.vouching.take_key(one)
            book.note("take key", about=person.id, content={"key": one.key.id, "where": where}, now=now)
    return taken


def forget_key(book: Book, id_or_prefix: str, *, now: datetime) -> TakenKey:
    """Forget a key: from now on vouchers of that house have no effect. Raises `NotFound`."""
    found = called(id_or_prefix, book.vouching.taken_keys(), id_of=lambda one: one.key.id)
    if len(found) != 1:
        raise NotFound(f"There is no key {id_or_prefix!r}.", hint="`anlass vouch keys` lists them.")
    with book.together():
        book.vouching.forget_key(found[0].key.id)
        book.note("forget key", about=found[0].person, content={"key": found[0].key.id}, now=now)
    return found[0]


# --- vouchers that came along ---


def in_mail(
    book: Book, request: ContactRequest, message: Message, trusted: Iterable[str], *, at: datetime
) -> tuple[Weighed, ...]:
    """Say what the vouchers in a mail, or in a small text attached to it, are worth when it comes.

    Only the owner's own provider proves its sender, and never a relayed or forged one.
    """
    words = "\n".join((message.text, *(one.words for one in message.attachments)))
    return _weighed(book, request, words, lambda: is_vouched_for(message, frozenset(trusted)), at)


def in_request(
    book: Book, request: ContactRequest, files: Iterable[bytes] = (), *, at: datetime
) -> tuple[Weighed, ...]:
    """Say what the vouchers in a request that is no mail are worth, or in small files that came along.

    At the door an address is confirmed before anything becomes a request, and a chat network answers for who
    speaks on it. What an archive tells proves nobody.
    """
    words = "\n".join((request.text, *(one[:SMALL].decode("ascii", "replace") for one in files)))
    return _weighed(book, request, words, lambda: request.channel in _PROVES, at)


def _weighed(
    book: Book, request: ContactRequest, words: str, is_proven: Callable[[], bool], at: datetime
) -> tuple[Weighed, ...]:
    found = vouchers_in(words)[:MOST]
    if not found:
        return ()
    keys = {one.key.id: _today(book, one) for one in book.vouching.taken_keys()}
    vouched = {key.person for key in keys.values() if is_vouched(book.standings.words(key.person), at=at)}
    vouched -= book.blocks.addresses()
    proof, address, when = is_proven(), request.requester.address, request.arrived or at
    return tuple(weigh(one, keys, vouched, address, is_proven=proof, at=when) for one in found)


def counted(weighed: Iterable[Weighed], person: Person) -> int:
    """Return how many people the owner vouches for vouch here; nobody vouches for themselves."""
    valid = {one.person for one in weighed if one.fault is None}
    return len(valid - {person.id})


def vouchers_say(book: Book, case: str, *, now: datetime, lang: Lang) -> tuple[str, ...]:
    """Say of each voucher that came with a case what it was worth then; `case` is its id, whole."""
    return tuple(
        voucher_says(one, person.name if (person := book.person(one.person)) else "?", now, lang)
        for one in book.vouching.seen(case)
    )


def _today(book: Book, taken: TakenKey) -> IssuerKey:
    """Return a key with the id of whoever its owner is one person with today."""
    person = book.person(taken.person)
    return replace(taken.key, person=person.id if person else taken.person)


def _read(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return keys and revoked ids of what a house publishes; raises `Refused` for anything else."""
    try:
        told = json.loads(text[:LARGEST])
        keys = tuple(bytes.fromhex(str(one["ed25519"])) for one in told["keys"][:MOST])
        revoked = tuple(bytes.fromhex(str(one)) for one in told.get("revoked", [])[:_MOST_REVOKED])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise Refused("That is no key of a house.", hint=_PUBLISHED) from wrong
    if {len(one) for one in keys} != {_KEY_BYTES} or {len(one) for one in revoked} - {_ID_BYTES}:
        raise Refused("That is no key of a house.", hint=_PUBLISHED)
    return tuple(one.hex() for one in keys), tuple(one.hex() for one in revoked)


_PUBLISHED = f"A house publishes it at its address, under {WELL_KNOWN}."


def _named(book: Book, id_: str) -> frozenset[str]:
    """Return all ids by which somebody may be blocked."""
    person = book.person(id_)
    return frozenset({id_}) | (word_ids(person) if person else frozenset())


def _own_address(person: Person, written: str) -> Address | None:
    """Return the address of a person as it was written: of mail, or of a chat network."""
    return next(
        (one for read in (mail_address, *FORMS) if (one := read(written)) and one in person.addresses), None
    )


def _seed(book: Book) -> bytes:
    return book.vouching.seed(secrets.token_bytes(32))


def _told(voucher: GivenVoucher) -> dict[str, object]:
    return {"voucher": voucher.id, "address": voucher.address, "until": voucher.until.isoformat()}
