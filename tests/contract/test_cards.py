"""Cards, grants, standing and the watch list in the book, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from anlass.cards import GrantEnd, Occasion, ShownCard
from anlass.case import Case
from anlass.desk.cards.granting import Wanted, card_behind, give, granted_for, grants, revoke
from anlass.desk.cards.own import FILE, cards_of, read_cards, read_file, take_in, write_after, write_file
from anlass.desk.cards.unlocking import unlock_of, unlocked
from anlass.desk.decisions.deciding import Choice, decide, take_back
from anlass.desk.evidence.outside import known_of
from anlass.desk.outgoing.outbox import Words, Writer, cancel, release
from anlass.desk.people.persons import say_same
from anlass.desk.people.standing import everybody, promote, say_standing, stands
from anlass.desk.people.watch_list import put_on, take_off, wake, watch_list
from anlass.doorman import Doorman
from anlass.errors import ConfigError, NotFound, Refused
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.watch import LONG, Wake, WakeKind
from anlass.litmus import Verdict
from anlass.litmus.shipped import load_panel
from anlass.people import Address, AddressKind, Person, Standing, person_at
from anlass.people.standing import StandingBy
from anlass.policy import Action, preset
from anlass.replies import Draft, compose, shipped_templates
from anlass.store.book import Book, CaseState
from tests.contract.conftest import NewBook
from tests.contract.values import case_of
from tests.unit.cards.samples import TEXT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KAI = person_at(Address(AddressKind.MAIL, "kai@falk.example"), "Kai Falk")


@pytest.fixture
def carded(book: Book) -> Book:
    """Return a book with Olga's cards, and Kai in it."""
    take_in(book, TEXT, FILE, "en", now=NOW)
    book.meet(KAI)
    return book


def days(count: float) -> datetime:
    """Return the moment some days after now."""
    return NOW + timedelta(days=count)


def meet(book: Book, person: Person, kind: EncounterKind, when: datetime, *, turn: bool = False) -> None:
    """Let something proven happen with a person."""
    id_ = f"{kind.value}-{when:%Y%m%d}"
    thread = f"t{when.day % 3}" if turn else ""
    one = Encounter(kind, when, thread, is_turn=turn, is_proven=True, source="test", id=id_)
    book.add_encounter(person.addresses[0], one)


def compose_for(doorman: Doorman, case: Case) -> Draft:
    """Return the letter that unlocks."""
    draft = compose(
        doorman.templates, case.decision, request=case.request, reading=case.reading, tie=case.tie
    )
    assert draft is not None
    return draft


def values(card: ShownCard | None) -> list[str]:
    """Return the options that are seen."""
    return [one.value for one in card.options] if card else []


# --- cards ---


def test_cards_hold_from_when_they_are_taken_in(book: Book, tmp_path: Path) -> None:
    """Each version stays; a file with problems changes nothing; the same file again is no new version."""
    assert cards_of(book) is None
    first = take_in(book, 'name = "Olga"', FILE, "en", now=NOW)
    second = take_in(book, TEXT, FILE, "en", now=days(1))
    assert (first.is_new, second.is_new) == (True, True)
    assert second.came == {"card": 3, "business": 3, "direct": 3, "private": 7}
    with pytest.raises(ConfigError):
        take_in(book, "name = 3", FILE, "en", now=days(2))
    assert take_in(book, TEXT, FILE, "en", now=days(3)).is_new is False
    assert [one.kept_at for one in book.cards.versions()] == [days(1), NOW]
    assert cards_of(book) == second.cards
    write_file(tmp_path, second.cards)
    assert replace(read_file(tmp_path, "en")[0], uid=second.cards.uid) == second.cards
    assert [one.act for one in book.entries()] == ["cards", "cards"]


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    """Every problem has its line; what is no TOML at all, and no file at all, too."""
    with pytest.raises(ConfigError) as raised:
        read_cards('name = "O"\n[[option]]\nkind = "x"\ntier = "y"', "cards.toml", "en")
    assert [(one.line, one.column) for one in raised.value.problems] == [(3, 1), (4, 1)]
    with pytest.raises(ConfigError):
        read_cards("name = ", "cards.toml", "en")
    with pytest.raises(NotFound):
        read_file(tmp_path, "de")


def test_two_owners_have_nothing_in_common(new_book: NewBook) -> None:
    """Another owner's key signs nothing here, and the same name gives another UUID."""
    one, other = new_book(), new_book()
    for book in (one, other):
        take_in(book, TEXT, FILE, "en", now=NOW)
    link = give(one, "kai@falk.example", Wanted(), now=NOW).link.rpartition("/")[2]
    assert card_behind(one, link, at=NOW) is not None
    assert card_behind(other, link, at=NOW) is None
    assert (cards_of(one) or 0) != (cards_of(other) or 0)


