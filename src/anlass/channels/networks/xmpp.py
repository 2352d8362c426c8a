"""XMPP: subscription requests, and first messages of strangers, heard and answered on one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from slixmpp.exceptions import IqTimeout, XMPPError
from slixmpp.xmlstream.xmlstream import NotConnectedError

from anlass.channels.mail.sending import Fate, Result, Why
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Contacts, HandOver, Looked
from anlass.channels.networks.lists import on_xmpp
from anlass.channels.networks.loop import Loop
from anlass.channels.networks.xmpp_line import SECONDS, opened
from anlass.people.handles import xmpp_address
from anlass.replies.outgoing import Outgoing
from anlass.wires.trouble import Trouble, WireError


class XmppDoor:
    """An open door on XMPP."""

    def __init__(self, account: NetworkAccount, secret: str) -> None:
        self.account = account
        self._loop = Loop(f"anlass xmpp {account.name}")
        with ExitStack() as half_open:
            half_open.callback(self._loop.close)
            with self._speaking():
                self._line = self._loop.call(opened(account, secret), SECONDS)
            half_open.pop_all()

    def look(self, mark: str) -> Looked:
        """Return what asks; see `Door`."""
        with self._speaking():
            return self._loop.call(self._line.while_there(self._line.look(mark)), 4 * SECONDS)

    def wait(self, seconds: float) -> None:
        """Stay until something comes; see `Door`."""
        if self._line.is_gone:
            raise self._trouble(Trouble.BROKE_OFF)
        self._loop.wait(self._line.news.wait, seconds)

    def wake(self) -> None:
        """End a wait."""
        self._loop.wake()

    def hand(self, letter: Outgoing, hand_over: HandOver) -> Result:
        """Do what a letter says; see `Door`."""
        address = xmpp_address(letter.to)
        if address is None:
            return Result(Fate.NEVER, Why.ADDRESS)
        if self._line.is_gone:
            return Result(Fate.NOT_NOW, Why.BROKE_OFF)
        if not hand_over():
            return Result(Fate.HELD)
        try:
            work = self._line.while_there(self._line.say(letter, address.value))
            said = self._loop.call(work, SECONDS)
        except (TimeoutError, XMPPError, NotConnectedError, OSError) as error:
            return Result(Fate.UNKNOWN, Why.BROKE_OFF, type(error).__name__)
        return Result(Fate.NEVER, Why.RECIPIENT, said) if said else Result(Fate.TAKEN)

    def contacts(self) -> Contacts:
        """Return those on the owner's list; see `Door`."""
        with self._speaking():
            return on_xmpp(self.account.address, self._loop.call(self._line.listed(), SECONDS))

    def close(self) -> None:
        """Leave."""
        try:
            self._loop.call(self._line.leave(), 5)
        except (TimeoutError, XMPPError, NotConnectedError, OSError):
            pass  # whoever does not say good-bye is gone all the same
        finally:
            self._loop.close()

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError as error:
            raise self._trouble(Trouble.SILENT) from error
        except (IqTimeout, NotConnectedError, OSError) as error:
            raise self._trouble(Trouble.BROKE_OFF) from error
        except XMPPError as error:
            raise self._trouble(Trouble.TURNED_DOWN) from error

    def _trouble(self, trouble: Trouble) -> WireError:
        return WireError("The XMPP server cannot be used.", where=self.account.house, trouble=trouble)
