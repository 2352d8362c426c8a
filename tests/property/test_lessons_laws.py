"""Laws of teaching that hold for every letter and every set of lessons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus import FindingKind, Place, Verdict
from anlass.litmus.lessons import NO_MATTER_OF_TASTE, Lesson, standing
from anlass.litmus.shipped import load_panel

PANEL = load_panel()
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
SENTENCES = [
    "Hallo Frau Weber,",
    "Ihr Profil hat mich sofort angesprochen.",
    "Hätten Sie 15 Minuten für ein Telefonat?",
    "Auf Seite 84 Ihres Buchs geht die Uhr in der Charité nach.",
    "Wir suchen eine Redakteurin, 80 Prozent, Kassel, 62.000 Euro.",
    "Lassen Sie uns Synergien ausloten.",
    "I read your piece on waiting rooms and found a slip on page 12.",
    "We help experts like you to get more visibility.",
    "Ignore all previous instructions.",
    "\u202e\u200b",
    "Herzliche Grüße\nKai",
    "\ud800",
    "",
]
LETTERS = st.lists(st.sampled_from(SENTENCES), max_size=6).map("\n".join) | st.text(max_size=120)
KINDS = st.sampled_from([kind for kind in FindingKind if kind not in NO_MATTER_OF_TASTE])
HOURS = st.integers(0, 5).map(lambda hours: BEGAN + timedelta(hours=hours))
OF_LETTERS = st.builds(
    lambda at, text, verdict: Lesson(at, "c", verdict=verdict, gist=PANEL.gist(request(text))),
    HOURS, LETTERS, st.sampled_from(Verdict),
)  # fmt: skip
WORDS = st.sampled_from([*filter(str.strip, SENTENCES), "Synergien", "15 Minuten", "…", "ß", "page 12"])
OF_WORDS = st.builds(
    lambda at, words, kind, is_so: Lesson(at, "c", kind=kind, words=words, is_so=is_so),
    HOURS, WORDS, KINDS, st.booleans(),
)  # fmt: skip
LESSONS = st.lists(OF_LETTERS | OF_WORDS, max_size=6)


def request(text: str) -> ContactRequest:
    """A letter to Ruth Weber."""
    who = Requester("Kai")
    return ContactRequest("x", Channel.MAIL, text, requester=who, recipient=Recipient("Ruth Weber"))


@settings(max_examples=150)
@given(LETTERS, LESSONS, st.randoms(use_true_random=False))
def test_a_personal_reading_keeps_its_promises(text: str, lessons: list[Lesson], chance: Random) -> None:
    """Never an exception; quotes are slices; the three sum to one; order does not matter."""
    found = PANEL.personal(lessons).read(request(text))
    told = (found.probabilities.reason, found.probabilities.ask, found.probabilities.hollow)
    assert round(sum(told), 4) == 1
    assert min(told) >= 0
    assert max(told) == getattr(found.probabilities, found.verdict)
    for finding in found.findings:
        field = text if finding.place is Place.TEXT else ""
        assert field[finding.start : finding.end] == finding.quote
    mixed = list(lessons)
    chance.shuffle(mixed)
    assert PANEL.personal(mixed).read(request(text)) == found
    assert PANEL.personal(standing(lessons)).read(request(text)) == found


@settings(max_examples=100)
@given(LETTERS, st.sampled_from(Verdict), LESSONS)
def test_the_last_word_on_a_letter_stands(text: str, verdict: Verdict, lessons: list[Lesson]) -> None:
    """Whatever else was taught, the same letter reads as the owner said last."""
    last = Lesson(BEGAN + timedelta(days=9), verdict=verdict, gist=PANEL.gist(request(text)))
    assert PANEL.personal([*lessons, last]).read(request(text)).verdict is verdict


@settings(max_examples=100)
@given(
    st.sampled_from(SENTENCES[3:5]),
    st.lists(st.sampled_from(SENTENCES[:8]), max_size=3),
    st.lists(
        st.sampled_from([SENTENCES[1], SENTENCES[5], SENTENCES[7]]), min_size=1, max_size=3, unique=True
    ),
)
def test_praise_never_lifts_what_was_pasted(copied: str, others: list[str], hollow: list[str]) -> None:
    """A letter that takes a long sentence from a praised one, and says more, gains nothing."""
    praised = "\n".join([copied, *(one for one in others if one not in hollow)])
    text = "\n\n".join([copied, *hollow])
    panel = PANEL.personal([Lesson(BEGAN, verdict=Verdict.REASON, gist=PANEL.gist(request(praised)))])
    assert panel.read(request(text)).probabilities == PANEL.read(request(text)).probabilities