# --- grants ---


def test_a_grant_shows_its_tier_from_until_and_not_beyond(carded: Book) -> None:
    """Somebody who is no contact, and not even known, sees a tier between two moments."""
    until, since = days(30), days(1)
    given = give(carded, "new@person.example", Wanted("press", "business", since, until), now=NOW)
    link = given.link.rpartition("/")[2]
    assert given.link.startswith("https://karte.tueren.example/c/")
    assert given.end is GrantEnd.TO_COME
    assert values(card_behind(carded, link, at=NOW)) == []
    assert values(card_behind(carded, link, at=days(2))) == [
        "karte@tueren.example",
        "Olga_Tueren",
        "@olga@social.example",
        "+49 30 901820",
        "Torweg 3\n10117 Berlin\nDeutschland",
        "presse@tueren.example",
    ]
    assert values(card_behind(carded, link, at=days(30))) == []


def test_a_grant_can_be_taken_back_and_stays_on_record(carded: Book) -> None:
    """A revoked link shows what no link shows; the journal says what was given and taken, nobody's look."""
    given = give(carded, "Kai Falk", Wanted(tier="card"), now=NOW)
    link = given.link.rpartition("/")[2]
    assert len(values(card_behind(carded, link, at=NOW))) == 3
    assert revoke(carded, given.grant.id[:6], now=days(1)).end is GrantEnd.REVOKED
    assert card_behind(carded, link, at=days(1)) is None
    assert revoke(carded, given.grant.id, now=days(2)).grant.revoked_at == days(1)
    assert [(one.grant.tier, one.end) for one in grants(carded, KAI, at=days(2))] == [
        ("card", GrantEnd.REVOKED)
    ]
    assert sorted(one.act for one in carded.entries(about=KAI.id)) == ["grant", "revoke"]


def test_grants_follow_a_person_whose_addresses_are_joined(carded: Book) -> None:
    """What was granted to one address is listed with the person it turned out to be."""
    carded.meet(person_at(Address(AddressKind.MAIL, "kai@home.example"), "Kai"))
    give(carded, "kai@home.example", Wanted(), now=NOW)
    say_same(carded, "kai@falk.example", "kai@home.example", now=NOW)
    person = carded.person(KAI.id)
    assert person is not None
    assert [one.person.id for one in grants(carded, person, at=NOW)] == [person.id]


def test_what_is_not_there_cannot_be_granted(book: Book) -> None:
    """No card yet, no such card, tier or person, and an end before the beginning are refused in words."""
    with pytest.raises(Refused):
        give(book, "kai@falk.example", Wanted(), now=NOW)
    take_in(book, TEXT, FILE, "en", now=NOW)
    for who, wanted in (
        ("kai@falk.example", Wanted(card="nope")),
        ("kai@falk.example", Wanted(tier="nope")),
        ("Nobody Atall", Wanted()),
    ):
        with pytest.raises(NotFound):
            give(book, who, wanted, now=NOW)
    with pytest.raises(Refused):
        give(book, "kai@falk.example", Wanted(until=NOW), now=NOW)
    with pytest.raises(NotFound):
        revoke(book, "zz", now=NOW)
    assert list(grants(book, at=NOW)) == []


def test_a_tier_that_is_gone_since_shows_nothing(carded: Book) -> None:
    """A grant never falls back to another tier: where its own is gone, nothing is seen."""
    link = give(carded, "kai@falk.example", Wanted(tier="direct"), now=NOW).link.rpartition("/")[2]
    take_in(carded, 'name = "O"\ntiers = ["card"]', FILE, "en", now=days(1))
    assert card_behind(carded, link, at=days(1)) is None


# --- unlocking ---


def test_unlocking_opens_once_and_the_letter_takes_the_link_along(carded: Book) -> None:
    """Thinking opens nothing; releasing gives one grant for the case, however often it is done."""
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    plain = case_of("c1")
    case = replace(plain, decision=replace(plain.decision, action=Action.UNLOCK))
    carded.keep(case, now=NOW)
    draft = compose_for(doorman, case)
    opened = unlock_of(carded, case, at=NOW)
    assert opened is not None
    assert (opened.card, opened.tier, opened.given) == ("conference", "business", None)
    first = unlocked(carded, case, draft, now=NOW)
    assert unlocked(carded, case, draft, now=days(1)) == first
    (given,) = grants(carded, at=NOW)
    assert (given.grant.occasion, given.grant.case) == (Occasion.ANSWERING, case.request.id)
    assert granted_for(carded, case.request.id, at=NOW) == given
    assert first.text.words.split("\n\n")[-2] == given.link
    assert first.text.words.split("\n\n")[-3].endswith(":")
    assert unlocked(carded, plain, draft, now=NOW) == draft


