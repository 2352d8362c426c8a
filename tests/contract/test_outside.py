"""Evidence from outside of one text, on both databases: copies of others, answers to questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formataddr
from pathlib import Path

import pytest

from anlass.case import Case
from anlass.desk.cases.inbox import sheet
from anlass.desk.evidence.outside import copy_of, evidence_of, sketch_of
from anlass.desk.history.collecting import collect
from anlass.desk.requests.screening import Desk, Judged, Passed, screen
from anlass.doorman import Doorman
from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus import FindingKind
from anlass.litmus.copies import Copies, Copy, copies_of
from anlass.litmus.reply import Outcome
from anlass.litmus.shipped import load_panel
from anlass.people import Person, Standing
from anlass.policy import Action, Policy, parse_policy, preset
from anlass.replies import shipped_templates
from anlass.store.book import Book, CaseState
from tests.contract.conftest import NewBook
from tests.plans import plan_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLGA = "Olga Brandt <olga@home.example>"
TEMPLATE = """Guten Tag {you},

mein Name ist {me} und ich unterstütze Unternehmen wie {firm} dabei, planbar neue Kunden zu gewinnen. Ich bin
auf Ihr Profil gestoßen und finde Ihren Werdegang sehr spannend. Hätten Sie diese Woche 15 Minuten für ein
kurzes Telefonat? Dann zeige ich Ihnen, wie {firm} in 90 Tagen bis zu 40 % mehr Umsatz macht.

Viele Grüße
{me}
"""
TIM, SABINE, UDO = (
    ("Tim Kruse", "tim@kruse.example"),
    ("Sabine Meyer", "s@meyer.example"),
    ("Udo Lang", "u@lang.example"),
)
PETRA = ("Petra Loos", "petra@loos.example")
QUESTION = "Guten Tag, worum genau soll es gehen, und wie sind Sie auf mich gekommen?\n\nOlga Brandt"
ANSWERED = "Mein Sohn macht bei Ihnen die Lehre, es geht um den Vertrag."


def mail(
    folder: Path, name: str, who: tuple[str, str], day: int, text: str, *, answers: str = "", to: str = OLGA
) -> None:
    """Put one mail of November 2026 into a folder."""
    message = EmailMessage()
    message["From"], message["To"] = formataddr(who), to
    message["Date"], message["Message-ID"] = datetime(2026, 11, day, 9, tzinfo=UTC), f"<{name}@x.example>"
    message["Subject"] = "AW: Telefonat" if answers else "Telefonat"
    if answers:
        message["In-Reply-To"] = message["References"] = f"<{answers}@x.example>"
    message.set_content(text)
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


def copy(folder: Path, name: str, who: tuple[str, str], day: int, you: str = "Frau Brandt") -> None:
    """Put one copy of the template into a folder."""
    mail(folder, name, who, day, TEMPLATE.format(me=who[0], you=you, firm=f"{you} & Co"))


def asked(folder: Path, question: str = QUESTION) -> None:
    """Put Petra's first letter and Olga's answer to it into a folder."""
    mail(folder, "first", PETRA, 2, "Guten Tag Frau Brandt,\n\nkönnten wir kurz telefonieren?\n\nPetra Loos")
    mail(
        folder,
        "question",
        ("Olga Brandt", "olga@home.example"),
        3,
        question,
        answers="first",
        to=f"{PETRA[0]} <{PETRA[1]}>",
    )


def replied(folder: Path, text: str, day: int = 4) -> None:
    """Put what Petra wrote back into a folder."""
    quoted = f"{text}\n\nAm 3. November 2026 schrieb Olga Brandt:\n> worum genau soll es gehen?\n"
    mail(folder, f"reply-{day}", PETRA, day, quoted, answers="question")


def judged(book: Book, folders: Sequence[Path], policy: Policy | None = None) -> list[Case]:
    """Collect and screen folders; return the cases in the order they are told."""
    return [one.case for one in outcomes(book, folders, policy) if isinstance(one, Judged)]


def outcomes(book: Book, folders: Sequence[Path], policy: Policy | None = None) -> list[Judged | Passed]:
    """Collect and screen folders; return everything that is told."""
    collect(book, folders, owner=["olga@home.example"], now=NOW)
    desk = Desk(book, doorman(policy), Recipient("Olga Brandt"), NOW)
    told = list(screen(desk, folders, with_others=True))
    return [one for one in told if isinstance(one, Judged | Passed)]


def doorman(policy: Policy | None = None) -> Doorman:
    """Return the doorman with the shipped wits and a policy, the default where none is given."""
    return Doorman(load_panel(), policy or preset("show-me-why"), shipped_templates())


def senders(cases: Iterable[Case]) -> dict[str, int]:
    """Return how many others sent the text of each case before, by the sender's name."""
    return {case.person.name: case.copies.senders for case in cases}


