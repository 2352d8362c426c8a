"""One case on a terminal: the same sentences as on the page, within eighty columns."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from anlass.cli.plain import plain, plain_lines
from anlass.desk.cases.inbox import Answer, Sheet
from anlass.desk.requests.voice_of_opinion import Advised
from anlass.desk.voice.common import Lang
from anlass.languages import capital
from anlass.litmus import FindingKind, Place, Question
from anlass.policy import in_short
from anlass.replies import label

WIDTH = 80

_STYLES = dict.fromkeys(FindingKind, "underline") | {
    FindingKind.HOLLOW: "dim underline",
    FindingKind.FLATTERY: "dim underline",
    FindingKind.PRESSURE: "bold underline",
    FindingKind.SECRECY: "bold underline",
    FindingKind.ATTACK: "bold underline",
}

_HEADS: dict[Lang, dict[str, str]] = {
    "de": {
        "letter": "Der Brief",
        "reads": "Wie er sich liest",
        "shared": "Was euch verbindet",
        "vouchers": "Wer bürgt",
        "rules": "Was die Hausordnung sagt",
        "every_rule": "Jede Regel mit ihren Bedingungen: anlass policy explain {case}",
        "draft": "Der Entwurf",
        "none": "Es gibt keinen Entwurf.",
        "sent": "Nichts verschickt.",
        "read_twice": "Nichts verschickt, nur dieser Brief an die zweite Meinung.",
        "proven": "belegt",
        "empty": "Hier gibt es nichts zu lesen.",
        "known": "Das ist auch ohne Worte klar.",
    },
    "en": {
        "letter": "The letter",
        "reads": "How it reads",
        "shared": "What you share",
        "vouchers": "Vouched for by others",
        "rules": "What the house rules say",
        "every_rule": "Every rule with its conditions: anlass policy explain {case}",
        "draft": "The draft",
        "none": "There is no draft.",
        "sent": "Nothing was sent.",
        "read_twice": "Nothing was sent but this letter, for the second opinion.",
        "proven": "proven",
        "empty": "There is nothing to read here.",
        "known": "Known without words.",
    },
}


def print_sheet(sheet: Sheet, lang: Lang, vouchers: Iterable[str] = ()) -> None:
    """Print everything about one case, in the owner's language; `vouchers` says what came along of those."""
    out = Console(highlight=False)
    out.width = min(out.width, WIDTH)
    with out.capture() as written:
        _write(out, sheet, lang, tuple(vouchers))
    click.echo("\n".join(line.rstrip() for line in written.get().splitlines()))


def _write(out: Console, sheet: Sheet, lang: Lang, vouchers: tuple[str, ...]) -> None:
    """Write the parts in the order of the page: letter, reading, ledger, rules, draft."""
    heads = _HEADS[lang]
    _write_letter(out, sheet, heads)
    _write_reading(out, sheet, lang)
    _write_second(out, sheet)
    if sheet.opinion is not None:
        _write_opinion(out, sheet.opinion, lang)
    _write_shared(out, sheet, heads)
    if vouchers:
        _head(out, heads["vouchers"])
    for sentence in vouchers:
        out.print(_text(sentence))
    _head(out, heads["rules"])
    for sentence in in_short(sheet.decision, lang):
        out.print(_text(sentence))
    if sheet.trace:
        out.print(_text(heads["every_rule"].format(case=sheet.line.id[:8]), "dim"))
    _head(out, heads["draft"])
    out.print(
        _indented(_text(sheet.draft.text.words)) if sheet.draft else _text(sheet.answered or heads["none"])
    )
    out.print()
    is_read_twice = sheet.opinion is not None and sheet.opinion.was_sent
    out.print(Text(heads["read_twice" if is_read_twice else "sent"]))


