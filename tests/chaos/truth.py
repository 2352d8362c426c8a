"""What must be so when all faults are over: the world outside is asked, and compared with the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from anlass.bootstrap import Home
from anlass.channels.mail.account import Server
from anlass.channels.mail.secrets import Secrets
from anlass.config import Settings, load_settings
from anlass.desk.accounts.mail import account_named, keep
from anlass.desk.wishes.keys import key_ring
from anlass.desk.wishes.taking_part import results, roster_of, visit
from anlass.jobs.lock import only_worker
from anlass.jobs.work import Work
from anlass.outreach.wish_client import Participant, revealed_to
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from anlass.store.outgoing.outbox import OutboxState
from anlass.store.programs.webhooks import NEW_CASE, event_of
from anlass.wires.webhook import signed
from tests.chaos.flow import WISHES, Truth
from tests.chaos.house import GUESTS, House, guest
from tests.listening import Heard
from tests.servers import HOST
from tests.unit.outreach.wishing import secret

TOLD = 2
"""How often somebody hears of a round: when the list is closed, and when the results are there."""
ON_ITS_WAY = {OutboxState.WAITING, OutboxState.SENDING}


_TO_BE_TOLD = (
    "SELECT id FROM store_delivery WHERE owner_id = %(owner)s AND state IN ('waiting', 'sending') LIMIT 1"
)


def is_quiet(book: Book, truth: Truth) -> bool:
    """Tell whether nothing is left to be done."""
    boxed = book.outbox.all()
    doors = _rows(book, "SELECT state, mail FROM store_doorrequest WHERE owner_id = %(owner)s")
    return (
        _known(book).keys() >= truth.delivered.keys()
        and not any(one.state in ON_ITS_WAY for one in boxed)
        and all(one.is_kept for one in boxed if one.state is OutboxState.SENT)
        and not any(state == "confirmed" or mail in {"waiting", "sending"} for state, mail in doors)
        and not _rows(book, _TO_BE_TOLD)
    )


def wrong(house: House, truth: Truth) -> list[str]:
    """Return everything that is not as it must be; nothing is as it must be."""
    with closing(house.book()) as book:
        return [
            *truth.odd,
            *_letters_in(book, truth),
            *_letters_out(house, book, truth),
            *_journal(book, truth),
            *_heard(house, book),
            *_decisions(book, truth),
            *_drafts(house, book),
            *_door(house, book, truth),
            *_wishes(house, book, truth),
            *_ledger(house, book),
            *_locks(house, book),
        ]


def _rows(book: Book, sql: str) -> list[tuple[object, ...]]:
    return book._tables.rows(sql)


def _known(book: Book) -> dict[str, str]:
    """Return by the Message-IDs of letters in the ledger the rule why each is no request."""
    rows = _rows(book, "SELECT message_id, rule FROM store_letter WHERE owner_id = %(owner)s")
    return {str(id_): str(rule or "") for id_, rule in rows}


def _letters_in(book: Book, truth: Truth) -> Iterator[str]:
    """Every letter that was delivered became one case, or has its rule."""
    cases = Counter(str(one.case.request.message_id) for one in book.cases(limit=1000).cases)
    known = _known(book)
    for id_, is_request in truth.delivered.items():
        if is_request and cases[id_] != 1:
            yield f"letter {id_} became {cases[id_]} cases"
        if not is_request and (cases[id_] or not known.get(id_)):
            yield f"letter {id_} is no request: {cases[id_]} cases, rule {known.get(id_)!r}"
    for id_ in cases.keys() - truth.delivered.keys() - {"None"}:
        yield f"a case of a letter that nobody sent: {id_}"


def _letters_out(house: House, book: Book, truth: Truth) -> Iterator[str]:
    """Every letter that was asked for left once, or stands there with its reason; no other left."""
    left = Counter(str(message_from_bytes(one.raw)["Message-ID"]).strip("<>") for one in house.sink.taken)
    to = Counter(address for one in house.sink.taken for address in one.recipients)
    yield from (f"letter {id_} left {count} times" for id_, count in left.items() if count > 1)
    boxed = {one.letter.request: one for one in book.outbox.all() if one.letter.request in truth.released}
    for case, address in truth.released.items():
        one = boxed.pop(case, None)
        if one is None:
            yield f"the answer to {case} is not in the outbox"
            continue
        count = left[one.letter.message_id]
        right = {
            OutboxState.SENT: count == 1,
            OutboxState.DOUBTFUL: count <= 1,
            OutboxState.STOPPED: count == 0 and bool(one.says),
            OutboxState.CANCELLED: count == 0 and case in truth.taken_back,
        }
        if not right.get(one.state, False) or (case in truth.taken_back) != (
            one.state is OutboxState.CANCELLED
        ):
            yield f"the answer to {case} is {one.state} ({one.says}) and left {count} times"
        if to[address] != count:
            yield f"{address} got {to[address]} letters"
    guests = {guest(number) for number in range(len(GUESTS))}
    allowed = set(truth.released.values()) | truth.asked_at_the_door | guests
    yield from (f"a letter that nobody asked for went to {one}" for one in to.keys() - allowed)
    yield from (f"{one} was told {to[one]} times of the round" for one in guests if to[one] > TOLD)
    yield from (f"{one} got {to[one]} links" for one in truth.asked_at_the_door if to[one] > 1)


def _journal(book: Book, truth: Truth) -> Iterator[str]:
    """The journal says of each letter what its state says, once."""
    told: dict[tuple[str, str], int] = Counter()
    for act in ("release", "sent", "doubtful", "not_sent", "cancel"):
        for entry in book.entries(act=act, limit=1000):
            told[str(entry.content.get("letter")), act] += 1
    for one in book.outbox.all():
        acts = {act: told[one.id, act] for act in ("release", "sent", "not_sent", "cancel")}
        wanted = {
            "release": int(one.letter.request in truth.released),
            "sent": int(one.state is OutboxState.SENT),
            "not_sent": int(one.state is OutboxState.STOPPED),
            "cancel": int(one.state is OutboxState.CANCELLED),
        }
        if acts != wanted or (one.state is OutboxState.DOUBTFUL and told[one.id, "doubtful"] != 1):
            yield f"the journal says of letter {one.id[:8]}, which is {one.state}: {acts}"


def _heard(house: House, book: Book) -> Iterator[str]:
    """The program heard of all that happened, signed; what it heard twice bears one id and the same words."""
    told: dict[str, Heard] = {}
    for one in house.listener.heard:
        id_, at = one.headers["webhook-id"], int(one.headers["webhook-timestamp"])
        if one.headers["webhook-signature"] != signed(house.hook.secret, id_, at, one.body):
            yield f"a webhook was told {id_} with a wrong signature"
        if told.setdefault(id_, one).body != one.body:
            yield f"a webhook was told {id_} in two ways"
    heard = Counter((one.told["type"], _about(one)) for one in told.values())
    happened = Counter((NEW_CASE, one.id) for one in book.cases(limit=1000).cases)
    for entry in book.entries(limit=10_000):
        event = event_of(entry.act, entry.about, entry.content)
        if event is not None:
            happened[event.kind, event.about] += 1
    for (kind, case), count in sorted((happened - heard).items()):
        yield f"a webhook was not told of {kind} {case}, {count} times"
    for (kind, case), count in sorted((heard - happened).items()):
        yield f"a webhook was told of {kind} {case}, {count} times too often"
    yield from (f"the webhook was given up: {one.says}" for one in book.webhooks.all() if one.stopped_at)


def _about(heard: Heard) -> str:
    """Return the case or person that a program heard of."""
    return str(heard.told["data"].get("case") or heard.told["data"].get("person") or "")


def _decisions(book: Book, truth: Truth) -> Iterator[str]:
    """Each case stands where the owner's last word left it."""
    for case, state in truth.decided.items():
        kept = book.case(case)
        if kept.state.value != state:
            yield f"case {case} is {kept.state}, and was left {state}"
    for case in truth.released.keys() - truth.taken_back:
        (boxed,) = book.outbox.of_request(case)
        if boxed.state is OutboxState.SENT and book.case(case).state is CaseState.WAITING:
            yield f"case {case} waits although it was answered"


