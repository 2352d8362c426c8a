"""Does somebody watch, in this folder and over each account? By what the watch itself wrote down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice import says
from anlass.desk.safekeeping.heartbeat import last_beat
from anlass.desk.voice.common import spoken
from anlass.store.accounts.mail import MailState, Watch

_BEATS = timedelta(minutes=2)
"""A watch gives a sign of life every ten seconds, and one that packs an export within minutes."""
_ALIVE = timedelta(minutes=10)
"""It says how each account goes more often than that, also while a server is away."""


def last_sign(patient: Patient) -> datetime | None:
    """Return when somebody gave a sign of life in this folder last; `None` where nobody watches here."""
    beat = last_beat(patient.settings.data)
    return datetime.fromtimestamp(beat.at, UTC) if beat else None


def watches_here(patient: Patient) -> bool:
    """Tell whether somebody watches in this folder now; on another machine somebody may all the same."""
    sign = last_sign(patient)
    return sign is not None and patient.now - sign < _BEATS


def to_start(patient: Patient) -> str:
    """Return the command that watches; on one's own machine the pages bring a watch along."""
    return "anlass work" if patient.settings.server.is_on else says(patient.lang, "to_start")


def watched(
    patient: Patient, account: str, state: MailState | None, in_words: Callable[[str], str]
) -> Iterator[Result]:
    """Tell whether an account was seen just now, and what troubles it; `in_words` says a trouble."""
    is_alive = state is not None and state.watch is not Watch.STOPPED and patient.now - state.seen_at < _ALIVE
    when = spoken(state.seen_at, patient.now, patient.lang) if state else ""
    told = says(
        patient.lang,
        _key(patient, state, is_alive=is_alive),
        account=account,
        when=when,
        start=to_start(patient),
    )
    yield Result("worker", is_well=is_alive, says=told, about=account)
    if is_alive and state is not None and state.watch is Watch.TROUBLED:
        yield Result("worker", is_well=False, says=in_words(state.trouble), about=account)


def _key(patient: Patient, state: MailState | None, *, is_alive: bool) -> str:
    """Name what is said: to start a watch helps nobody where one is there, and hangs at this account."""
    if is_alive:
        return "worker_well"
    if watches_here(patient):
        return "worker_hangs" if state else "worker_begins"
    return "worker_gone" if state else "worker_never"
