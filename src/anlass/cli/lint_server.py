"""A language server that does one thing: remarks on a draft appear in the editor while it is written.

Speaks the Language Server Protocol on standard input and output: `initialize`, `textDocument/didOpen`,
`didChange` (whole texts), `didSave`, `didClose`, `shutdown`, `exit`; it answers with
`textDocument/publishDiagnostics`. Positions count UTF-16 units, as the protocol has it by default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import BinaryIO

from anlass.desk.outgoing.linting import LONGEST, DraftText, draft_in
from anlass.litmus.reading import Place
from anlass.outreach.other_side import Remark, View

ViewOf = Callable[[DraftText], View]
Message = Mapping[str, object]

_MOST = 4 * 1024 * 1024
"""Bytes of one message that are read; a draft is a letter and no book."""
_WHOLE = 1
_NO_METHOD, _NO_REQUEST = -32601, -32700
_INFORMATION, _WARNING = 3, 2


def serve(came: BinaryIO, goes: BinaryIO, view_of: ViewOf) -> int:
    """Serve one editor until it says `exit` or goes; return 0 where it said `shutdown` before, else 1."""
    is_shut = False
    while (body := _message(came)) is not None:
        try:
            message = json.loads(body)
        except ValueError:
            _send(goes, {"id": None, "error": {"code": _NO_REQUEST, "message": "not JSON"}})
            continue
        if not isinstance(message, dict):
            continue
        method = message.get("method")
        if method == "exit":
            return 0 if is_shut else 1
        is_shut = is_shut or method == "shutdown"
        _answer(goes, message, view_of)
    return 1


def _answer(goes: BinaryIO, message: Message, view_of: ViewOf) -> None:
    """Answer one message; what nobody here understands is refused where it wants an answer."""
    method, id_ = message.get("method"), message.get("id")
    if method == "initialize":
        sync = {"openClose": True, "change": _WHOLE, "save": {"includeText": True}}
        _send(
            goes,
            {
                "id": id_,
                "result": {"capabilities": {"textDocumentSync": sync}, "serverInfo": {"name": "anlass"}},
            },
        )
    elif method == "shutdown":
        _send(goes, {"id": id_, "result": None})
    elif method in {"textDocument/didOpen", "textDocument/didChange", "textDocument/didSave"}:
        uri, text = _document(message.get("params"))
        if uri and text is not None:
            _publish(goes, uri, diagnostics(text, view_of))
    elif method == "textDocument/didClose":
        uri, _ = _document(message.get("params"))
        _publish(goes, uri, [])
    elif id_ is not None:
        _send(goes, {"id": id_, "error": {"code": _NO_METHOD, "message": f"{method} is not known here"}})


def diagnostics(text: str, view_of: ViewOf) -> list[dict[str, object]]:
    """Return the remarks on a draft as diagnostics of the protocol."""
    text = text[:LONGEST]
    draft = draft_in(text.encode("utf-8", "replace"))
    view = view_of(draft)
    return [_diagnostic(draft, one) for one in view.remarks]


def _diagnostic(draft: DraftText, remark: Remark) -> dict[str, object]:
    is_here = remark.place is Place.TEXT and remark.end > remark.start
    start, end = (remark.start, remark.end) if is_here else (0, len(draft.text.partition("\n")[0]))
    message = f"{remark.says} {remark.suggestion}".strip()
    return {
        "range": {"start": _position(draft, start), "end": _position(draft, end)},
        "severity": _WARNING if is_here else _INFORMATION,
        "source": "anlass",
        "code": remark.kind,
        "message": message,
    }


def _position(draft: DraftText, offset: int) -> dict[str, int]:
    before = draft.text[:offset]
    line = before[before.rfind("\n") + 1 :]
    return {
        "line": draft.first_line - 1 + before.count("\n"),
        "character": len(line.encode("utf-16-le", "surrogatepass")) // 2,
    }


def _document(params: object) -> tuple[str, str | None]:
    """Return the address and the text that a message is about."""
    if not isinstance(params, dict):
        return "", None
    document = params.get("textDocument")
    named = document if isinstance(document, dict) else {}
    changes = params.get("contentChanges")
    last = changes[-1] if isinstance(changes, list) and changes else {}
    texts = (params.get("text"), last.get("text") if isinstance(last, dict) else None, named.get("text"))
    text = next((one for one in texts if isinstance(one, str)), None)
    return str(named.get("uri", "")), text


def _publish(goes: BinaryIO, uri: str, found: list[dict[str, object]]) -> None:
    _send(goes, {"method": "textDocument/publishDiagnostics", "params": {"uri": uri, "diagnostics": found}})


def _send(goes: BinaryIO, message: Message) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    goes.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    goes.flush()


def _message(came: BinaryIO) -> bytes | None:
    """Return the next message; `None` where the editor is gone or speaks something else."""
    length = -1
    for line in iter(lambda: came.readline(1_000), b""):
        if not line.strip():
            break
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
    if not 0 <= length <= _MOST:
        return None
    body = came.read(length)
    return body if len(body) == length else None
