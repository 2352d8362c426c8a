"""One case on a terminal: the same sentences as on the page, within eighty columns."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from anlass.cli.plain import plain
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
        "empty": "Hier gibt es nichts zu lesen.",
        "known": "Das ist auch ohne Worte klar.",
    },
    "en": {
        "letter": "The letter",
        "reads": "How it reads",
        "shared": "What you share",
        "rules": "What the house rules say",
        "draft": "The draft",
        "none": "There is no draft.",
        "sent": "Nothing was sent.",
        "proven": "proven",
        "empty": "There is nothing to read here.",
        "known": "Known without words.",
    },
}


def print_sheet(sheet: Sheet, lang: Lang, console: Console | None = None) -> None:
    """Print everything about one case, in the owner's language."""
    out = console or Console(highlight=False, soft_wrap=False, width=None)
    out.width = min(out.width, WIDTH)
    heads = _HEADS[lang]
    who = f"{sheet.line.name} <{sheet.address}>" if sheet.address else sheet.line.name
    out.print(Text(who, "bold"))
    out.print(Text(f"{sheet.line.door}, {sheet.date}"))
    out.print(Text(plain(sheet.line.says)))
    for remark in sheet.remarks:
        out.print(Text(remark))

    _head(out, heads["letter"])
    if sheet.subject:
        out.print(_underlined(sheet.subject, sheet, Place.SUBJECT))
        out.print()
    letter = _underlined(sheet.text, sheet, Place.TEXT) if sheet.text.strip() else Text(heads["empty"])
    out.print(Padding(letter, (0, 2)))

    _head(out, heads["reads"])
    out.print(Text(f"{sheet.verdict} {sheet.how_sure}".rstrip()))
    for answer in sheet.answers:
        out.print(_answered(answer.question, answer.is_answered, answer.words, lang))
    for kind in dict.fromkeys(finding.kind for finding in sheet.findings):
        if kind.value not in set(Question):
            out.print(_found(kind, sheet, lang))

    _head(out, heads["shared"])
    out.print(Text(sheet.tie_says))
    for shared in sheet.shared:
        proof = f" ({heads['proven']})" if shared.is_proven else ""
        out.print(Padding(Text(f"{shared.date}: {shared.says}{proof} {shared.source}"), (0, 2)))

    _head(out, heads["rules"])
    for sentence in explain(sheet.decision, lang):
        out.print(Text(sentence))

    _head(out, heads["draft"])
    out.print(Padding(Text(sheet.draft.text.words), (0, 2)) if sheet.draft else Text(heads["none"]))
    out.print()
    out.print(Text(heads["sent"]))


def _head(out: Console, words: str) -> None:
    out.print()
    out.print(Text(words, "bold"))


def _answered(question: Question, is_answered: bool, words: tuple[str, ...], lang: Lang) -> Padding:  # noqa: FBT001 - a fact, not a switch
    said = " ".join(_quoted(w, lang) for w in words) or _HEADS[lang]["known"] if is_answered else "–"
    return Padding(Text.assemble((f"{label(question, lang)} ", "bold"), said), (0, 2))


def _found(kind: FindingKind, sheet: Sheet, lang: Lang) -> Padding:
    """One kind of what empties the letter, with all its words, in the owner's language."""
    quotes = dict.fromkeys(_quoted(one.quote, lang) for one in sheet.findings if one.kind is kind)
    name = label(kind, lang)
    return Padding(Text.assemble((f"{name[:1].upper()}{name[1:]}: ", "bold"), ", ".join(quotes)), (0, 2))


def _quoted(words: str, lang: Lang) -> str:
    """Somebody's words on one line, in the quotation marks of the owner's language."""
    return f"„{plain(words)}“" if lang == "de" else f"“{plain(words)}”"


def _underlined(words: str, sheet: Sheet, place: Place) -> Text:
    """The letter with its findings underlined, and nothing in it that could steer a terminal."""
    text = Text(
        "".join(ch if ch.isprintable() or ch == "\n" else "\N{REPLACEMENT CHARACTER}" for ch in words)
    )
    for finding in sheet.findings:
        if finding.place is place:
            text.stylize(_STYLES[finding.kind], finding.start, finding.end)
    return text
