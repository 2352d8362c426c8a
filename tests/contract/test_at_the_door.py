"""What asks at a door, on both databases: one case for one ask, whatever is told how often and added when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from anlass.bootstrap import make_doorman
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Looked, OwnWord
from anlass.config import Settings
from anlass.desk.accounts.networks import keep_network, network_accounts
from anlass.desk.blocking.blocking import block
from anlass.desk.networks.at_the_door import Doorstep, TakenIn, take_in
from anlass.desk.outgoing.answering import Answering
from anlass.desk.outgoing.outbox import Writer, release
from anlass.desk.requests.judging import Bench
from anlass.doorman import Doorman
from anlass.intake import Channel, Mark, Recipient
from anlass.intake.knock import Knock, KnockKind
from anlass.people import Address, AddressKind
from anlass.policy import Policy, parse_policy
from anlass.replies.silence import Terms
from anlass.store.book import Book, CaseState
from anlass.store.outgoing.outbox import OutboxState
from tests.contract.conftest import NewBook

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ACCOUNT = NetworkAccount("xmpp", Channel.XMPP, "olga@wend.example")
MAX = Address(AddressKind.XMPP, "max@ag.example")
HOLLOW = (
    "Hallo, ich würde mich gerne mit Ihnen vernetzen und mich über Synergien austauschen. Ein kurzer "
    "inspirierender Austausch bringt uns sicher beiden neue Impulse. Wann passt Ihnen ein Call diese Woche?"
)
ASK_BACK = """
[[rule]]
name = "Ask"
why = "So it is wanted."
all = ["asked.times == 0"]
do = "ask_back"
send = "{send}"
"""


@pytest.fixture(scope="module")
def doorman(tmp_path_factory: pytest.TempPathFactory) -> Doorman:
    """Return the doorman of a house without settings."""
    return make_doorman(Settings(tmp_path_factory.mktemp("house")), "de")[0]


def rules(doorman: Doorman, send: str = "draft") -> Doorman:
    """Return the doorman with one rule: whoever was not asked yet is asked."""
    policy: Policy = parse_policy(ASK_BACK.format(send=send), "house-rules.toml", lang="de")
    return replace(doorman, policy=policy)


def step(book: Book, doorman: Doorman, *, now: datetime = NOW, answers: bool = False) -> Doorstep:
    """Return the door as it is watched at a moment."""
    if not book.networks.mark(ACCOUNT.name):
        keep_network(book, ACCOUNT, now=now)
    terms = Terms(quiet_from=0, quiet_until=0)
    answering = Answering(Writer("Olga", ""), terms, ZoneInfo("UTC")) if answers else None
    return Doorstep(Bench(book, doorman, now), ACCOUNT, Recipient("Olga"), answering)


def message(text: str, number: int = 1, *, when: datetime = NOW, **changed: object) -> Knock:
    """Return a message of Max's."""
    made = Knock(Channel.XMPP, KnockKind.MESSAGE, f"m{number}", MAX, "Max", text, arrived=when)
    return replace(made, **changed)  # type: ignore[arg-type]  # a test names what it changes


def ask(text: str = "", **changed: object) -> Knock:
    """Return a subscription request of Max's."""
    made = Knock(Channel.XMPP, KnockKind.SUBSCRIPTION, MAX.value, MAX, "Max", text, arrived=NOW)
    return replace(made, **changed)  # type: ignore[arg-type]


def looks(where: Doorstep, *knocks: Knock, mark: str = "1", gone: tuple[str, ...] = ()) -> TakenIn:
    """Take in a look that brought these."""
    return take_in(where, Looked(mark, knocks, gone))


def test_what_is_told_again_is_one_case(book: Book, doorman: Doorman) -> None:
    """However often a server tells of an ask or a message, there is one case, and the mark is kept."""
    where = step(book, doorman)
    first = looks(where, ask(HOLLOW))
    again = looks(where, ask(HOLLOW), ask(HOLLOW), mark="2")
    assert (len(first.fresh), again) == (1, TakenIn())
    assert (book.cases().total, book.networks.mark("xmpp")) == (1, "2")


def test_several_short_messages_are_one_ask(book: Book, doorman: Doorman) -> None:
    """Who asks to be let in and writes two messages has one case with all the words."""
    where = step(book, doorman)
    taken = looks(where, ask(), message("Hallo.", 1), message("Ich heiße Max.", 2))
    (case,) = taken.fresh
    assert taken.changed == (case,)
    request = book.case(case).case.request
    assert (request.text, Mark.EMPTY in request.marks) == ("Hallo.\n\nIch heiße Max.", False)
    assert len(book.networks.of_request(case)) == 3


def test_who_is_known_there_asks_for_nothing(book: Book, doorman: Doorman) -> None:
    """Whom the owner let in before writes; that is a talk and no request. The owner's own is none either."""
    where = step(book, doorman)
    own = Address(AddressKind.XMPP, ACCOUNT.address)
    taken = looks(where, message("Hallo", is_known=True), message("Notiz an mich", 2, address=own))
    assert (taken, book.cases().total) == (TakenIn(), 0)


