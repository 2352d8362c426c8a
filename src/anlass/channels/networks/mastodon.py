"""Mastodon: follow requests, and private mentions of strangers; asked anew now and then.

A follow request has no room for words. Private mentions that the server has set aside for the owner to filter
are looked at too: they stay where they are, and nobody is told.
"""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from threading import Event
from typing import Any, TypeVar
from urllib.parse import urlsplit

import mastodon as library
import requests
from requests.adapters import HTTPAdapter

from anlass.channels.mail.sending import Fate, Result, Why
from anlass.channels.networks.account import NetworkAccount, page_of
from anlass.channels.networks.door import MOST_KNOCKS, Contacts, HandOver, Looked
from anlass.channels.networks.lists import FOLLOWERS, FOLLOWING, PAGES, on_mastodon, too_many
from anlass.channels.networks.mastodon_reading import follow_in, mention_in, number_in, own_words_in
from anlass.channels.networks.parts import in_parts
from anlass.intake.knock import Knock, KnockKind
from anlass.people.handles import server_of
from anlass.replies.outgoing import Deed, Outgoing
from anlass.wires.trouble import Trouble, WireError, trouble_of

T = TypeVar("T")
_SECONDS = 30.0
_LONGEST_ANSWER = 8 * 1024 * 1024
_PAGE = 80
_OWN = 40
"""Own posts that one look takes in; the next goes on behind them."""
_PAGES = 50
_ROOM = 450
"""Code points of one post: the usual 500 without the mention, whose name counts."""
# The library logs addresses that it asks.
logging.getLogger("mastodon").addHandler(logging.NullHandler())
logging.getLogger("mastodon").propagate = False
_GARBLED = (ValueError, TypeError, KeyError, AttributeError, AssertionError)


_MEANS: tuple[tuple[type[Exception], Fate, Why], ...] = (
    (library.MastodonNotFoundError, Fate.NEVER, Why.RECIPIENT),
    (library.MastodonUnauthorizedError, Fate.NOT_NOW, Why.PASSWORD),
    (library.MastodonRatelimitError, Fate.UNKNOWN, Why.SILENT),
    (library.MastodonServerError, Fate.UNKNOWN, Why.BROKE_OFF),
    (library.MastodonAPIError, Fate.NEVER, Why.REFUSED),
)


