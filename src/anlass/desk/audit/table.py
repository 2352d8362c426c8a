"""The audit as a table to act on, and as a picture: files for other programs, made of plain text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from html import escape
from io import StringIO

from anlass.desk.audit.auditing import Audit, Audited
from anlass.desk.audit.voice import contact_says, group_name, sums_say
from anlass.desk.surface import JsonLine, moment, person_line
from anlass.desk.voice.common import Lang
from anlass.ledger.bonds import EVIDENT, Bond

COLUMNS = (
    "name group says mails_in mails_out messages_in messages_out turns threads meetings cards introductions "
    "proven score first last since about addresses perhaps places"
).split()
_COUNTS = (
    "mails_in mails_out messages_in messages_out turns threads meetings cards introductions proven".split()
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would work out instead of showing it."""


def audit_line(one: Audited, lang: Lang) -> JsonLine:
    """One contact of `anlass audit --json`."""
    tie, contact = one.tie, one.contact
    return {
        "name": contact.name,
        "addresses": [str(address) for address in contact.addresses],
        "group": one.bond.value,
        "says": contact_says(one, lang),
        "perhaps": [person_line(line.person) for line in one.perhaps],
        "why_perhaps": one.why.value if one.why else None,
        **{name: getattr(tie, name) for name in _COUNTS},
        "score": round(tie.score, 1),
        "first": moment(tie.first),
        "last": moment(tie.last),
        "since": moment(contact.since),
        "about": contact.about,
        "places": list(contact.places),
    }


def as_csv(audit: Audit, lang: Lang, marks: Mapping[int, str] | None = None) -> str:
    """Return the audit as CSV with a header, strongest first; several values stand in one cell with "; ".

    With `marks`, the owner's on the contacts by their number, these stand in a column of their own.
    Names are strangers' words: a cell that a spreadsheet would work out begins with an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out)
    columns = COLUMNS if marks is None else ["mark", *COLUMNS]
    writer.writerow(columns)
    for number, one in enumerate(audit.contacts):
        line = audit_line(one, lang)
        line["perhaps"] = [address.value for some in one.perhaps for address in some.person.addresses[:1]]
        line["since"] = one.contact.since.date().isoformat() if one.contact.since else None
        line["mark"] = (marks or {}).get(number)
        writer.writerow([_cell(line[column]) for column in columns])
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


_VIEW, _ROW, _BAR, _LEFT, _WIDTH, _TOP = 720, 34, 16, 236, 420, 84
_STYLE = """
text { font: 15px Georgia, "Source Serif 4", serif; fill: #26221c; }
.title { font-size: 19px; } .quiet { fill: #544d43; }
.ground { fill: #f7f2e8; } .evident { fill: #1c4a37; }
.bar { stroke: #544d43; stroke-width: 1.5; fill: none; }
.perhaps { stroke-dasharray: 5 4; } .axis { stroke: #d9cfbd; }
@media (prefers-color-scheme: dark) {
text { fill: #ebe4d7; } .quiet { fill: #bdb3a2; } .ground { fill: #191713; } .evident { fill: #a5d0b4; }
.bar { stroke: #bdb3a2; } .axis { stroke: #423c32; } }
"""
"""The colours of the house, light and dark: the picture is opened by itself."""


def as_svg(audit: Audit, lang: Lang) -> str:
    """Return the audit as an SVG picture: a row for each group, its bar as long as its share.

    Full bars are evident on both sides, dashed ones perhaps, empty ones the rest; each has its number.
    """
    sums = sums_say(audit, lang)
    height = _TOP + _ROW * len(Bond) + 16
    title = "Wie viele Kontakte Kontakte sind" if lang == "de" else "How many contacts are contacts"
    told = "; ".join(f"{group_name(bond, lang)}: {audit.count(bond)}" for bond in Bond)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_VIEW} {height}" lang="{lang}"',
            'role="img" aria-labelledby="audit-title audit-desc">',
            f'<title id="audit-title">{escape(title)}</title>',
            f'<desc id="audit-desc">{escape(f"{sums[0]} {told}.")}</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" width="{_VIEW}" height="{height}"/>',
            f'<text class="title" x="20" y="36">{escape(title)}</text>',
            f'<text class="quiet" x="20" y="60">{escape(sums[0])}</text>',
            *(_row(audit, bond, number, lang) for number, bond in enumerate(Bond)),
            f'<line class="axis" x1="{_LEFT}" x2="{_LEFT}" y1="{_TOP - 6}" y2="{height - 16}"/>',
            "</svg>\n",
        )
    )


def _row(audit: Audit, bond: Bond, number: int, lang: Lang) -> str:
    count, y = audit.count(bond), _TOP + _ROW * number
    length = round(_WIDTH * count / max(1, len(audit.contacts)), 1)
    look = "evident" if bond in EVIDENT else "bar perhaps" if bond is Bond.PERHAPS else "bar"
    bar = f'<rect class="{look}" x="{_LEFT}" y="{y}" width="{length}" height="{_BAR}"/>' if count else ""
    return (
        f'<text x="{_LEFT - 12}" y="{y + 13}" text-anchor="end">{escape(group_name(bond, lang))}</text>{bar}'
        f'<text x="{_LEFT + length + 10}" y="{y + 13}">{count}</text>'
    )
