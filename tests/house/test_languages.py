"""A language is data: Python names none, and a fourth one is read and answered without a change of it."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from anlass.languages import languages

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "anlass"
ROOMS = ("languages", "litmus", "replies", "intake", "doorman.py", "sources")
TO_THE_OWNER = {
    "litmus/copies.py": {"de", "en"},
    "litmus/opinion_asked.py": {"de", "en"},
    "litmus/reply.py": {"de"},
    "replies/inward.py": {"de"},
    "intake/gate/ruling.py": {"en"},
    "intake/own_words.py": {"de", "en"},
}
"""What is said to the owner, who is spoken to in German and English; and what a library knows."""


def test_no_room_that_reads_or_answers_letters_names_a_language() -> None:
    """Who writes a language's code into Python makes the next language a change of Python."""
    codes = frozenset(languages().spoken)
    named: dict[str, set[str]] = {}
    for room in ROOMS:
        for path in [SOURCE / room] if room.endswith(".py") else sorted((SOURCE / room).rglob("*.py")):
            found = {
                node.value
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in codes
            }
            if found:
                named[path.relative_to(SOURCE).as_posix()] = found
    assert named == TO_THE_OWNER


LANGUAGE = """
stemmer = "none"
mixes = []
[named]
de = "Brezelisch"
en = "Pretzelish"
[guess]
only = "zik zak zok zuk mip mop"
[sentences]
greetings = ["zak"]
[durations]
numbers = ["3 tri"]
number = ['[^\\W\\d_]{1,20}+']
units = ["minz"]
signs = ["minz"]
near = ["minz"]
[address]
forms = ["thee"]
"""
READING = """
from anlass.intake import Channel, ContactRequest, Requester, Recipient
from anlass.ledger import Tie, TieLevel
from anlass.litmus.reading import Place
from anlass.litmus.shipped import load_panel
from anlass.policy import Action, Decision, Words
from anlass.policy.labels import LANGUAGES
from anlass.replies import compose, discreet, shipped_templates

text = "Zak Berta, zik mip mop zok zuk. Zik zak flubberig zok tri minz mop?"
people = {"requester": Requester("Otto Rums"), "recipient": Recipient("Berta Klee")}
request = ContactRequest("x", Channel.MAIL, text, subject="Zok", **people)
reading = load_panel().read(request)
decision = Decision(Action.UNLOCK, Words("", ""), Words("", ""))
tie = Tie(TieLevel.STRANGER)
draft = discreet(compose(shipped_templates(), decision, request=request, reading=reading, tie=tie))
print(reading.lang, reading.unsure, reading.asks_minutes, LANGUAGES[reading.lang].en)
print(*[found.quote for found in reading.findings if found.kind == "hollow"])
print(draft.lang, draft.register, draft.text.words.splitlines()[0])
"""


@pytest.mark.slow
@pytest.mark.parametrize("with_files", [True, False])
def test_a_fourth_language_is_a_folder_and_a_line(tmp_path: Path, with_files: bool) -> None:
    """An invented language is recognised, read, named to the owner and answered (slow: copies the program).

    Without phrases, sentences and templates of its own it gets those of the fallback, and is never sure.
    """
    house = tmp_path / "anlass"
    shutil.copytree(SOURCE, house, ignore=shutil.ignore_patterns("__pycache__", "example", "web"))
    folder = house / "languages"
    listed = (folder / "languages.toml").read_text(encoding="utf-8")
    (folder / "languages.toml").write_text(listed.replace('"fr"]', '"fr", "zz"]'), encoding="utf-8")
    (folder / "zz").mkdir()
    (folder / "zz" / "language.toml").write_text(LANGUAGE, encoding="utf-8")
    if with_files:
        english = (SOURCE / "languages" / "en" / "templates.toml").read_text(encoding="utf-8")
        told = english.replace("[you]", "[thee]").replace("Hello {name},", "Zak {name},")
        (folder / "zz" / "templates.toml").write_text(told, encoding="utf-8")
        (folder / "zz" / "phrases.toml").write_text('[hollow]\nphrases = ["zik mip mop"]\n', encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", READING],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.stderr == ""
    hollow, answered = (
        ("zik mip mop", "zz thee Zak Otto Rums,") if with_files else ("", "en you Hello Otto Rums,")
    )
    assert run.stdout.splitlines() == ["zz True 3 Pretzelish", hollow, answered]
