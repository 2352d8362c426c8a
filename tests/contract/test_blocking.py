"""A person who threatens, on both databases: kept, never answered, never among the others."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from anlass.bootstrap import make_doorman
from anlass.channels.networks.door import Looked
from anlass.config import Settings
from anlass.desk.blocking.blocking import block, blocked_people, judging_freed, lift, threatens
from anlass.desk.blocking.dossier import Means, write_dossier
from anlass.desk.cards.granting import Wanted, card_behind, give
from anlass.desk.cards.own import take_in as take_card_in
from anlass.desk.cases.acting import Seen, act_on
from anlass.desk.decisions.deciding import Choice
from anlass.desk.history.collecting import collect
from anlass.desk.networks.at_the_door import take_in
from anlass.desk.networks.knocks import asking, at_network
from anlass.desk.outgoing.at_doors import let_in
from anlass.desk.outgoing.outbox import Words, Writer, release, send_again
from anlass.desk.people.circle import put, unscreened
from anlass.desk.people.persons import person_called, say_same, unsay
from anlass.desk.requests.screening import Desk, Judged, screen
from anlass.doorman import Doorman
from anlass.errors import Refused
from anlass.intake import Mark, Recipient
from anlass.people import Address, AddressKind, person_at, person_id
from anlass.policy import Action
from anlass.sources import reread
from anlass.store.book import Book, CaseState
from anlass.store.cases.inbox import Wanted as Looking
from anlass.store.cases.kept import first_state
from anlass.store.outgoing.outbox import OutboxState
from tests.contract.test_at_the_door import ask, message, step
from tests.unit.cards.samples import TEXT as CARD

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
ME, KAI, HOME, EVA = "olga@home.example", "kai@falk.example", "kai.falk@home.example", "eva@s.example"
THREAT = "Ich weiß, wo du wohnst. Ich bringe dich um, wenn du nicht antwortest."
PLEASE = "Hätten Sie diese Woche 15 Minuten für ein kurzes Telefonat?"


@pytest.fixture(scope="module")
def doorman(tmp_path_factory: pytest.TempPathFactory) -> Doorman:
    """Return the doorman of a house without settings."""
    return make_doorman(Settings(tmp_path_factory.mktemp("house")), "de")[0]


def letter(folder: Path, sender: str, id_: str, text: str = PLEASE, *, day: int = 2) -> bytes:
    """Put a mail into a folder; return its bytes."""
    raw = (
        f"From: Kai Falk <{sender}>\nTo: {ME}\nMessage-ID: <{id_}@x.example>\n"
        f"Received: from a.example by b.example\nX-Planted: {id_}\n"
        f"Date: Mon, {day:02} Mar 2026 10:00:00 +0000\nSubject: Anfrage {id_}\n\n{text}\n"
    ).encode()
    (folder / f"{id_}.eml").write_bytes(raw)
    return raw


def screened(book: Book, doorman: Doorman, folder: Path, *, now: datetime = NOW) -> dict[str, CaseState]:
    """Collect and screen a folder; return how its cases stand, by the letter's name."""
    collect(book, [folder], owner=[ME], now=now)
    desk = Desk(book, doorman, Recipient("Olga"), now)
    cases = [one.case for one in screen(desk, [folder]) if isinstance(one, Judged)]
    return {(one.request.subject or "").split()[-1]: book.case(one.request.id).state for one in cases}


def shown(book: Book, **wanted: object) -> set[str]:
    """Return the cases that the inbox shows."""
    looking = replace(Looking(), **wanted)  # type: ignore[arg-type]  # a test names what it looks for
    return {kept.id for _, kept in book.inbox.part(looking, limit=50).cases}


