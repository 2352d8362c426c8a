"""Who calls: the owner's program with a token. Here alone the owner is found by a secret."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import activate
from ninja.security.http import HttpAuthBase

from anlass.desk.programs.tokens import Scope, token_behind
from anlass.store.programs.tokens import Token, TokenKind
from anlass.web.api.problems import Problem
from anlass.web.frame.house import House, house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.public import caller_of as where_from

if TYPE_CHECKING:
    from datetime import datetime

    from anlass.bootstrap import Home
    from anlass.desk.voice.common import Lang
    from anlass.doorman import Doorman
    from anlass.store.book import Book

_RETRY = {"Retry-After": "60"}


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that was let in: the house of its owner, and the token it came with."""

    house: House
    book: "Book"
    token: Token

    @property
    def now(self) -> "datetime":
        """The time in this house."""
        return self.house.now()

    @property
    def lang(self) -> "Lang":
        """The language in which it is spoken to."""
        return lang_of()

    @property
    def home(self) -> "Home":
        """The home with the house rules; raises `Problem` where the house has none to change."""
        if self.house.home is None:
            raise Problem("not-found")
        return self.house.home

    @property
    def doorman(self) -> "Doorman":
        """The doorman with the house rules that hold now."""
        if self.house.classroom is None:
            raise Problem("not-found")
        return self.house.classroom.wits()


def caller_by(request: HttpRequest, kind: TokenKind, secret: str) -> Caller | None:
    """Return who comes with a secret; `None` for one that opens nothing in this house.

    The one place where the owner is found by a secret. What is tried and opens nothing is counted.
    """
    house = house_of(request)
    book = house.classroom.book if house.classroom else None
    token = token_behind(book, kind, secret, now=house.now()) if book else None
    if book is None or token is None:
        if not house.limiter.admits(f"{kind} {where_from(request)}"):
            raise Problem("too-many", headers=_RETRY)
        return None
    if not house.programs.admits(token.id):
        raise Problem("too-many", headers=_RETRY)
    return Caller(house, book, token)


def caller_of(request: HttpRequest) -> Caller:
    """Return who was let in by `Holder`."""
    return cast("Caller", request.auth)  # type: ignore[attr-defined]


class Holder(HttpAuthBase):
    """Lets in who holds a token with a scope; with `None`, any token."""

    openapi_scheme = "bearer"

    def __init__(self, scope: Scope | None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        """Return the caller; raises `Problem` for no token, one that does not hold, or one without scope."""
        _speak(request)
        how, _, secret = request.headers.get("Authorization", "").partition(" ")
        caller = caller_by(request, TokenKind.API, secret.strip()) if how.lower() == "bearer" else None
        if caller is None:
            raise Problem("no-token")
        if self.scope is not None and self.scope.value not in caller.token.may:
            raise Problem("no-scope")
        return caller


def _speak(request: HttpRequest) -> None:
    """Speak the owner's language with a program that names none."""
    home = house_of(request).home
    if home is not None and "Accept-Language" not in request.headers:
        activate(home.lang)
