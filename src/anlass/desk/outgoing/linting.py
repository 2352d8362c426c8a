"""The litmus test on one's own draft: read it as a stranger's, then say it from the other side.

Neither the store nor the framework is loaded here; what the two share is handed in where somebody looked
it up (`desk/people/shared.py`). Nothing is kept and nothing is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from anlass.desk.surface import JsonLine
from anlass.desk.voice.common import Lang
from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus.panel import Panel
from anlass.litmus.reading import Place
from anlass.outreach.other_side import Remark, Shared, View, seen_from_there
from anlass.replies.address import register_of

LONGEST = 200_000
"""Bytes of a draft that are read."""
_FIELD = re.compile(
    rb"(?:From|To|Cc|Bcc|Subject|Reply-To|Date|X-[\w-]+|MIME-Version|Content-[\w-]+|Message-ID)[ \t]*:",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- \n.*\Z", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft: its subject, whom it is for, its words, and on which line of the file they begin (from 1).

    Quoted lines and what stands under the dashes are blanked out, so that every place stays where it is.
    """

    text: str
    subject: str = ""
    to: str = ""
    first_line: int = 1

    @property
    def own(self) -> str:
        """The words that are the writer's own, each at its place."""
        blank = _SIGNATURE.sub(lambda hit: re.sub(r"[^\n]", " ", hit[0]), self.text)
        return _QUOTED.sub(lambda hit: " " * len(hit[0]), blank)


def draft_in(raw: bytes) -> DraftText:
    """Return the draft in these bytes: a mail with its head (as editors get it), or words alone."""
    raw = raw[:LONGEST].replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
    if not _FIELD.match(raw):
        return DraftText(raw.decode("utf-8", "replace"))
    head, _, body = raw.partition(b"\n\n")
    try:
        message = message_from_bytes(raw, policy=policy.default.clone(raise_on_defect=False))
        subject, to = str(message.get("Subject", "")), str(message.get("To", ""))
        text = _body(message) if message.get("Content-Type") else body.decode("utf-8", "replace")
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        subject, to, text = "", "", body.decode("utf-8", "replace")
    return DraftText(text, " ".join(subject.split()), " ".join(to.split()), head.count(b"\n") + 3)


def look_over(
    panel: Panel,
    draft: DraftText,
    *,
    writer: str = "",
    about: str = "",
    lang: Lang,
    shared: Shared | None = None,
) -> View:
    """Return how a draft reads over there; `about` is what is known of the receiver."""
    request = ContactRequest(
        "draft",
        Channel.MAIL,
        draft.own,
        subject=draft.subject or None,
        requester=Requester(writer),
        recipient=Recipient(draft.to.partition("<")[0].strip(' "'), about),
    )
    reading = panel.read(request)
    register = register_of(replace(request, text=draft.own), reading.lang)
    is_blank = not draft.own.strip()
    return seen_from_there(reading, lang=lang, register=register, shared=shared, is_blank=is_blank)


def place_of(draft: DraftText, remark: Remark) -> tuple[int, int]:
    """Return line and column of a remark in the file, both from 1; the whole is line 1."""
    if remark.place is not Place.TEXT:
        return 1, 1
    before = draft.text[: remark.start]
    return draft.first_line + before.count("\n"), len(before) - (before.rfind("\n") + 1) + 1


def view_line(draft: DraftText, view: View) -> JsonLine:
    """`anlass lint --json`: one line for a draft."""
    return {
        "lang": view.lang,
        "verdict": view.verdict.value,
        "unsure": view.unsure,
        "shared": view.shared or None,
        "fine": view.is_fine,
        "remarks": [_remark_line(draft, one) for one in view.remarks],
    }


def _remark_line(draft: DraftText, remark: Remark) -> JsonLine:
    line, column = place_of(draft, remark)
    return {
        "kind": remark.kind,
        "in": remark.place.value,
        "start": remark.start,
        "end": remark.end,
        "quote": remark.quote,
        "line": line,
        "column": column,
        "says": remark.says,
        "suggestion": remark.suggestion or None,
    }


def _body(message: EmailMessage) -> str:
    """Return the plain words of a mail that says how it is encoded."""
    part = message.get_body(("plain",))
    content = part.get_content() if part is not None else ""
    return content if isinstance(content, str) else ""
