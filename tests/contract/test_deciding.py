"""The owner's word on cases: as they were seen, many at once, each with a way back, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anlass.desk.cases.acting import Acted, Seen, act_on
from anlass.desk.cases.undoing import acts, undo
from anlass.desk.cases.version import marks_of
from anlass.desk.decisions.answers import answer_to, reword
from anlass.desk.decisions.deciding import Choice, choice_on, decide
from anlass.desk.learning.teaching import teach_verdict
from anlass.desk.outgoing.outbox import Words, Writer, cancel, release
from anlass.doorman import Doorman, Evidence
from anlass.errors import NotFound, Refused
from anlass.intake import Channel, ContactRequest, Requester
from anlass.litmus import Verdict
from anlass.litmus.shipped import load_panel
from anlass.people import mail_address, person_at
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.book import Book, CaseState
from anlass.store.cases.wordings import Wording
from anlass.store.outgoing.outbox import OutboxState

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DOORMAN = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
ME = Writer("Olga Brandt", "olga@home.example")
ASKS = """Guten Tag Frau Brandt, ich heiße Jana Roth und bin Bibliothekarin in Kiel.
Hätten Sie nächste Woche 30 Minuten für ein Telefonat?"""
THREE = ("eins", "zwei", "drei")


@pytest.fixture
def house(book: Book) -> Book:
    """A book in which three letters wait that ask for time."""
    for number, id_ in enumerate(THREE):
        address = mail_address(f"{id_}@ag.example")
        assert address
        text = f"{ASKS} Ihr {id_.title()}"
        request = ContactRequest(
            id_, Channel.MAIL, text, subject="Austausch", requester=Requester(id_.title(), address),
            arrived=NOW - timedelta(hours=number), message_id=f"{id_}@ag.example",
        )  # fmt: skip
        evidence = Evidence(request, person_at(address, id_.title()), (), NOW)
        book.keep(DOORMAN.consider(evidence), now=NOW)
    return book


def say(book: Book, choice: Choice, *cases: str, minutes: int = 0, marks: bool = False) -> Acted:
    """Say a word to these cases, as they stand now where `marks` are wanted."""
    shown = marks_of(book, [book.case(case) for case in cases]) if marks else {}
    seen = [Seen(case, shown.get(case, "")) for case in cases]
    return act_on(book, DOORMAN, seen, choice, now=NOW + timedelta(minutes=minutes), lang="de")


def states(book: Book) -> list[str]:
    """Return what each case needs."""
    return [book.case(case).state.value for case in THREE]


def sent(book: Book, minutes: int) -> None:
    """Let whatever is due leave."""
    when = NOW + timedelta(minutes=minutes)
    boxed = book.outbox.claim("w", now=when)
    assert boxed
    assert book.outbox.hand_over(boxed.id, "w", now=when)
    assert book.outbox.delivered(boxed.id, "w", now=when)


@pytest.mark.parametrize(
    ("choice", "state", "lessons"),
    [
        (Choice.ACCEPTED, CaseState.DONE, [Verdict.REASON]),
        (Choice.ASKED, CaseState.ASKED, [Verdict.ASK]),
        (Choice.WATCHED, CaseState.WATCHED, []),
        (Choice.DECLINED, CaseState.ASKED, []),
        (Choice.LAPSED, CaseState.DONE, [Verdict.HOLLOW]),
    ],
)
def test_each_word_is_kept_learned_from_and_taken_back(
    house: Book, choice: Choice, state: CaseState, lessons: list[Verdict]
) -> None:
    """After the way back everything is as it was: state, reading, lessons."""
    before = [house.case(case) for case in THREE]
    acted = say(house, choice, "eins", marks=True)
    assert (acted.done, acted.stood, acted.refused) == (("eins",), (), ())
    assert (house.case("eins").state, choice_on(house, "eins")) == (state, choice)
    assert [one.verdict for one in house.lessons()] == lessons
    undone = undo(house, DOORMAN, acted.act, now=NOW, lang="de")
    assert (undone.cases, undone.kept) == (("eins",), ())
    assert [house.case(case) for case in THREE] == before
    assert house.lessons() == ()


def test_many_are_decided_in_one_act_and_taken_back_as_one(house: Book) -> None:
    """One act, one line in the list of acts, one way back for all of them."""
    before = [house.case(case) for case in THREE]
    acted = say(house, Choice.LAPSED, *THREE)
    assert (acted.done, states(house)) == (THREE, ["done"] * 3)
    (act,) = acts(house, lang="de")
    assert (act.id, act.says, act.stands) == (acted.act, "3 Vorgänge: verfallen gelassen", True)
    undone = undo(house, DOORMAN, now=NOW, lang="de")
    assert undone.says == "Zurückgenommen: 3 Vorgänge: verfallen gelassen."
    assert [house.case(case) for case in THREE] == before
    assert [act.stands for act in acts(house, lang="de")] == [False]
    with pytest.raises(NotFound, match="Es gibt nichts"):
        undo(house, DOORMAN, now=NOW, lang="de")
    with pytest.raises(Refused, match="schon zurückgenommen"):
        undo(house, DOORMAN, acted.act, now=NOW, lang="de")


def test_the_same_said_twice_is_said_once(house: Book) -> None:
    """A second press of the button, from the same old page, changes nothing and is no act."""
    mark = marks_of(house, [house.case("eins")])["eins"]
    first = act_on(house, DOORMAN, [Seen("eins", mark)], Choice.WATCHED, now=NOW, lang="de")
    again = act_on(house, DOORMAN, [Seen("eins", mark)] * 2, Choice.WATCHED, now=NOW, lang="de")
    assert (first.done, again.done, again.stood, again.act) == (("eins",), (), ("eins", "eins"), "")
    assert len([one for one in house.entries() if one.act == "decide"]) == 1


def test_what_was_decided_meanwhile_is_not_decided_again(house: Book) -> None:
    """An old page says what stands now; the others that it names are done all the same."""
    marks = marks_of(house, [house.case(one) for one in THREE])
    say(house, Choice.ACCEPTED, "zwei")
    house.set_state("drei", CaseState.WATCHED)
    seen = [Seen(case, mark) for case, mark in marks.items()]
    acted = act_on(house, DOORMAN, [*seen, Seen("x")], Choice.LAPSED, now=NOW, lang="de")
    assert acted.done == ("eins",)
    assert dict(acted.refused) == {
        "zwei": "Inzwischen ist schon entschieden: angenommen. Dabei ist es geblieben.",
        "drei": "Inzwischen hat sich dieser Vorgang geändert. Sieh ihn noch einmal an und entscheide dann.",
        "x": "Diesen Vorgang gibt es nicht mehr.",
    }
    assert states(house) == ["done", "done", "watched"]
    assert choice_on(house, "zwei") is Choice.ACCEPTED


def test_way_back_leaves_what_was_decided_since(house: Book) -> None:
    """Of an act of many only what still stands is taken back; the rest is named."""
    acted = say(house, Choice.LAPSED, *THREE)
    say(house, Choice.WATCHED, "zwei")
    undone = undo(house, DOORMAN, acted.act, now=NOW, lang="en")
    assert undone.cases == ("eins", "drei")
    assert undone.kept == (("zwei", "Something else has been decided meanwhile. That stands."),)
    assert states(house) == ["waiting", "watched", "waiting"]


def test_letter_fits_what_was_decided(house: Book) -> None:
    """What is shown and released is the letter of the owner's word, and a decline reads as a question."""
    templates = DOORMAN.templates
    house_says = house.case("eins").case.draft
    assert house_says
    for choice in (Choice.ASKED, Choice.DECLINED):
        say(house, choice, "eins")
        answer = answer_to(house, templates, house.case("eins"))
        assert (answer.decision.action, answer.draft) == (choice.action, house_says)
    say(house, Choice.ACCEPTED, "eins")
    answer = answer_to(house, templates, house.case("eins"))
    assert answer.draft
    assert answer.draft.text != house_says.text
    boxed = release(house, ME, "eins", now=NOW, lang="de", templates=templates)
    assert (boxed.letter.text, boxed.letter.kind.value) == (answer.draft.text.words, "answer")
    for silent in (Choice.WATCHED, Choice.LAPSED):
        say(house, silent, "zwei")
        assert answer_to(house, templates, house.case("zwei")).draft is None


