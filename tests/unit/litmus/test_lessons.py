"""What the owner taught changes how letters read: these, those like them, and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import permutations

import pytest

from anlass.litmus import FindingKind, Place, Question, Reading, Verdict
from anlass.litmus.lessons import LONGEST, Gist, Lesson, standing
from anlass.litmus.reading import Heard, Personal
from anlass.litmus.shipped import load_panel
from tests.unit.litmus.lessons_at_hand import (
    ANOTHER_RECRUITER,
    HOLLOW,
    READER,
    RECRUITER,
    SAID_AT,
    of_letter,
    of_words,
    request,
)

R, A, H = Verdict.REASON, Verdict.ASK, Verdict.HOLLOW


def read(text: str, *lessons: Lesson, subject: str | None = None) -> Reading:
    """Read a letter as an owner does who taught this."""
    return load_panel().personal(lessons).read(request(text, subject))


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize(
    "text", [RECRUITER, READER, HOLLOW, "", "Ich möchte Sie meinem Netzwerk hinzufügen."]
)
def test_the_same_letter_follows_the_owner(text: str, verdict: Verdict) -> None:
    """Whatever the shipped reading says, the owner's word on this very letter stands, and is sure."""
    shipped, found = read(text), read(text, of_letter(text, verdict))
    assert (found.verdict, found.unsure) == (verdict, False)
    assert found.personal == Personal(
        shipped.verdict, is_same=True, heard=(Heard(of_letter(text, verdict).id, "c", verdict),)
    )


def test_a_letter_with_a_name_and_a_figure_changed_is_the_same() -> None:
    """A template that comes again to the same door is known again, in other lines and capitals too."""
    again = (
        RECRUITER.replace("62.000", "64.000").replace("Kassel", "Marburg").replace("\n\n", "\n").swapcase()
    )
    found = read(again, of_letter(RECRUITER, H))
    assert found.verdict is H
    assert found.personal
    assert found.personal.is_same


def test_a_letter_like_it_moves_and_one_of_another_kind_does_not() -> None:
    """A word on a recruiter's letter tells something of the next recruiter's, and nothing of a reader's."""
    lesson = of_letter(RECRUITER, H)
    alike = read(ANOTHER_RECRUITER, lesson)
    assert alike.probabilities.hollow > read(ANOTHER_RECRUITER).probabilities.hollow + 0.1
    assert alike.personal
    assert [heard.lesson for heard in alike.personal.heard] == [lesson.id]
    assert read(READER, lesson) == read(READER)


def test_wanting_an_answer_makes_no_two_letters_alike() -> None:
    """Most letters want an answer: a word on one that does says next to nothing of another."""
    customer = """Guten Tag Frau Weber,

in der Bestellung vom 3. November fehlte Band zwei, Band eins kam doppelt. Können Sie mir Band zwei
nachschicken und sagen, wohin der doppelte soll?

Freundliche Grüße
Hanno Pries"""
    before, after = read(customer), read(customer, of_letter(READER, H))
    assert (after.verdict, after.unsure) == (before.verdict, before.unsure)
    assert after.probabilities.hollow < before.probabilities.hollow + 0.05


def test_lessons_that_contradict_each_other_weaken_each_other() -> None:
    """Two words on letters of one kind, one each way, move a third less than either alone."""
    hollow = of_letter(RECRUITER, H)
    reason = of_letter(RECRUITER.replace("Kassel", "Köln").replace("Redakteurin", "Lektorin"), R, hours=1)
    shipped = read(ANOTHER_RECRUITER).probabilities.hollow
    one, both = (read(ANOTHER_RECRUITER, *said).probabilities.hollow for said in ([hollow], [hollow, reason]))
    assert shipped < both < one


def test_copies_that_were_spoken_of_otherwise_are_not_this_letter() -> None:
    """Where two copies were called one thing and a third another, the two prevail."""
    copies = [RECRUITER.replace("Kassel", town) for town in ("Köln", "Bonn", "Trier")]
    lessons = [
        of_letter(text, said, hours=at) for at, (text, said) in enumerate(zip(copies, [H, R, R], strict=True))
    ]
    found = read(RECRUITER, *lessons)
    assert found.verdict is R
    assert found.personal
    assert not found.personal.is_same


