"""What a human must read, whatever the house rules say (R15).

Courts, authorities, lawyers, press, doctors, threats, people in need, minors,
applicants: a deadline or a life may hang on such a letter. The phrases are generous,
because the mark only keeps machines from answering; it declines nothing.
"""

from __future__ import annotations

from anlass.intake.message import Message
from anlass.intake.tables import tables


def human_must_read(message: Message, text: str) -> str | None:
    """Return the kind and the words for which a human must read this, `None` where there are none.

    `text` is what the writer wrote; subject and sender are looked at too.
    """
    domain = message.sender.address.rpartition("@")[2] if message.sender else ""
    for end in tables().human_domains:
        if domain == end or domain.endswith("." + end):
            return f"authority: {domain}"
    name = message.sender.name if message.sender else ""
    looked_at = f" {name} \n {message.subject or ''} \n {text} ".lower()
    for end, (kind, phrase) in tables().human.iter(looked_at):
        start = end - len(phrase)
        if not looked_at[start].isalnum() and not looked_at[end + 1].isalnum():
            return f"{kind}: {phrase}"
    return None