def test_way_back_calls_a_waiting_letter_back_and_none_that_left(house: Book) -> None:
    """Within two minutes the letter comes back with the word; then it is said that it cannot."""
    acted = say(house, Choice.ASKED, "eins")
    release(house, ME, "eins", now=NOW + timedelta(minutes=1), lang="de", templates=DOORMAN.templates)
    undo(house, DOORMAN, acted.act, now=NOW + timedelta(minutes=2), lang="de")
    assert [one.state for one in house.outbox.all()] == [OutboxState.CANCELLED]
    assert states(house)[0] == "waiting"
    again = say(house, Choice.ASKED, "eins", minutes=5)
    release(house, ME, "eins", now=NOW + timedelta(minutes=6), lang="de", templates=DOORMAN.templates)
    sent(house, 9)
    with pytest.raises(
        Refused, match=r"Der Brief ging um 12:09 Uhr hinaus\. Das lässt sich nicht zurückholen"
    ):
        undo(house, DOORMAN, again.act, now=NOW + timedelta(minutes=10), lang="de")
    assert (states(house)[0], choice_on(house, "eins")) == ("asked", Choice.ASKED)
    release_act = next(act for act in acts(house, lang="de") if "freigegeben" in act.says)
    with pytest.raises(Refused, match=r"Der Brief ging um 12:09 Uhr hinaus"):
        undo(house, DOORMAN, release_act.id, now=NOW + timedelta(minutes=10), lang="de")


