"""Acts: done once for a key, on the version of a case that was seen, by whoever has the scope."""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest

from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine
from anlass.web.api.caller import Caller, Holder, caller_of
from anlass.web.api.lines import line
from anlass.web.api.problems import KINDS, Problem, ProblemLine

P = ParamSpec("P")
Act = Callable[Concatenate[HttpRequest, P], JsonLine]
KEPT = timedelta(days=1)
"""How long an answer can be asked for again under its key."""
_LONGEST_KEY = 255
_GOOD_KEY = re.compile(rf"[!-~]{{1,{_LONGEST_KEY}}}")
_TAG = re.compile(r'"([a-z2-7]{16})"')

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same act under the same key is done once; the answer comes again for a day.",
    "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY, "pattern": "^[!-~]+$"},
}
_SEEN = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the case as it was seen: act only where it is still that.",
    "schema": {"type": "string", "pattern": '^"[a-z2-7]{16}"$'},
}
_LOOKING = ("not-json", "no-token", "no-scope", "not-found", "not-understood", "too-many", "broken", "later")
_ACTING = (*_LOOKING, "refused", "too-large", "elsewhere")


def looking(answer: Any, scope: Scope | None = Scope.READ, *more: str, sends: str = "") -> dict[str, Any]:
    """Return how an operation that only looks is declared: what it answers, and the scope it takes.

    `sends` is the type of a file that comes in place of an answer.
    """
    declared = _declared(answer, scope, (*_LOOKING, *more), ())
    if sends:
        declared["openapi_extra"]["x-sends"] = sends
    return declared


def acting(answer: Any, scope: Scope, *more: str, seen: bool = False) -> dict[str, Any]:
    """Return how an act is declared; with `seen` it can be bound to the version of a case."""
    kinds = (*_ACTING, *more, *(("overtaken",) if seen else ()))
    return _declared(answer, scope, kinds, (_KEY, *((_SEEN,) if seen else ())))


def _declared(
    answer: Any, scope: Scope | None, kinds: tuple[str, ...], headers: tuple[dict[str, Any], ...]
) -> dict[str, Any]:
    statuses = sorted({KINDS[kind].status for kind in kinds})
    model = line(answer) if isinstance(answer, str) else answer
    extra: dict[str, Any] = {"x-scope": scope.value if scope else None}
    if headers:
        extra["parameters"] = [dict(one) for one in headers]
    return {
        "response": {200: model, **dict.fromkeys(statuses, ProblemLine)},
        "auth": Holder(scope),
        "openapi_extra": extra,
    }


def once(act: Act[P]) -> Act[P]:
    """Do an act once for its idempotency key: act and answer are kept together, or neither is."""
    return _once(act, in_one=True)


def once_slowly(act: Act[P]) -> Act[P]:
    """Do the same with an act that asks others and must hold nothing meanwhile.

    Where the house falls while it goes on, its key stays taken: better not at all than twice.
    """
    return _once(act, in_one=False)


def _once(act: Act[P], *, in_one: bool) -> Act[P]:
    @wraps(act)
    def done(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> JsonLine:
        key, caller = request.headers.get("Idempotency-Key"), caller_of(request)
        if key is None:
            return act(request, *args, **kwargs)
        if _GOOD_KEY.fullmatch(key) is None:
            raise Problem("not-understood")
        id_, answers = _digest(caller.token.id, key), caller.book.answers
        with caller.book.together() if in_one else nullcontext():
            before = _claimed(caller, id_, _asked(request))
            if before is not None:
                return before
            answer: JsonLine = {}
            try:
                answer = act(request, *args, **kwargs)
            finally:
                if not answer and not in_one:  # else the transaction takes the claim back
                    answers.drop(id_)
            answers.keep(id_, json.dumps(answer))
        return answer

    return done


def _claimed(caller: Caller, id_: str, asked: str) -> JsonLine | None:
    """Take a key, or return what was answered under it; raises `Problem` where that cannot be had."""
    answers = caller.book.answers
    with caller.book.together():
        answers.forget(before=caller.now - KEPT)
        before = answers.claim(id_, asked, now=caller.now)
    if before is None:
        return None
    if before[0] != asked:
        raise Problem("key-used")
    if not before[1]:
        raise Problem("under-way")
    told: JsonLine = json.loads(before[1])
    return told


def seen(request: HttpRequest) -> str | None:
    """Return the version of a case that a caller saw; raises `Problem` for what is no version."""
    tag = request.headers.get("If-Match")
    if tag is None:
        return None
    found = _TAG.fullmatch(tag)
    if found is None:
        raise Problem("not-understood")
    return found[1]


def _asked(request: HttpRequest) -> str:
    return _digest(request.method or "", request.get_full_path(), request.body.decode("latin-1"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