def mass(case: Case) -> list[str]:
    """Return what a case's reading says of copies."""
    found = (one.says for one in case.reading.findings if one.kind is FindingKind.MASS)
    return [says for says in found if "Fast derselbe Text" in says]


# --- copies ---


def test_the_same_text_of_several_senders_is_a_finding_of_each_but_the_first(
    book: Book, tmp_path: Path
) -> None:
    """It names how many and since when, stands in the reading, and a rule can count it."""
    for day, who in enumerate([TIM, SABINE, UDO], start=5):
        copy(tmp_path, f"m{day}", who, day, you=["Frau Brandt", "Olga", "Frau Dr. Brandt"][day - 5])
    rule = parse_policy('[[rule]]\nname = "viele"\nwhy = "w"\nall = ["request.copies >= 2"]\ndo = "lapse"\n')
    first, second, third = judged(book, [tmp_path], rule)
    assert (mass(first), first.copies) == ([], Copies())
    assert mass(second) == [
        "Fast derselbe Text kam schon von einem anderen Absender, zuerst am 5. November 2026."
    ]
    assert mass(third) == [
        "Fast derselbe Text kam schon von 2 anderen Absendern, zuerst am 5. November 2026."
    ]
    assert third.copies.cases == (first.request.id, second.request.id)
    assert [case.decision.rule.de == "viele" for case in (first, second, third)] == [False, False, True]
    german, english = (sheet(book, third.request.id, now=NOW, lang=lang).remarks[-1] for lang in ("de", "en"))
    assert german == mass(third)[0]
    assert english == "Nearly the same text came from 2 other senders before, first on 5 November 2026."


def test_a_reminder_of_the_same_person_is_no_mailing(book: Book, tmp_path: Path) -> None:
    """The same text again, also from another address under the same name, says nothing of others."""
    copy(tmp_path, "a", TIM, 5)
    copy(tmp_path, "b", TIM, 9)
    copy(tmp_path, "c", ("Kruse, Tim", "tim@elsewhere.example"), 12)
    assert [case.copies for case in judged(book, [tmp_path])] == [Copies()] * 3


def test_the_dates_decide_whatever_was_found_first(new_book: NewBook, tmp_path: Path) -> None:
    """An older archive that is screened later gives the same cases as both at once."""
    old, new = tmp_path / "old", tmp_path / "new"
    copy(old, "a", TIM, 5)
    copy(new, "b", SABINE, 8)
    copy(new, "c", UDO, 11)
    book = new_book()
    judged(book, [new])
    judged(book, [old])
    late = {kept.case.person.name: kept.case for kept in book.cases().cases}
    together = {case.person.name: case for case in judged(new_book(), [new, old])}
    assert senders(late.values()) == {"Tim Kruse": 0, "Sabine Meyer": 1, "Udo Lang": 2}
    assert late == together


def test_what_the_owner_has_touched_stays_as_it_was(book: Book, tmp_path: Path) -> None:
    """A case that was moved by hand keeps the evidence it was decided on."""
    old, new = tmp_path / "old", tmp_path / "new"
    copy(old, "a", TIM, 5)
    copy(new, "b", SABINE, 8)
    (case,) = judged(book, [new])
    book.set_state(case.request.id, CaseState.WATCHED)
    judged(book, [old])
    assert book.case(case.request.id).case == case


def test_screening_again_tells_the_same(book: Book, tmp_path: Path) -> None:
    """Nothing is counted twice, and every case can be replayed from what is kept with it."""
    for day, who in enumerate([TIM, SABINE, UDO], start=5):
        copy(tmp_path, f"m{day}", who, day)
    asked(tmp_path)
    replied(tmp_path, ANSWERED)
    first = judged(book, [tmp_path])
    assert judged(book, [tmp_path]) == first
    kept = book.cases().cases
    assert len(kept) == 4
    for one in kept:
        assert doorman().consider(evidence_of(one)) == one.case


