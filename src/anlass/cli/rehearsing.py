"""`anlass doctor --rehearse`: proves that nothing goes where it must not."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import click

from anlass.bootstrap import owner_language
from anlass.channels.mail.sink import sink
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.config import data_folder, load_settings
from anlass.desk.rehearsing import TALKATIVE, Rehearsal, rehearse
from anlass.desk.voice import Lang
from anlass.doorman import Doorman
from anlass.litmus.shipped import load_panel
from anlass.policy import parse_policy
from anlass.replies import shipped_templates
from anlass.store import open_book


def rehearsal(data: str | None, *, as_json: bool) -> Exit:
    """Let forged letters come to a house of its own, print what came of each, and return how it ended.

    It takes place in a folder of its own, with a mail server on this machine that swallows everything; the
    owner's letters are not touched. `Exit.DONE`: nothing left but the one answer that may.
    """
    lang = owner_language(load_settings(data_folder(data)))
    rehearsed = _rehearsed()
    for line in _lines(rehearsed, lang, as_json=as_json):
        click.echo(line)
    return Exit.DONE if rehearsed.is_passed else Exit.CHECK_FAILED


def _rehearsed() -> Rehearsal:
    doorman = Doorman(load_panel(), parse_policy(TALKATIVE), shipped_templates())
    with tempfile.TemporaryDirectory(prefix="anlass-rehearsal-") as folder, sink() as swallows:
        mail = Path(folder) / "mail"
        mail.mkdir()
        book = open_book(Path(folder) / "data")
        try:
            return rehearse(book, doorman, mail, swallows, now=moment())
        finally:
            book.close()


def _lines(rehearsal: Rehearsal, lang: Lang, *, as_json: bool) -> list[str]:
    if as_json:
        told = [
            json.dumps({"letter": one.name, "rule": one.rule or None, "silent": one.is_silent})
            for one in rehearsal.letters
        ]
        whole = {"passed": rehearsal.is_passed, "knocks": rehearsal.knocks, "answers": rehearsal.honest}
        return [*told, json.dumps(whole)]
    words = _WORDS[lang]
    lines = [
        f"{words['silent' if one.is_silent else 'spoke']}  {one.rule or '–':5}  {one.name}"
        for one in rehearsal.letters
    ]
    return [
        *lines,
        words["knocks"].format(count=rehearsal.knocks),
        words["honest"].format(count=rehearsal.honest),
        words["passed" if rehearsal.is_passed else "failed"],
    ]


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "silent": "still   ",
        "spoke": "SPRACH  ",
        "knocks": "Verbindungen zum Mailserver, bevor der ehrliche Brief kam: {count}",
        "honest": "Antworten auf den ehrlichen Brief, der zweimal kam: {count}",
        "passed": "Bestanden: Es ging nichts hinaus, was nicht hinaus durfte.",
        "failed": "Nicht bestanden. Schalte Antworten, die von selbst gehen, bis auf Weiteres ab.",
    },
    "en": {
        "silent": "silent  ",
        "spoke": "SPOKE   ",
        "knocks": "Connections to the mail server before the honest letter came: {count}",
        "honest": "Answers to the honest letter, which came twice: {count}",
        "passed": "Passed: nothing left that must not.",
        "failed": "Failed. Switch answers that go by themselves off until this is mended.",
    },
}