def test_order_does_not_matter_and_the_later_word_replaces_the_earlier() -> None:
    """Of two words on one letter the later counts, in whatever order they are told."""
    lessons = [
        of_letter(RECRUITER, H),
        of_letter(RECRUITER, R, hours=2),
        of_letter(READER, A, hours=1),
        of_words("Stellenprofil", FindingKind.PITCH, is_so=True),
        of_words("stellenprofil", FindingKind.PITCH, is_so=False, hours=3),
    ]
    readings = {read(RECRUITER, *order) for order in permutations(lessons)}
    assert [reading.verdict for reading in readings] == [R]
    assert standing(lessons[::-1]) == (lessons[2], lessons[1], lessons[4])


def test_a_sure_verdict_that_is_overruled_on_thin_grounds_is_unsure() -> None:
    """Where the shipped reading was sure and one letter like this says otherwise, nobody is sure."""
    panel = load_panel().personal([of_letter(RECRUITER, H)])
    taught = panel.taught
    page = panel.page(request(ANOTHER_RECRUITER))
    said = taught.weigh(page, panel.judge, panel.tally.spelling_of("de"), (0.97, 0.02, 0.01))
    tipped = replace(said, probabilities=(0.4, 0.1, 0.5))
    assert taught.is_in_doubt(tipped, (0.97, 0.02, 0.01), 0.9)
    assert not taught.is_in_doubt(tipped, (0.5, 0.3, 0.2), 0.9)
    assert not taught.is_in_doubt(replace(tipped, weight=3.0), (0.97, 0.02, 0.01), 0.9)


def test_probabilities_sum_to_one_with_lessons_of_all_sorts() -> None:
    """However many lessons have a say, the three add up and the verdict is the likeliest."""
    lessons = [
        of_letter(text, verdict, hours=at)
        for at, (text, verdict) in enumerate([(RECRUITER, H), (READER, H), (HOLLOW, R), ("", H)])
    ]
    for text in (RECRUITER, ANOTHER_RECRUITER, READER, HOLLOW, ""):
        found = read(text, *lessons)
        told = (found.probabilities.reason, found.probabilities.ask, found.probabilities.hollow)
        assert round(sum(told), 4) == 1
        assert max(told) == getattr(found.probabilities, found.verdict)


# --- what a stranger cannot buy ---


