"""The mail itself: header and parts written anew, in the same order and encodings."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header

from anlass.intake.anonymous.html import anonymous_html
from anlass.intake.anonymous.veil import Veil, fixed_words
from anlass.intake.charsets import decoded
from anlass.intake.guard import PART_BYTES_LIMIT
from anlass.intake.message import Mailbox, Message
from anlass.intake.parts import Part
from anlass.intake.tables import tables

PROVIDER = "mx.example.org"
"""The owner's provider in the copy."""
_PARTS, _DEPTH = 40, 8
_KINDS = frozenset("text/calendar image/png image/jpeg image/gif application/pdf message/rfc822".split())
_CLOSED: Mapping[str, frozenset[str]] = {
    "precedence": frozenset({"bulk", "list", "junk"}),
    "auto-submitted": frozenset({"auto-generated", "auto-replied", "no"}),
}
_KINDS_OF_NOTICE = re.compile(r"x-[a-z-]{1,30}-(?:template|class|type|category)")
_BODIES = frozenset({"text-body", "html-body", "<text-body>", "<html-body>"})
_OF_TEMPLATES = frozenset({"email", "inmail", "mbr", "member", "notification"})
_WORD = re.compile(r"[^\W_]+")


def anonymous(message: Message, root: Part, veil: Veil, *, is_proven: bool) -> bytes:
    """Return a mail as `message` with the parts of `root` is one, without anybody in it."""
    head = [*_header(message, veil, is_proven=is_proven), "MIME-Version: 1.0"]
    return "\n".join(head).encode("ascii") + b"\n" + _Writer(veil).part(root, 0)


def _header(message: Message, veil: Veil, *, is_proven: bool) -> list[str]:
    """Return the header fields that say what kind of mail it is, in a fixed order."""
    domain = _domain(message.sender.address) if message.sender else "example.com"
    fields: list[tuple[str, str]] = []
    if is_proven:
        said = f"{PROVIDER}; dkim=pass header.d={domain}; dmarc=pass header.from={domain}"
        fields.append(("Authentication-Results", said))
    fields += [("From", _network_box(message.sender, veil))] if message.sender else []
    fields += [
        (name, ", ".join(_box(one, veil) for one in boxes[:20]))
        for name, boxes in (("To", message.to), ("Cc", message.cc))
        if boxes
    ]
    if message.subject is not None:
        fields.append(("Subject", _folded(veil.text(" ".join(message.subject.split())))))
    fields += [("Date", "Mon, 02 Mar 2026 09:00:00 +0000"), ("Message-ID", f"<1.notice@{domain}>")]
    fields += _kind(message, veil)
    return [f"{name}: {value}" for name, value in fields]


def _kind(message: Message, veil: Veil) -> list[tuple[str, str]]:
    """Return the fields by which programs tell one kind of notice from another."""
    found = []
    for name, values in message.headers.items():
        value = values[0].strip() if values else ""
        if name in _CLOSED and value.lower() in _CLOSED[name]:
            found.append((name.title(), value.lower()))
        elif name == "list-unsubscribe":
            found.append((name.title(), "<https://www.example.com/x>"))
        elif _KINDS_OF_NOTICE.fullmatch(name) and len(value) <= 80:
            found.append((name.title(), _folded(_WORD.sub(lambda one: _kind_word(one[0], veil), value))))
    return found


def _kind_word(word: str, veil: Veil) -> str:
    """Return a part of a template's name: words that everybody uses, and short numbers and letters."""
    is_known = word.lower() in fixed_words() or word.lower() in _OF_TEMPLATES
    return word if (is_known or len(word) <= 3) and word.lower() not in veil.private else veil.word(word)


def _network_box(box: Mailbox, veil: Veil) -> str:
    local, domain = box.address.partition("@")[0], _domain(box.address)
    parts = _WORD.findall(local.lower())
    senders = {one for network in tables().networks for one in (*network.inviters, *network.relays)}
    is_plain = local.isascii() and local.replace("-", "").isalpha()
    is_role = local in senders or (is_plain and not veil.private.intersection(parts))
    return _named(veil.text(box.name), f"{local if is_role else 'notice'}@{domain}")


def _domain(address: str) -> str:
    """Return the domain of a network's address as a header can say it; one in no letters of ours is none."""
    domain = address.rpartition("@")[2]
    return domain if domain.isascii() and domain.isprintable() and domain else "example.com"


def _box(box: Mailbox, veil: Veil) -> str:
    return _named(veil.text(box.name), veil.address(box.address))


def _named(name: str, address: str) -> str:
    name = re.sub(r"[\"\\<>]", "", " ".join(name.split()))
    return f"{_quoted(name)} <{address}>" if name else address


def _quoted(name: str) -> str:
    return f'"{name}"' if name.isascii() else _folded(name)


def _folded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=10_000).encode()


@dataclass(slots=True)
class _Writer:
    """Writes parts, and counts them."""

    veil: Veil
    count: int = 0

    def part(self, part: Part, depth: int) -> bytes:
        """Return one part with its fields and everything in it."""
        self.count += 1
        if part.children and depth < _DEPTH and not part.content_type.startswith("message/"):
            return self._container(part, depth)
        if part.is_readable and part.content_type in {"text/plain", "text/html"}:
            return self._words(part)
        kind = part.content_type if part.content_type in _KINDS else "application/octet-stream"
        return f"Content-Type: {kind}\nContent-Disposition: attachment\n\n".encode("ascii")

    def _container(self, part: Part, depth: int) -> bytes:
        boundary = f"part-{self.count}"
        kind = part.content_type.partition("/")[2]
        kind = kind if kind in {"alternative", "mixed", "related", "report"} else "mixed"
        inner = b"".join(
            f"--{boundary}\n".encode("ascii") + self.part(child, depth + 1) + b"\n"
            for child in part.children
            if self.count < _PARTS
        )
        head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode("ascii")
        return head + inner + f"--{boundary}--\n".encode("ascii")

    def _words(self, part: Part) -> bytes:
        text, _ = decoded(part.load()[:PART_BYTES_LIMIT], part.parameter("charset"))
        is_html = part.content_type == "text/html"
        said = anonymous_html(text, self.veil) if is_html else self.veil.text(text)
        encoding = part.headers.get("content-transfer-encoding", "").strip().lower()
        octets = said.encode("utf-8")
        if encoding == "base64":
            octets = base64.encodebytes(octets)
        else:
            encoding, octets = "quoted-printable", quopri.encodestring(octets)
        name = part.headers.get("content-id", "").strip().lower()
        named = f"Content-ID: {name}\n" if name in _BODIES else ""
        head = f"Content-Type: {part.content_type}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n"
        return f"{head}{named}\n".encode("ascii") + octets
