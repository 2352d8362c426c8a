"""`anlass teach`: say how a letter reads for you, or what words are to you; list, undo, carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import click

from anlass.bootstrap import Home, make_doorman, open_home
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option
from anlass.cli.plain import plain
from anlass.cli.telling import told
from anlass.desk.learning.lessons import all_lessons, exported, import_lessons, lesson_says
from anlass.desk.learning.teaching import Learned, OnWords, read_again, teach_verdict, teach_words, unteach
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.litmus import FindingKind, Verdict

_KINDS = click.Choice([kind.value for kind in FindingKind])


@click.command()
@click.argument("case", required=False)
@click.option(
    "--verdict", type=click.Choice([v.value for v in Verdict]), help="How the letter reads for you."
)
@click.option(
    "--is", "so", type=(_KINDS, str), metavar="KIND WORDS", help="What words of the letter are to you."
)
@click.option("--is-not", "not_so", type=(_KINDS, str), metavar="KIND WORDS", help="What they are not.")
@click.option("--list", "is_list", is_flag=True, help="List what you taught.")
@click.option("--undo", metavar="LESSON", help="Take a lesson back, by its id or the beginning of it.")
@click.option("--export", "is_export", is_flag=True, help="Write all lessons as JSON lines.")
@click.option(
    "--import", "file", type=click.File("rb"), metavar="FILE", help="Read such lines; - is standard input."
)
@data_option
@dry_run_option
def teach(
    case: str | None,
    verdict: str | None,
    so: tuple[str, str] | None,
    not_so: tuple[str, str] | None,
    is_list: bool,
    undo: str | None,
    is_export: bool,
    file: BinaryIO | None,
    data: str | None,
    dry_run: bool,
) -> None:
    """Correct how CASE reads, or what words in it are. The next letter is read accordingly.

    CASE is the id that `anlass screen` prints, or its beginning. KIND is the kind of a finding,
    such as `hollow` or `occasion`: docs/reference/surface.md lists them. A later word on the same
    replaces an earlier one. A file of lessons holds the words you quoted and no letter.
    """
    acts = [verdict, so, not_so, undo, file, is_list or None, is_export or None]
    if sum(act is not None for act in acts) != 1 or bool(case) != bool(verdict or so or not_so):
        raise click.UsageError(
            "Name a CASE with --verdict, --is or --is-not; or --list, --undo, --export, --import."
        )
    home = open_home(data)
    if is_export or is_list:
        for line in exported(home.book) if is_export else _listed(home):
            click.echo(line)
        return
    with kept(home, unless=dry_run):
        if file is not None:
            _import(home, file)
        elif undo is not None:
            _say(home, unteach(home.book, _doorman(home), undo, now=moment()), undone=True)
        elif case is not None:
            _say(home, _learned(home, case, verdict, so=so, not_so=not_so))


Pair = tuple[str, str]


def _learned(home: Home, case: str, verdict: str | None, *, so: Pair | None, not_so: Pair | None) -> Learned:
    """Learn about the letter of a case, or about words in it."""
    doorman, now = _doorman(home), moment()
    if verdict is not None:
        return teach_verdict(home.book, doorman, case, Verdict(verdict), now=now)
    kind, words = so or not_so or ("", "")
    said = OnWords(words, FindingKind(kind), so is not None)
    return teach_words(home.book, doorman, case, said, now=now, lang=home.lang)


def _doorman(home: Home) -> Doorman:
    """The doorman; what is wrong with the house rules is said, and then every case is held."""
    doorman, problems = make_doorman(home.settings, home.lang, home.book)
    for problem in problems:
        click.echo(told(problem), err=True)
    return doorman


def _listed(home: Home) -> Iterator[str]:
    """A line for every lesson that counts, the newest first."""
    lessons = all_lessons(home.book, now=moment(), lang=home.lang)
    for lesson in lessons:
        yield f"{lesson.id[:8]}  {lesson.date}: {plain(lesson.says)}"
    if not lessons:
        click.echo(_WORDS[home.lang]["nothing"], err=True)


def _import(home: Home, file: BinaryIO) -> None:
    imported = import_lessons(home.book, file, file.name, now=moment())
    for problem in imported.problems:
        click.echo(told(problem), err=True)
    words = _WORDS[home.lang]
    click.echo(words["imported"].format(new=imported.new, known=imported.known))
    if imported.new:
        click.echo(_others(len(read_again(home.book, _doorman(home))), home.lang))
    if imported.problems:
        raise click.exceptions.Exit(Exit.WRONG_USE)


def _say(home: Home, learned: Learned, *, undone: bool = False) -> None:
    """Say what was learned or taken back, and what else reads otherwise now."""
    words = _WORDS[home.lang]
    says = plain(lesson_says(home.book, learned.lesson, home.lang))
    if undone:
        click.echo(words["undone"].format(says=says))
    elif learned.is_new:
        click.echo(words["learned"].format(says=says, id=learned.lesson.id[:8]))
    else:
        click.echo(words["known"].format(says=says))
    if learned.others:
        click.echo(_others(len(learned.others), home.lang))


def _others(count: int, lang: Lang) -> str:
    words = _WORDS[lang]
    return words["no_other" if count == 0 else "one_other" if count == 1 else "others"].format(count=count)


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "learned": "Gemerkt: {says}\n`anlass teach --undo {id}` nimmt es zurück.",
        "known": "Das steht schon da: {says}",
        "undone": "Zurückgenommen: {says}",
        "no_other": "Kein Brief, der wartet, liest sich deshalb anders.",
        "one_other": "Ein Brief, der wartet, liest sich jetzt anders.",
        "others": "{count} Briefe, die warten, lesen sich jetzt anders.",
        "nothing": "Du hast noch nichts gelehrt.",
        "imported": "{new} Lektionen sind neu, {known} waren bekannt.",
    },
    "en": {
        "learned": "Learned: {says}\n`anlass teach --undo {id}` takes it back.",
        "known": "That is known: {says}",
        "undone": "Taken back: {says}",
        "no_other": "No waiting letter reads otherwise for it.",
        "one_other": "One waiting letter reads otherwise now.",
        "others": "{count} waiting letters read otherwise now.",
        "nothing": "You have taught nothing yet.",
        "imported": "{new} lessons are new, {known} were known.",
    },
}
