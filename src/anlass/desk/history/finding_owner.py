"""Whose archive is this? Found in the sent mail, or asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anlass.errors import Problem, UserError
from anlass.intake import Message, SetAside, parse_headers
from anlass.intake.mailboxes import patient_mailboxes
from anlass.ledger.letter import was_delivered
from anlass.people import mail_address
from anlass.sources import HEADS, Beside, Everything, FolderUse, Found, Glance, archive, folder_uses
from anlass.store.book import Book

if TYPE_CHECKING:
    from anlass.sources.imap import Mailbox

_HINT = "Say whose mail this is: --owner ADDRESS, several times for several addresses."
_SHARE = 0.05
_SOME = 3
_NEARLY_ALL = 0.9
_KEPT = 100_000
_ENOUGH = 500


def know_owner(book: Book, find: Callable[[], frozenset[str]], given: Sequence[str]) -> frozenset[str]:
    """Return the owner's addresses: given, known, or what `find` finds in what is to be read.

    What was read before they were known is read again. Raises `UserError` where they are not clear.
    """
    known = book.owner_addresses()
    named = given_owner(given)
    addresses = known | named or find()
    if addresses - known:
        book.add_owner_addresses(named - known, is_given=True)
        book.add_owner_addresses(addresses - known - named)
        book.forget_marks()
    return addresses


def given_owner(given: Sequence[str]) -> frozenset[str]:
    """Return the addresses that were named, in normal form; raises `UserError` where one is none."""
    addresses = {text: mail_address(text) for text in given}
    wrong = [text for text, address in addresses.items() if address is None]
    if wrong:
        raise UserError(*(Problem(f"{text!r} is no mail address.") for text in wrong), hint=_HINT)
    return frozenset(address.value for address in addresses.values() if address)


def found_owner(paths: Iterable[Path]) -> frozenset[str]:
    """Return the owner's addresses as the archive shows them.

    Sent folders and labels say it best; then to whom mail was delivered; then who both
    writes and is written to most; then who is addressed in all of it. Where there is no
    mail but an export of a network or a book of addresses, nobody is asked for an address.
    Raises `UserError` where nobody stands out.
    """
    roots = tuple(paths)
    seen = _looked_through(roots, _SentOnly()).own()
    if not seen:
        looked = _looked_through(roots, Everything())
        seen = looked.anybody()
        if looked.beside and not looked.mails:
            return frozenset()
    if not seen:
        raise UserError("It is not clear whose mail this is.", hint=_HINT)
    return seen


def sender_in(mailbox: Mailbox, user: str) -> frozenset[str]:
    """Return the owner's addresses as a mailbox shows them: who sent what lies among sent mail, and its user.

    Raises `UserError` where the user's name is no address and nothing was sent.
    """
    login = mail_address(user)
    seen = _counted(mailbox.mails(_SomeSent())).own() | ({login.value} if login else frozenset())
    if not seen:
        raise UserError("It is not clear whose mail this is.", hint=_HINT)
    return seen


class _SentOnly(Everything):
    """The gate that lets through what lies in a folder for sent mail."""

    def wants(self, glance: Glance) -> bool:
        """Say yes to sent mail."""
        return folder_uses(glance.folder, glance.labels) is FolderUse.SENT


class _SomeSent(_SentOnly):
    """Lets through some sent mail: enough to know who writes it, for each has to be fetched."""

    def __init__(self) -> None:
        self._left = _ENOUGH

    def wants(self, glance: Glance) -> bool:
        """Say yes to sent mail until there is enough."""
        self._left -= (is_wanted := self._left > 0 and super().wants(glance))
        return is_wanted


@dataclass(slots=True)
class _Seen:
    """Who did what how often."""

    sent: Counter[str] = field(default_factory=Counter)
    wrote: Counter[str] = field(default_factory=Counter)
    addressed: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    mails: int = 0
    beside: int = 0
    """Files of other sources."""

    def add(self, message: Message, *, is_sent: bool) -> None:
        """Count one mail."""
        self.mails += 1
        sender = message.sender.address if message.sender else ""
        if is_sent and sender and not was_delivered(message):
            self.sent[sender] += 1
        if sender:
            self.wrote[sender] += 1
        self.addressed.update({box.address for box in (*message.to, *message.cc)})
        for value in message.headers.get("delivered-to", ())[:1]:
            self.delivered.update(box.address for box in patient_mailboxes(value))
        for counter in (self.wrote, self.addressed):
            if len(counter) > _KEPT:
                _thin(counter)

    def own(self) -> frozenset[str]:
        """Return who sent what lies among sent mail."""
        enough = min(_SOME, max(1.0, _SHARE * sum(self.sent.values())))
        return frozenset(address for address, count in self.sent.items() if count >= enough)

    def anybody(self) -> frozenset[str]:
        """Return who the owner must be, by one sign after the other."""
        return self.own() or self._delivered_to() or self._both_ways() or self._always_addressed()

    def _delivered_to(self) -> frozenset[str]:
        known = {a: n for a, n in self.delivered.items() if a in self.addressed or a in self.wrote}
        enough = 0.2 * sum(self.delivered.values())
        return frozenset(address for address, count in known.items() if count >= enough)

    def _both_ways(self) -> frozenset[str]:
        both = Counter({a: min(n, self.addressed[a]) for a, n in self.wrote.items() if self.addressed[a]})
        first, second = [*both.most_common(2), ("", 0), ("", 0)][:2]
        return frozenset({first[0]}) if first[1] > 2 * second[1] else frozenset()

    def _always_addressed(self) -> frozenset[str]:
        always = [a for a, n in self.addressed.items() if self.mails > 1 and n >= _NEARLY_ALL * self.mails]
        return frozenset(always) if len(always) == 1 else frozenset()


def _looked_through(roots: Iterable[Path], gate: Everything) -> _Seen:
    return _counted(found for root in roots for found in archive(root, gate=gate, portion=HEADS))


def _counted(offered: Iterable[Found | Beside | SetAside]) -> _Seen:
    seen = _Seen()
    for found in offered:
        seen.beside += isinstance(found, Beside)
        if not isinstance(found, Found):
            continue
        use = folder_uses(found.folder, found.labels)
        if use not in {FolderUse.DRAFTS, FolderUse.JUNK}:
            seen.add(parse_headers(found.raw, found.origin), is_sent=use is FolderUse.SENT)
    return seen


def _thin(counter: Counter[str]) -> None:
    """Forget those who were seen only once, so that memory stays flat."""
    for address in [address for address, count in counter.items() if count == 1]:
        del counter[address]
