"""One case on a terminal: the same sentences as on the page, within eighty columns."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from anlass.cli.plain import plain, plain_lines
from anlass.desk.inbox import Sheet
from anlass.desk.voice import Lang
from anlass.litmus import FindingKind, Place, Question
from anlass.policy import explain
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
        "rules": "Was die Hausordnung sagt",
        "draft": "Der Entwurf",
        "none": "Es gibt keinen Entwurf.",
        "sent": "Nichts verschickt.",
        "proven": "belegt",
    },
    "en": {
        "letter": "The letter",
        "reads": "How it reads",
        "shared": "What the two of you share",
        "rules": "What the house rules say",
        "draft": "The draft",
        "none": "There is no draft.",
        "sent": "Nothing was sent.",
        "proven": "proven",
    },
}


def print_sheet(sheet: Sheet, lang: Lang, console: Console | None = None) -> None:
    """Print everything about one case, in the owner's language."""
    out = console or Console(highlight=False, soft_wrap=False, width=None)
    out.width = min(out.width, WIDTH)
    heads = _HEADS[lang]
    who = f"{sheet.line.name} <{sheet.address}>" if sheet.address else sheet.line.name
    out.print(_text(plain(who), "bold"))
    out.print(_text(f"{sheet.line.door}, {sheet.date}"))
    out.print(_text(sheet.line.says))
    for remark in sheet.remarks:
        out.print(_text(remark))

    _head(out, heads["letter"])
    if sheet.subject:
        out.print(_underlined(sheet.subject, sheet, Place.SUBJECT))
        out.print()
    out.print(Padding(_underlined(sheet.text, sheet, Place.TEXT), (0, 2)))

    _head(out, heads["reads"])
    out.print(_text(f"{sheet.verdict} {sheet.how_sure}"))
    for answer in sheet.answers:
        out.print(_answered(answer.question, answer.is_answered, answer.words, lang))
    for finding in sheet.findings:
        if finding.kind.value not in set(Question):
            out.print(Padding(_text(finding.says), (0, 2)))

    _head(out, heads["shared"])
    out.print(_text(sheet.tie_says))
    for shared in sheet.shared:
        proof = f" ({heads['proven']})" if shared.is_proven else ""
        out.print(Padding(_text(f"{shared.date}: {shared.says}{proof} {shared.source}"), (0, 2)))

    _head(out, heads["rules"])
    for sentence in explain(sheet.decision, lang):
        out.print(_text(sentence))

    _head(out, heads["draft"])
    out.print(Padding(_text(sheet.draft.text.words), (0, 2)) if sheet.draft else Text(heads["none"]))
    out.print()
    out.print(Text(heads["sent"]))


def _head(out: Console, words: str) -> None:
    out.print()
    out.print(Text(words, "bold"))


def _answered(question: Question, is_answered: bool, words: tuple[str, ...], lang: Lang) -> Padding:  # noqa: FBT001 - a fact, not a switch
    said = " … ".join(f"„{w}“" if lang == "de" else f"“{w}”" for w in words) if is_answered else "–"
    return Padding(Text.assemble((f"{label(question, lang)} ", "bold"), _text(said)), (0, 2))


def _text(words: str, style: str = "") -> Text:
    return Text(plain_lines(words), style)


def _underlined(words: str, sheet: Sheet, place: Place) -> Text:
    """The letter with its findings underlined, and nothing in it that could steer a terminal."""
    text = _text(words)
    for finding in sheet.findings:
        if finding.place is place:
            text.stylize(_STYLES[finding.kind], finding.start, finding.end)
    return text
