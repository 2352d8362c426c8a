"""What was put into an archive, for tests that compare it with what Anlass finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TypedDict

from bench.archive.cast import OWNERS
from bench.archive.post import Kind, Mail


class Counts(TypedDict):
    """What the owner and one person share; `threads` counts those with a proven letter."""

    mails_in: int
    mails_out: int
    turns: int
    threads: int


class Asked(TypedDict):
    """One stranger's request."""

    message_id: str
    sender: str
    lang: str
    composed: str


@dataclass(slots=True)
class Truth:
    """Counts of an archive, gathered while it is made.

    `mails` are different mails, `copies` the further places where some of them lie again.
    """

    seed: int
    mails: int = 0
    copies: int = 0
    bytes: int = 0
    rewritten: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    folders: Counter[str] = field(default_factory=Counter)
    people: dict[str, Counts] = field(default_factory=dict)
    requests: list[Asked] = field(default_factory=list)
    _threads: dict[str, set[str]] = field(default_factory=dict)

    def note(self, mail: Mail) -> None:
        """Take one mail into the counts."""
        self.mails += 1
        self.bytes += len(mail.raw)
        self.rewritten += mail.is_rewritten
        self.kinds[mail.kind.value] += 1
        for shared in mail.shared:
            threads = self._threads.setdefault(shared.address, set())
            threads.update({shared.thread} if shared.is_proven else ())
            counts = self.people.setdefault(
                shared.address, Counts(mails_in=0, mails_out=0, turns=0, threads=0)
            )
            counts["mails_in" if shared.is_in else "mails_out"] += 1
            counts["turns"] += shared.is_turn
            counts["threads"] = len(threads)
        if mail.kind is Kind.REQUEST:
            asked = Asked(
                message_id=mail.message_id, sender=mail.sender, lang=mail.lang, composed=mail.composed
            )
            self.requests.append(asked)

    def as_dict(self) -> dict[str, object]:
        """Return everything as JSON takes it, in a fixed order."""
        return {
            "seed": self.seed,
            "owner": list(OWNERS),
            "mails": self.mails,
            "copies": self.copies,
            "bytes": self.bytes,
            "rewritten": self.rewritten,
            "kinds": dict(sorted(self.kinds.items())),
            "folders": dict(sorted(self.folders.items())),
            "people": dict(sorted(self.people.items())),
            "requests": self.requests,
        }