def _drafts(house: House, book: Book) -> Iterator[str]:
    """No case has two drafts in the mailbox."""
    with house.dovecot.login(house.address) as session:
        if session.select("Drafts", readonly=True)[0] != "OK":
            return
        uids = session.uid("SEARCH", "UNDELETED")[1][0].split()
        heads = [session.uid("FETCH", uid, "(BODY.PEEK[HEADER])")[1][0][1] for uid in uids]
    counted = Counter(str(message_from_bytes(one)["To"]) for one in heads)
    yield from (f"{count} drafts to {one}" for one, count in counted.items() if count > 1)


def _door(house: House, book: Book, truth: Truth) -> Iterator[str]:
    """Every letter at the door whose address was confirmed is one case."""
    cases = [one for one in book.cases(limit=1000).cases if one.case.request.channel == "form"]
    for address, word in truth.at_the_door.items():
        count = sum(word in one.case.request.text for one in cases)
        if count != 1:
            yield f"the letter of {address} at the door became {count} cases"
    if len(cases) != len(truth.at_the_door):
        yield f"{len(cases)} cases came by the door"


def _wishes(house: House, book: Book, truth: Truth) -> Iterator[str]:
    """Who wished each other knows, and nobody else does."""
    for number in truth.wished:
        who = visit(book, house.links[number], now=house.clock.now())
        roster = roster_of(book, who) if who else None
        release = results(book, key_ring(load_settings(house.data)), who) if who else None
        if who is None or roster is None or release is None:
            yield f"the results of guest {number} are not there"
            continue
        me = Participant(secret(number), roster.people[house.pids[number]], roster)
        wished = [house.pids[one] for one in WISHES[number]]
        found = {house.pids.index(one.pid) for one in revealed_to(me, wished, release)}
        mutual = {one for one in WISHES[number] if number in WISHES[one] and one in truth.wished}
        if found != mutual:
            yield f"guest {number} was shown {found} and not {mutual}"


