"""The wire to a mail server: what is asked here changes nothing there, and what is answered is bounded.

Nothing but LIST, EXAMINE, SEARCH and FETCH with BODY.PEEK is asked by `Wire`, so no mail is marked as
read, moved or deleted; `channels/mail/line.py` adds what changes something. A server is believed in form
only: no answer may be longer than it can be, and one that cannot be read ends the talk or, where it
concerns some mails only, leaves out these.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from imaplib import IMAP4
from io import BufferedReader
from types import TracebackType
from typing import Any, Self

from imapclient import IMAPClient
from imapclient.exceptions import LoginError
from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS

from anlass.wires.account import Account, Tls
from anlass.wires.pace import Pace
from anlass.wires.trouble import Trouble, Turned, WireError, trouble_of

_SECONDS = 60.0
_LITERAL = 512 * 1024
"""Bytes of one part of one mail; less than half of that is ever asked for."""
_LINE = 16 * 1024 * 1024
"""Bytes of one line: two million numbers of mails."""
_ANSWER = 64 * 1024 * 1024
_BEYOND = 1 << 63
"""What no number of a server's comes to (RFC 7162): the memory keeps none that is larger."""
_OVERHEAD = 1024
"""Bytes that a line takes in memory beside its own."""
_NO_TLS = "The server does not speak TLS here."
_ENDLESS = re.compile(rb"\{\d{10,}\+?\}?\s*$")
"""The announcement of a part with more bytes than a number can sensibly say."""
_GARBLED = (ValueError, RecursionError, LookupError, TypeError, AttributeError, AssertionError)
"""What the reading of an answer raises that keeps to no form."""

Row = tuple[tuple[bytes, ...], str]
"""A folder as the server lists it: its attributes, and its name as the server writes it."""


class _Bounds:
    """Counts the bytes of an answer while they come in, and ends what is longer than an answer can be."""

    taken = 0
    pace: Pace

    def open(self, *where: Any, **more: Any) -> None:
        """Connect; from here on the server has to keep a pace."""
        self.pace = Pace()
        self.pace.begin()
        super().open(*where, **more)  # type: ignore[misc]  # the other parent's

    def read(self, size: int) -> bytes:
        """Return the next bytes of a part, as many as were announced."""
        self._take(size, _LITERAL)
        return b"".join(self._pieces(size))

    def readline(self) -> bytes:
        """Return the next line."""
        line = b"".join(self._pieces(_LINE + 1, is_line=True))
        self._take(len(line) + _OVERHEAD, _LINE)
        if _ENDLESS.search(line[-8_192:]):
            self._take(_ANSWER, 0)
        return line

    def _pieces(self, size: int, *, is_line: bool = False) -> Iterator[bytes]:
        """Yield what comes in as it comes, so many bytes or to the end of the line, and measure its pace."""
        file: BufferedReader = self.file  # type: ignore[attr-defined]  # the other parent's
        while size > 0 and (ahead := file.peek(1)[:size]):
            end = ahead.find(b"\n") + 1 if is_line else 0
            piece = file.read(end or len(ahead))
            self.pace.take(len(piece))
            yield piece
            if end:
                return
            size -= len(piece)

    def _take(self, size: int, limit: int) -> None:
        self.taken += size
        if size > limit or self.taken > _ANSWER:
            host: str = self.host  # type: ignore[attr-defined]  # the other parent's
            says = "The server's answer is too large."
            raise WireError(says, where=host, trouble=Trouble.UNREADABLE, temporary=False)


class _Plain(_Bounds, IMAP4WithTimeout):  # type: ignore[misc]  # it comes without types
    """A connection that is not encrypted, or not yet."""


class _Encrypted(_Bounds, IMAP4_TLS):  # type: ignore[misc]  # it comes without types
    """A connection that is encrypted from its first byte on."""


class _Client(IMAPClient):  # type: ignore[misc]  # it comes without types
    """IMAPClient on a connection that is bounded."""

    def _create_IMAP4(self) -> IMAP4:  # noqa: N802 - the parent's name
        if self.ssl:
            return _Encrypted(self.host, self.port, self.ssl_context, _SECONDS)
        return _Plain(self.host, self.port, _SECONDS)

    garbled = 0
    """Lines of the last list of folders that keep to no form."""

    def _proc_folder_list(self, folder_data: Sequence[Any]) -> list[Any]:
        """Read the lines of a list one by one: one that keeps to no form costs itself and no other."""
        self.garbled, rows = 0, []
        for told in folder_data:
            try:
                rows += [
                    (tuple(map(bytes, flags)), name) for flags, _, name in super()._proc_folder_list([told])
                ]
            except (IMAP4.error, *_GARBLED):
                self.garbled += 1
        return rows

    def is_told(self, sock: Any) -> bool:
        """Tell whether something of the server's was taken in already and waits to be read."""
        sock.settimeout(0)
        try:
            return bool(self._imap.file.peek(1)) or bool(getattr(sock, "pending", int)())
        except OSError:
            return False
        finally:
            sock.settimeout(_SECONDS)

    def begin(self) -> None:
        """Forget the answers before and what they weighed; no mail is written into any log.

        Nobody asked for what is left of them, and the library would keep it as long as the wire is open.
        """
        self._imap.taken = 0
        self._imap.untagged_responses.clear()
        self._imap.pace.begin()
        self._imap.debug = 0


