"""The desk turns what the book keeps into what the owner reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anlass.desk.cases.inbox import Answer, Line, set_aside, sheet
from anlass.desk.cases.waiting import PAGE, Inbox, inbox
from anlass.errors import NotFound
from anlass.intake import Mark
from anlass.litmus import Question
from anlass.store.cases.inbox import place_at
from anlass.store.cases.kept import CaseState
from tests.characters import CARLA, HOHL, NOW, SAM, MemoryBook


def test_inbox_when_people_wait() -> None:
    """The inbox groups by what is needed, newest first; what has no date counts from when it was kept."""
    shown = inbox(MemoryBook(), now=NOW, lang="de")
    assert [(group, [line.id for line, _ in lines]) for group, lines in shown.groups] == [
        (CaseState.WAITING, ["priya", "yusuf", "hohl", "sam", "carla", "maren", "vogt"]),
        (CaseState.ASKED, ["ahn"]),
        (CaseState.WATCHED, ["lucja", "noa"]),
        (CaseState.DONE, ["pryce", "reuter"]),
    ]
    assert (shown.today, shown.newer, shown.older) == ("Samstag, 21. November 2026", "", "")


def test_line_when_a_case_is_shown() -> None:
    """A case is one line of who and where, and one sentence."""
    shown = inbox(MemoryBook([SAM]), now=NOW, lang="en")
    assert tuple(line for line, _ in shown.groups[0][1]) == (
        Line(
            id="sam",
            name="Sam Whitlock",
            door="by mail",
            reads="with a reason",
            says="Asks for an answer, reason: “we read your chapter on ferry terminals aloud last winter …”.",
            when="yesterday afternoon",
            arrived=SAM.arrived,
            state=CaseState.WAITING,
        ),
    )


def test_sheet_when_there_is_nothing_to_read() -> None:
    """No verdict is spoken about words that nobody read, and nothing is remarked twice."""
    locked = sheet(
        MemoryBook([replace(SAM, marks=frozenset({Mark.ENCRYPTED, Mark.EMPTY}), text="", findings=())]),
        "sam",
        now=NOW,
        lang="de",
    )
    click = sheet(
        MemoryBook([replace(SAM, marks=frozenset({Mark.NOTICE, Mark.EMPTY}), text="", findings=())]),
        "sam",
        now=NOW,
        lang="de",
    )
    assert (locked.remarks, locked.verdict, locked.how_sure) == (
        (),
        "Verschlüsseltes liest hier kein Programm.",
        "",
    )
    assert (click.remarks, click.verdict, click.how_sure) == (
        ("Die Anfrage kam als Meldung eines Netzwerks.",),
        "Ohne ein Wort lässt sich kein Anlass erkennen.",
        "",
    )


def test_inbox_when_nobody_came() -> None:
    """An empty inbox is one empty page."""
    assert inbox(MemoryBook([]), now=NOW, lang="en") == Inbox("Saturday, 21 November 2026", ())


def test_page_when_cases_are_many() -> None:
    """Pages hold 25 cases and go on from a place; behind a place that is gone the inbox begins anew."""
    book = MemoryBook([replace(SAM, id=f"sam{number:03}") for number in range(2 * PAGE + 7, 0, -1)])
    first = inbox(book, now=NOW, lang="en")
    second = inbox(book, now=NOW, lang="en", after=place_at(first.older))
    last = inbox(book, now=NOW, lang="en", after=place_at(second.older))
    back = inbox(book, now=NOW, lang="en", before=place_at(last.newer))
    shown = [[line.id for line, _ in page.groups[0][1]] for page in (first, second, last, back)]
    assert [(page[0], page[-1], len(page)) for page in shown] == [
        ("sam057", "sam033", 25), ("sam032", "sam008", 25), ("sam007", "sam001", 7), ("sam032", "sam008", 25),
    ]  # fmt: skip
    assert (first.newer, last.older) == ("", "")


def test_sheet_when_a_case_is_opened() -> None:
    """A case shows what answers each question, what is shared, and why the rules say so."""
    shown = sheet(MemoryBook(), "carla", now=NOW, lang="de")
    assert shown.answers == (
        Answer(Question.WHO, "Wer?", is_answered=False, words=()),
        Answer(Question.OCCASION, "Anlass?", is_answered=True, words=(CARLA.findings[0].quote,)),
        Answer(
            Question.WHY_ME,
            "Warum ich?",
            is_answered=True,
            words=(CARLA.findings[1].quote, CARLA.findings[4].quote),
        ),
        Answer(
            Question.BENEFIT,
            "Was habe ich davon?",
            is_answered=True,
            words=("Verwenden Sie davon, was Sie brauchen.",),
        ),
        Answer(
            Question.SUBSTANCE, "Was liegt schon vor?", is_answered=True, words=(CARLA.findings[2].quote,)
        ),
    )
    assert shown.tie_says == (
        "Ihr habt euch seit Oktober 2025 vier Briefe geschrieben, einmal getroffen (Tagung in Kassel) "
        "und Karten getauscht; belegt sind davon drei."
    )
    assert [one.date for one in shown.shared][0::5] == ["15. Oktober 2025", "18. November 2026"]
    assert shown.why == "Regel „Ein guter Grund genügt“: Anlass, Bezug und Gehalt stehen da."
    assert shown.proposal == "Die Hausordnung schlägt vor, den Kontakt anzunehmen."


def test_rules_when_a_case_is_opened_in_english() -> None:
    """The same decision gives its reason and its rules in the language of the reader."""
    shown = sheet(MemoryBook(), "carla", now=NOW, lang="en")
    assert shown.why == "Rule “A good reason is enough”: Occasion, relation and substance are there."
    assert [tried.rule for tried in shown.trace] == [
        "Friends first",
        "Letters first, then contact",
        "Show me why",
    ]


def test_trace_when_rules_were_tried() -> None:
    """Every rule is told in order, with a sentence for each condition."""
    trace = sheet(MemoryBook(), "hohl", now=NOW, lang="de").trace
    assert [(tried.rule, tried.applies, len(tried.says)) for tried in trace] == [
        ("Freunde zuerst", False, 1),
        ("Erst Briefe, dann Kontakt", False, 2),
        ("Zeig mir, warum", True, 2),
    ]
    assert trace[1].says[1] == "Wechsel von Brief und Antwort: verlangt mindestens 3, gefunden 0."


def test_sheet_when_there_is_no_such_case() -> None:
    """A case that is not there is a mistake the owner can mend."""
    with pytest.raises(NotFound):
        sheet(MemoryBook(), "nobody", now=NOW, lang="en")


def test_name_when_the_person_has_none() -> None:
    """Whoever has no name is called by the address, and who has neither by nothing."""
    nameless, unknown = replace(HOHL, name=""), replace(HOHL, id="x", name="", address="")
    lines = inbox(MemoryBook([replace(unknown, id="a"), nameless]), now=NOW, lang="de").groups[0][1]
    assert [line.name for line, _ in lines] == ["b.hohl@netzwerk-hohl.example", ""]


def test_set_aside_when_files_could_not_be_read() -> None:
    """Each has its place, also within a file of many letters, and its reason."""
    assert [(one.place, one.says) for one in set_aside(MemoryBook(), "de")] == [
        ("Archiv/2009/alt.mbox:48213", "Kein Brief: Hier beginnt kein Kopf."),
        ("INBOX/cur/1733:2,S", "Größer als 40 MB: nicht geöffnet."),
    ]