def test_an_ask_that_ended_is_asked_anew(book: Book, doorman: Doorman) -> None:
    """A request without words that was withdrawn is done; the next one is another case."""
    where = step(book, doorman)
    (first,) = looks(where, ask()).fresh
    assert looks(where, gone=(MAX.value,)).ended == 1
    assert book.case(first).state is CaseState.DONE
    (second,) = looks(where, ask()).fresh
    assert second != first


def test_an_undated_ask_has_no_date_where_nobody_looked(book: Book, doorman: Doorman) -> None:
    """At the first look nobody can say when it came; so nothing answers it by itself (R16)."""
    where = step(book, rules(doorman, "automatically"), answers=True)
    (case,) = looks(where, ask(HOLLOW, arrived=None, is_known=False)).fresh
    assert book.case(case).case.request.arrived is None
    assert book.outbox.all() == ()
    (entry,) = book.entries(about=case, limit=10)
    assert entry.act == "kept_as_draft"


def test_the_answer_to_a_question_is_read_as_one(book: Book, doorman: Doorman) -> None:
    """What comes after the house's question is its second round, not another case."""
    where = step(book, rules(doorman))
    (case,) = looks(where, ask(HOLLOW)).fresh
    boxed = release(book, Writer("Olga", ""), case, now=NOW, lang="de")
    claimed = book.outbox.claim("w", now=NOW + timedelta(minutes=3), way="xmpp")
    assert claimed is not None
    assert book.outbox.hand_over(boxed.id, "w", now=NOW)
    assert book.outbox.delivered(boxed.id, "w", now=NOW)
    book.set_state(case, CaseState.ASKED)
    later = step(book, rules(doorman), now=NOW + timedelta(hours=2))
    reply = (
        "Ich leite die Lesereihe in Kiel und möchte Sie am 3. März für eine Lesung aus Ihrem Buch einladen."
    )
    taken = looks(later, message(reply, 7, when=NOW + timedelta(hours=2)))
    assert (taken.fresh, taken.changed) == ((), (case,))
    second = book.case(case).case.second
    assert second is not None
    assert second.reply.request.text == reply


def test_more_words_take_back_an_answer_that_was_to_go_by_itself(new_book: NewBook, doorman: Doorman) -> None:
    """The house waits before it answers; what is added meanwhile is read first, and one answer goes."""
    book = new_book()
    old = NOW - timedelta(days=60)
    where = step(book, rules(doorman, "automatically"), answers=True)
    (case,) = looks(where, message(HOLLOW, since=old)).fresh
    (first,) = book.outbox.of_request(case)
    assert (first.state, first.letter.is_automatic) == (OutboxState.WAITING, True)
    looks(where, message("Nächste Woche passt es auch.", 2, since=old))
    (second,) = book.outbox.of_request(case)
    assert (second.id, second.state) == (first.id, OutboxState.WAITING)
    assert book.case(case).case.request.text.endswith("auch.")
    acts = [one.act for one in book.entries(about=case, limit=10)]
    assert acts == ["answer", "answer"]


def test_a_broken_ask_keeps_nobody_from_the_others(book: Book, doorman: Doorman) -> None:
    """An ask on which the program itself fails is set aside, and the rest goes on."""
    where = step(book, doorman)
    broken = replace(ask(), name=None, key="k")  # type: ignore[arg-type]  # what no adapter should ever tell
    taken = looks(where, broken, message("Hallo."))
    assert len(taken.fresh) == 1
    (aside,) = book.all_set_aside()
    assert aside.reason == "broken"


def own(text: str, *, when: datetime = NOW, number: str = "", to: Address = MAX) -> OwnWord:
    """Return something that the owner wrote to Max with a program of their own."""
    return OwnWord(to, number, text, when)


def says(where: Doorstep, *words: OwnWord, knocks: tuple[Knock, ...] = (), mark: str = "2") -> TakenIn:
    """Take in a look that brought what the owner said."""
    return take_in(where, Looked(mark, knocks, own=words))


def test_what_the_owner_answers_elsewhere_is_answered(book: Book, doorman: Doorman) -> None:
    """The case is done, says when, and goes on in no second round: two people talk."""
    where = step(book, rules(doorman))
    (case,) = looks(where, ask(), message(HOLLOW, when=NOW - timedelta(hours=2))).fresh
    assert book.case(case).state is CaseState.WAITING
    when = NOW - timedelta(hours=1)
    assert says(where, own("Gern, morgen um zehn.", when=when)) == TakenIn(changed=(case,))
    kept = book.case(case)
    assert (kept.state, kept.answered_at) == (CaseState.DONE, when)
    assert [one.act for one in book.entries(about=case, limit=10)] == ["answered"]
    assert says(where, own("Ja?", when=NOW), mark="3") == TakenIn()
    assert looks(where, message("Prima, bis morgen.", 7), mark="4") == TakenIn()
    assert (book.cases().total, book.case(case)) == (1, kept)


