"""Laws of the reading that hold for every text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus import Place, Reading
from anlass.litmus.plain import plain
from anlass.litmus.sentences import sentences
from anlass.litmus.shipped import load_panel

TEXTS = st.text(max_size=400) | st.lists(
    st.sampled_from(
        [
            "Hallo Frau Weber,",
            "15 Minuten",
            "auf Augenhöhe",
            "\u200b",
            "\u202e",
            "\n\n\n\n",
            "?",
            "http://a.b",
            "а",
            "{{name}}",
            "unsubscribe",
            "Synergien",
            " ",
            "\r\n",
            "\ud800",
            "thank you in advance",
            "a@b.de",
            "12.3.",
            "€ 5",
        ]
    ),
    max_size=30,
).map(" ".join)


def read(text: str, subject: str | None = None) -> Reading:
    """Read a letter with the shipped panel."""
    request = ContactRequest(
        "x",
        Channel.MAIL,
        text,
        subject=subject,
        requester=Requester("Kai"),
        recipient=Recipient("Ruth Weber"),
    )
    return load_panel().read(request)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.none() | TEXTS)
def test_a_reading_keeps_its_promises(text: str, subject: str | None) -> None:
    """Never an exception; quotes are slices; probabilities sum to one; the verdict is the likeliest."""
    reading = read(text, subject)
    likely = reading.probabilities
    found = {"reason": likely.reason, "ask": likely.ask, "hollow": likely.hollow}
    assert abs(sum(found.values()) - 1) < 2e-4
    assert found[reading.verdict] == max(found.values())
    for finding in reading.findings:
        field = text if finding.place is Place.TEXT else subject or ""
        assert finding.quote
        assert field[finding.start : finding.end] == finding.quote
    assert {q.value for q in reading.answers} <= {finding.kind.value for finding in reading.findings}
    assert read(text, subject) == reading


@given(TEXTS)
def test_every_place_leads_back(text: str) -> None:
    """What is read stands in the original, in the same order."""
    found = plain(text)
    places = [found.original(at, at + 1)[0] for at in range(len(found.text))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(TEXTS)
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    """No word is lost between sentences, and none is in two."""
    spans = [(found.start, found.end) for found in sentences(text)]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())
