"""Laws of second opinions: whatever is answered is a value, and no opinion touches anything but its own."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake import Channel, ContactRequest
from anlass.ledger import Tie
from anlass.litmus import Finding, FindingKind, Place, Question, Reading
from anlass.litmus.opinion import EMPTYING, Claim, Opinion, Silence
from anlass.litmus.opinion_asked import asked, body
from anlass.litmus.opinion_heard import LONGEST_REASON, MOST_CLAIMS, heard
from anlass.policy import PRESETS, decide, parse_policy, preset
from anlass.policy.facts import FACTS
from anlass.policy.situation import Situation
from anlass.store.ground.mapping import read, written
from tests.model_server import completion
from tests.property.evidence import anything, counts, readings, requests, ties
from tests.unit.policy.builders import NOW

pytestmark = pytest.mark.slow  # each law is tried in a hundred situations

RULES = {name: preset(name) for name in PRESETS}
KINDS = [*(FindingKind(question.value) for question in Question), *EMPTYING]
LETTER_WORDS = st.text("abc äß.\n\t\u200b\u00a0\u202e🙂", max_size=60)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
quotes = st.fixed_dictionaries(
    {"question": st.sampled_from([q.value for q in Question]), "quote": LETTER_WORDS}
)
findings = st.fixed_dictionaries(
    {"kind": st.sampled_from([k.value for k in EMPTYING]), "quote": LETTER_WORDS}
)
answers = st.fixed_dictionaries(
    {
        "answers": st.lists(quotes, max_size=6),
        "findings": st.lists(findings, max_size=6),
        "reason": st.text(st.characters(), max_size=600),
    }
)


def opinions() -> st.SearchStrategy[Opinion]:
    """Draw opinions as odd as the type allows."""
    claim = st.builds(Claim, st.sampled_from(KINDS), st.sampled_from(Place), counts, counts, anything)
    return st.builds(
        Opinion,
        model=anything,
        host=anything,
        at=st.just(datetime(2026, 11, 21, tzinfo=UTC)),
        claims=st.lists(claim, max_size=4).map(tuple),
        reason=anything,
        dropped=counts,
        cost=counts,
        silence=st.none() | st.sampled_from(Silence),
        number=counts,
    )


@given(requests(), st.binary(max_size=200) | json_values.map(lambda v: json.dumps(v).encode()))
def test_any_bytes_are_an_answer(request: ContactRequest, answer: bytes) -> None:
    """Whatever comes back is heard without an exception and, not being an opinion, has a reason why."""
    told = heard(answer, request, asked(request))
    assert told.silent is not None
    assert (told.claims, told.reason, told.dropped) == ((), "", 0)


@given(requests(), json_values)
def test_any_words_of_a_model_are_heard(request: ContactRequest, said: object) -> None:
    """JSON of any shape, wrapped as servers do it, raises nothing and yields nothing unasked."""
    told = heard(completion(json.dumps(said)), request, asked(request))
    assert told.claims == ()


@given(LETTER_WORDS, LETTER_WORDS, answers)
def test_every_claim_is_a_slice_of_the_letter(text: str, subject: str, said: dict[str, object]) -> None:
    """Nothing is quoted that does not stand there; the model's own sentence is short and visible."""
    request = ContactRequest("r", Channel.MAIL, text, subject=subject)
    told = heard(completion(json.dumps(said)), request, asked(request))
    for claim in told.claims:
        field = text if claim.place is Place.TEXT else subject
        assert claim.quote == field[claim.start : claim.end] != ""
        assert claim.kind in KINDS
    given_ = [*_list(said["answers"]), *_list(said["findings"])]
    assert told.dropped <= len(given_) <= 2 * MOST_CLAIMS
    assert len(told.claims) + told.dropped <= len(given_)
    assert len(told.reason) <= LONGEST_REASON
    assert told.reason == "" or told.reason.isprintable()


@given(requests(), readings(), ties(), opinions(), st.sampled_from(PRESETS))
def test_no_shipped_rule_listens_to_an_opinion(
    request: ContactRequest, reading: Reading, tie: Tie, opinion: Opinion, name: str
) -> None:
    """With the shipped house rules the decision is the same with any opinion as without one."""
    alone = decide(RULES[name], request=request, reading=reading, tie=tie, at=NOW)
    assert decide(RULES[name], request=request, reading=reading, tie=tie, at=NOW, opinion=opinion) == alone


@given(requests(), readings(), ties(), opinions())
def test_the_facts_are_what_was_pointed_at_or_empty(
    request: ContactRequest, reading: Reading, tie: Tie, opinion: Opinion
) -> None:
    """Facts hold questions and kinds, never words; with orders to a program in sight they are empty."""
    bare = replace(reading, findings=tuple(f for f in reading.findings if f.kind is not FindingKind.ATTACK))
    attack = replace(bare, findings=(*bare.findings, Finding(FindingKind.ATTACK, Place.TEXT, 0, 1, "x", "x")))
    names = ("opinion.answers", "opinion.findings")
    for read_, heeds in ((bare, FindingKind.ATTACK not in opinion.findings), (attack, False)):
        situation = Situation(request, read_, tie, NOW, opinion=opinion)
        told = [FACTS[name].of(situation) for name in names]
        pointed = [sorted(q.value for q in opinion.answers), sorted(k.value for k in opinion.findings)]
        assert told == (pointed if heeds else [[], []])
    assert [FACTS[name].of(Situation(request, bare, tie, NOW)) for name in names] == [[], []]


@given(opinions())
def test_an_opinion_is_kept_without_loss(opinion: Opinion) -> None:
    """What was said is read back as it was written, odd characters too."""
    assert read(Opinion, written(opinion)) == opinion


@given(requests(), anything)
def test_what_is_sent_is_always_json_with_the_marks_around(request: ContactRequest, name: str) -> None:
    """Any letter can be asked about; its mark stands first and last and nowhere in between."""
    told = json.loads(body(asked(request), name, "de"))
    lines = told["messages"][1]["content"].split("\n")
    assert lines[0] == lines[-1]
    assert lines.count(lines[0]) == 2


def test_no_shipped_rule_names_an_opinion() -> None:
    """The presets do without: who wants a second opinion to count writes the rule."""
    assert [name for rules in RULES.values() for name in rules.facts if name.startswith("opinion")] == []
    own = parse_policy(
        '[[rule]]\nname = "x"\nwhy = "y"\nall = ["size(opinion.answers) > 0"]\ndo = "hold"\n', "f"
    )
    assert own.facts == ("opinion.answers",)
    assert {field.name for field in fields(Opinion)}.isdisjoint({"verdict", "action", "tier"})


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