def test_everything_lately_done_has_its_way_back(house: Book) -> None:
    """Releases, lessons and words of one's own are taken back as decisions are, the last first."""
    before = [house.case(case) for case in THREE]
    release(house, ME, "eins", now=NOW + timedelta(minutes=1), lang="en", templates=DOORMAN.templates)
    reword(house, DOORMAN.templates, "zwei", Wording("Worum geht es?"), now=NOW + timedelta(minutes=2))
    decide(house, DOORMAN, "zwei", Choice.LAPSED, now=NOW + timedelta(minutes=3))
    teach_verdict(house, DOORMAN, "drei", Verdict.REASON, now=NOW + timedelta(minutes=4))
    assert [act.says for act in acts(house, lang="en")] == [
        "Drei: something taught", "Zwei: let go", "Zwei: letter reworded", "Eins: letter released",
    ]  # fmt: skip
    for _ in range(4):
        undo(house, DOORMAN, now=NOW + timedelta(minutes=5), lang="en")
    assert [house.case(case) for case in THREE] == before
    assert (house.lessons(), house.wordings.of("zwei", "ask_back")) == ((), None)
    assert [one.state for one in house.outbox.all()] == [OutboxState.CANCELLED]
    assert [act.stands for act in acts(house, lang="en")] == [False] * 4


def test_own_words_are_what_leaves_and_outlast_the_way_back(house: Book) -> None:
    """Words that were released and called back are still there; another decision has words of its own."""
    words = Words("Worum geht es denn?\r\n\r\nO.", "  Ihre   Frage ")
    boxed = release(house, ME, "eins", now=NOW, lang="de", words=words, templates=DOORMAN.templates)
    assert (boxed.letter.text, boxed.letter.subject) == ("Worum geht es denn?\n\nO.", "Ihre Frage")
    cancel(house, boxed.id, now=NOW, lang="de")
    answer = answer_to(house, DOORMAN.templates, house.case("eins"))
    assert answer.draft
    assert answer.draft.text.words == "Worum geht es denn?\n\nO."
    assert answer.draft.subject
    assert answer.draft.subject.words == "Ihre Frage"
    again = release(house, ME, "eins", now=NOW, lang="de", templates=DOORMAN.templates)
    assert (again.letter.text, again.letter.subject) == (boxed.letter.text, boxed.letter.subject)
    cancel(house, again.id, now=NOW, lang="de")
    say(house, Choice.ACCEPTED, "eins")
    other = answer_to(house, DOORMAN.templates, house.case("eins"))
    assert other.draft
    assert "Worum geht es denn" not in other.draft.text.words
    say(house, Choice.ASKED, "eins")
    assert answer_to(house, DOORMAN.templates, house.case("eins")).draft == answer.draft
    reword(house, DOORMAN.templates, "eins", None, now=NOW)
    house_says = answer_to(house, DOORMAN.templates, house.case("eins")).draft
    assert house_says
    assert "Bevor wir 30 Minuten telefonieren" in house_says.text.words


def test_nothing_is_unlocked_without_a_card(house: Book) -> None:
    """Who has no card is told so, and nothing is decided."""
    with pytest.raises(Refused, match="keine Visitenkarte"):
        say(house, Choice.UNLOCKED, "eins")
    with pytest.raises(Refused, match="Kreuze erst an"):
        say(house, Choice.LAPSED)
    assert states(house) == ["waiting"] * 3


def test_a_word_of_the_owner_stands_whatever_is_learned_from_it(house: Book) -> None:
    """Letters that read alike are read again by what was said of one; what was decided stays decided."""
    say(house, Choice.LAPSED, "eins", "zwei")
    say(house, Choice.ACCEPTED, "drei")
    assert states(house) == ["done"] * 3
    assert [choice_on(house, case) for case in THREE] == [Choice.LAPSED, Choice.LAPSED, Choice.ACCEPTED]
