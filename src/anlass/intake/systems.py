"""Addresses of programs, and what programs say of themselves; postmaster, info and kontakt are people."""

from __future__ import annotations

from functools import lru_cache

from anlass.intake.message import Message
from anlass.intake.tables import tables


@lru_cache(maxsize=8_192)  # an archive names the same people again and again
def is_system_name(local: str) -> bool:
    """Tell whether the part before the @ names a program."""
    gate = tables().gate
    return (
        local in gate.exact
        or local.startswith(gate.begins)
        or local.endswith(gate.ends)
        or any(part in local for part in gate.contains)
    )


def automation(message: Message) -> str:
    """Return the word by which a message says that a program sent it, `auto-generated` or another, or ""."""
    said = message.headers.get("auto-submitted", ("",))[0].strip().lower()
    word = said.partition(";")[0].partition("(")[0].strip()
    return "" if word == "no" else word