def test_release_of_an_unlocking_letter_opens_and_taking_it_back_closes(carded: Book) -> None:
    """The link goes along, also with the owner's own words; a letter that never left opens nothing."""
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    plain = case_of("c1")
    case = replace(plain, decision=replace(plain.decision, action=Action.UNLOCK))
    case = replace(case, draft=compose_for(doorman, case))
    carded.keep(case, now=NOW)
    writer = Writer("Olga Brandt", "olga@home.example")
    boxed = release(carded, writer, case.request.id, now=NOW, lang="en", words=Words("Ring me."))
    given = granted_for(carded, case.request.id, at=NOW)
    assert given is not None
    assert boxed.letter.text == f"Ring me.\n\n{given.link}"
    cancel(carded, boxed.id, now=NOW, lang="en")
    assert granted_for(carded, case.request.id, at=NOW) is None
    assert card_behind(carded, given.link, at=NOW) is None


def test_without_an_address_nothing_is_opened(book: Book) -> None:
    """A link that leads nowhere from outside is not sent, and no grant is given for it."""
    take_in(book, 'name = "O"', FILE, "en", now=NOW)
    plain = case_of("c1")
    case = replace(plain, decision=replace(plain.decision, action=Action.UNLOCK))
    draft = compose_for(Doorman(load_panel(), preset("show-me-why"), shipped_templates()), case)
    assert unlocked(book, case, draft, now=NOW) == draft
    assert list(grants(book, at=NOW)) == []


# --- standing ---


def test_the_owners_word_is_kept_and_nothing_lowers_it(carded: Book) -> None:
    """A contact stays one, however silent; the owner alone takes it back, and the journal has it all."""
    assert stands(carded, KAI, at=NOW).standing is Standing.STRANGER
    said = say_standing(carded, "Kai Falk", Standing.VOUCHED_FOR, why="Lektor meines Buchs", now=NOW)
    assert (said.standing, said.word and said.word.why) == (Standing.VOUCHED_FOR, "Lektor meines Buchs")
    assert stands(carded, KAI, at=days(3000)).standing is Standing.VOUCHED_FOR
    assert [one.person.id for one in everybody(carded, at=NOW)] == [KAI.id]
    say_standing(carded, "Kai Falk", Standing.STRANGER, now=days(1))
    assert stands(carded, KAI, at=days(2)).standing is Standing.STRANGER
    assert [one.act for one in carded.entries(about=KAI.id)] == ["standing", "standing"]
    with pytest.raises(Refused):
        say_standing(carded, "Kai Falk", Standing.IN_TOUCH, now=NOW)


def test_house_rules_see_the_standing(carded: Book) -> None:
    """What the owner said of a person is the fact `person.standing` of their next request."""
    case = case_of("c1")
    carded.meet(case.person)
    say_standing(carded, case.person.id, Standing.CONTACT, now=NOW)
    assert known_of(carded, case.person, case.request, (), days(1)).standing is Standing.CONTACT


def test_a_relationship_makes_a_contact_where_the_rules_say_so(carded: Book) -> None:
    """A request that was left open becomes a contact by itself once the two are in touch (C15)."""
    doorman = Doorman(load_panel(), preset("relationship-first"), shipped_templates())
    plain = case_of("c1")
    case = replace(plain, decision=replace(plain.decision, action=Action.WATCH))
    carded.keep(case, now=NOW)
    assert promote(carded, doorman, at=NOW) == ()
    for day in range(1, 7):
        kind = EncounterKind.MAIL_IN if day % 2 else EncounterKind.MAIL_OUT
        meet(carded, case.person, kind, days(day), turn=True)
    (made,) = promote(carded, doorman, at=days(8))
    assert (made.person.id, made.standing) == (case.person.id, Standing.CONTACT)
    assert made.word is not None
    assert (made.word.by, bool(made.word.why), bool(made.word.why_de)) == (StandingBy.EVIDENCE, True, True)
    assert promote(carded, doorman, at=days(9)) == ()