class MastodonDoor:
    """An open door on Mastodon; `secret` is an access token of the owner's."""

    def __init__(self, account: NetworkAccount, secret: str) -> None:
        self.account = account
        self._page = page_of(account)
        self._host = server_of(account.address) or urlsplit(self._page).hostname or ""
        self._woken = Event()
        session = requests.Session()
        session.mount("https://", _Bounded())
        session.mount("http://", _Bounded())
        # Also what the server would show only after a click: private mentions of strangers.
        session.params = {"include_filtered": "true"}
        self._session = session
        with ExitStack() as half_open:
            half_open.callback(session.close)
            with self._speaking():
                self._api = library.Mastodon(
                    access_token=secret,
                    api_base_url=self._page,
                    ratelimit_method="throw",
                    request_timeout=_SECONDS,
                    version_check_mode="none",
                    mastodon_version="4.3.0",
                    session=session,
                )
                self.me = self._api.account_verify_credentials()
            half_open.pop_all()

    def look(self, mark: str) -> Looked:
        """Return what asks; see `Door`. Everything open is told, so what is missing there is over."""
        with self._speaking():
            since = _since(mark, "since")
            posts, last_post = self._posts(_since(mark, "own"))
            rows = self._all(self._api.follow_requests(limit=_PAGE))
            follows = [follow_in(row, self._host) for row in rows]
            news = self._news(since)
            mentions = [one for row in news if (one := self._mention(row)) is not None]
            last = max([since, *(number_in(row) for row in news)])
            knocks = [one for one in (*follows, *mentions) if isinstance(one, Knock)]
            asides = [one for one in (*follows, *mentions) if not isinstance(one, Knock)]
            still_open = frozenset(one.key for one in knocks if one.kind is KnockKind.FOLLOW)
            is_first = not mark
            return Looked(
                json.dumps({"since": last, "own": last_post}),
                tuple(one for one in knocks if not (is_first and one.kind is KnockKind.MESSAGE)),
                open=still_open if not asides else None,
                set_aside=tuple(asides),
                own=tuple(word for post in posts for word in own_words_in(post, self._host)),
            )

    def wait(self, seconds: float) -> None:
        """Stay for a while; nothing tells of news here."""
        self._woken.wait(seconds)
        self._woken.clear()

    def wake(self) -> None:
        """End a wait."""
        self._woken.set()

    def hand(self, letter: Outgoing, hand_over: HandOver) -> Result:
        """Do what a letter says; see `Door`. Each post bears a key by which the server knows it again."""
        parts = in_parts(letter.text, _ROOM) if letter.text else ()
        is_follow = letter.knock == KnockKind.FOLLOW
        if letter.deed is Deed.DECLINE and not is_follow:
            return Result(Fate.NEVER, Why.REFUSED)
        if not hand_over():
            return Result(Fate.HELD)
        return self._outcome(lambda: self._do(letter, parts, is_follow=is_follow))

    def contacts(self) -> Contacts:
        """Yield whom the owner follows, and who follows them; see `Door`."""
        lists = ((self._api.account_following, FOLLOWING), (self._api.account_followers, FOLLOWERS))
        for ask, says in lists:
            with self._speaking():
                rows, is_whole = self._pages(ask(self.me["id"], limit=_PAGE), PAGES)
            yield from on_mastodon(self.account.address, self._host, rows, says)
            if not is_whole:
                yield too_many(self.account.address, len(rows))

    def close(self) -> None:
        """Leave."""
        self._session.close()

    # --- looking ---

    def _news(self, since: int) -> list[Any]:
        """Return notices of mentions behind a number; at first the newest page, to know where we are."""
        if not since:
            return list(self._api.notifications(types=["mention"], limit=_PAGE) or ())
        rows = list(self._api.notifications(types=["mention"], min_id=str(since), limit=_PAGE) or ())
        seen = list(rows)
        for _ in range(_PAGES):
            if not rows or len(seen) >= MOST_KNOCKS:
                break
            newest = max(number_in(row) for row in rows)
            rows = list(self._api.notifications(types=["mention"], min_id=str(newest), limit=_PAGE) or ())
            seen += rows
        return seen

    def _posts(self, since: int) -> tuple[list[Any], int]:
        """Return the owner's own posts behind a number, and the number of the last; at first that alone."""
        known = {"min_id": str(since)} if since else {}
        rows = list(self._api.account_statuses(self.me, exclude_reblogs=True, limit=_OWN, **known) or ())
        return rows if since else [], max([since or 1, *map(number_in, rows)])

    def _all(self, first: Any) -> list[Any]:
        return self._pages(first, MOST_KNOCKS // _PAGE)[0]

    def _pages(self, first: Any, most: int) -> tuple[list[Any], bool]:
        """Return the rows of a list, page after page, and whether that is all of it."""
        rows, page = list(first or ()), first
        for _ in range(most):
            page = self._api.fetch_next(page) if page else None
            if not page:
                return rows, True
            rows += list(page)
        return rows, False

    def _mention(self, row: Any) -> Any:
        found = mention_in(row, self._host)
        if not isinstance(found, Knock) or found.address.value == self.account.address:
            return None if isinstance(found, Knock) else found
        known = self._api.account_relationships([row["account"]["id"]])
        is_known = bool(known and known[0].get("following"))
        return replace(found, is_known=is_known)

    # --- doing ---

    def _do(self, letter: Outgoing, parts: tuple[str, ...], *, is_follow: bool) -> None:
        if is_follow and letter.deed is Deed.ACCEPT:
            self._api.follow_request_authorize(letter.place)
        if is_follow and letter.deed is Deed.DECLINE:
            self._api.follow_request_reject(letter.place)
        before = letter.place if letter.knock == KnockKind.MESSAGE else None
        for number, part in enumerate(parts):
            said = self._api.status_post(
                f"{self._mentioned(letter.to)} {part}",
                in_reply_to_id=before,
                visibility="direct",
                language=letter.lang or None,
                idempotency_key=f"{letter.message_id}-{number}",
            )
            before = said["id"]

    def _mentioned(self, address: str) -> str:
        """Return how a post names somebody; people of one's own server go without it."""
        return address.rpartition("@")[0] if server_of(address) == self._host else address

    @staticmethod
    def _outcome(work: Callable[[], None]) -> Result:
        """Do something and say what came of it."""
        try:
            work()
        except (library.MastodonError, OSError, *_GARBLED) as error:
            means = ((fate, why) for kind, fate, why in _MEANS if isinstance(error, kind))
            fate, why = next(means, (Fate.UNKNOWN, Why.BROKE_OFF))
            return Result(fate, why, type(error).__name__)
        return Result(Fate.TAKEN)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except (library.MastodonUnauthorizedError, library.MastodonIllegalArgumentError) as error:
            raise self._trouble(Trouble.PASSWORD) from error
        except library.MastodonRatelimitError as error:
            raise self._trouble(Trouble.BUSY) from error
        except library.MastodonNetworkError as error:
            raise self._trouble(_of_network(error)) from error
        except (library.MastodonError, OSError, *_GARBLED) as error:
            raise self._trouble(Trouble.UNREADABLE) from error

    def _trouble(self, trouble: Trouble) -> WireError:
        return WireError("The Mastodon server cannot be used.", where=self._host, trouble=trouble)


def _since(mark: str, name: str) -> int:
    try:
        return int(json.loads(mark)[name])
    except (ValueError, TypeError, KeyError):
        return 0


def _of_network(error: Exception) -> Trouble:
    shown = next((one for one in _causes(error) if isinstance(one, ssl.SSLError)), None)
    if shown is not None:
        return trouble_of(shown)
    told = f"{error!r} {error.__cause__!r} {error.__context__!r}"
    if "imeout" in told:
        return Trouble.SILENT
    return Trouble.REFUSED if "refused" in told else Trouble.UNREACHABLE


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all it came of: libraries hand the first one on in several ways."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


class _Bounded(HTTPAdapter):
    """Reads answers up to a size; one that goes on for ever ends there."""

    def send(self, *told: Any, **more: Any) -> requests.Response:
        """Send a request and read its answer; raises `OSError` where it is too large."""
        more["stream"] = True
        answer = super().send(*told, **more)
        content = bytearray()
        for piece in answer.iter_content(65_536):
            content += piece
            if len(content) > _LONGEST_ANSWER:
                answer.close()
                raise requests.exceptions.ContentDecodingError("The answer is too large.")
        answer._content = bytes(content)  # noqa: SLF001 - how the library itself keeps what it has read
        return answer