def _write_letter(out: Console, sheet: Sheet, heads: dict[str, str]) -> None:
    who = f"{sheet.line.name} <{sheet.address}>" if sheet.address else sheet.line.name
    out.print(_text(plain(who), "bold"))
    out.print(_text(f"{sheet.line.door}, {sheet.date}"))
    for sentence in (sheet.line.says, *sheet.remarks):
        out.print(_text(sentence))
    _head(out, heads["letter"])
    if sheet.subject:
        out.print(_underlined(sheet.subject, sheet, Place.SUBJECT))
        out.print()
    letter = _underlined(sheet.text, sheet, Place.TEXT) if sheet.text.strip() else Text(heads["empty"])
    out.print(_indented(letter))


def _write_reading(out: Console, sheet: Sheet, lang: Lang) -> None:
    _head(out, _HEADS[lang]["reads"])
    out.print(_text(f"{sheet.verdict} {sheet.how_sure}".rstrip()))
    for answer in sheet.answers:
        out.print(_answered(answer, lang))
    for kind in dict.fromkeys(finding.kind for finding in sheet.findings):
        if kind.value not in set(Question):
            out.print(_found(kind, sheet, lang))


def _write_second(out: Console, sheet: Sheet) -> None:
    """Write what the owner asked back and what came of it, where that is so."""
    second = sheet.second
    if second is None:
        return
    _head(out, second.head)
    out.print(_text(second.says))
    for said, words in ((second.asked, second.question), (second.replied, second.text)):
        out.print(_text(said))
        out.print(_indented(_text(words)))


def _write_opinion(out: Console, opinion: Advised, lang: Lang) -> None:
    """Write what the model points at, and its own sentence as the quotation it is."""
    out.print()
    out.print(_text(plain(opinion.head)))
    for pointed in (*opinion.answers, *opinion.findings):
        quotes = " ".join(_quoted(words, lang) for words in pointed.words)
        end = "" if pointed.name.endswith("?") else ":"
        out.print(_indented(Text.assemble((f"{pointed.name}{end} ", "bold"), quotes)))
    if opinion.reason:
        out.print(_indented(Text(_quoted(opinion.reason, lang))))
    for remark in opinion.remarks:
        out.print(_indented(_text(remark)))


def _write_shared(out: Console, sheet: Sheet, heads: dict[str, str]) -> None:
    _head(out, heads["shared"])
    out.print(_text(sheet.tie_says))
    for shared in sheet.shared:
        proof = f" ({heads['proven']})" if shared.is_proven else ""
        out.print(_indented(_text(f"{shared.date}: {shared.says}{proof}")))
        if shared.source:
            out.print(_text(f"    {plain(shared.source)}", "dim"), soft_wrap=True)


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _head(out: Console, words: str) -> None:
    out.print()
    out.print(Text(words, "bold"))


def _answered(answer: Answer, lang: Lang) -> Padding:
    """One of the five questions with the words that answer it, or a dash."""
    said = "–"
    if answer.is_answered:
        said = " ".join(_quoted(words, lang) for words in answer.words) or _HEADS[lang]["known"]
    return _indented(Text.assemble((f"{answer.asks} ", "bold"), said))


def _text(words: str, style: str = "") -> Text:
    """Words of anybody, with nothing in them that could steer a terminal."""
    return Text(plain_lines(words), style)


def _found(kind: FindingKind, sheet: Sheet, lang: Lang) -> Padding:
    """One kind of what empties the letter, with all its words, in the owner's language."""
    quotes = dict.fromkeys(_quoted(one.quote, lang) for one in sheet.findings if one.kind is kind)
    name = label(kind, lang)
    return _indented(Text.assemble((f"{capital(name)}: ", "bold"), ", ".join(quotes)))


def _quoted(words: str, lang: Lang) -> str:
    """Somebody's words on one line, in the quotation marks of the owner's language."""
    return f"„{plain(words)}“" if lang == "de" else f"“{plain(words)}”"


def _underlined(words: str, sheet: Sheet, place: Place) -> Text:
    """The letter with its findings underlined, and nothing in it that could steer a terminal."""
    text = _text(words)
    for finding in sheet.findings:
        if finding.place is place:
            text.stylize(_STYLES[finding.kind], finding.start, finding.end)
    return text