def test_of_whom_nothing_changed_nobody_thinks_again_that_day(carded: Book) -> None:
    """Another letter, another day and other house rules are what is thought of again for."""
    open_ = Doorman(load_panel(), preset("relationship-first"), shipped_templates())
    rules = tuple(rule for rule in open_.policy.rules if rule.do is not Action.ACCEPT)
    strict = replace(open_, policy=replace(open_.policy, rules=rules))
    plain = case_of("c1")
    carded.keep(replace(plain, decision=replace(plain.decision, action=Action.WATCH)), now=NOW)
    for day in range(1, 7):
        kind = EncounterKind.MAIL_IN if day % 2 else EncounterKind.MAIL_OUT
        meet(carded, plain.person, kind, days(day), turn=True)
    carded.settle()

    def asked(doorman: Doorman, at: datetime) -> int:
        with CaptureQueriesContext(connections[carded._tables.using]) as questions:
            assert promote(carded, doorman, at=at) == ()
        return len(questions)

    first = asked(strict, days(8))
    assert asked(strict, days(8)) < first
    assert asked(strict, days(9)) >= first
    assert asked(strict, days(9)) < first
    meet(carded, plain.person, EncounterKind.MAIL_IN, days(8), turn=True)
    carded.settle()
    assert asked(strict, days(9)) >= first
    (made,) = promote(carded, open_, at=days(9))
    assert made.standing is Standing.CONTACT


def test_evidence_makes_no_contact_of_whom_the_owner_put_back(carded: Book) -> None:
    """The owner's word holds against all evidence."""
    doorman = Doorman(load_panel(), preset("relationship-first"), shipped_templates())
    plain = case_of("c1")
    carded.keep(replace(plain, decision=replace(plain.decision, action=Action.WATCH)), now=NOW)
    say_standing(carded, plain.person.id, Standing.STRANGER, now=NOW)
    for day in range(1, 7):
        kind = EncounterKind.MAIL_IN if day % 2 else EncounterKind.MAIL_OUT
        meet(carded, plain.person, kind, days(day), turn=True)
    assert promote(carded, doorman, at=days(8)) == ()
    assert stands(carded, plain.person, at=days(8)).standing is Standing.STRANGER


# --- the watch list ---


def test_an_entry_has_a_reason_and_a_clock(carded: Book) -> None:
    """Half a year where no day is named; said again it is renewed; taken off it is gone."""
    put_on(carded, "Kai Falk", why="will über Türen schreiben", now=NOW)
    (one,) = watch_list(carded, at=NOW)
    assert (one.entry.why, one.entry.since, one.entry.until) == ("will über Türen schreiben", NOW, NOW + LONG)
    assert stands(carded, KAI, at=NOW).standing is Standing.WATCHED
    put_on(carded, "Kai Falk", until=days(400), now=days(1))
    (one,) = watch_list(carded, at=days(1))
    assert (one.entry.why, one.entry.until) == ("will über Türen schreiben", days(400))
    take_off(carded, "Kai Falk", now=days(2))
    assert watch_list(carded, at=days(2)) == ()
    with pytest.raises(NotFound):
        take_off(carded, "Kai Falk", now=days(2))
    with pytest.raises(Refused):
        put_on(carded, "Kai Falk", until=NOW, now=NOW)


@pytest.mark.parametrize(
    ("kind", "turn", "wakes"),
    [
        (EncounterKind.MEETING, False, WakeKind.MET),
        (EncounterKind.CARD, False, WakeKind.MET),
        (EncounterKind.INTRODUCTION, False, WakeKind.INTRODUCED),
        (EncounterKind.MAIL_IN, True, WakeKind.WROTE),
        (EncounterKind.MAIL_IN, False, None),
        (EncounterKind.MAIL_OUT, True, None),
    ],
)
def test_an_entry_wakes_by_what_happens(
    carded: Book, kind: EncounterKind, turn: bool, wakes: WakeKind | None
) -> None:
    """A meeting, a card, an introduction and an answer wake it; a mere letter and the owner's own do not."""
    put_on(carded, "Kai Falk", now=NOW)
    meet(carded, KAI, kind, days(3), turn=turn)
    (one,) = watch_list(carded, at=days(4))
    assert one.wake == (Wake(wakes, days(3)) if wakes else None)
    assert len(wake(carded, at=days(4))) == (1 if wakes else 0)
    assert wake(carded, at=days(5)) == ()