def test_copies_are_found_across_networks(book: Book, tmp_path: Path) -> None:
    """A text that came through a network is a copy of the same text in a mail, with no address at all."""
    copy(tmp_path, "a", TIM, 5)
    (case,) = judged(book, [tmp_path])
    text = case.request.text.replace("Tim Kruse", "Ina Wolf")
    request = ContactRequest("n1", Channel.LINKEDIN, text, requester=Requester("Ina Wolf"), arrived=NOW)
    made = sketch_of(load_panel(), request)
    assert made is not None
    person = Person("nobody-else", "Ina Wolf")
    mine = copy_of(request, person, "")
    assert copies_of(mine, book.earlier_alike(made, mine)) == Copies(
        1, case.request.arrived, (case.request.id,)
    )
    book.keep(replace(case, request=request, person=person), now=NOW)
    book.keep_sketch(replace(case, request=request, person=person), "", made)
    undated = Copy("later", "p", "", None)
    assert {one.person for one in book.earlier_alike(made, undated)} == {case.person.id, "nobody-else"}
    (theirs,) = book.earlier_alike(made, mine)
    assert theirs.case == case.request.id
    assert [one.case for one in book.later_alike(made, theirs)] == ["n1"]
    assert book.later_alike(made, mine) == ()


def test_one_owners_mail_says_nothing_to_another(new_book: NewBook, tmp_path: Path) -> None:
    """The same text at another owner's door is no evidence at this one."""
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    copy(theirs, "a", TIM, 5)
    copy(theirs, "b", SABINE, 6)
    copy(mine, "c", UDO, 7)
    other, book = new_book(), new_book()
    assert senders(judged(other, [theirs])) == {"Tim Kruse": 0, "Sabine Meyer": 1}
    assert senders(judged(book, [mine])) == {"Udo Lang": 0}
    assert judged(other, [theirs])[0].copies == Copies()


def test_cases_from_before_are_sketched_on_the_way(book: Book, tmp_path: Path) -> None:
    """A book that knows no sketches yet finds its old cases all the same."""
    old, new = tmp_path / "old", tmp_path / "new"
    copy(old, "a", TIM, 5)
    copy(new, "b", SABINE, 8)
    judged(book, [old])
    for table in ("sketch", "sketchband"):
        book._tables.write(f"DELETE FROM store_{table} WHERE owner_id = %(owner)s")
    assert len(list(book.unsketched())) == 1
    assert senders(judged(book, [new])) == {"Sabine Meyer": 1}
    assert list(book.unsketched()) == []


def test_a_lookup_goes_by_owner_and_band(book: Book) -> None:
    """The bands are searched by the key, never row by row."""
    plan = plan_of(book, "SELECT id FROM store_sketchband WHERE owner_id = %(owner)s AND band IN (1, 2, 3)")
    assert ("owner_id=? AND band=?" in plan) or "Index" in plan


# --- second rounds ---


def test_an_answer_to_the_owners_question_belongs_to_its_case(book: Book, tmp_path: Path) -> None:
    """The reply is still no request of its own; the case knows what came, and the owner sees it."""
    asked(tmp_path)
    replied(tmp_path, ANSWERED)
    told = outcomes(book, [tmp_path])
    (case,) = (one.case for one in told if isinstance(one, Judged))
    assert sorted(one.ruling.rule for one in told if isinstance(one, Passed)) == ["N12", "N22"]
    assert case.second is not None
    assert (case.second.answer.outcome, case.second.answer.quote) == (Outcome.FILLED, ANSWERED)
    assert case.second.reply.request.text == ANSWERED
    assert (case.decision.action, case.decision.rule.de) == (Action.HOLD, "Die Nachfrage ist beantwortet")
    assert case.known.asked == 1
    kept = book.case(case.request.id)
    assert (kept.state, kept.answered_at) == (CaseState.WAITING, None)
    second = sheet(book, kept.id, now=NOW, lang="de").second
    assert second is not None
    assert (second.says, second.shown) == ("Die Antwort sagt, wonach gefragt war.", ANSWERED)


def test_the_answer_may_come_in_a_later_run(book: Book, tmp_path: Path) -> None:
    """Asked first, then answered: the same case as when all of it is there at once."""
    asked(tmp_path)
    (case,) = judged(book, [tmp_path])
    assert (case.decision.action, case.second) == (Action.ASK_BACK, None)
    assert book.case(case.request.id).state is CaseState.ASKED
    replied(tmp_path, "Das besprechen wir am besten am Telefon, dann erzähle ich Ihnen alles.")
    (case,) = judged(book, [tmp_path])
    assert case.second is not None
    assert case.second.answer.outcome is Outcome.HOT_AIR
    assert (case.decision.action, book.case(case.request.id).state) == (Action.LAPSE, CaseState.DONE)
    assert judged(book, [tmp_path]) == [case]