class Wire:
    """An open connection to a mailbox; one folder at a time is looked into.

    `standing` says how the folder stood when it was looked into: with the same UIDVALIDITY and the same
    standing nothing in it has changed. It is empty where the server does not say (CONDSTORE).
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.garbled = 0
        self.standing = ""
        self._client = opened(account)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Whoever does not say goodbye is gone all the same.
        with suppress(OSError, IMAP4.error, *_GARBLED):
            if kind is None:
                self._client.logout()
                return
        with suppress(OSError, IMAP4.error, *_GARBLED):
            self._client.shutdown()

    @property
    def has_labels(self) -> bool:
        """Whether the server is Gmail's, with labels on each mail instead of copies in folders."""
        with self._asking():
            return bool(self._client.has_capability("X-GM-EXT-1"))

    def folders(self) -> tuple[Row, ...]:
        """Return all folders, each once; `garbled` says how many more are named in a way that has no form."""
        with self._asking():
            rows = {_name(name): flags for flags, name in self._client.list_folders()}
        self.garbled = self._client.garbled
        if not rows:
            raise WireError(
                "The server names no folder.", where=self.account.host, trouble=Trouble.UNREADABLE
            )
        return tuple((flags, name) for name, flags in rows.items())

    def examine(self, folder: str) -> int:
        """Look into a folder without changing anything in it; return its UIDVALIDITY."""
        with self._asking():
            told = self._client.select_folder(folder, readonly=True)
            numbers = [told.get(name) for name in (b"EXISTS", b"UIDNEXT", b"HIGHESTMODSEQ")]
            self.standing = " ".join(map(str, numbers)) if all(isinstance(n, int) for n in numbers) else ""
            return number(told[b"UIDVALIDITY"])

    def uids(self) -> list[int]:
        """Return the numbers of all mails in the folder, in their order, each once."""
        with self._asking():
            return sorted({int(uid) for uid in self._client.search("ALL") if 0 < int(uid) < 1 << 32})

    def fetch(self, uids: Sequence[int], items: Sequence[str]) -> Mapping[int, Mapping[bytes, Any]]:
        """Return what the server has of these mails; one that is gone is missing."""
        with self._asking():
            told: Mapping[int, Mapping[bytes, Any]] = self._client.fetch(uids, items)
            return told

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Ask one question."""
        self._client.begin()
        with speaking(self.account.host):
            yield


def opened(account: Account, *, context: ssl.SSLContext | None = None) -> _Client:
    """Connect and log in; raises `WireError` where that cannot be done."""
    trust = context or (None if account.tls is Tls.NONE else ssl.create_default_context())
    with speaking(account.host):
        is_encrypted = account.tls is Tls.AT_ONCE
        client = _Client(account.host, account.port, ssl=is_encrypted, ssl_context=trust, timeout=_SECONDS)
        # Names stay as the server writes them: one that is miswritten must not hide all others.
        client.folder_encode = False
        with ExitStack() as stack:
            stack.callback(client.shutdown)
            if account.tls is Tls.STARTTLS:
                if not client.has_capability("STARTTLS"):
                    raise WireError(_NO_TLS, where=account.host, trouble=Trouble.NO_TLS)
                client.starttls(trust)
            _log_in(client, account)
            stack.pop_all()
    return client


def _log_in(client: _Client, account: Account) -> None:
    """Name the user and the password; the older way of doing so knows no umlauts."""
    try:
        if account.is_token:
            client.oauth2_login(account.user, account.password)
            return
        log_in = client.login if account.password.isascii() else client.plain_login
        log_in(account.user, account.password)
    except LoginError as error:
        if isinstance(error.__context__, IMAP4.abort):
            raise error.__context__ from error
        trouble = _why_not_in(str(error))
        raise WireError(_NOT_IN[trouble], where=account.host, trouble=trouble) from error


_NOT_IN = {
    Trouble.PASSWORD: "The server does not know this user or password.",
    Trouble.APP_PASSWORD: "The server wants an app password for programs.",
    Trouble.BUSY: "The server lets nobody in at the moment.",
}


def _why_not_in(said: str) -> Trouble:
    """Tell by what a server says why it lets nobody in; its words are shown to nobody."""
    words = said.casefold()
    if any(sign in words for sign in ("[unavailable]", "[inuse]", "[limit]")):
        return Trouble.BUSY
    wants = ("application-specific", "app password", "app-specific", "web login required", "[webalert")
    return Trouble.APP_PASSWORD if any(sign in words for sign in wants) else Trouble.PASSWORD


_SYSTEM_SAYS = {
    Trouble.NO_TLS: _NO_TLS,
    Trouble.BROKE_OFF: "The connection to the server broke off.",
}


@contextmanager
def speaking(where: str) -> Iterator[None]:
    """Say what went wrong: `Turned` where the talk can go on, else `WireError`."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        says = f"The server's certificate is not valid: {error.verify_message}."
        raise WireError(says, where=where, trouble=trouble_of(error)) from error
    except IMAP4.abort as error:
        raise WireError(_SYSTEM_SAYS[Trouble.BROKE_OFF], where=where, trouble=Trouble.BROKE_OFF) from error
    except IMAP4.error as error:
        trouble = Trouble.FULL if "[OVERQUOTA]" in str(error).upper() else Trouble.TURNED_DOWN
        raise Turned("The server does not answer this.", where=where, trouble=trouble) from error
    except OSError as error:
        trouble = trouble_of(error)
        says = _SYSTEM_SAYS.get(trouble, "The server cannot be reached.")
        raise WireError(says, where=where, trouble=trouble) from error
    except _GARBLED as error:
        says = "The server's answer cannot be read."
        raise Turned(says, where=where, trouble=Trouble.UNREADABLE) from error


def number(told: object) -> int:
    """Return a number that a server told; raises `ValueError` for none, and for one that counts nothing."""
    one = int(told) if isinstance(told, int | bytes) else -1
    if not 0 <= one < _BEYOND:
        raise ValueError("no number of mails, folders or changes")
    return one


def _name(name: object) -> str:
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)
