"""What is missing until two people are in touch, and how long it has been silent, as facts and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from anlass.ledger.encounter import Encounter, EncounterKind
from anlass.ledger.tie import THREADS, TURNS, Silence, turns_of

_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Lack:
    """So many turns are missing; `threads` is the number of threads in which there were some.

    Where the two have met, one turn is enough (`has_met`).
    """

    turns: int
    threads: int
    has_met: bool = False


def lack_of(encounters: Iterable[Encounter], *, at: datetime) -> Lack | None:
    """Return what is missing for being in touch as of `at`; `None` where nothing is."""
    told = tuple(encounters)
    turns = turns_of(told)
    threads = len({one.thread for one in turns})
    has_met = any(e.kind is EncounterKind.MEETING and e.is_proven and e.when <= at for e in told)
    if (has_met and turns) or (len(turns) >= TURNS and threads >= THREADS):
        return None
    if has_met:
        return Lack(1, threads, has_met=True)
    return Lack(max(TURNS - len(turns), THREADS - threads), threads)


def lack_says(lack: Lack | None, lang: str) -> str:
    """Say what is missing, in German for `de`, else in English; "" where nothing is."""
    if lack is None:
        return ""
    if lang == "de":
        if lack.has_met:
            return "Ihr habt euch getroffen; es fehlt noch eine Antwort, dann seid ihr in Verbindung."
        return f"Bis zur Verbindung {_missing_de(lack)}, oder ein Treffen{_turn_de(lack)}."
    if lack.has_met:
        return "You have met; one answer is missing until you are in touch."
    return f"To be in touch, {_missing_en(lack)}, or a meeting{_turn_en(lack)}."


def silence_says(silence: Silence | None, lang: str) -> str:
    """Say how long it has been silent, where it has been for longer than usual; else ""."""
    if silence is None or not silence.is_dormant:
        return ""
    times = int(silence.days / max(silence.usual, 1.0))
    if lang == "de":
        return f"Still seit {_span_de(silence.days)}: {times}-mal so lange wie sonst zwischen euch."
    return f"Silent for {_span_en(silence.days)}: {times} times the usual gap between you."


def _missing_de(lack: Lack) -> str:
    if lack.threads == 0:
        return "fehlen drei Antworten aufeinander, in zwei Gesprächen"
    if lack.turns == 1:
        return f"fehlt noch eine Antwort{'' if lack.threads > 1 else ' in einem zweiten Gespräch'}"
    return f"fehlen noch zwei Antworten{'' if lack.threads > 1 else ', eine davon in einem zweiten Gespräch'}"


def _missing_en(lack: Lack) -> str:
    if lack.threads == 0:
        return "three turns in two threads are missing"
    if lack.turns == 1:
        return f"one more turn{'' if lack.threads > 1 else ' in a second thread'} is missing"
    return f"two more turns{'' if lack.threads > 1 else ', one of them in a second thread,'} are missing"


def _turn_de(lack: Lack) -> str:
    return "" if lack.threads else " und eine Antwort"


def _turn_en(lack: Lack) -> str:
    return "" if lack.threads else " and one turn"


def _span_de(days: float) -> str:
    months = round(days / _DAYS_A_MONTH)
    if months < 2:
        return f"{int(days)} Tagen"
    return f"{months} Monaten" if months < 24 else f"{round(days / 365.25)} Jahren"


def _span_en(days: float) -> str:
    months = round(days / _DAYS_A_MONTH)
    if months < 2:
        return f"{int(days)} days"
    return f"{months} months" if months < 24 else f"{round(days / 365.25)} years"
