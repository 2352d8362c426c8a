"""House rules are read whole or not at all, and every problem points at its place."""

from __future__ import annotations

import pytest

from anlass.errors import PolicyError
from anlass.policy import Action, Policy, Words, parse_policy

GOOD = """
[[rule]]
name = { de = "Erst Briefe", en = "Letters first" }
why.de = "Drei sind nötig, es sind {tie.turns}."
why.en = "Three are needed, there are {tie.turns}."
all = ["tie.turns >= 3"]
do = "accept"

[[rule.example]]
facts = { tie.turns = 3 }
"""


def problems(text: str, lang: str = "en") -> list[str]:
    with pytest.raises(PolicyError) as caught:
        parse_policy(text, "house.toml", lang=lang)
    return [str(problem) for problem in caught.value.problems]


UNKNOWN_NAME = (
    'house.toml:1:1: “name” is unknown here. Known keys: title, about, preset, rule.\n  name = "x"\n  ^'
)


def rule(condition: str, *, rest: str = 'do = "hold"') -> str:
    return f'[[rule]]\nname = "n"\nwhy = "w"\nall = [{condition}]\n{rest}\n'


def test_good_file_becomes_rules_in_order() -> None:
    """A rule keeps its names, its reasons, its conditions and its action."""
    policy = parse_policy(GOOD, "house.toml")
    assert [r.name for r in policy.rules] == [Words("Erst Briefe", "Letters first")]
    assert [c.source for c in policy.rules[0].all] == ["tie.turns >= 3"]
    assert policy.rules[0].do is Action.ACCEPT
    assert policy.facts == ("tie.turns",)


def test_empty_file_is_a_policy_without_rules() -> None:
    """Nothing written means that the owner is always asked."""
    assert parse_policy("") == Policy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            rule('"tie.turn >= 3"'),
            (
                "house.toml:4:9: “tie.turn” is unknown. Did you mean “tie.turns”? tie.turns is int.\n"
                '  all = ["tie.turn >= 3"]\n'
                "          ^"
            ),
        ),
        (
            rule("'tie.turns >= \"3\"'"),
            (
                "house.toml:4:19: “>=” does not take (int, string). tie.turns is int.\n"
                "  all = ['tie.turns >= \"3\"']\n"
                "                    ^"
            ),
        ),
        (
            rule('"tie.score > 1"'),
            (
                "house.toml:4:19: “>” does not take (double, int). tie.score is double."
                " Write decimals with a point: 1.0.\n"
                '  all = ["tie.score > 1"]\n'
                "                    ^"
            ),
        ),
        (
            rule('"tie.turns"'),
            (
                "house.toml:4:9: A condition must yield yes or no (bool), this one yields int.\n"
                '  all = ["tie.turns"]\n'
                "          ^"
            ),
        ),
        (
            rule("\"reading.verdict == 'resaon'\""),
            (
                "house.toml:4:28: “reading.verdict” can never be “resaon”. Did you mean “reason”?"
                " It can be: reason, ask, hollow.\n"
                "  all = [\"reading.verdict == 'resaon'\"]\n"
                "                             ^"
            ),
        ),
        (
            rule('"tie.turns >= 1"', rest='do = "askback"'),
            (
                "house.toml:5:6: There is no action “askback”. Did you mean “ask_back”? There are:"
                " accept, ask_back, watch, decline_with_message, unlock, lapse, hold.\n"
                '  do = "askback"\n'
                "       ^"
            ),
        ),
        (
            rule('"true"', rest='do = "hold"\nalll = []'),
            (
                "house.toml:6:1: “alll” is unknown here. Did you mean “all”? Known keys: name, why, all,"
                " any, do, send, example.\n"
                "  alll = []\n"
                "  ^"
            ),
        ),
        (
            rule('"true"', rest='do = "hold"\nuntil = 3'),
            "house.toml:6:1: “until” is reserved for a later version.\n  until = 3\n  ^",
        ),
        (
            'name = "x"',
            UNKNOWN_NAME,
        ),
        (
            rule("3"),
            "house.toml:4:8: “all” must hold conditions in quotes.\n  all = [3]\n         ^",
        ),
        (
            rule(""),
            (
                "house.toml:1:1: The rule has no condition; write all = [...] or any = [...],"
                ' and all = ["true"] for “always”.\n  [[rule]]\n  ^'
            ),
        ),
        (
            rule('"true"').replace('"w"', '"{tie.score}"'),
            (
                "house.toml:3:7: The reason names {tie.score}; only whole numbers (int) can be named."
                " Did you mean “time.hour”?\n"
                '  why = "{tie.score}"\n'
                "        ^"
            ),
        ),
        (
            GOOD.replace("{ tie.turns = 3 }", "{ tie.turns = 2 }"),
            (
                "house.toml:9:1: The example belongs to “Letters first”, but “No rule applies” wins (hold).\n"
                "  [[rule.example]]\n"
                "  ^"
            ),
        ),
        (
            GOOD.replace("{ tie.turns = 3 }", '{ tie.turns = "3" }'),
            (
                "house.toml:10:23: “tie.turns” must be int.\n"
                '  facts = { tie.turns = "3" }\n'
                "                        ^"
            ),
        ),
        (
            "[[rule]\n",
            (
                "house.toml:1:7: This is not valid TOML: Expected ']]' at the end of an array declaration.\n"
                "  [[rule]\n"
                "        ^"
            ),
        ),
    ],
)
def test_problem_names_place_and_nearest_name(text: str, expected: str) -> None:
    """Each problem says what is wrong and where, with a caret under the spot."""
    assert problems(text) == [expected]


def test_problem_speaks_german_where_the_owner_does() -> None:
    """The same problem in German."""
    assert problems(rule('"tie.turn >= 3"'), "de") == [
        (
            "house.toml:4:9: „tie.turn“ ist unbekannt. Gemeint ist wohl „tie.turns“. tie.turns ist int.\n"
            '  all = ["tie.turn >= 3"]\n'
            "          ^"
        )
    ]


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    """Nobody has to mend a file one error at a time."""
    text = rule('"tie.turn >= 1", "foo(tie.turns)"') + rule('"tie.cards"', rest='do = "wait"')
    places = [problem.split(": ", 1)[0] for problem in problems(text)]
    assert places == ["house.toml:4:9", "house.toml:4:26", "house.toml:9:9", "house.toml:10:6"]


def test_caret_finds_its_column_behind_escapes_and_in_later_lines() -> None:
    """Columns count in the file, not in the string it means."""
    text = rule('"\\"\\u00e4\\" == request.subject && tie.turn > 1", """\ntrue &&\n  tie.card > 1"""')
    places = [problem.split(": ", 1)[0] for problem in problems(text)]
    assert places == ["house.toml:4:42", "house.toml:6:3"]


def test_two_rules_of_one_name_are_refused() -> None:
    """A name in the trace must mean one rule."""
    text = rule('"true"') * 2
    assert problems(text) == ['house.toml:7:8: There is already a rule “n”.\n  name = "n"\n         ^']


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 50_000, "#" * 300_000, "a = 1\n\x00", "\ufeff[[rule]]\r\nname = 1\r\n"]
)
def test_hostile_file_is_refused_with_a_problem(text: str) -> None:
    """Depth, length and odd bytes end in a problem, never in another exception."""
    assert problems(text)
