"""What happened is told to programs: what is due goes out, what fails goes again later, what is gone ends.

What is told again keeps its id, as Standard Webhooks want it: whoever heard it already drops it by that. No
id is in two hands at once. Who is slow or not there holds up nobody else, in the house or beside it: after one
failure a webhook is left alone until the next round. Whoever fails for long is given up, and that is said.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlass.desk.surface import JsonLine, case_line, moment
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound
from anlass.store.book import Book
from anlass.store.programs.webhooks import LONGEST_WAIT, Delivery, DeliveryState, Hook
from anlass.wires.target import NoTarget, Target, found
from anlass.wires.webhook import Attempt, Fate, deliver, headers

WAITS = (
    *(timedelta(seconds=one) for one in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000)),
    LONGEST_WAIT,
)
"""How long a delivery waits after each failure; the last wait goes on."""
PATIENCE = timedelta(days=3)
"""After so long without a success a webhook is given up."""
FEWEST = 6
"""So often one delivery failed before that: a machine that slept, or whose clock jumped, gives nobody up."""
KEPT = timedelta(days=30)
_MOST = 100
_ROUND = timedelta(seconds=30)
"""After so long a round begins nothing more: letters wait behind it."""

Deliver = Callable[[Target, bytes, dict[str, str]], Attempt]


@dataclass(frozen=True, slots=True)
class Herald:
    """Who goes out: the name of this worker, the hosts of the house that may hear, the clock, the wire."""

    name: str
    now: Callable[[], datetime]
    local_hosts: Collection[str] = ()
    lang: Lang = "en"
    deliver: Deliver = deliver


@dataclass(frozen=True, slots=True)
class Announced:
    """What became of one delivery."""

    delivery: Delivery
    fate: Fate


def announce(book: Book, herald: Herald) -> Iterator[Announced]:
    """Tell what is due, at most a hundred things; yield each with what became of it."""
    hooks = {one.id: one for one in book.webhooks.all()}
    if not hooks:
        return
    look_after(book, herald)
    began, failed = herald.now(), set[str]()
    for _ in range(_MOST):
        if (now := herald.now()) - began > _ROUND:
            break
        delivery = book.webhooks.claim(herald.name, now=now, but=failed)
        if delivery is None:
            break
        hook = next((one for one in book.webhooks.all() if one.id == delivery.hook), None)
        if hook is None or hook.stopped_at is not None:
            book.webhooks.end(delivery.id, herald.name, DeliveryState.DROPPED)
            continue
        tried = _tried(book, herald, hook, delivery)
        _record(book, herald, hook, delivery, tried)
        if tried[0].fate is not Fate.TAKEN:
            failed.add(hook.id)
        yield Announced(delivery, tried[0].fate)


def look_after(book: Book, herald: Herald) -> None:
    """Take up what a worker had in hand when it died; it goes again under its id."""
    now = herald.now()
    for delivery, claim in book.webhooks.left_behind(now=now):
        book.webhooks.again(delivery.id, claim, due=now, says="")
    book.webhooks.clear(before=now - KEPT)


def payload(book: Book, hook: Hook, delivery: Delivery, lang: Lang) -> JsonLine:
    """Return what a program hears: what happened, when, and to which case or person; words only if wanted."""
    told = delivery.told
    of = "person" if told.kind.startswith(("person.", "grant.", "watch.")) else "case"
    data: JsonLine = {of: told.about} if told.about else {}
    if told.action:
        data["action"] = told.action
    if hook.words and of == "case" and told.about:
        data["details"] = _details(book, told.about, lang)
    return {"type": told.kind, "timestamp": moment(delivery.made_at), "data": data}


def _details(book: Book, case: str, lang: Lang) -> JsonLine | None:
    try:
        return case_line(book.case(case).case, new=False, lang=lang)
    except NotFound:
        return None


def _tried(book: Book, herald: Herald, hook: Hook, delivery: Delivery) -> tuple[Attempt, str]:
    """Hand one delivery over; return how that ended, and what went wrong in a word."""
    try:
        target = found(hook.url, herald.local_hosts)
    except NoTarget as wrong:
        return Attempt(Fate.REFUSED), wrong.kind
    except OSError:
        return Attempt(Fate.REFUSED), "no_name"
    body = json.dumps(payload(book, hook, delivery, herald.lang)).encode()
    now = herald.now()
    if not book.webhooks.hand_over(delivery.id, herald.name, now=now):
        return Attempt(Fate.UNKNOWN), "lost"
    attempt = herald.deliver(target, body, headers(hook.secret, delivery.id, int(now.timestamp()), body))
    return attempt, "" if attempt.fate is Fate.TAKEN else str(attempt.status or attempt.fate.value)


def _record(book: Book, herald: Herald, hook: Hook, delivery: Delivery, tried: tuple[Attempt, str]) -> None:
    """Write down what became of a delivery, and how it goes with its webhook."""
    now, (attempt, says) = herald.now(), tried
    with book.together():
        if attempt.fate is Fate.TAKEN:
            if book.webhooks.end(delivery.id, herald.name, DeliveryState.DELIVERED):
                book.webhooks.goes_well(hook.id)
            return
        due = now + WAITS[min(delivery.tries, len(WAITS) - 1)]
        if not book.webhooks.again(delivery.id, herald.name, due=due, says=says):
            return  # it is in another hand by now, which says how it goes
        book.webhooks.fails(hook.id, says, now=now)
        since = hook.failing_since or now
        is_long = now - since >= PATIENCE and delivery.tries + 1 >= FEWEST
        is_over = attempt.fate is Fate.GONE or is_long
        if is_over and book.webhooks.stop(hook.id, now=now):
            book.note("stop_webhook", about=hook.id, content={"url": hook.url, "says": says}, now=now)