@pytest.mark.parametrize(
    "text", ["Für wen halten Sie sich eigentlich? Das ist arrogant.", "Sie machen mich wütend."]
)
def test_whoever_is_hurt_comes_to_the_owner_whatever_the_rules_say(
    book: Book, tmp_path: Path, text: str
) -> None:
    """Even a house that closes everything leaves an angry answer to its owner."""
    asked(tmp_path)
    replied(tmp_path, text)
    ask = '[[rule]]\nname = "a"\nwhy = "w"\nall = ["answer.outcome == \'none\'"]\ndo = "ask_back"\n'
    close = '[[rule]]\nname = "b"\nwhy = "w"\nall = ["true"]\ndo = "lapse"\n'
    (case,) = judged(book, [tmp_path], parse_policy(ask + close))
    assert (case.decision.action, case.decision.rule.en) == (Action.HOLD, "Hurt feelings come to you")


def test_nobody_is_asked_twice(book: Book, tmp_path: Path) -> None:
    """Rules that would ask again are overruled once an answer came."""
    asked(tmp_path)
    replied(tmp_path, "Am Telefon mehr.")
    always = parse_policy('[[rule]]\nname = "a"\nwhy = "w"\nall = ["true"]\ndo = "ask_back"\n')
    (case,) = judged(book, [tmp_path], always)
    assert (case.decision.action, case.decision.rule.de) == (Action.HOLD, "Gefragt wird nur einmal")
    assert case.draft is None


def test_an_own_letter_that_asks_nothing_is_an_answer_and_no_question(book: Book, tmp_path: Path) -> None:
    """What comes after it is the owner's talk, not the doorman's."""
    asked(tmp_path, "Gern, ich rufe Sie morgen an. Viele Grüße, Olga Brandt")
    replied(tmp_path, ANSWERED)
    (case,) = judged(book, [tmp_path])
    assert (case.decision.action, case.second) == (Action.ASK_BACK, None)
    assert book.case(case.request.id).state is CaseState.DONE


def test_of_several_replies_the_one_that_says_most_is_read(book: Book, tmp_path: Path) -> None:
    """A thank-you first and the matter a day later is an answer."""
    asked(tmp_path)
    replied(tmp_path, "Vielen Dank für Ihre Antwort, ich melde mich.", 4)
    replied(tmp_path, ANSWERED, 5)
    (case,) = judged(book, [tmp_path])
    assert case.second is not None
    assert case.second.reply.request.text == ANSWERED


def test_what_was_asked_before_is_known_of_the_person(book: Book, tmp_path: Path) -> None:
    """A new letter of somebody who was asked back once says so to the rules; the watch list too."""
    asked(tmp_path)
    judged(book, [tmp_path])
    later = tmp_path / "later"
    mail(
        later,
        "again",
        PETRA,
        15,
        "Guten Tag Frau Brandt,\n\nhätten Sie nächste Woche Zeit für mich?\n\nPetra Loos",
    )
    (case,) = judged(book, [later])
    assert (case.known.asked, case.known.standing) == (1, Standing.STRANGER)
    assert case.decision.action is not Action.ASK_BACK
    book.set_state(case.request.id, CaseState.WATCHED)
    known = book.known_of(case.person, without="", before=NOW)
    assert (known.standing, known.asked) == (Standing.WATCHED, 1)


def test_a_program_that_answers_is_no_answer(book: Book, tmp_path: Path) -> None:
    """An out-of-office note leaves the case as it was: asked."""
    asked(tmp_path)
    replied(tmp_path, "Ich bin im Urlaub.")
    path = tmp_path / "reply-4.eml"
    path.write_bytes(b"Auto-Submitted: auto-replied\n" + path.read_bytes())
    (case,) = judged(book, [tmp_path])
    assert (case.second, book.case(case.request.id).state) == (None, CaseState.ASKED)


def test_cases_of_before_this_was_known_are_read_as_they_are(book: Book, tmp_path: Path) -> None:
    """Old rows lack copies, knowledge and second rounds; they have none of them."""
    copy(tmp_path, "a", TIM, 5)
    (case,) = judged(book, [tmp_path])
    row = book._tables.row("SELECT content FROM store_case WHERE owner_id = %(owner)s")
    assert row is not None
    assert '"copies":' in row[0]
    cut = row[0][: row[0].index(',"known":')] + "}"
    book._tables.write("UPDATE store_case SET content = %(cut)s WHERE owner_id = %(owner)s", cut=cut)
    assert book.case(case.request.id).case == replace(case, copies=Copies(), second=None)
