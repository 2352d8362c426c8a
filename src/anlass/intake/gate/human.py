"""What a human must read, whatever the house rules say (R15).

Courts, authorities, lawyers, press, doctors, threats, people in need, minors,
applicants: a deadline or a life may hang on such a letter. The phrases are generous,
because the mark only keeps machines from answering; it declines nothing. What somebody
is counts where people say who they are, in their name and where they sign: a surgeon
who writes is a case for a human, a bus that stops at the hospital is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from anlass.intake.message import Message
from anlass.intake.tables import tables

_SIGNING_LINES = 8
_LONGEST_SIGNED = 60
"""Characters of a line that may belong to a signature."""


def human_must_read(message: Message, text: str) -> str | None:
    """Return the kind and the words for which a human must read this, `None` where there are none.

    `text` is what the writer wrote; subject and sender are looked at too.
    """
    domain = message.sender.address.rpartition("@")[2] if message.sender else ""
    name = message.sender.name if message.sender else ""
    return human_words(domain, name, message.subject or "", text)


def human_words(domain: str, name: str, subject: str, text: str) -> str | None:
    """Return the same for somebody of this name, writing from this domain."""
    for end in tables().human_domains:
        if domain == end or domain.endswith("." + end):
            return f"authority: {domain}"
    looked_at = f" {name} \n {subject} \n {text} ".lower()
    signed = (range(len(name) + 2), *_signed(looked_at))
    for end, (kind, phrase, is_name) in tables().human.iter(looked_at):
        start = end - len(phrase)
        if is_name and not any(end in line for line in signed):
            continue
        if not looked_at[start].isalnum() and not looked_at[end + 1].isalnum():
            return f"{kind}: {phrase}"
    return None


def _signed(text: str) -> Iterator[range]:
    """Yield where people sign: the short ones among the last lines; what stands small print below is long."""
    end = len(text)
    for line in text.split("\n")[: -_SIGNING_LINES - 1 : -1]:
        if len(line) <= _LONGEST_SIGNED:
            yield range(end - len(line), end)
        end -= len(line) + 1
