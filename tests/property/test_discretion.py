"""The law of discretion: over all combinations, no letter shows how the house decides."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake import ContactRequest
from anlass.languages import languages
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Question, Reading
from anlass.policy import PRESETS, Action, Decision, Words, decide, preset
from anlass.replies import compose, discreet, headline, shipped_templates
from anlass.replies.discretion import reveals
from tests.property.evidence import readings, requests, ties
from tests.unit.policy.builders import CARD, NOW, STRANGER, reading, request

pytestmark = pytest.mark.slow  # each law is tried in a hundred situations

UNSAID = Words("", "")
TEMPLATES = shipped_templates()
SPEAKING = (Action.ACCEPT, Action.ASK_BACK, Action.DECLINE_WITH_MESSAGE, Action.UNLOCK)
PARSED = {name: preset(name) for name in PRESETS}
RULE_NAMES = {
    words for name in PRESETS for rule in preset(name).rules for words in (rule.name.de, rule.name.en)
}
MET = Tie(TieLevel.ACQUAINTED, meetings=1)
WROTE = Tie(TieLevel.ACQUAINTED, turns=1, threads=1)


def test_no_template_in_any_combination_reveals_anything() -> None:
    """Every gap, wish, duration, tie, register and language: all letters there can be."""
    gaps = [frozenset(c) for n in range(6) for c in itertools.combinations(Question, n)]
    asked = {
        "de": [request("Können Sie helfen?"), request("Kannst du helfen?"), request("")],
        "en": [request("May I?")],
    }
    seen = set()
    for lang, answers, asks, minutes, tie in itertools.product(
        asked, gaps, Asks, (None, 15), (STRANGER, CARD, MET, WROTE)
    ):
        read = reading(asks=asks, answers=answers, minutes=minutes, lang=lang)
        for one, action in itertools.product(asked[lang], SPEAKING):
            draft = compose(TEMPLATES, Decision(action, UNSAID, UNSAID), request=one, reading=read, tie=tie)
            assert draft is not None
            seen.add(draft.text.words)
    leaks = [text for text in seen if reveals(text) or "{" in text or "!" in text]
    assert leaks == []
    assert [text for text in seen if len(re.findall(r"\?", text)) > 2] == []


@given(requests(), readings(), ties(), st.sampled_from(PRESETS))
def test_any_evidence_gives_a_discreet_draft_or_none(
    one: ContactRequest, read: Reading, tie: Tie, name: str
) -> None:
    """Total, deterministic, and neither a rule's name nor its reason in it."""
    decision = decide(PARSED[name], request=one, reading=read, tie=tie, at=NOW)
    draft = discreet(compose(TEMPLATES, decision, request=one, reading=read, tie=tie))
    assert draft == compose(TEMPLATES, decision, request=one, reading=read, tie=tie)
    assert (draft is None) == (decision.action not in SPEAKING)
    if draft:
        assert decision.why.de not in draft.text.words
        assert decision.why.en not in draft.text.words
        assert not any(rule in draft.text.words for rule in RULE_NAMES)


@given(requests(), readings(), ties())
def test_decline_is_never_told_from_a_question(one: ContactRequest, read: Reading, tie: Tie) -> None:
    """Letters of a decline with message are the letters that ask back, byte for byte."""
    asked, declined = (
        compose(
            TEMPLATES, Decision(action, Words("r", "r"), Words("w", "w")), request=one, reading=read, tie=tie
        )
        for action in (Action.ASK_BACK, Action.DECLINE_WITH_MESSAGE)
    )
    assert asked == declined


@given(requests(), readings(), ties(), st.sampled_from(SPEAKING))
def test_letter_carries_no_control_and_no_link(
    one: ContactRequest, read: Reading, tie: Tie, action: Action
) -> None:
    """Whatever the stranger wrote, the answer is plain text of one shape."""
    draft = discreet(compose(TEMPLATES, Decision(action, UNSAID, UNSAID), request=one, reading=read, tie=tie))
    assert draft
    assert draft.register in languages().of(draft.lang).words("address.forms")
    words = re.sub(
        "\u00a0(?=[?:])", " ", draft.text.words
    )  # French marks stand behind a space that does not break
    assert all(char.isprintable() or char == "\n" for char in words)
    assert len(draft.text.words.split("\n\n")) == 3
    subject = draft.subject.words if draft.subject else "Re: "
    assert subject.startswith("Re: ")
    assert len(subject) <= 104
    assert subject.isprintable()
    assert "://" not in subject + draft.text.words


@given(requests(), readings(), st.sampled_from(["de", "en"]))
def test_headline_is_one_sentence_for_everything(one: ContactRequest, read: Reading, lang: str) -> None:
    """The owner's sentence always comes, ends with a point, stays on one line and stays short."""
    words = headline(request=one, reading=read, lang=lang).words
    assert words.endswith(".")
    assert words.isprintable()
    assert len(words) < 200
    assert words == headline(request=one, reading=read, lang=lang).words
