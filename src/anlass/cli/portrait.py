"""One person of the ledger on a terminal: the tie, a small picture of the months, and the evidence."""

from __future__ import annotations

import click

from anlass.cli.plain import plain, plain_path
from anlass.desk.people.months import Months
from anlass.desk.people.portrait import Piece, Portrait
from anlass.desk.people.voice_of_ledger import period_says
from anlass.desk.voice.common import Lang
from anlass.languages import capital
from anlass.ledger import EncounterKind
from anlass.outreach.event import reachable

_BARS = " ▁▂▃▄▅▆▇█"
_ROWS: dict[Lang, tuple[tuple[str, tuple[EncounterKind, ...]], ...]] = {
    "de": (
        ("an dich", (EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN)),
        ("von dir", (EncounterKind.MAIL_OUT, EncounterKind.MESSAGE_OUT)),
        ("Treffen", (EncounterKind.MEETING,)),
        ("Karten", (EncounterKind.CARD,)),
        ("vorgestellt", (EncounterKind.INTRODUCTION,)),
    ),
    "en": (
        ("to you", (EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN)),
        ("from you", (EncounterKind.MAIL_OUT, EncounterKind.MESSAGE_OUT)),
        ("meetings", (EncounterKind.MEETING,)),
        ("cards", (EncounterKind.CARD,)),
        ("introduced", (EncounterKind.INTRODUCTION,)),
    ),
}
_CLOSE: dict[Lang, str] = {
    "de": "Wie nah, als Zahl: {score} von 100",
    "en": "How close, as a number: {score} of 100",
}
_UNPROVEN: dict[Lang, str] = {"de": "nicht belegt", "en": "not proven"}


def print_portrait(shown: Portrait, lang: Lang) -> None:
    """Print what is shared with one person, everything with its date and where it lies."""
    addresses = [str(one) for one in reachable(shown.person.addresses) if str(one) != shown.person.name]
    click.secho(plain(shown.person.name), bold=True)
    for address in addresses:
        click.echo(plain(address))
    click.echo()
    for sentence in (shown.tie_says, shown.silence, shown.lack, shown.introduced, *shown.notes):
        if sentence:
            click.echo(plain(sentence))
    if shown.months:
        click.echo()
        for row in picture(shown.months, lang):
            click.echo(row)
    _print_reckoning(shown, lang)
    for number in shown.numbers:
        click.echo(f"\n{capital(number.says)}")
        for piece in number.pieces:
            click.echo(f"  {_evidence(piece, lang)}")


def _print_reckoning(shown: Portrait, lang: Lang) -> None:
    """Print how the number of the tie comes about, where there is anything to count."""
    if shown.reckoning:
        click.echo(f"\n{_CLOSE[lang].format(score=round(shown.tie.score))}")
    for summand in shown.reckoning:
        click.echo(f"  {summand.name}: {summand.says}")


def picture(months: Months, lang: Lang) -> tuple[str, ...]:
    """Return the months as lines of text: a bar for what was written, a number for meetings and cards."""
    rows = [(name, kinds) for name, kinds in _ROWS[lang] if months.has(*kinds)]
    width, most = max((len(name) for name, _ in rows), default=0), months.most()
    lines = []
    for name, kinds in rows:
        counts = [one.count(*kinds) for one in months.periods]
        is_written = kinds[0] in {EncounterKind.MAIL_IN, EncounterKind.MAIL_OUT}
        marks = "".join(_bar(count, most) if is_written else _figure(count) for count in counts)
        lines.append(f"{name:>{width}} |{marks}|")
    first, last = months.periods[0], months.periods[-1]
    begins, ends = (period_says(one, months.step, lang) for one in (first, last))
    lines.append(f"{'':>{width}}  {begins}" + (f" – {ends}" if first is not last else ""))
    return tuple(lines)


def _bar(count: int, most: int) -> str:
    return _BARS[-(-count * (len(_BARS) - 1) // most)]


def _figure(count: int) -> str:
    return " " if not count else str(count) if count < 10 else "+"


def _evidence(piece: Piece, lang: Lang) -> str:
    said = f"{piece.date}: {plain(piece.says)}"
    if piece.subject:
        said += f" „{plain(piece.subject)}“" if lang == "de" else f" “{plain(piece.subject)}”"
    if not piece.is_proven:
        said += f" ({_UNPROVEN[lang]})"
    lines = (said, plain_path(piece.source), piece.odd)
    return "\n    ".join(line for line in lines if line)