def test_what_came_and_what_comes_lies_apart(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """Earlier cases and later ones, also from an address joined afterwards; nobody else's, in no view."""
    letter(tmp_path, KAI, "one")
    letter(tmp_path, EVA, "eva")
    before = screened(book, doorman, tmp_path)
    block(book, KAI, now=NOW, lang="de")
    letter(tmp_path, KAI, "two", THREAT, day=3)
    letter(tmp_path, HOME, "three", day=4)
    after = screened(book, doorman, tmp_path)
    assert after == {
        "one": CaseState.BLOCKED,
        "two": CaseState.BLOCKED,
        "three": before["one"],
        "eva": before["eva"],
    }
    say_same(book, KAI, HOME, now=NOW, lang="de")
    eva = book.cases(person=person_id(Address(AddressKind.MAIL, EVA))).cases[0].id
    kai = person_called(book, KAI).id
    views = [shown(book), shown(book, words="Telefonat"), shown(book, lang="de")]
    assert views == [{eva}] * 3
    assert shown(book, person=kai) == set()
    assert {one.id for one in book.cases().cases} == {eva}
    assert book.cases().total == 1
    assert len(book.cases(CaseState.BLOCKED).cases) == 3
    ((told, cases),) = ((one.person.id, one.cases) for one in blocked_people(book))
    assert (told, cases) == (kai, 3)


def test_the_law_stands_before_every_rule_and_every_mark(
    book: Book, doorman: Doorman, tmp_path: Path
) -> None:
    """A threat that a human must read is lapsed without a draft, by the law alone, and sends nothing."""
    letter(tmp_path, KAI, "one")
    screened(book, doorman, tmp_path)
    block(book, KAI, now=NOW, lang="de")
    letter(tmp_path, KAI, "two", THREAT, day=3)
    screened(book, doorman, tmp_path)
    case = next(one.case for one in book.cases(CaseState.BLOCKED).cases if one.case.known.is_blocked)
    assert Mark.HUMAN_MUST_READ in case.request.marks
    assert threatens(case.request)
    assert (case.decision.action, case.decision.rule.en, case.draft) == (Action.LAPSE, "Blocked by you", None)
    assert [tried.name.en for tried in case.decision.trace] == ["Blocked by you"]


def test_a_lifted_block_leaves_everything_as_it_was(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """What stood somewhere stands there again; what came meanwhile is judged as if nothing had been."""
    letter(tmp_path, KAI, "one")
    before = screened(book, doorman, tmp_path)
    (old,) = book.cases().cases
    block(book, KAI, now=NOW, lang="de")
    letter(tmp_path, KAI, "two", day=3)
    screened(book, doorman, tmp_path)
    lift(book, doorman, KAI, now=NOW, lang="de")
    assert book.case(old.id) == replace(old)
    (new,) = (one for one in book.cases().cases if one.id != old.id)
    assert new.state is not CaseState.BLOCKED
    assert new.case.decision.rule.en != "Blocked by you"
    assert before["one"] is book.case(old.id).state
    with pytest.raises(Refused, match="nicht gesperrt"):
        lift(book, doorman, KAI, now=NOW, lang="de")
    acts = [one.act for one in book.entries(limit=10) if one.act.endswith("blocked")]
    assert sorted(acts) == ["blocked", "unsay blocked"]


def test_the_word_is_taken_back_like_any_other(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """The way back right behind the act needs no other words than the owner's other words have."""
    letter(tmp_path, KAI, "one")
    before = screened(book, doorman, tmp_path)
    said = block(book, KAI, now=NOW, lang="en")
    unsay(book, said.word.id, now=NOW)
    assert screened(book, doorman, tmp_path) == before
    assert list(blocked_people(book)) == []


def test_whatever_ends_a_block_what_it_kept_is_judged(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """Taken back among the words on persons, or another person after all: the law is no more in it."""
    letter(tmp_path, KAI, "one")
    letter(tmp_path, HOME, "home")
    screened(book, doorman, tmp_path)
    say_same(book, KAI, HOME, now=NOW, lang="de")
    said = block(book, KAI, now=NOW, lang="de")
    letter(tmp_path, KAI, "two", day=3)
    letter(tmp_path, HOME, "three", day=4)
    screened(book, doorman, tmp_path)
    held = {kept.case.request.subject: kept.id for kept in book.cases(CaseState.BLOCKED).cases}
    with judging_freed(book, lambda: doorman):
        unsay(book, said.word.id, now=NOW)
    free = [book.case(held[f"Anfrage {name}"]) for name in ("two", "three")]
    assert {one.case.decision.rule.en for one in free}.isdisjoint({"Blocked by you"})
    assert [(one.state, one.case.known.is_blocked) for one in free] == [
        (first_state(one.case.decision.action), False) for one in free
    ]


def test_who_is_somebody_else_after_all_is_judged(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """The block holds on for the one who was meant; the other's letters are like anybody's."""
    letter(tmp_path, KAI, "one")
    letter(tmp_path, HOME, "home")
    screened(book, doorman, tmp_path)
    block(book, KAI, now=NOW, lang="de")
    same = say_same(book, KAI, HOME, now=NOW, lang="de")
    letter(tmp_path, HOME, "three", day=4)
    screened(book, doorman, tmp_path)
    with judging_freed(book, lambda: doorman):
        unsay(book, same.word.id, now=NOW)
    stands = {kept.case.request.subject: kept for kept in book.cases(CaseState.BLOCKED).cases}
    assert set(stands) == {"Anfrage one"}
    free = {kept.case.request.subject: kept.case.known.is_blocked for kept in book.cases().cases}
    assert free == {"Anfrage home": False, "Anfrage three": False}


def test_nothing_moves_a_case_out_of_its_list(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """No act on cases, no state that is set, no answer of the owner's in the archive."""
    letter(tmp_path, KAI, "one")
    screened(book, doorman, tmp_path)
    block(book, KAI, now=NOW, lang="en")
    (kept,) = book.cases(CaseState.BLOCKED).cases
    book.set_state(kept.id, CaseState.WAITING)
    book.rewrite(kept.case, kept.encounters, state=CaseState.WAITING)
    with pytest.raises(Refused):
        act_on(book, doorman, [], Choice.ACCEPTED, now=NOW, lang="en")
    acted = act_on(book, doorman, [Seen(kept.id)], Choice.ACCEPTED, now=NOW, lang="en")
    assert acted.refused == ((kept.id, "You blocked this person. Lift the block, then decide."),)
    (tmp_path / "mine.eml").write_text(
        f"From: {ME}\nTo: {KAI}\nMessage-ID: <mine@x.example>\nIn-Reply-To: <one@x.example>\n"
        "Date: Mon, 09 Mar 2026 10:00:00 +0000\nSubject: Re: Anfrage one\n\nNein.\n"
    )
    screened(book, doorman, tmp_path)
    assert book.case(kept.id).state is CaseState.BLOCKED


def test_no_letter_leaves_for_somebody_blocked(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """What waits is taken back; nothing new is put in, nothing goes again."""
    writer = Writer("Olga", ME)
    letter(tmp_path, KAI, "one")
    screened(book, doorman, tmp_path)
    (kept,) = book.cases().cases
    boxed = release(book, writer, kept.id, now=NOW, lang="en", words=Words("Dear Kai"))
    block(book, KAI, now=NOW, lang="en")
    assert book.outbox.find(boxed.id).state is OutboxState.CANCELLED
    with pytest.raises(Refused, match="blocked this person"):
        release(book, writer, kept.id, now=NOW, lang="en", words=Words("Dear Kai"))
    with pytest.raises(Refused, match="blocked this person"):
        send_again(book, boxed.id, now=NOW, lang="en")


def test_a_card_opens_no_more_than_a_revoked_one(book: Book) -> None:
    """Also from a grant to another address of theirs; lifted, it opens again. None is given meanwhile."""
    take_card_in(book, CARD, "cards.toml", "en", now=NOW)
    link = give(book, KAI, Wanted(), now=NOW).link.rpartition("/")[2]
    assert card_behind(book, link, at=NOW + timedelta(hours=1)) is not None
    said = block(book, KAI, now=NOW, lang="en")
    assert card_behind(book, link, at=NOW + timedelta(hours=1)) is None
    with pytest.raises(Refused):
        give(book, KAI, Wanted(), now=NOW)
    unsay(book, said.word.id, now=NOW)
    assert card_behind(book, link, at=NOW + timedelta(hours=1)) is not None


def test_at_a_chat_network_nothing_is_shown_or_said(book: Book, doorman: Doorman) -> None:
    """Who asked there asks no more, whoever they were before; what they write becomes a kept case."""
    where = step(book, doorman)
    take_in(where, Looked("1", (ask("Hallo"),)))
    (asked,) = asking(book, now=NOW, lang="de")
    kept = book.case(asked.line.id)
    here = at_network(book, kept, "de")
    assert here is not None
    assert here.yes.startswith("Die andere Seite erfährt sofort")
    block(book, "max@ag.example", now=NOW, lang="de")
    assert asking(book, now=NOW, lang="de") == ()
    assert at_network(book, book.case(kept.id), "de") is None
    with pytest.raises(Refused, match="gesperrt"):
        let_in(book, kept.id, now=NOW, lang="de")
    take_in(where, Looked("2", (message("Noch etwas", is_known=True),)))
    states = [one.state for one in book.cases(person=kept.case.person.id).cases]
    assert states == [CaseState.BLOCKED, CaseState.BLOCKED]
    assert book.outbox.all() == ()


def test_whom_one_is_in_touch_with_is_screened_once_blocked(
    book: Book, doorman: Doorman, tmp_path: Path
) -> None:
    """Nobody blocked is among those whose letters are no requests."""
    letter(tmp_path, KAI, "one")
    collect(book, [tmp_path], owner=[ME], now=NOW)
    put(book, KAI, is_in=True, now=NOW)
    assert KAI in unscreened(book, at=NOW)
    block(book, KAI, now=NOW + timedelta(seconds=1), lang="en")
    assert KAI not in unscreened(book, at=NOW)


def test_nobody_blocks_themselves_or_anybody_twice(book: Book) -> None:
    """An address that nobody knows yet can be blocked."""
    book.add_owner_addresses([ME], is_given=True)
    with pytest.raises(Refused, match="That is you"):
        block(book, ME, now=NOW, lang="en")
    block(book, KAI, now=NOW, lang="en")
    with pytest.raises(Refused, match="already"):
        block(book, KAI, now=NOW, lang="en")
    assert book.blocks.holds(person_at(Address(AddressKind.MAIL, KAI)))


def test_a_report_holds_every_byte_and_its_sum(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """Originals, headers, contents in the owner's language; the sums are those of sha256sum."""
    mails = tmp_path / "mails"
    mails.mkdir()
    raw = {
        id_: letter(mails, KAI, id_, text, day=day)
        for id_, text, day in (("one", PLEASE, 2), ("two", THREAT, 3))
    }
    letter(mails, EVA, "eva")
    screened(book, doorman, mails)
    report = BytesIO()
    means = Means("Olga", reread, lambda _: None, NOW, "de")
    assert write_dossier(book, person_called(book, KAI), report, means) == 2
    with ZipFile(report) as told:
        assert told.testzip() is None
        told.extractall(tmp_path / "report")
        names = set(told.namelist())
        contents = told.read("Inhalt.txt").decode()
        originals = [told.read("0001/original.eml"), told.read("0002/original.eml")]
        heads = told.read("0001/headers.txt").decode()
    leaves = {f"{number:04}/{name}" for number in (1, 2) for name in ("original.eml", "headers.txt")}
    assert names == leaves | {"Inhalt.txt", "SHA256SUMS"}
    assert originals == [raw["one"], raw["two"]]
    assert heads.splitlines()[-1] == "Subject: Anfrage one"
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],
        cwd=tmp_path / "report",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout.count("OK")) == (0, 5)
    for line in (
        "Aufgehobene Briefe von Kai Falk",
        "  Betreff: Anfrage two",
        f"    SHA-256 {sha256(raw['two']).hexdigest()}",
    ):
        assert line in contents.splitlines()
    assert "112" in contents
    assert EVA not in contents


def test_what_has_no_original_is_written_as_it_was_kept(book: Book, doorman: Doorman) -> None:
    """A message of a chat network lies there with all that arrived; nobody without letters has a report."""
    take_in(step(book, doorman), Looked("1", (ask(THREAT),)))
    report = BytesIO()
    means = Means("Olga", reread, lambda _: None, NOW, "en")
    assert write_dossier(book, person_called(book, "max@ag.example"), report, means) == 1
    with ZipFile(report) as told:
        kept = json.loads(told.read("0001/kept.json"))
        assert told.read("0001/letter.txt").decode() == THREAT
        assert "Here is everything that arrived." in told.read("Contents.txt").decode()
    assert kept["text"] == THREAT
    with pytest.raises(Refused, match="nothing of this person"):
        write_dossier(book, person_at(Address(AddressKind.MAIL, EVA)), BytesIO(), means)
