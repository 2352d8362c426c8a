"""Folders of a mailbox that have another name now: followed, so that nothing in them is fetched again.

A server that keeps UIDVALIDITY and numbers when a folder is renamed lets its mails be known again. Both can
agree by chance, so some of the mails are looked at: only where each is the letter that lay there before, the
marks go over to the new name. Else the folder is a new one, and its mails are met again as what they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anlass.desk.history.letters import letter_in
from anlass.ledger.letter import Letter
from anlass.sources import FolderUse, Found, folder_uses
from anlass.sources.imap import Mailbox
from anlass.store.book import Book

_VALIDITY = ";UIDVALIDITY="
_UID = ";UID="
_LOOKED_AT = 5


def follow_renamed(book: Book, mailbox: Mailbox, root: str, owner: frozenset[str]) -> None:
    """Give the marks of folders that were renamed their new names; `root` is the place of the mailbox."""
    known = book.folders_below(root)
    places = mailbox.places()
    gone = [directory for directory in known if _place(directory) not in places]
    fresh = sorted(places - {_place(directory) for directory in known}) if gone else ()
    for place in fresh:
        directory, uids = mailbox.looked_into(place)
        for old in [one for one in gone if directory and _validity(one) == _validity(directory)]:
            if _is_the_same(book.filed_in(old), uids, mailbox, directory, owner):
                book.rename_folder(old, directory)
                gone.remove(old)
                break


def _is_the_same(
    filed: Mapping[str, str | None],
    uids: Sequence[int],
    mailbox: Mailbox,
    directory: str,
    owner: frozenset[str],
) -> bool:
    """Tell whether a folder holds the mails that were read in another one, by some of them."""
    before = {int(name.removeprefix(_UID)): letter for name, letter in filed.items() if _is_uid(name)}
    letters = sorted(uid for uid in before.keys() & set(uids) if before[uid])
    step = max(1, -(-len(letters) // _LOOKED_AT))
    some = letters[::step]
    met = {
        one.origin.path.rpartition(_UID)[2]: _letter(one, owner)
        for one in mailbox.some_of(directory, some)
        if isinstance(one, Found)
    }
    return bool(some) and all(met.get(str(uid)) == before[uid] for uid in some)


def _letter(found: Found, owner: frozenset[str]) -> str:
    """Return the id of the letter that a mail is, "" where it is none."""
    is_sent = folder_uses(found.folder, found.labels) is FolderUse.SENT
    letter = letter_in(found, owner, is_sent=is_sent)
    return letter.id if isinstance(letter, Letter) else ""


def _is_uid(name: str) -> bool:
    return name.startswith(_UID) and name.removeprefix(_UID).isdigit()


def _place(directory: str) -> str:
    return directory.partition(_VALIDITY)[0]


def _validity(directory: str) -> str:
    return directory.partition(_VALIDITY)[2]