def _ledger(house: House, book: Book) -> Iterator[str]:
    """A calm house that reads the same mailbox counts the same letters of the same people."""
    now = house.clock.now().replace(microsecond=0)
    with TemporaryDirectory(prefix="anlass-calm-") as folder:
        calm = open_book(Path(folder), "owner")
        with closing(calm):
            account = account_named(book, house.name)
            Secrets(Path(folder)).put(house.name, "secret", "file")
            straight = Server(HOST, house.dovecot.imap, "none")
            keep(calm, replace(account, imap=straight, smtp=None), now=now - timedelta(days=60))
            home = Home(Settings(Path(folder)), "en", calm)
            troubles = Work(home, Secrets(Path(folder)), now=lambda: now).once()
            if troubles:
                yield f"the calm house has {troubles}"
            counted, wanted = _counts(book), _counts(calm)
            judged, right = _judged(book), _judged(calm)
    if counted != wanted:
        yield f"the ledger lacks {len(wanted - counted)} letters and has {len(counted - wanted)} too many"
    for id_, verdict in right.items():
        if judged.get(id_) != verdict:
            yield f"letter {id_} was read as {judged.get(id_)}, in calm as {verdict}"


def _counts(book: Book) -> set[tuple[object, ...]]:
    """Return the letters from people that the ledger counts, each with the address it counts for."""
    sql = "SELECT id, address FROM store_encounter WHERE owner_id = %(owner)s AND kind = 'mail_in'"
    return set(_rows(book, sql))


def _judged(book: Book) -> dict[str, str]:
    """Return by Message-ID as what each request was read."""
    kept = book.cases(limit=1000).cases
    return {
        one.case.request.message_id: one.case.reading.verdict.value
        for one in kept
        if one.case.request.message_id
    }


def _locks(house: House, book: Book) -> Iterator[str]:
    """Nothing holds anything any more; asked when all processes have ended."""
    for table, column in (("outgoing", "claim"), ("doorrequest", "claim")):
        for (claim,) in _rows(book, f"SELECT {column} FROM store_{table} WHERE owner_id = %(owner)s"):
            if claim:
                yield f"a row of {table} is still in the hands of {claim}"
    for folder in (house.data, house.second):
        with only_worker(folder) as is_free:
            if not is_free:
                yield f"the lock of {folder.name} is held"
    if house.database:
        book.close()
        yield from _locked(house.database)


def _locked(database: str) -> Iterator[str]:
    """The database holds no lock of a worker."""
    sql = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with psycopg.connect(database, autocommit=True) as link:
        row = link.execute(sql).fetchone()
    if row != (0,):
        yield f"locks are held in the database: {row}"