@pytest.mark.parametrize("share", [3, 2, 1])
@pytest.mark.parametrize("praised", [READER, RECRUITER])
def test_copied_sentences_of_a_praised_letter_buy_nothing(praised: str, share: int) -> None:
    """Whoever pastes a third, a half or all of a praised letter gains not a hundredth by the praise."""
    sentences = praised.split(". ")
    pasted = ". ".join(sentences[: -(-len(sentences) // share)]) + ".\n\n" + HOLLOW
    before, after = read(pasted), read(pasted, of_letter(praised, R))
    assert after.probabilities == before.probabilities
    assert after.personal is None


def test_copied_sentences_gain_nothing_from_praise_of_other_letters_either() -> None:
    """What was copied from one praised letter makes no letter like another praised one."""
    pasted = RECRUITER + "\n\n" + HOLLOW
    lessons = [of_letter(RECRUITER, R), of_letter(ANOTHER_RECRUITER, R, hours=1)]
    assert read(pasted, *lessons).probabilities == read(pasted).probabilities


def test_praise_counts_less_for_an_emptier_letter() -> None:
    """The same wish in empty words gets less from the praise than in full ones."""
    lesson = of_letter(RECRUITER, R)
    empty = """Guten Tag Frau Weber,

Ihr Profil hat mich begeistert! Ein marktführender Kunde sucht genau Sie für eine einzigartige Stelle
mit großartigen Perspektiven. Einzelheiten zu Stelle und Gehalt gern am Telefon.
Lassen Sie sich das nicht entgehen!"""
    gain = read(empty, lesson).probabilities.reason - read(empty).probabilities.reason
    full = read(ANOTHER_RECRUITER, lesson).probabilities.reason - read(ANOTHER_RECRUITER).probabilities.reason
    assert gain <= max(0.02, full)
    assert read(empty, lesson).verdict is not R


# --- words ---


def quotes(reading: Reading, kind: FindingKind) -> list[str]:
    """The words found to be of this kind."""
    return [finding.quote for finding in reading.findings if finding.kind is kind]


def test_words_that_are_not_hollow_are_found_no_more() -> None:
    """What the owner denies is gone wherever it stands, however inflected, and nothing else is."""
    before = quotes(read(HOLLOW), FindingKind.HOLLOW)
    said = before[0]
    after = read(HOLLOW, of_words(said.upper(), FindingKind.HOLLOW, is_so=False))
    assert quotes(after, FindingKind.HOLLOW) == [quote for quote in before if quote != said]
    assert after.personal
    assert after.personal.heard[0].words == said.upper()
    assert read(READER, of_words(said, FindingKind.HOLLOW, is_so=False)) == read(READER)


def test_words_that_are_hollow_are_found_in_text_and_subject() -> None:
    """What the owner names becomes a finding with its place, in the text and in the subject."""
    found = read(
        READER,
        of_words("Möchten Sie sein Heft", FindingKind.HOLLOW, is_so=True),
        subject="möchten sie sein heft?",
    )
    places = [(f.place, f.quote) for f in found.findings if f.kind is FindingKind.HOLLOW]
    assert places == [(Place.SUBJECT, "möchten sie sein heft"), (Place.TEXT, "Möchten Sie sein Heft")]


def test_words_that_answer_a_question_answer_it() -> None:
    """What the owner calls an occasion answers that question, and what is none answers it no more."""
    lesson = of_words("Wann passt es Ihnen diese Woche", FindingKind.OCCASION, is_so=True)
    found = read(HOLLOW, lesson)
    assert Question.OCCASION in found.answers
    assert quotes(found, FindingKind.OCCASION)[-1] == "Wann passt es Ihnen diese Woche"
    denied = [
        of_words(quote[:LONGEST], kind, is_so=False)
        for kind in (FindingKind.SUBSTANCE, FindingKind.OCCASION)
        for quote in quotes(read(READER), kind)
    ]
    assert not {Question.SUBSTANCE, Question.OCCASION} & read(READER, *denied).answers


def test_words_alone_turn_no_hollow_letter_into_a_reason() -> None:
    """A phrase that once was an answer may be copied by anybody: it lifts a hollow letter hardly at all."""
    words = "auf Seite 84, die Uhr in der Charité gehe seit 1911 nach"
    lessons = [of_words(words, kind, is_so=True) for kind in (FindingKind.SUBSTANCE, FindingKind.WHY_ME)]
    pasted = f"{HOLLOW}\n\nDa steht {words}."
    assert read(pasted, *lessons).verdict is read(pasted).verdict


# --- the value ---


def test_a_lesson_is_about_a_letter_or_about_words() -> None:
    """What is neither, both, endless, timeless or about an attack is no lesson."""
    gist = load_panel().gist(request(READER))
    wrong = [
        lambda: Lesson(SAID_AT),
        lambda: Lesson(SAID_AT, verdict=R),
        lambda: Lesson(SAID_AT, gist=gist),
        lambda: Lesson(SAID_AT, verdict=R, gist=gist, kind=FindingKind.HOLLOW, words="x"),
        lambda: Lesson(SAID_AT, kind=FindingKind.HOLLOW, words=" "),
        lambda: Lesson(SAID_AT, kind=FindingKind.HOLLOW, words="x" * (LONGEST + 1)),
        lambda: Lesson(SAID_AT, kind=FindingKind.ATTACK, words="ignore", is_so=False),
        lambda: Lesson(datetime(2026, 1, 1), verdict=R, gist=gist),  # noqa: DTZ001 - that is what is refused
    ]
    make: Callable[[], Lesson]
    for make in wrong:
        with pytest.raises(ValueError, match=r"lesson|phrase|taste|zone"):
            make()


@pytest.mark.parametrize(
    "change",
    [
        {"runs": (-1,)},
        {"words": ((1, 10**400),)},
        {"words": ((2**32, 3),)},
        {"empty": 101},
        {"runs": tuple(range(401))},
        {"key": "x" * 33},
    ],
)
def test_a_gist_holds_what_a_letter_can_have(change: dict[str, object]) -> None:
    """A file of lessons cannot bring figures that break the reading."""
    gist = load_panel().gist(request(READER))
    with pytest.raises(ValueError, match="no letter"):
        replace(gist, **change)  # type: ignore[arg-type]


def test_the_gist_holds_no_word_of_the_letter() -> None:
    """A planted word stands nowhere in what is kept of a letter."""
    gist: Gist = load_panel().gist(request(READER + "\nSonnenblumenkern"))
    assert "sonnenblume" not in repr(gist).lower()
    assert "thoma" not in repr(gist).lower()


def test_a_long_letter_is_known_again() -> None:
    """Of a long letter a sample is kept, and it is enough."""
    long = "\n".join(f"Absatz {n}: {READER} Nummer{n * 7919} Wort{n * 31}." for n in range(30))
    changed = long.replace("Absatz 7", "Stelle 7")
    found = read(changed, of_letter(long, H))
    assert found.personal
    assert found.personal.is_same
