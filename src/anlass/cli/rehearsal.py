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
from anlass.desk.house.rehearsing import TALKATIVE, Rehearsal, rehearse
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.litmus.shipped import load_panel
from anlass.policy import parse_policy
from anlass.replies import shipped_templates
from anlass.store import open_book


def show_rehearsal(data: str | None, *, as_json: bool) -> None:
    """Play the rehearsal and say what came of it; leaves with exit code 1 where anything left."""
    lang = owner_language(load_settings(data_folder(data)))
    rehearsal = _rehearsed()
    for line in _lines(rehearsal, lang, as_json=as_json):
        click.echo(line)
    raise click.exceptions.Exit(Exit.DONE if rehearsal.is_passed else Exit.CHECK_FAILED)


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
