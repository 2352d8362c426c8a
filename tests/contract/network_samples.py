"""Exports of networks and blogs as they are, with invented people; the files lie in `tests/networks/`."""

from __future__ import annotations

from pathlib import Path

from anlass.sources.linkedin import LINKEDIN
from tests.contract.trace_samples import Sample

NETWORKS = Path(__file__).parents[1] / "networks"
_YEAR = NETWORKS / "linkedin" / "2026"
_CONNECTIONS = (_YEAR / "Connections.csv").read_bytes()
_MESSAGES = (_YEAR / "messages.csv").read_bytes()


def _connections(count: int) -> bytes:
    head = _CONNECTIONS.decode().split("Erika")[0]
    rows = (
        f"Person,Nummer {n},https://www.linkedin.com/in/p{n},,Firma {n % 40},Rolle,0{n % 9 + 1} Feb 2025\n"
        for n in range(count)
    )
    return (head + "".join(rows)).encode()


def _messages(count: int) -> bytes:
    head = _MESSAGES.decode().split("\n", 1)[0] + "\n"
    rows = (
        f"2-{n % 700},,Person {n % 700},https://www.linkedin.com/in/p{n % 700},Olga Muster,"
        f"https://www.linkedin.com/in/olga-m,2025-02-01 09:{n % 60:02}:00 UTC,,Hallo,INBOX,\n"
        for n in range(count)
    )
    return (head + "".join(rows)).encode()


SAMPLES = (
    Sample(
        id="linkedin-connections",
        source=LINKEDIN,
        file="Connections.csv",
        content=_CONNECTIONS,
        records=5,
        people=("Erika Beispiel, PhD", "Jürgen Müßig", '=HYPERLINK("x") Formel', "Nora Still"),
        broken=_CONNECTIONS.replace(b"Nora", b"zu,wenig\nNora"),
        many=_connections,
    ),
    Sample(
        id="linkedin-messages",
        source=LINKEDIN,
        file="messages.csv",
        content=_MESSAGES,
        records=5,
        people=("Erika Beispiel, PhD", "Erika Beispiel, PhD"),
        broken=_MESSAGES.replace(b'"2-b==', b'"2-x==","","Kai\n"2-b==', 1),
        many=_messages,
        beside={"Profile.csv": (_YEAR / "Profile.csv").read_bytes()},
    ),
)
