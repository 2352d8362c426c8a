"""A letter is set with its findings: every word once, every note behind its sentence."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from anlass.litmus import Finding, FindingKind, Place
from anlass.web.cases.letter import LANES, LONGEST, STROKES, Break, Note, Run, Stroke, set_letter


def at(text: str, quote: str, kind: FindingKind = FindingKind.HOLLOW, place: Place = Place.TEXT) -> Finding:
    """Return a finding at the first place of `quote` in `text`."""
    start = text.index(quote)
    return Finding(kind, place, start, start + len(quote), quote, f"Says {quote}.")


def test_every_kind_has_a_stroke() -> None:
    """No kind of finding is without an underline."""
    assert set(STROKES) == set(FindingKind)


def test_note_when_a_phrase_stands_in_the_middle_of_a_sentence() -> None:
    """The phrase is underlined, and its note stands behind the sentence, not inside it."""
    text = "I love synergies a lot. Call me."
    letter = set_letter(None, text, [at(text, "synergies")])
    assert letter.paragraphs == (
        (
            Run("I love "),
            Run("synergies", ((Stroke.DOTTED, 0),)),
            Run(" a lot."),
            Note((FindingKind.HOLLOW,), Stroke.DOTTED),
            Run(" Call me."),
        ),
    )


def test_what_words_do_is_told_once_in_a_letter() -> None:
    """The first note of a kind says in a sentence what it means; those below it are names."""
    text = "Only today. Hurry up.\n\nNow or never."
    words = [at(text, one, FindingKind.PRESSURE) for one in ("Only today.", "Hurry up.", "Now or never.")]
    letter = set_letter(None, text, [*words, at(text, "never")])
    notes = [piece for one in letter.paragraphs for piece in one if isinstance(piece, Note)]
    assert [(note.stroke, note.is_told) for note in notes] == [
        (Stroke.WAVY, False),
        (Stroke.WAVY, True),
        (Stroke.WAVY, True),
        (Stroke.DOTTED, False),
    ]


def test_lanes_when_findings_nest_and_overlap() -> None:
    """Findings that share words get underlines of their own, and keep them from end to end."""
    text = "one two three four"
    outer, inner = at(text, "one two three"), at(text, "two", FindingKind.PRESSURE)
    crossing = at(text, "three four", FindingKind.PITCH)
    letter = set_letter(None, text, [inner, crossing, outer])
    runs = [piece for piece in letter.paragraphs[0] if isinstance(piece, Run)]
    assert runs == [
        Run("one ", ((Stroke.DOTTED, 0),)),
        Run("two", ((Stroke.DOTTED, 0), (Stroke.WAVY, 1))),
        Run(" ", ((Stroke.DOTTED, 0),)),
        Run("three", ((Stroke.DOTTED, 0), (Stroke.DASHED, 1))),
        Run(" four", ((Stroke.DASHED, 1),)),
    ]


def test_lines_when_a_program_wrapped_them_and_when_the_writer_ended_them() -> None:
    """Lines a program wrapped run on; a greeting, a signature and a list keep their lines."""
    wrapped = "This line is as long as programs wrap them, at seventy or so,\r\nand goes on.\nBest\nOlga"
    letter = set_letter(None, wrapped, [])
    assert letter.paragraphs == (
        (
            Run("This line is as long as programs wrap them, at seventy or so, and goes on."),
            Break(),
            Run("Best"),
            Break(),
            Run("Olga"),
        ),
    )


def test_subject_when_it_has_a_finding() -> None:
    """A finding in the subject is underlined there, and breaks in a subject are spaces."""
    subject = "Quick\nquestion"
    letter = set_letter(subject, "", [at(subject, "question", place=Place.SUBJECT)])
    assert letter.subject == (
        Run("Quick "),
        Run("question", ((Stroke.DOTTED, 0),)),
        Note((FindingKind.HOLLOW,), Stroke.DOTTED),
    )
    assert letter.paragraphs == ()


def test_left_out_when_a_letter_is_endless() -> None:
    """The beginning of a huge text is set, and the rest is counted."""
    letter = set_letter(None, "x" * 1_000_000, [])
    assert letter.left_out == 1_000_000 - LONGEST
    assert letter.paragraphs == ((Run("x" * LONGEST),),)


WORDS = st.text(alphabet="ab .!?\n\r", max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70), st.sampled_from(FindingKind)), max_size=8)


@given(WORDS, SPANS)
def test_nothing_is_lost_whatever_the_findings(text: str, spans: list[tuple[int, int, FindingKind]]) -> None:
    """Every word stands there once and in order; every kind of finding over words is noted as often."""
    findings = [Finding(kind, Place.TEXT, start, end, "", "") for start, end, kind in set(spans)]
    letter = set_letter(None, text, findings)
    pieces = [piece for paragraph in letter.paragraphs for piece in paragraph]
    words = "".join(piece.words for piece in pieces if isinstance(piece, Run))
    assert "".join(words.split()) == "".join(text.split())
    noted = Counter(kind for piece in pieces if isinstance(piece, Note) for kind in piece.finds)
    over_words = {
        (finding.start, min(finding.end, len(text)), finding.kind)
        for finding in findings
        if text[finding.start : finding.end].strip()
    }
    assert Counter(kind for _, _, kind in over_words) <= noted
    assert noted <= Counter(finding.kind for finding in findings)
    assert all(lane < LANES for piece in pieces if isinstance(piece, Run) for _, lane in piece.strokes)


def test_note_when_the_same_words_do_several_things() -> None:
    """Words that answer several questions have one line and one note, in the order of the questions."""
    text = "I teach in Bremen."
    occasion, who = at(text, text, FindingKind.OCCASION), at(text, text, FindingKind.WHO)
    letter = set_letter(None, text, [occasion, who, at(text, text, FindingKind.MERGED)])
    assert letter.paragraphs == (
        (
            Run(text, ((Stroke.DASHED, 0), (Stroke.SOLID, 1))),
            Note((FindingKind.MERGED,), Stroke.DASHED),
            Note((FindingKind.WHO, FindingKind.OCCASION), Stroke.SOLID),
        ),
    )
