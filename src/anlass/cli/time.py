"""`anlass time`: how many minutes were asked of you, given and not given, month by month."""

from __future__ import annotations

import json

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import here
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.outgoing.outbox import writer_of
from anlass.desk.surface import time_line
from anlass.desk.time.digest import digest as digest_of
from anlass.desk.time.digest_mail import switch
from anlass.desk.time.ledger import GivenTime, asked_in, behind, give, take_back, time_sheet
from anlass.desk.time.voice import (
    amount_says,
    duration_says,
    given_says,
    month_says,
    number_says,
    remark_says,
    since_says,
    time_words,
)
from anlass.desk.voice.common import Lang
from anlass.ledger.time import MonthOfYear, Number, month_named

_number = click.Choice([one.value for one in Number])


@click.command()
@click.option("--month", "named", metavar="YYYY-MM", help="One month alone, such as 2026-10.")
@click.option("--show", "number", type=_number, help="List the cases behind a number.")
@click.option("--digest", "is_digest", is_flag=True, help="Print the letter about a month; nothing is sent.")
@click.option(
    "--mail", type=click.Choice(["on", "off"]), help="Send that letter to you alone, once a month, or not."
)
@click.option("--gave", metavar="CASE", help="Say that you gave time to a case (with --minutes).")
@click.option("--minutes", type=int, metavar="N", help="The minutes you gave; 0 for none.")
@click.option("--take-back", "taken", metavar="CASE", help="Take back what you said of a case.")
@data_option
@json_option
@dry_run_option
def time(
    named: str | None,
    number: str | None,
    is_digest: bool,
    mail: str | None,
    gave: str | None,
    minutes: int | None,
    taken: str | None,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Say how many minutes were asked of you, how many you gave, and how many you did not.

    Asked is what the letters write out, given is your own word. Every number opens into its cases
    with --show. Without --month all months are told.
    """
    if sum((number is not None, is_digest, mail is not None, gave is not None, taken is not None)) > 1:
        raise click.UsageError("Name one of --show, --digest, --mail, --gave, --take-back.")
    if (gave is None) != (minutes is None):
        raise click.UsageError("--gave CASE and --minutes N belong together.")
    month = _month(named)
    home = open_home(data)
    if gave is not None or taken is not None:
        with kept(home, unless=dry_run):
            click.echo(plain(given_says(_told(home, gave, taken, minutes or 0), home.lang)))
    elif mail is not None:
        _switch(home, is_on=mail == "on", dry_run=dry_run)
    elif is_digest:
        _print_digest(home, month)
    elif number is not None:
        _list(home, Number(number), month, as_json=as_json)
    elif as_json:
        _print_lines(home, month)
    else:
        _print(home, month)


def _month(named: str | None) -> MonthOfYear | None:
    month = month_named(named) if named else None
    if named and month is None:
        raise click.BadParameter(f"{named!r} is no month; write it like 2026-10.", param_hint="--month")
    return month


def _told(home: Home, gave: str | None, taken: str | None, minutes: int) -> GivenTime:
    if gave is not None:
        return give(home.book, gave, minutes, now=here(), lang=home.lang)
    return take_back(home.book, taken or "", now=here(), lang=home.lang)


def _switch(home: Home, *, is_on: bool, dry_run: bool) -> None:
    with kept(home, unless=dry_run):
        switch(home.book, writer_of(home), is_on=is_on, now=here())
        click.echo(_MAIL[home.lang][is_on])


_MAIL: dict[Lang, dict[bool, str]] = {
    "de": {
        True: "Der Monatsbrief geht ab dem nächsten Monat per Mail an dich, und nur an dich.",
        False: "Der Monatsbrief bleibt zu Hause.",
    },
    "en": {
        True: "The month's letter goes to you by mail from next month on, and to you alone.",
        False: "The month's letter stays at home.",
    },
}


def _print_digest(home: Home, month: MonthOfYear | None) -> None:
    now = here()
    letter = digest_of(home.book, month or MonthOfYear(now.year, now.month).before, now=now, lang=home.lang)
    click.echo(f"{letter.subject}\n")
    click.echo("\n".join(map(plain, letter.text.rstrip("\n").split("\n"))))


def _print_lines(home: Home, month: MonthOfYear | None) -> None:
    """Print a JSON line for each month, with its cases."""
    now = here()
    for one, numbers in time_sheet(home.book, now=now).months:
        if month in {None, one}:
            cases = [asked.case for asked in asked_in(home.book, one, now=now)]
            click.echo(json.dumps(time_line(one, numbers, cases)))


def _list(home: Home, number: Number, month: MonthOfYear | None, *, as_json: bool) -> None:
    """Print the cases behind a number, newest first."""
    words, found = time_words(home.lang), behind(home.book, number, month, now=here(), lang=home.lang)
    if not as_json:
        head = words.behind[number] + (f", {month_says(month, home.lang)}" if month else "")
        click.echo(f"{head}: {amount_says(number, found.total, home.lang)}")
    for line, asked in found.cases:
        if as_json:
            told = {
                "case": asked.case,
                "asked": asked.minutes,
                "given": asked.given,
                "amount": asked.amount(number),
            }
            click.echo(json.dumps(told))
            continue
        asks = (
            words.silent
            if asked.minutes is None
            else words.asks.format(time=duration_says(asked.minutes, home.lang))
        )
        gave = (
            ""
            if asked.given is None
            else ", " + words.gave.format(time=duration_says(asked.given, home.lang))
        )
        click.echo(f"  {asked.case[:8]}  {plain(line.name)}: {asks}{gave}")
    if found.older:
        click.echo(words.older.format(n=found.older), err=True)


def _print(home: Home, month: MonthOfYear | None) -> None:
    """Print the sums with what they mean, then a table of the months."""
    words, sheet, lang = time_words(home.lang), time_sheet(home.book, now=here()), home.lang
    months = [(one, numbers) for one, numbers in sheet.months if month in {None, one}]
    if not months:
        click.echo(words.nothing)
        return
    numbers = months[0][1] if month else sheet.all
    click.echo(month_says(month, lang) if month else since_says(sheet, lang))
    for number in Number:
        click.echo(
            f"\n{amount_says(number, numbers.of(number), lang)} "
            f"{number_says(number, numbers.of(number), lang)}"
        )
        click.echo(click.wrap_text(remark_says(number, numbers, lang), 78, "  ", "  "))
    if not month:
        click.echo(f"\n{words.month:<9}" + "".join(f"{words.numbers[one]:>17}" for one in _COLUMNS))
        for one, of in (pair for pair in months if pair[1].of(Number.REQUESTS)):
            click.echo(f"{one!s:<9}" + "".join(f"{of.of(number):>17}" for number in _COLUMNS))


_COLUMNS = (Number.REQUESTS, Number.ASKED, Number.GIVEN, Number.SPARED)