def test_what_wakes_gives_the_request_back_and_time_does_not(carded: Book) -> None:
    """A rule put it on the list: a meeting lets it wait for the owner again, half a year does not."""
    plain = case_of("c1")
    case = replace(plain, decision=replace(plain.decision, action=Action.WATCH))
    carded.keep(case, now=NOW)
    (one,) = watch_list(carded, at=NOW)
    assert (one.by_rule, one.wake) == (True, None)
    (late,) = watch_list(carded, at=days(400))
    assert late.wake is not None
    assert late.wake.kind is WakeKind.TIME
    assert wake(carded, at=days(400)) == ()
    assert carded.case(case.request.id).state is CaseState.WATCHED
    meet(carded, case.person, EncounterKind.MEETING, days(401))
    assert [woken.person.id for woken in wake(carded, at=days(402))] == [case.person.id]
    assert carded.case(case.request.id).state is CaseState.WAITING


def test_what_woke_sleeps_again_when_it_is_kept_in_mind_again(carded: Book) -> None:
    """The owner's second word is a word, not the first one over again; taken back, the entry is awake."""
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    plain = case_of("c1")
    carded.keep(replace(plain, decision=replace(plain.decision, action=Action.WATCH)), now=NOW)
    meet(carded, plain.person, EncounterKind.MEETING, days(1))
    assert len(wake(carded, at=days(2))) == 1
    for turn in (3, 203):  # the second time the half year is over
        assert decide(carded, doorman, "c1", Choice.WATCHED, now=days(turn)).is_new
        assert decide(carded, doorman, "c1", Choice.WATCHED, now=days(turn)).is_new is False
        (one,) = watch_list(carded, at=days(turn))
        assert (one.wake, carded.case("c1").state) == (None, CaseState.WATCHED)
        assert wake(carded, at=days(turn)) == ()
        meet(carded, plain.person, EncounterKind.CARD, days(turn + 1))
        (woken,) = wake(carded, at=days(turn + 2))
        assert (woken.wake, carded.case("c1").state) == (
            Wake(WakeKind.MET, days(turn + 1)),
            CaseState.WAITING,
        )
        assert wake(carded, at=days(turn + 3)) == ()
    decide(carded, doorman, "c1", Choice.WATCHED, now=days(300))
    assert take_back(carded, doorman, "c1", now=days(300))
    (one,) = watch_list(carded, at=days(300))
    assert (one.wake, carded.case("c1").state) == (Wake(WakeKind.MET, days(204)), CaseState.WAITING)
    assert wake(carded, at=days(300)) == ()


def test_a_later_letter_with_a_reason_wakes_and_a_hollow_one_does_not(carded: Book) -> None:
    """They write well: their new request reads as having a reason, and surely so."""
    plain = case_of("c1")
    first = replace(plain, decision=replace(plain.decision, action=Action.WATCH))
    carded.keep(first, now=NOW)
    arrived = first.request.arrived or NOW

    def write(id_: str, verdict: Verdict, *, unsure: bool, after: int) -> None:
        request = replace(first.request, id=id_, arrived=arrived + timedelta(days=after))
        reading = replace(first.reading, verdict=verdict, unsure=unsure)
        carded.keep(replace(plain, request=request, reading=reading), now=days(after))

    write("c-hollow", Verdict.HOLLOW, unsure=False, after=1)
    write("c-unsure", Verdict.REASON, unsure=True, after=2)
    assert wake(carded, at=days(3)) == ()
    write("c-well", Verdict.REASON, unsure=False, after=4)
    (one,) = wake(carded, at=days(5))
    assert one.wake == Wake(WakeKind.WROTE, arrived + timedelta(days=4))


def test_cards_changed_on_a_page_stand_in_the_file_too(book: Book, tmp_path: Path) -> None:
    """With what it said before beside it; a file that was edited meanwhile is left alone."""
    path = tmp_path / FILE
    cards = take_in(book, TEXT, FILE, "en", now=NOW).cards
    assert write_after(tmp_path, cards, None)
    assert read_file(tmp_path, "en")[0].options == cards.options
    path.write_text(f"# mine\n{TEXT}")
    changed = replace(cards, topics=("Neues",))
    assert not write_after(tmp_path, changed, TEXT)
    assert path.read_text().startswith("# mine")
    assert write_after(tmp_path, changed, f"# mine\n{TEXT}")
    assert read_file(tmp_path, "en")[0].topics == ("Neues",)
    assert (tmp_path / f"{FILE}.before").read_text().startswith("# mine")
    assert (tmp_path / f"{FILE}.before").stat().st_mode & 0o077 == 0
    path.write_bytes(b"\xff\xfe\x00")
    assert not write_after(tmp_path, cards, TEXT)