def test_who_answers_the_owner_asks_for_nothing(book: Book, doorman: Doorman) -> None:
    """The owner wrote first; what comes back is no request, also in the same look. Others' still are."""
    where = step(book, doorman)
    talk = own("Darf ich Sie etwas fragen?", when=NOW - timedelta(minutes=5))
    assert says(where, talk, knocks=(message("Natürlich."),)) == TakenIn()
    assert looks(where, message("Noch da?", 2), mark="3") == TakenIn()
    eva = Address(AddressKind.XMPP, "eva@ag.example")
    assert len(looks(where, message(HOLLOW, 3, address=eva), mark="4").fresh) == 1


def test_who_wrote_before_the_owner_did_has_asked(book: Book, doorman: Doorman) -> None:
    """In one look as in two: first the request, then the answer to it."""
    where = step(book, doorman)
    taken = says(where, own("Gern."), knocks=(message(HOLLOW, when=NOW - timedelta(minutes=5)),))
    (case,) = taken.fresh
    assert (taken.changed, book.case(case).state) == ((case,), CaseState.DONE)


def test_a_letter_of_the_house_is_no_word_of_the_owners(book: Book, doorman: Doorman) -> None:
    """Known by its number where the network gives it back, else by its words; the case goes on waiting."""
    where = step(book, rules(doorman))
    (case,) = looks(where, message(HOLLOW)).fresh
    writer = Writer("Olga", "")
    boxed = release(book, writer, case, now=NOW, lang="de")
    (claimed,) = (book.outbox.claim("w", now=NOW + timedelta(hours=1), way=ACCOUNT.name),)
    assert claimed is not None
    assert book.outbox.hand_over(boxed.id, "w", now=NOW + timedelta(hours=1))
    words = f" {boxed.letter.text.replace(' ', '  ')}\n"
    later = NOW + timedelta(hours=1)
    for told in (own("Etwas anderes", number=boxed.letter.message_id, when=later), own(words, when=later)):
        assert says(where, told) == TakenIn()
        assert (book.case(case).answered_at, book.case(case).state) == (None, CaseState.WAITING)


def test_a_blocked_person_is_in_no_talk(book: Book, doorman: Doorman) -> None:
    """What the owner once wrote to them lets nothing through."""
    where = step(book, doorman)
    (first,) = looks(where, message(HOLLOW)).fresh
    says(where, own("Lassen Sie das bitte."))
    block(book, book.case(first).case.person.id, now=NOW, lang="de")
    (case,) = looks(where, message("Ich finde dich.", 9), mark="3").fresh
    assert book.case(case).state is CaseState.BLOCKED


def test_whoever_asks_no_more_is_over_whatever_the_kind(book: Book, doorman: Doorman) -> None:
    """Where a door tells all that is open, what is missing there has ended; a message never does."""
    where = step(book, doorman)
    looks(where, ask(), message("Hallo."))
    assert take_in(where, Looked("2", open=frozenset({MAX.value}))).ended == 0
    assert take_in(where, Looked("3", open=frozenset())).ended == 1
    assert book.networks.open_asks(ACCOUNT.name) == ()
    assert take_in(where, Looked("4", open=frozenset())).ended == 0


def test_a_house_stays_whole_where_another_version_knew_the_network(book: Book, doorman: Doorman) -> None:
    """Channel, address and ask of a name unknown here are read as another's; nothing is lost but the name."""
    (case,) = looks(step(book, doorman), ask(HOLLOW)).fresh
    kept = book.case(case)
    for table in ("case", "networkaccount"):
        book.networks._tables.write(
            f"UPDATE store_{table} SET channel = 'folder', content = REPLACE(REPLACE(content,"
            ' \'"channel":"xmpp"\', \'"channel":"folder"\'), \'"kind":"xmpp"\', \'"kind":"folder"\')'
            " WHERE owner_id = %(owner)s"
        )
    for table in ("personaddress", "knock"):
        book.networks._tables.write(f"UPDATE store_{table} SET kind = 'folder' WHERE owner_id = %(owner)s")
    found = book.case(case).case
    other = Address(AddressKind.OTHER, MAX.value)
    assert (found.request.channel, found.request.requester.address) == (Channel.OTHER, other)
    assert (found.request.text, found.decision) == (kept.case.request.text, kept.case.decision)
    assert [line.person.addresses for line in book.people(at=NOW)] == [(other,)]
    assert book.cases().total == 1
    assert [one.kind for one in book.networks.of_request(case)] == [KnockKind.MESSAGE]
    (account,) = network_accounts(book)
    assert (account.channel, account.address) == (Channel.OTHER, ACCOUNT.address)
    assert [one.channel for one in book.times.asked()] == [Channel.OTHER]
