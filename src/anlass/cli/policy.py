"""`anlass policy`: look at the house rules, check them, and try them on the past."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain
from anlass.cli.telling import all_told, told
from anlass.desk.rules.flow_picture import as_svg
from anlass.desk.rules.looking import decision_under, held_instead, rules_in_force, rules_named
from anlass.desk.rules.replaying import Tried, try_on_past
from anlass.desk.rules.surface import (
    decision_line,
    problem_line,
    replayed_line,
    rule_line,
    sums_line,
)
from anlass.desk.rules.voice import (
    changes_say,
    limits_say,
    past_says,
    rules_refused_say,
    sum_says,
    sums_rows,
    truth_says,
)
from anlass.desk.rules.voice_of_changes import changes_of_rules_say, past_change_says, rule_says
from anlass.desk.voice.common import Lang
from anlass.errors import PolicyError, Problem, UserError
from anlass.policy import Policy, explain
from anlass.policy.compare import compare
from anlass.policy.replay import Replayed, sums, truth

_MOST_SHOWN = 20
_CHANGING = {
    name: f"anlass.cli.policy_changes:{name.replace('import', 'import_').replace('export', 'export_')}"
    for name in ("choose", "add", "import", "undo", "versions", "export", "cookbook", "propose", "page")
}


class _Lazy(click.Group):
    """A group whose changing commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands that look, then those that change."""
        return [*self.commands, *_CHANGING]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _CHANGING:
            return super().get_command(ctx, cmd_name)
        module, _, name = _CHANGING[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_Lazy)
def policy() -> None:
    """Look at the house rules, try them on the past, change them.

    RULES is a file, or shipped rules: show-me-why, relationship-first, open-door. Where RULES may be
    left out, those in force are meant. Shipped files are never changed; own rules come before them.
    """


@policy.command()
@data_option
@json_option
def show(data: str | None, as_json: bool) -> None:
    """List the rules in force, in the order in which they are tried."""
    home = open_home(data)
    held, problems = rules_in_force(home)
    _tell_refused(home, problems)
    if not as_json:
        click.echo(f"{held.title.in_(home.lang)}\n{held.about.in_(home.lang)}\n")
    for number, rule in enumerate(held.rules, 1):
        if as_json:
            click.echo(json.dumps(rule_line(rule, home.lang)))
        else:
            click.echo(f"{number:>3}  {rule_says(rule, home.lang)}")


@policy.command()
@click.argument("rules", required=False)
@data_option
@json_option
def check(rules: str | None, data: str | None, as_json: bool) -> None:
    """Say everything that is wrong with RULES: place, word, nearest name, type. Examples are run.

    Ends with 1 where anything is wrong.
    """
    home = open_home(data)
    try:
        checked = rules_named(home, rules) if rules else _as_written(home)
    except PolicyError as error:
        if as_json:
            for problem in error.problems:
                click.echo(json.dumps(problem_line(problem)))
            raise click.exceptions.Exit(Exit.CHECK_FAILED) from None
        for line in all_told(error):
            click.echo(line, err=True)
        if not rules:
            click.echo(rules_refused_say(held_instead(home), home.lang), err=True)
        raise click.exceptions.Exit(Exit.CHECK_FAILED) from None
    if not as_json:
        click.echo(_WORDS[home.lang]["good"].format(n=len(checked.rules)))


def _as_written(home: Home) -> Policy:
    held, problems = rules_in_force(home)
    if problems:
        raise PolicyError(*problems)
    return held


@policy.command(name="explain")
@click.argument("case")
@click.option("--as-if", "rules", metavar="RULES", help="Decide by these rules instead; nothing is changed.")
@data_option
@json_option
def explain_(case: str, rules: str | None, data: str | None, as_json: bool) -> None:
    """Say rule by rule how CASE is decided, or would be.

    CASE is the id that `anlass screen` prints, or its beginning.
    """
    home = open_home(data)
    kept = home.book.case(case)
    decision = decision_under(rules_named(home, rules), kept) if rules else kept.case.decision
    if as_json:
        click.echo(json.dumps(decision_line(kept.case.request.id, decision, home.lang)))
        return
    for line in explain(decision, home.lang):
        click.echo(plain(line) if not line.startswith(" ") else f"  {plain(line)}")


@policy.command()
@click.option("--against", metavar="RULES", help="Compare these rules with those in force.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Only since that day.")
@click.option("--picture", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the flow as an SVG picture.")  # fmt: skip
@data_option
@json_option
def replay(
    against: str | None, since: datetime | None, picture: Path | None, data: str | None, as_json: bool
) -> None:
    """Run house rules over all past requests: who would have been asked, passed over, accepted.

    Your own answers are the truth they are held against. Nothing is changed, nothing is sent.
    """
    home = open_home(data)
    held, problems = rules_in_force(home)
    _tell_refused(home, problems)
    if picture and picture.exists():
        raise UserError(Problem("There is such a file already.", str(picture)), hint="Name another one.")
    policies = [held] if against is None else [held, rules_named(home, against)]
    now = moment()
    tried = try_on_past(home, policies, now=now, since=since.replace(tzinfo=UTC) if since else None)
    if picture:
        picture.write_text(
            as_svg(tried.cases[-1], home.lang, policies[-1].title.in_(home.lang)), encoding="utf-8"
        )
    if as_json:
        _print_json(tried, home.lang, now)
    else:
        _print(tried, policies, home.lang, now)


@policy.command()
@click.argument("rules")
@data_option
@json_option
def diff(rules: str, data: str | None, as_json: bool) -> None:
    """Say in what RULES differ from those in force, and whom in the past that would have touched."""
    home = open_home(data)
    held, problems = rules_in_force(home)
    _tell_refused(home, problems)
    other = rules_named(home, rules)
    tried = try_on_past(home, [held, other], now=moment())
    if as_json:
        for before, after in _changed(tried):
            click.echo(json.dumps(replayed_line((before, after), home.lang)))
        return
    for line in changes_of_rules_say(compare(held, other), home.lang):
        click.echo(line)
    click.echo()
    _print_changed(tried, home.lang, most=None)


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "good": "{n} Regeln, mit denen des Hauses. Alle lassen sich benutzen, alle Beispiele stimmen.",
        "all": "`anlass policy diff` nennt alle.",
    },
    "en": {
        "good": "{n} rules, those of the house included. All can be used, all examples come true.",
        "all": "`anlass policy diff` lists all.",
    },
}


def _tell_refused(home: Home, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(told(problem), err=True)
    if problems:
        click.echo(rules_refused_say(held_instead(home), home.lang), err=True)


def _print(tried: Tried, policies: list[Policy], lang: Lang, now: datetime) -> None:
    for line in past_says(tried.cases[0], tried.first_letters, now, lang):
        click.echo(line)
    changes = compare(policies[0], policies[-1])
    shown = list(zip(policies, tried.cases, strict=True))
    for held, cases in shown if changes else shown[:1]:
        click.echo(f"\n{held.title.in_(lang)}")
        rows = sums_rows(sums(cases), lang)
        width = max((len(name) for name, _ in rows), default=0)
        for name, count in rows:
            click.echo(f"  {name:<{width}}  {sum_says(count, lang)}")
        click.echo()
        for line in truth_says(truth(cases, now=now), lang):
            click.echo(plain(line))
    click.echo(f"\n{limits_say(lang)}")
    if len(policies) > 1:
        click.echo()
    if changes:
        _print_changed(tried, lang, most=_MOST_SHOWN)
    elif len(policies) > 1:
        click.echo("\n".join(changes_of_rules_say(changes, lang)))


def _print_json(tried: Tried, lang: Lang, now: datetime) -> None:
    for row in zip(*tried.cases, strict=True):
        click.echo(json.dumps(replayed_line(row, lang)))
    for cases in tried.cases:
        click.echo(json.dumps(sums_line(sums(cases), truth(cases, now=now))))


def _changed(tried: Tried) -> list[tuple[Replayed, Replayed]]:
    before, after = tried.cases[0], tried.cases[-1]
    return [(a, b) for a, b in zip(before, after, strict=True) if a.last.action is not b.last.action]


def _print_changed(tried: Tried, lang: Lang, *, most: int | None) -> None:
    changed = _changed(tried)
    click.echo(changes_say(len(changed), lang))
    for before, after in changed[:most]:
        click.echo(f"  {before.id[:8]}  {plain(past_change_says(before, after, lang))}")
    if most is not None and len(changed) > most:
        click.echo(f"  ... {_WORDS[lang]['all']}")
